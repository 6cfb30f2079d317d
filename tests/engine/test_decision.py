"""The decision document: every field of hand-worked decisions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine.deciding import Engine
from rules.figures import Return
from tests.engine.decision_example import ENTRY, FIGURES, RICH
from tests.engine.decision_shape import check_shape
from tests.engine.engine_kit import (
    AMBER,
    GREEN,
    ORGANISATION,
    RED,
    VISITS,
    Asker,
    Decision,
    conditions,
    day,
    declared,
    history,
    suspended,
    version,
)


@pytest.fixture(scope="module")
def rich() -> Decision:
    """Two weeks at 82.5%; the workload is that of the week before."""
    second = {key: value for key, value in FIGURES.items() if key not in ("wmt", "available")}
    return Asker(history(FIGURES, second), RICH, settings=[ENTRY])("08-10")


class TestFields:
    def test_head(self, rich: Decision) -> None:
        check_shape(rich)
        assert rich["schema"] == 1
        assert rich["pdu"] == {"id": "york", "name": "York", "region": "north"}
        assert (rich["as_of"], rich["step_on"], rich["decided_at"]) == ("2022-08-10", "2022-08-08", None)
        framework = rich["framework"]
        assert (framework["id"], framework["version"], framework["title"]) == ("plan", "v1", "A plan")
        assert (rich["status"], rich["since"], rich["previous"]) == ("amber", "2022-08-01", None)
        assert (rich["calculated"], rich["calculated_since"]) == ("amber", "2022-08-01")
        assert (rich["review_by"], rich["outstayed"], rich["first_return"]) == ("2022-08-29", False, False)
        assert rich["last_determinate"] == {"status": "amber", "as_of": "2022-08-10"}
        assert rich["protected"] == [
            {
                "activity": "mappa",
                "title": "MAPPA meetings",
                "because": "The law asks for it.",
                "source": "answer",
            }
        ]

    def test_settings(self, rich: Decision) -> None:
        settings = rich["settings"]
        assert (settings["set_by"], settings["effective"], settings["withhold"]) == (
            "The director",
            "2022-08-01",
            ["courses"],
        )
        assert settings["trigger_points"] == {
            "amber_staffing": {"value": "88", "default": "90", "set_by": "region", "basis": "illustrative"},
            "heavy": {"value": "130", "default": "130", "set_by": "default", "basis": "published"},
        }
        other = Asker(history(FIGURES), RICH, settings=[ENTRY | {"reason": "Another reason."}])("08-01")
        assert other["settings"]["sha256"] != settings["sha256"]
        nothing = Asker(history(FIGURES), RICH)("08-01")["settings"]
        assert [nothing[key] for key in ("sha256", "set_by", "effective", "withhold")] == [
            None,
            None,
            None,
            [],
        ]

    def test_measures(self, rich: Decision) -> None:
        staffing, workload, pressure = rich["measures"]
        assert (staffing["value"], staffing["unit"], staffing["title"]) == ("82.5", "percent", "Staffing")
        assert staffing["inputs"]["in_post[PO]"] == {"value": "18", "as_of": "2022-08-08", "how": "given"}
        assert staffing["inputs"]["absent[PO]"] == {"value": "0", "as_of": None, "how": "default"}
        assert staffing["missing"] == []
        # 100 * 41230 / 40000 is 103.075, which is rounded away from zero.
        assert workload["value"] == "103.08"
        assert workload["inputs"]["wmt"] == {"value": "41230", "as_of": "2022-08-01", "how": "carried"}
        assert (pressure["value"], pressure["formula"], pressure["points"] is not None) == ("2", None, True)

    def test_returns_and_notes(self, rich: Decision) -> None:
        assert [one["as_of"] for one in rich["returns"]] == ["2022-08-08", "2022-08-01"]
        assert {"code": "PF601", "input": "wmt", "as_of": "2022-08-01"} in rich["data_quality"]
        assert {"code": "PF603", "input": "absent[PO]", "as_of": "2022-08-08"} in rich["data_quality"]
        codes = [one["code"] for one in rich["data_quality"]]
        assert codes == sorted(codes)
        one = Return("york", date(2022, 8, 1), {"a": Decimal(13), "b": "x"})
        other = Return("york", date(2022, 8, 1), {"b": "x", "a": Decimal("13.00")})
        assert one.sha256 == other.sha256
        assert one.sha256 != Return("york", date(2022, 8, 1), {"a": Decimal(13)}).sha256
        annotated = Return("york", date(2022, 8, 1), one.figures, {"source": "a report"})
        assert annotated.sha256 != one.sha256
        told = Asker([annotated], version())("08-01")["returns"]
        assert told == [
            {
                "as_of": "2022-08-01",
                "recorded_at": None,
                "sha256": annotated.sha256,
                "annotations": {"source": "a report"},
            }
        ]

    @pytest.mark.parametrize(
        ("rule", "expected"),
        [
            (
                "enter.amber.0",
                {
                    "measure": "staffing",
                    "comparator": "below",
                    "threshold": "88",
                    "from": "amber_staffing",
                    "value": "82.5",
                    "distance": "-5.5",
                    "holds": True,
                    "run": 2,
                    "needs": 2,
                    "note": "A note.",
                    "source": "updates",
                    "basis": "illustrative",
                },
            ),  # a region's number is published nowhere
            (
                "enter.amber.1",
                {
                    "threshold": "110",
                    "from": None,
                    "value": "103.08",
                    "distance": "-6.92",
                    "holds": False,
                    "run": 0,
                    "needs": 4,
                    "source": "answer",
                    "basis": "published",
                },
            ),
            ("enter.amber.2", {"op": "all", "holds": False, "run": None, "needs": None, "source": "updates"}),
            (
                "enter.amber.2.0",
                {
                    "comparator": "is",
                    "threshold": "high",
                    "value": "none",
                    "distance": None,
                    "holds": False,
                    "source": "updates",
                },
            ),
            ("enter.amber.2.1", {"measure": "pressure", "value": "2", "distance": "0", "holds": True}),
            ("enter.amber.3", {"op": "count", "at_least": 2, "holds": True}),
            (
                "enter.amber.3.0",
                {"threshold": "82.5", "from": "staffing", "value": "103.08", "distance": "20.58"},
            ),
            (
                "enter.amber.3.1",
                {
                    "measure": "in_post[PO]",
                    "comparator": "at_most",
                    "value": "18",
                    "distance": "0",
                    "holds": True,
                },
            ),
            ("enter.amber", {"op": "any", "kind": "enter", "status": "amber", "holds": True}),
            (
                "exit.amber",
                {"kind": "exit", "value": "82.5", "distance": "-12.5", "holds": False, "run": 0, "needs": 2},
            ),
            ("enter.red.0", {"threshold": "130", "from": "heavy", "source": "updates", "basis": "published"}),
            (
                "enter.red.1",
                {
                    "threshold": ["none", "high"],
                    "value": "none",
                    "distance": None,
                    "holds": False,
                    "run": 2,
                    "needs": 9,
                },
            ),
            ("exit.red", {"kind": "exit", "op": "none", "parts": [], "implicit": True, "holds": True}),
            (
                "when.visits.amber",
                {"kind": "when", "activity": "visits", "status": "amber", "holds": True, "distance": "-2.5"},
            ),
        ],
    )
    def test_conditions(self, rich: Decision, rule: str, expected: dict[str, Any]) -> None:
        found = conditions(rich)[rule]
        assert {key: found[key] for key in expected} == expected

    def test_lines_are_those_of_the_document(self, rich: Decision) -> None:
        from tests.oracle.generate import to_yaml

        lines = to_yaml(RICH).splitlines()
        for rule, node in conditions(rich).items():
            if node["line"] is not None and "measure" in node:
                assert any(node["measure"] in line for line in lines[node["line"] - 2 : node["line"] + 1]), (
                    rule
                )

    def test_unknown(self) -> None:
        decision = Asker(history({"in_post[PO]": 18}), RICH)("08-01")
        node = conditions(decision)["enter.amber.0"]
        assert (node["value"], node["distance"], node["holds"], node["run"]) == (None, None, None, None)
        staffing = decision["measures"][0]
        assert (staffing["value"], staffing["missing"]) == (
            None,
            ["in_post[PSO]", "required[PO]", "required[PSO]"],
        )
        assert staffing["inputs"]["in_post[PSO]"] == {"value": None, "as_of": None, "how": "missing"}
        reasons = decision["indeterminate_because"]
        assert [one["rule"] for one in reasons if one["code"] == "unknown_condition"] == [
            "enter.red",
            "enter.amber",
        ]
        assert reasons[0]["missing"] == ["wmt", "available"]
        assert reasons[-1] == {"code": "could_be", "statuses": ["green", "amber", "red"]}

    def test_what_was_and_fired(self, rich: Decision) -> None:
        fired = rich["fired"]
        for rule in ("enter.amber.0", "enter.amber", "when.visits.amber", "permit.visits.amber"):
            assert rule in fired
        assert fired.index("enter.amber.0") < fired.index("enter.amber") < fired.index("permit.visits.amber")
        assert "permit.courses.amber" not in fired
        step = Asker(history(80))("08-01")["fired"]
        assert step.index("enter.amber") < step.index("status.amber") < step.index("permit.visits.amber")


class TestReductions:
    def test_permitted(self, rich: Decision) -> None:
        assert rich["permitted"] == [
            {
                "activity": "visits",
                "title": "Home visits",
                "from": "amber",
                "strength": "may",
                "do": "Fewer visits.",
                "floor": "National Standards",
                "except": ["mappa-cases"],
                "only": [],
                "since": "2022-08-01",
                "review_by": "2022-08-15",
                "ends": "2022-10-24",
                "source": "updates",
                "releases": {
                    "minutes": "60.5",
                    "per": "wmt",
                    "every": "month",
                    "basis": "illustrative",
                    "source": None,
                },
            }
        ]

    def test_each_reason_why_not(self, rich: Decision) -> None:
        assert [
            (one["activity"], one["from"], one["title"], one["because"]) for one in rich["not_permitted"]
        ] == [
            ("visits", "red", "Home visits", {"code": "below_status", "needs": "red"}),
            ("letters", "amber", "letters", {"code": "condition_false", "rule": "when.letters.amber"}),
            ("courses", "amber", "courses", {"code": "withheld", "set_by": "The director"}),
        ]
        unclear = {key: value for key, value in FIGURES.items() if key != "wmt"}
        # Amber by the alert, whatever the workload is.
        known = version(**(RICH | {"statuses": RICH["statuses"][:2], "activities": RICH["activities"][1:]}))
        why = Asker(history(unclear | {"alert": "high"}), known).why_not("08-01")
        assert why["letters", "amber"] == {
            "code": "condition_unknown",
            "rule": "when.letters.amber",
            "missing": ["wmt"],
        }
        two = [
            {"from": "amber", "strength": "may", "do": "x"},
            {"from": "red", "strength": "may", "do": "y", "lapses_after": "3 days"},
        ]
        asker = Asker(history(70), version(activities=[{"id": "visits", "reductions": two}]))
        assert asker.why_not("08-03") == {("visits", "amber"): {"code": "superseded", "by": "red"}}
        assert asker.why_not("08-04") == {("visits", "red"): {"code": "lapsed", "on": "2022-08-04"}}

    def test_who_withholds_does_not_depend_on_what_was_decided_before(self) -> None:
        entries = [
            {"effective": day("08-01"), "set_by": "The first director", "withhold": ["visits"]},
            {"effective": day("08-03"), "set_by": "The second director", "withhold": ["visits"]},
        ]
        asker = Asker(history(80), version(), settings=entries)
        asked = [day("08-02"), day("08-05")]
        with Engine(asker.framework, ORGANISATION) as engine:
            course = engine.course(asker.pdu, asker.returns, asker.events)
            one_engine = [engine.decision(course, one) for one in asked]
        assert one_engine == [asker("08-02"), asker("08-05")]
        assert asker.why_not("08-05")["visits", "amber"]["set_by"] == "The second director"

    def test_a_settings_entry_that_withholds_is_named(self) -> None:
        entry = {"effective": day("08-03"), "set_by": "The director", "withhold": ["visits"]}
        settings = Asker(history(80), version(), settings=[entry])("08-05")["settings"]
        assert settings["withhold"] == ["visits"]
        assert (settings["set_by"], settings["effective"]) == ("The director", "2022-08-03")


class TestPeople:
    def test_declared(self) -> None:
        one = declared("08-03", "08-09", "red", pdu="york", renew=["visits"], reason="The office is flooded.")
        decision = Asker(history(100), declarations=[one])("08-05")
        assert decision["declared"] == {
            "status": "red",
            "from": "2022-08-03",
            "until": "2022-08-09",
            "by": "director",
            "pdu": "york",
            "region": None,
            "reason": "The office is flooded.",
            "renew": ["visits"],
            "days_without_break": 3,
            "in_force": True,
        }
        assert Asker(history(100), declarations=[one])("08-10")["declared"] is None
        binding = version(statuses=[GREEN, AMBER | {"binding": True}, RED])
        lowered = Asker(history(80), binding, declarations=[declared("08-03", "08-09", "green")])("08-05")
        assert (lowered["status"], lowered["declared"]["in_force"]) == ("amber", False)

    def test_suspended(self) -> None:
        decision = Asker(
            history(80),
            suspensions=[suspended("08-03", region="north")],
            declarations=[declared("08-03", "08-09", "red")],
        )("08-05")
        assert decision["suspended"] == {
            "from": "2022-08-03",
            "until": None,
            "by": "director",
            "reason": "x",
            "pdu": None,
            "region": "north",
        }
        assert decision["declared"]["in_force"] is False
        assert {one["because"]["code"] for one in decision["not_permitted"]} == {"suspended"}
        assert [one["activity"] for one in decision["protected"]] == ["mappa"]
        check_shape(decision)


class TestNotes:
    def test_a_return_is_missing_or_too_old(self) -> None:
        asker = Asker(history(80, "-", 80))
        assert "PF604" in asker.notes("08-15")
        assert "PF604" not in asker.notes("08-01")
        assert {"code": "PF605", "as_of": "2022-08-15"} in asker("09-01")["data_quality"]

    def test_a_figure_that_a_version_does_not_take(self) -> None:
        coarse = version(
            version="v2", effective=day("08-03"), inputs={"s": {"decimals": 0}}, activities=[VISITS]
        )
        asker = Asker(history("80.25"), version(), coarse)
        assert asker.notes("08-02") == []
        decision = asker("08-03")
        assert {"code": "PF607", "input": "s", "as_of": "2022-08-01"} in decision["data_quality"]
        assert (decision["status"], decision["measures"][0]["value"]) == ("indeterminate", None)
