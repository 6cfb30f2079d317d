"""May this be reduced: every answer, by decisions of hand-worked cases."""

from __future__ import annotations

from typing import Any

import pytest

from engine.may import UnknownName, may
from rules.problems import UsageError
from tests.engine.engine_kit import (
    AMBER,
    GREEN,
    MAPPA,
    RED,
    Asker,
    Document,
    day,
    declared,
    history,
    suspended,
    version,
)

COHORTS: Document = {"mappa": "Cases under MAPPA", "high": "High risk", "young": "Young adults"}
SOURCES: Document = {
    "law": {"title": "A law", "url": "https://example.org/law"},
    "rules": {"title": "Rules", "published": day("01-02")},
}


def reduction(from_: str = "amber", **more: Any) -> Document:
    return {"from": from_, "strength": "may", "do": "Fewer.", **more}


def activity(id_: str, *reductions: Document, **more: Any) -> Document:
    return {"id": id_, "title": id_.capitalize(), "reductions": list(reductions), **more}


LAW = {**MAPPA, "mandatory": {"because": "The law asks for it.", "source": "law"}}
ACTIVITIES = [
    activity("plain", reduction()),
    activity(
        "floored", reduction(floor="One a month.", strength="should", source="rules"), usual="Each week."
    ),
    activity("lapsing", reduction(lapses_after="14 days", review_every="7 days")),
    activity("sparing", {**reduction(), "except": ["mappa", "high"]}),
    activity("limited", reduction(only=["young"])),
    activity("severe", reduction("red")),
    activity("stepped", reduction(lapses_after="7 days"), reduction("red")),
    activity("tied", reduction(when={"t": {"below": 5}})),
    LAW,
]


def plan(**changes: Any) -> Document:
    base: Document = {
        "activities": ACTIVITIES, "cohorts": COHORTS, "sources": SOURCES, "statuses": [GREEN, AMBER, RED],
        "returns": {"every": "7 days", "stale_after": "14 days", "grace": "7 days"},
    }  # fmt: skip
    return version(**{**base, **changes})


def answer(
    what: str, cohorts: list[str] | None = None, *, asked: str = "08-03", figures: Any = 80, **more: Any
) -> Document:
    given = figures if isinstance(figures, list) else [figures]
    asker = Asker(history(*given), plan(), **more)
    policy = asker.framework.in_force(day(asked))
    assert policy is not None
    return may(asker(asked), policy.version, what, cohorts)


class TestYes:
    def test_nothing_limits_it(self) -> None:
        told = answer("plain")
        assert told["decision"].startswith("sha256:")
        assert {key: value for key, value in told.items() if key != "decision"} == {
            "answer": "yes", "pdu": "york", "as_of": "2022-08-03", "status": "amber", "activity": "plain",
            "title": "Plain", "cohorts": None, "do": "Fewer.", "floor": None, "from": "amber", "until": None,
            "review_by": None, "strength": "may", "usual": None, "except": [], "only": [],
            "because": {"code": "permitted"}, "source": None,
        }  # fmt: skip

    def test_a_case_that_is_not_spared(self) -> None:
        told = answer("sparing", ["young"])
        assert (told["answer"], told["cohorts"], told["except"]) == ("yes", ["young"], ["mappa", "high"])

    def test_a_case_in_no_cohort_at_all(self) -> None:
        assert (answer("sparing", [])["answer"], answer("sparing", [])["cohorts"]) == ("yes", [])

    def test_a_case_that_it_is_for(self) -> None:
        assert answer("limited", ["high", "young", "high"])["cohorts"] == ["high", "young"]
        assert answer("limited", ["high", "young"])["answer"] == "yes"


class TestLimited:
    def limits(self, *words: Any, **more: Any) -> tuple[str, list[Document], str | None]:
        told = answer(*words, **more)
        assert told["because"]["code"] == "within_limits"
        return told["answer"], told["because"]["limits"], told["until"]

    def test_a_floor(self) -> None:
        assert self.limits("floored") == ("limited", [{"code": "floor"}], None)
        told = answer("floored")
        assert (told["floor"], told["usual"], told["strength"]) == ("One a month.", "Each week.", "should")
        assert told["source"] == {"id": "rules", "title": "Rules", "published": "2022-01-02", "url": None}

    def test_a_last_day_is_the_day_before_it_lapses(self) -> None:
        assert self.limits("lapsing") == (
            "limited",
            [{"code": "lapses", "until": "2022-08-14"}],
            "2022-08-14",
        )
        assert answer("lapsing")["review_by"] == "2022-08-08"
        assert answer("lapsing", asked="08-14", figures=[80, 80])["answer"] == "limited"
        assert answer("lapsing", asked="08-15", figures=[80, 80, 80])["answer"] == "no"

    @pytest.mark.parametrize("what", ["sparing", "limited"])
    def test_nobody_said_in_which_cohorts_the_case_is(self, what: str) -> None:
        assert self.limits(what) == ("limited", [{"code": "cohort_not_given"}], None)

    def test_what_stands_in_grace_has_a_last_day(self) -> None:
        # The return of 1 August is too old from 16 August on.
        told = self.limits("plain", asked="08-16")
        assert told == ("limited", [{"code": "grace", "until": "2022-08-22"}], "2022-08-22")
        assert answer("plain", asked="08-22")["answer"] == "limited"
        assert answer("plain", asked="08-23")["answer"] == "no"

    def test_the_earlier_of_two_last_days_counts(self) -> None:
        lapsing = [{**reduction(lapses_after="17 days")}]
        document = plan(activities=[activity("both", *lapsing), LAW])
        asker = Asker(history(80), document)
        version_ = asker.framework.policies[0].version
        told = may(asker("08-16"), version_, "both")
        assert [one.get("until") for one in told["because"]["limits"]] == ["2022-08-17", "2022-08-22"]
        assert told["until"] == "2022-08-17"

    def test_what_only_a_declaration_permits_ends_with_it(self) -> None:
        red = [declared("08-02", "08-05", "red")]
        assert self.limits("severe", declarations=red)[1] == [{"code": "declared", "until": "2022-08-05"}]
        assert answer("plain", declarations=red)["answer"] == "yes"  # Amber is calculated, and enough for it

    def test_a_declaration_over_an_unknown_status_is_a_limit(self) -> None:
        amber = [declared("08-02", "08-05", "amber")]
        told = self.limits("plain", figures=None, declarations=amber)
        assert told[1] == [{"code": "declared", "until": "2022-08-05"}]


class TestNo:
    def refused(self, *words: Any, **more: Any) -> Document:
        told = answer(*words, **more)
        assert told["answer"] == "no"
        assert {told[key] for key in ("do", "floor", "until", "review_by", "strength")} == {None}
        because: Document = told["because"]
        return because

    @pytest.mark.parametrize("cohorts", [None, [], ["young"]])
    def test_mandatory_work_whatever_the_case(self, cohorts: list[str] | None) -> None:
        assert self.refused("mappa", cohorts) == {"code": "mandatory", "because": "The law asks for it."}
        source = {"id": "law", "title": "A law", "published": None, "url": "https://example.org/law"}
        assert answer("mappa", cohorts)["source"] == source

    @pytest.mark.parametrize("figures", [100, 80, 70, None])
    def test_mandatory_work_at_every_status(self, figures: Any) -> None:
        assert self.refused("mappa", figures=figures)["code"] == "mandatory"

    @pytest.mark.parametrize(
        ("cohorts", "spared"), [(["mappa"], ["mappa"]), (["young", "high", "mappa"], ["mappa", "high"])]
    )
    def test_a_case_that_is_spared(self, cohorts: list[str], spared: list[str]) -> None:
        assert self.refused("sparing", cohorts) == {"code": "excepted", "cohorts": spared}

    @pytest.mark.parametrize("cohorts", [[], ["mappa"], ["mappa", "high"]])
    def test_a_case_that_it_is_not_for(self, cohorts: list[str]) -> None:
        assert self.refused("limited", cohorts) == {"code": "not_among", "cohorts": ["young"]}

    def test_the_status_is_too_mild(self) -> None:
        assert self.refused("severe") == {"code": "below_status", "needs": "red", "from": "red"}
        assert self.refused("plain", figures=100) == {
            "code": "below_status",
            "needs": "amber",
            "from": "amber",
        }

    def test_of_two_reductions_the_nearest_is_told_of(self) -> None:
        lapsed = self.refused("stepped", asked="08-10", figures=[80, 80])
        assert lapsed == {"code": "lapsed", "on": "2022-08-08", "from": "amber"}
        assert self.refused("stepped", figures=100)["needs"] == "amber"

    def test_withheld(self) -> None:
        entry = {"effective": day("08-01"), "withhold": ["plain"]}
        assert self.refused("plain", settings=[entry])["code"] == "withheld"

    def test_a_condition_that_does_not_hold_or_is_not_known(self) -> None:
        false = self.refused("tied", figures={"s": 80, "t": 9})
        assert false == {"code": "condition_false", "rule": "when.tied.amber", "from": "amber"}
        unknown = self.refused("tied")
        assert (unknown["code"], unknown["missing"]) == ("condition_unknown", ["t"])

    @pytest.mark.parametrize(
        ("code", "more"),
        [
            ("suspended", {"suspensions": [suspended("08-02")]}),
            ("indeterminate", {"figures": None}),
        ],
    )
    def test_no_status_is_active(self, code: str, more: Document) -> None:
        assert self.refused("plain", **more)["code"] == code

    def test_nobody_has_declared(self) -> None:
        asker = Asker(history(80), plan(activation="declared"))
        told = may(asker("08-03"), asker.framework.policies[0].version, "plain")
        assert (told["answer"], told["because"]["code"]) == ("no", "undeclared")


class TestUnknown:
    @pytest.mark.parametrize("what", ["plains", "", "PLAIN", "visits", "x" * 500])
    def test_an_activity(self, what: str) -> None:
        with pytest.raises(UnknownName) as unknown:
            answer(what)
        assert (unknown.value.what, unknown.value.name) == ("activity", what)
        assert "plan@v1" in unknown.value.message
        assert len(unknown.value.message) < 400

    def test_the_nearest_name_is_told(self) -> None:
        with pytest.raises(UsageError, match="Did you mean floored"):
            answer("flored")

    @pytest.mark.parametrize("cohorts", [["mapa"], ["mappa", "mapa"], [""], ["green"]])
    @pytest.mark.parametrize("what", ["sparing", "plain", "mappa"])
    def test_a_cohort_is_never_passed_over(self, what: str, cohorts: list[str]) -> None:
        with pytest.raises(UnknownName) as unknown:
            answer(what, cohorts)
        assert unknown.value.what == "cohort"

    def test_a_version_without_cohorts(self) -> None:
        asker = Asker(history(80), version())
        with pytest.raises(UnknownName, match="None is defined here"):
            may(asker("08-03"), asker.framework.policies[0].version, "visits", ["mappa"])


def test_a_later_day_may_be_asked_for_than_that_of_the_decision() -> None:
    asker = Asker(history(80), plan())
    told = may(asker("08-03"), asker.framework.policies[0].version, "plain", day=day("08-05"))
    assert told["as_of"] == "2022-08-05"


def test_nothing_permitted_is_ever_refused_and_nothing_refused_permitted() -> None:
    for figures in (100, 80, 70, None):
        asker = Asker(history(figures), plan())
        decision = asker("08-03")
        permitted = {one["activity"] for one in decision["permitted"]}
        for one in ACTIVITIES:
            told = may(decision, asker.framework.policies[0].version, one["id"])
            assert (told["answer"] != "no") == (one["id"] in permitted)
