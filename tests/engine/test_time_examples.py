"""Versions, settings, declarations, suspensions and reductions over time: examples worked out by hand.

The framework, the days and the returns are as in `test_status_examples.py`.
"""

from __future__ import annotations

import datetime
from typing import Any

from engine.deciding import Undecided
from rules.model import Pdu
from tests.engine.engine_kit import (
    AMBER,
    GREEN,
    MAPPA,
    RED,
    Asker,
    conditions,
    day,
    declared,
    history,
    on,
    suspended,
    version,
)


def visits(*reductions: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"id": "visits", "reductions": [{"strength": "may", "do": "Fewer.", **one} for one in reductions]},
        MAPPA,
    ]


class TestVersions:
    def test_a_new_version_takes_a_step_on_its_day(self) -> None:
        milder = AMBER | {"enter": {"staffing": {"below": 85}}, "exit": {"staffing": {"at_least": 85}}}
        second = version(version="v2", effective=day("08-10"), statuses=[GREEN, milder, RED])
        asker = Asker(history(87, 87), version(), second)
        assert asker.on("08-09") == ("amber", "2022-08-01", None)
        assert asker.on("08-10", "status", "since", "step_on") == ("green", "2022-08-10", "2022-08-10")

    def test_runs_are_counted_anew_from_past_returns(self) -> None:
        stricter = AMBER | {"enter": {"staffing": {"below": 95}, "for": "2 weeks"}}
        second = version(version="v2", effective=day("08-10"), statuses=[GREEN, stricter, RED])
        asker = Asker(history(92, 92), version(), second)
        assert asker.statuses("08-09", "08-10") == ["green", "amber"]
        # The return of the 8th is judged again; it adds no week.
        assert conditions(asker("08-10"))["enter.amber"]["run"] == 2

    def test_since_is_kept_where_the_id_is(self) -> None:
        asker = Asker(history(80, 80), version(), version(version="v2", effective=day("08-10")))
        assert asker.on("08-10") == ("amber", "2022-08-01", None)
        assert asker("08-10")["framework"]["version"] == "v2"

    def test_a_status_that_is_gone_becomes_the_next_milder_one(self) -> None:
        second = version(version="v2", effective=day("08-10"), statuses=[GREEN, AMBER])
        second["activities"] = [one for one in second["activities"] if one["id"] != "meetings"]
        asker = Asker(history(70, 70), version(), second)
        assert asker.on("08-10") == ("amber", "2022-08-10", "red")
        assert {"code": "PF606", "from": "red", "to": "amber"} in asker("08-10")["data_quality"]
        # Also where the newest return is too old for a step.
        late = Asker(history(70), version(), second | {"effective": day("08-20")})
        assert late.on("08-20", "status", "calculated") == ("indeterminate", "indeterminate")
        assert late("08-20")["last_determinate"] == {"status": "red", "as_of": "2022-08-15"}
        assert {"code": "PF606", "from": "red", "to": "amber"} in late("08-20")["data_quality"]

    def test_days_between_versions_have_no_decision(self) -> None:
        first = version(until=day("08-05"))
        asker = Asker(history(80, 80, 80), first, version(version="v2", effective=day("08-15")))
        for none in ("07-31", "08-06", "08-14"):
            assert isinstance(asker.answer(none), Undecided)
        assert asker.on("08-05") == asker.on("08-15") == ("amber", "2022-08-01", None)

    def test_a_named_version_is_in_force_on_all_days(self) -> None:
        asker = Asker(history(80, first="06-06"), version(until=day("08-05")), pinned=True)
        assert asker.on("06-06") == ("amber", "2022-06-06", None)
        assert asker.statuses("06-20", "06-21") == ["amber", "indeterminate"]


class TestSettings:
    POINTS = version(
        statuses=[GREEN, {"id": "amber", "enter": {"staffing": {"below": "low"}}}],
        trigger_points={"low": {"default": 90, "regions": {"from": 70, "to": 95}}},
        activities=visits({"from": "amber"}),
    )

    def test_they_count_from_the_next_step(self) -> None:
        entry = {"effective": day("08-10"), "trigger_points": {"low": 80}}
        asker = Asker(history(85, 85, 85), self.POINTS, settings=[entry])
        assert asker.statuses("08-09", "08-14", "08-15") == ["amber", "amber", "green"]
        decision = asker("08-14")
        assert decision["settings"]["trigger_points"]["low"]["value"] == "90"
        assert {"code": "PF610", "effective": "2022-08-10"} in decision["data_quality"]
        found = asker("08-15")["settings"]["trigger_points"]["low"]
        assert found == {"value": "80", "default": "90", "set_by": "region", "basis": "illustrative"}

    def test_runs_are_judged_by_the_trigger_points_of_the_step(self) -> None:
        long = {"id": "amber", "enter": {"staffing": {"below": "low"}, "for": "3 weeks"}}
        document = self.POINTS | {"statuses": [GREEN, long], "first_return": "after_duration"}
        entry = {"effective": day("08-10"), "trigger_points": {"low": 95}}
        asker = Asker(history(92, 92, 92), document, settings=[entry])
        assert asker.statuses("08-08", "08-15") == ["green", "amber"]

    def test_the_units_number_goes_before_the_regions(self) -> None:
        entry = {
            "effective": day("08-01"),
            "trigger_points": {"low": 80},
            "pdus": {"york": {"trigger_points": {"low": 95}}},
        }
        asker = Asker(history(92), self.POINTS, settings=[entry])
        assert asker.statuses("08-01") == ["amber"]
        assert asker("08-01")["settings"]["trigger_points"]["low"]["set_by"] == "pdu"
        # A later entry replaces all of it.
        later = [entry, {"effective": day("08-05"), "withhold": ["visits"]}]
        assert Asker(history(92, 92), self.POINTS, settings=later).statuses("08-01", "08-08") == [
            "amber",
            "green",
        ]

    def test_what_is_withheld_is_withheld_the_same_day(self) -> None:
        entry = {"effective": day("08-03"), "pdus": {"york": {"withhold": ["visits"]}}}
        asker = Asker(history(85), self.POINTS, settings=[entry])
        assert asker.permitted("08-02") == [("visits", "amber")]
        assert asker.permitted("08-03") == []
        assert asker.why_not("08-03")["visits", "amber"] == {"code": "withheld", "set_by": "someone"}


class TestDeclarations:
    def test_a_declared_status_stands_for_its_days(self) -> None:
        asker = Asker(history(100, 100), declarations=[declared("08-03", "08-09", "red")])
        assert asker.on("08-03") == ("red", "2022-08-03", "green")
        assert asker.on("08-09", "status", "calculated") == ("red", "green")
        assert asker.on("08-10") == ("green", "2022-08-10", "red")
        assert asker.permitted("08-04") == [("visits", "amber"), ("meetings", "red")]

    def test_binding_is_never_lowered(self) -> None:
        binding = version(statuses=[GREEN, AMBER, RED | {"binding": True}])
        lower = [declared("08-02", "08-10", "green")]
        asker = Asker(history(70, 70), binding, declarations=lower)
        assert asker.on("08-02") == ("red", "2022-08-01", None)
        assert asker("08-02")["declared"]["in_force"] is False
        # Not even where the last determinate status was binding and now nothing is known.
        assert Asker(history(70, None), binding, declarations=lower).statuses("08-08") == ["red"]
        assert Asker(history(80, 80), binding, declarations=lower).statuses("08-02") == ["green"]

    def test_raise_only_and_lower_only_are_judged_anew_each_day(self) -> None:
        raising = version(declarations={"by": "director", "may": ["raise"], "at_most": "28 days"})
        up = Asker(history(100, 70, 70), raising, declarations=[declared("08-03", "08-20", "amber")])
        assert up.statuses("08-02", "08-03", "08-14", "08-15") == ["green", "amber", "amber", "red"]
        lowering = version(declarations={"by": "director", "may": ["lower"], "at_most": "28 days"})
        down = Asker(history(70, 96, 96), lowering, declarations=[declared("08-03", "08-20", "amber")])
        assert down.statuses("08-02", "08-03", "08-08", "08-15") == ["red", "amber", "amber", "green"]

    def test_it_stands_as_declared_while_nothing_is_known(self) -> None:
        raising = version(declarations={"by": "director", "may": ["raise"], "at_most": "28 days"})
        asker = Asker(history(70, None), raising, declarations=[declared("08-03", "08-20", "amber")])
        assert asker.on("08-07", "status", "calculated") == ("red", "red")
        assert asker.on("08-08", "status", "calculated") == ("amber", "indeterminate")

    def test_which_goes_first_and_for_how_long(self) -> None:
        declarations = [
            declared("08-03", "08-09", "red", pdu="york"),
            declared("08-05", "08-16", "amber", region="north"),
            declared("08-06", "08-16", "green"),
            declared("08-01", "08-28", "red", pdu="hull"),
        ]
        asker = Asker(history(100, 100, 100), declarations=declarations)
        assert asker.statuses("08-02", "08-09", "08-10", "08-17") == ["green", "red", "amber", "green"]
        assert asker("08-12")["declared"]["days_without_break"] == 10  # 3 to 12 August
        broken = [declared("08-03", "08-04", "red"), declared("08-06", "08-09", "red")]
        found = Asker(history(100), declarations=broken)("08-07")["declared"]
        assert (found["from"], found["days_without_break"]) == ("2022-08-06", 2)

    def test_activation_by_a_person(self) -> None:
        document = version(activation="declared")
        asker = Asker(history(80, 80), document, declarations=[declared("08-03", "08-04", "amber")])
        assert asker.on("08-02", "status", "calculated", "permitted") == ("undeclared", "amber", [])
        assert asker.on("08-03") == ("amber", "2022-08-03", "undeclared")
        assert asker.why_not("08-05")["visits", "amber"] == {"code": "undeclared"}


class TestTheEndOfTheCalendar:
    """People write 9999-12-31 for `until further notice`."""

    def test_versions_declarations_and_suspensions_without_end(self) -> None:
        document = version(until=datetime.date.max, declarations={"by": "director", "may": ["raise"]})
        forever = declared("08-03", "08-03", "red") | {"until": datetime.date.max}
        asker = Asker(history(80), document, declarations=[forever])
        assert asker("08-05")["declared"]["days_without_break"] == 3
        asker = Asker(history(80), document, suspensions=[suspended("08-03") | {"until": datetime.date.max}])
        assert asker.statuses("08-02", "08-03", "08-14") == ["amber", "suspended", "suspended"]


class TestSuspensions:
    def test_open_ended(self) -> None:
        asker = Asker(
            history(100, 80, 80),
            suspensions=[suspended("08-05")],
            declarations=[declared("08-06", "08-08", "red")],
        )
        assert asker.on("08-07") == ("suspended", "2022-08-05", "green")
        decision = asker("08-31")
        assert decision["suspended"]["until"] is None
        assert (decision["permitted"], [one["activity"] for one in decision["protected"]]) == ([], ["mappa"])
        assert asker.on("08-16", "calculated", "calculated_since") == ("amber", "2022-08-15")
        assert asker.why_not("08-16")["visits", "amber"] == {"code": "suspended"}

    def test_what_comes_after_begins_anew(self) -> None:
        asker = Asker(history(80, 80), suspensions=[suspended("08-05", "08-09", region="north")])
        assert asker.on("08-10") == ("amber", "2022-08-10", "suspended")
        assert Asker(history(80), suspensions=[suspended("08-05", region="south")]).statuses("08-06") == [
            "amber"
        ]


class TestReductions:
    def test_they_lapse_and_a_declaration_renews_them(self) -> None:
        document = version(
            activities=visits({"from": "amber", "lapses_after": "10 days", "review_every": "4 days"})
        )
        renewal = declared("08-13", "08-13", "amber", renew=["visits"])
        asker = Asker(history(80, 80, 80), document, declarations=[renewal])
        (found,) = asker("08-10")["permitted"]
        assert (found["since"], found["ends"], found["review_by"]) == (
            "2022-08-01",
            "2022-08-11",
            "2022-08-13",
        )
        assert asker.permitted("08-11") == []
        assert asker.why_not("08-12")["visits", "amber"] == {"code": "lapsed", "on": "2022-08-11"}
        (found,) = asker("08-13")["permitted"]
        assert (found["since"], found["ends"]) == ("2022-08-13", "2022-08-23")
        assert asker.permitted("08-14") == [("visits", "amber")]  # also when the declaration is over

    def test_a_status_below_starts_them_again(self) -> None:
        document = version(activities=visits({"from": "amber", "lapses_after": "10 days"}))
        asker = Asker(history(80, 100, 100, 80, 80), document)
        assert asker.statuses("08-14", "08-15", "08-29") == ["amber", "green", "amber"]
        assert asker("08-29")["permitted"][0]["ends"] == "2022-09-08"
        # Below it for some days, but at no return: it does not start again.
        between = Asker(history(80, 80, 80), document, declarations=[declared("08-09", "08-13", "green")])
        assert between.permitted("08-14") == []

    def test_the_more_severe_one_stands_and_the_other_runs_on(self) -> None:
        two = visits({"from": "amber", "lapses_after": "20 days"}, {"from": "red", "lapses_after": "10 days"})
        asker = Asker(history(70, 70, 70, 70), version(activities=two))
        assert asker.permitted("08-10") == [("visits", "red")]
        assert asker.why_not("08-10")["visits", "amber"] == {"code": "superseded", "by": "red"}
        assert asker.permitted("08-11") == [("visits", "amber")]
        assert asker("08-11")["permitted"][0]["since"] == "2022-08-01"
        assert asker.permitted("08-21") == []

    def test_clocks_go_on_under_a_new_version(self) -> None:
        first = version(activities=visits({"from": "amber"}))
        second = version(
            version="v2",
            effective=day("08-08"),
            activities=visits({"from": "amber", "lapses_after": "10 days"}),
        )
        asker = Asker(history(80, 80), first, second)
        assert asker("08-10")["permitted"][0]["ends"] == "2022-08-11"
        assert asker.permitted("08-11") == []

    def test_outstaying_and_reviews(self) -> None:
        watched = version(
            statuses=[GREEN, AMBER | {"outstays_after": "10 days", "review_every": "5 days"}, RED]
        )
        asker = Asker(history(80, 80), watched)
        assert asker.on("08-10", "outstayed", "review_by") == (False, "2022-08-11")
        assert asker.on("08-11", "outstayed", "review_by") == (True, "2022-08-16")


class TestUnits:
    def test_a_unit_that_begins_later(self) -> None:
        new = Pdu.model_validate({"id": "york", "name": "York", "region": "north", "from": day("08-06")})
        asker = Asker(on(d0808=80, d0815=80), pdu=new)
        assert isinstance(asker.answer("08-05"), Undecided)
        assert asker.on("08-06") == ("indeterminate", "2022-08-06", None)
        assert asker.on("08-08") == ("amber", "2022-08-08", "indeterminate")
        assert asker("08-08")["first_return"] is True

    def test_a_unit_that_has_ended(self) -> None:
        last = datetime.date(2022, 8, 9)
        old = Pdu.model_validate({"id": "york", "name": "York", "region": "north", "until": last})
        asker = Asker(history(80, 80), pdu=old)
        assert asker.statuses("08-09") == ["amber"]
        answer = asker.answer("08-10")
        assert isinstance(answer, Undecided)
        assert (answer.pdu, answer.as_of) == ("york", day("08-10"))
