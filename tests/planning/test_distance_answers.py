"""Distances of small units: what is found, what is said where nothing can be, and what the answer rests on."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from engine.canonical import decision_id
from engine.deciding import Engine
from engine.distance import distance, distance_all, distance_of
from engine.distance._search import Search
from rules.figures import Return
from rules.framework import Framework
from rules.model import Events, Organisation
from rules.problems import DisagreementError
from tests.planning.distance_kit import Told
from tests.support import policy_of

FLOOR = """\
format: 1
framework: plan
version: v1
title: A plan
effective: 2022-08-01
returns: {every: 7 days, stale_after: 14 days}
first_return: at_once
activation: automatic
declarations: {by: director, may: [raise, lower], at_most: 28 days}
steps: {down: 1}
lists: {grade: {PO: Officer, PSO: Services officer}}
inputs:
  required: {decimals: 1, per: grade, minimum: 0}
  in_post: {title: In post, unit: FTE, decimals: 1, per: grade, minimum: 0, maximum: 40, lever: {step: 0.5}}
  desks: {title: Desks, decimals: 0, minimum: 0, maximum: 60, default: 10, lever: {step: 1}}
  spare: {title: Spare, decimals: 0, minimum: 0, lever: {step: 1}}
  work: {title: Work, decimals: 0, minimum: 0, carry_forward: 14 days}
measures:
  staffing: {title: Staffing, unit: percent, decimals: 1, formula: "100 * in_post[all] / required[all]"}
statuses:
  - {id: green, title: Green}
  - id: amber
    title: Amber
    enter: {any: [{staffing: {below: 90}}, {desks: {below: 5}}, {work: {above: 100}}], for: 2 weeks}
    exit: {all: [{staffing: {at_least: 95}}, {work: {at_most: 90}}], for: 2 weeks}
    minimum_stay: 21 days
  - id: red
    title: Red
    enter: {staffing: {below: 70}}
    exit: {staffing: {at_least: 75}}
  - id: black
    title: Black
    enter: {all: [{"in_post[PO]": {below: 4}}, {"in_post[PSO]": {below: 6}}]}
activities:
  - {id: visits, reductions: [{from: amber, strength: may, do: Fewer.}]}
"""
ORGANISATION = Organisation.model_validate(
    {
        "format": 1,
        "regions": [{"id": "north", "name": "North"}],
        "pdus": [
            {"id": "york", "name": "York", "region": "north"},
            {"id": "hull", "name": "Hull", "region": "north", "until": datetime.date(2022, 8, 20)},
        ],
    }
)
MONDAY = datetime.date(2022, 8, 1)


def week(number: int, po: str = "10", pso: str = "10", pdu: str = "york", **more: Any) -> Return:
    """A return of so many weeks after the beginning, for ten posts in each grade."""
    figures: dict[str, str | None] = {
        "required[PO]": "10",
        "required[PSO]": "10",
        "in_post[PO]": po,
        "in_post[PSO]": pso,
    }
    figures |= {"work": "80", **more}
    numbers: dict[str, Any] = {key: Decimal(text) for key, text in figures.items() if text is not None}
    return Return(pdu, MONDAY + datetime.timedelta(weeks=number), numbers)


class Desk:
    """Asks for distances under one framework."""

    def __init__(self, *texts: str) -> None:
        self.framework = Framework("plan", tuple(policy_of(text) for text in texts or (FLOOR,)))
        self.engine = Engine(self.framework, ORGANISATION)

    def ask(
        self,
        *returns: Return,
        day: datetime.date | None = None,
        events: Events | None = None,
        pdu: str = "york",
    ) -> Told:
        unit = next(one for one in ORGANISATION.pdus if one.id == pdu)
        on = day or max((one.as_of for one in returns), default=MONDAY)
        course = self.engine.course(unit, returns, events or Events())
        decision = self.engine.decision(course, on)
        assert isinstance(decision, dict)
        found = distance(self.engine, course, on, decision)
        assert decision["id"] == decision_id(decision), "a distance leaves the decision as it is"
        return found


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.engine.close()


def target(found: Told, direction: str) -> Told:
    (one,) = [one for one in found["targets"] if one["direction"] == direction]
    return dict(one)


def lever(goal: Told, key: str) -> Told:
    (one,) = [one for one in goal["levers"] if one["input"] == key]
    return dict(one)


def codes(found: Told) -> list[str]:
    return [one["code"] for one in found["because"]]


def test_each_way_from_the_middle(desk: Desk) -> None:
    found = desk.ask(week(0, "8", "8"))
    assert (found["status"], [one["status"] for one in found["targets"]]) == ("amber", ["green", "red"])
    back, on = target(found, "less_severe"), target(found, "more_severe")
    po = lever(back, "in_post[PO]")
    # 19 of 20 posts are 95%; two weeks, and 21 days of stay from 1 August
    assert (po["from"], po["to"], po["change"], po["steps"]) == ("8", "11", "3", 6)
    assert (po["returns"], po["earliest"]) == (3, "2022-08-22")
    assert back["earliest"] == "2022-08-22"
    less = lever(on, "in_post[PSO]")
    assert (less["to"], less["change"], less["steps"], less["earliest"]) == ("5.5", "-2.5", -5, "2022-08-08")
    assert [one["rule"] for one in back["measures"]] == ["exit.amber.0", "enter.amber.0"]
    assert back["measures"][0] | {"run": 0} == {
        "id": "staffing", "title": "Staffing", "rule": "exit.amber.0", "comparator": "at_least", "threshold": "95",
        "value": "80.0", "distance": "-15", "unit": "percent", "holds": False, "run": 0, "needs": 2,
        "basis": "illustrative",
    }  # fmt: skip


def test_what_a_lever_cannot_do(desk: Desk) -> None:
    back = target(desk.ask(week(0, "8", "8")), "less_severe")
    assert lever(back, "desks")["because"] == {"code": "cannot"}
    spare = lever(back, "spare")
    assert (spare["from"], spare["reaches"], spare["because"]) == (None, False, {"code": "not_given"})
    given = lever(target(desk.ask(week(0, "8", "8", spare="3")), "less_severe"), "spare")
    assert (given["from"], given["because"]) == ("3", {"code": "no_part"})


def test_a_default_is_changed_from(desk: Desk) -> None:
    desks = lever(target(desk.ask(week(0)), "more_severe"), "desks")
    assert (desks["from"], desks["to"], desks["steps"], desks["earliest"]) == ("10", "4", -6, "2022-08-15")


def test_the_ends_have_one_target(desk: Desk) -> None:
    assert [one["status"] for one in desk.ask(week(0))["targets"]] == ["amber"]
    found = desk.ask(week(0, "3", "5"))
    assert (found["status"], [one["status"] for one in found["targets"]]) == ("black", ["red"])


def test_nothing_need_change(desk: Desk) -> None:
    found = desk.ask(week(0, "8", "8"), week(1), week(2))
    back = target(found, "less_severe")
    assert (found["status"], back["without_change"], back["earliest"]) == (
        "amber",
        "2022-08-22",
        "2022-08-22",
    )
    assert {one["steps"] for one in back["levers"]} == {0}
    assert found["ahead"] == [{"day": "2022-08-22", "status": "green"}]


def test_down_one_level_at_a_time(desk: Desk) -> None:
    found = desk.ask(week(0, "6", "6"))
    assert found["status"] == "red"
    back = target(found, "less_severe")
    assert (back["status"], lever(back, "in_post[PO]")["to"]) == ("amber", "9")  # 75% of 20


def test_two_figures_together(desk: Desk) -> None:
    found = desk.ask(week(0, "6", "7.5"))
    assert found["status"] == "red"
    on = target(found, "more_severe")
    assert not any(one["reaches"] for one in on["levers"])
    joint = on["joint"]
    told = [(one["input"], one["to"], one["steps"]) for one in joint["levers"]]
    assert told == [("in_post[PO]", "3.5", -5), ("in_post[PSO]", "5.5", -4)]
    assert (joint["steps"], joint["returns"], joint["earliest"]) == (9, 1, "2022-08-08")
    assert on["earliest"] == "2022-08-08"


def test_what_no_figures_can_bring(desk: Desk) -> None:
    back = target(desk.ask(week(0, "8", "8", work="95")), "less_severe")
    assert {one["because"]["code"] for one in back["levers"]} == {"cannot", "not_given"}
    assert (back["joint"], back["joint_searched"], back["earliest"]) == (None, None, None)
    assert "exit.amber.1" in [one["rule"] for one in back["measures"]], "the work stands in the way"


def test_a_figure_that_was_carried_is_given_again(desk: Desk) -> None:
    found = desk.ask(week(0, "8", "8"), week(1, "8", "8", work=None))
    assert {"code": "carried_again", "inputs": ["work"]} in found["assumptions"]
    assert lever(target(found, "less_severe"), "in_post[PO]")["reaches"]


class TestNothingToGoBy:
    """Each case in which there is no status to measure from, or none that figures move, and its code."""

    def test_no_return(self, desk: Desk) -> None:
        found = desk.ask()
        assert (codes(found), found["targets"], found["assumptions"]) == (["no_return"], [], [])

    def test_missing_figures_are_named(self, desk: Desk) -> None:
        missing = Return("york", MONDAY, {"in_post[PO]": Decimal(9), "work": Decimal(1)})
        found = desk.ask(missing)
        (because,) = found["because"]
        assert because["code"] == "unknown"
        assert {"required[PO]", "in_post[PSO]"} <= set(because["missing"])
        assert {"green", "amber"} <= set(because["could_be"])
        assert found["targets"] == []

    def test_too_old_a_return(self, desk: Desk) -> None:
        found = desk.ask(week(0, "8", "8"), day=MONDAY + datetime.timedelta(days=20))
        assert (found["status"], codes(found)) == ("indeterminate", ["stale"])
        assert [one["status"] for one in found["targets"]] == ["green", "red"]
        assert {"code": "overdue", "returns": 2} in found["assumptions"]
        assert found["ahead"] == [{"day": "2022-08-22", "status": "amber"}]

    def test_too_old_and_never_clear(self, desk: Desk) -> None:
        missing = Return("york", MONDAY, {"work": Decimal(1)})
        found = desk.ask(missing, day=MONDAY + datetime.timedelta(days=20))
        assert (codes(found), found["targets"]) == (["stale"], [])

    def test_the_unit_ends_before_a_return_is_due(self, desk: Desk) -> None:
        found = desk.ask(week(2, pdu="hull"), pdu="hull")
        assert (codes(found), found["targets"]) == (["no_return_ahead"], [])

    def test_the_unit_ends_on_the_way(self, desk: Desk) -> None:
        found = desk.ask(week(0, pdu="hull"), pdu="hull")
        assert {"code": "unit_ends", "on": "2022-08-20"} in found["assumptions"]
        on = target(found, "more_severe")
        assert lever(on, "in_post[PO]")["earliest"] == "2022-08-15", "the last return that comes"

    def test_no_levers(self) -> None:
        found = Desk(FLOOR.replace(", lever: {step: 0.5}", "").replace(", lever: {step: 1}", "")).ask(week(0))
        assert codes(found) == ["no_levers"]
        assert (found["targets"][0]["levers"], found["targets"][0]["joint"]) == ([], None)


class TestBeside:
    """What people decide stands beside the distance, which is of the calculated status."""

    def test_suspended(self, desk: Desk) -> None:
        events = {"suspensions": [{"from": MONDAY, "by": "director", "reason": "A flood."}]}
        found = desk.ask(week(0, "8", "8"), events=Events.model_validate(events))
        assert (found["status"], found["calculated"], codes(found)) == ("suspended", "amber", ["suspended"])
        assert [one["status"] for one in found["targets"]] == ["green", "red"]

    def test_declared(self, desk: Desk) -> None:
        declared = {
            "from": MONDAY, "until": MONDAY, "status": "red", "by": "director", "reason": "A flood.",
        }  # fmt: skip
        found = desk.ask(week(0), events=Events.model_validate({"declarations": [declared]}))
        assert found["because"] == [{"code": "declared", "status": "red"}]
        assert (found["status"], found["calculated"]) == ("red", "green")
        assert [one["status"] for one in found["targets"]] == ["amber"]

    def test_undeclared(self) -> None:
        found = Desk(FLOOR.replace("activation: automatic", "activation: declared")).ask(week(0))
        assert (found["status"], codes(found)) == ("undeclared", ["undeclared"])
        assert target(found, "more_severe")["levers"]


class TestWhatIsKnownAhead:
    """Versions that begin later count, with what becomes of the statuses."""

    LATER = FLOOR.replace("version: v1", "version: v2").replace("2022-08-01", "2022-08-10")

    def test_a_later_version_judges(self) -> None:
        found = Desk(FLOOR, self.LATER.replace("at_least: 95", "at_least: 99")).ask(week(0, "8", "8"))
        assert [one["code"] for one in found["assumptions"]].count("version_begins") == 1
        assert (
            lever(target(found, "less_severe"), "in_post[PO]")["to"] == "12"
        )  # 99% of 20 is 19.8, in halves 20

    def test_a_later_version_brings_it_by_itself(self) -> None:
        found = Desk(FLOOR, self.LATER.replace("{staffing: {below: 70}}", "{staffing: {below: 85}}")).ask(
            week(0, "8", "8")
        )
        assert target(found, "more_severe")["without_change"] == "2022-08-10"

    def test_a_status_that_is_gone_stands_for_the_next_one_on(self) -> None:
        start = self.LATER.index("  - id: red")
        without = self.LATER[:start] + self.LATER[self.LATER.index("  - id: black") :]
        on = target(Desk(FLOOR, without).ask(week(0, "8", "5", work="20")), "more_severe")
        assert (on["status"], lever(on, "in_post[PO]")["to"]) == ("black", "3.5") or on["status"] == "red"

    def test_no_version_ahead(self) -> None:
        found = Desk(FLOOR.replace("effective: 2022-08-01", "effective: 2022-08-01\nuntil: 2022-08-03")).ask(
            week(0)
        )
        assert {"code": "version_ends", "on": "2022-08-04"} in found["assumptions"]
        assert not any(one["reaches"] for one in target(found, "more_severe")["levers"])


class TestNotMonotone:
    """A larger change may fail where a smaller one does: all changes are looked at."""

    def test_one_exact_figure(self) -> None:
        found = Desk(FLOOR.replace("{staffing: {below: 70}}", "{'in_post[PO]': {is: 33.5}}")).ask(
            week(0, "8", "8")
        )
        po = lever(target(found, "more_severe"), "in_post[PO]")
        assert (po["to"], po["steps"]) == ("33.5", 51)

    def test_both_ways_are_equally_far(self) -> None:
        exact = "{any: [{'in_post[PO]': {is: 6}}, {'in_post[PO]': {is: 10}}]}"
        found = Desk(FLOOR.replace("{staffing: {below: 70}}", exact)).ask(week(0, "8", "8"))
        assert lever(target(found, "more_severe"), "in_post[PO]")["to"] == "10", "upwards goes first"

    def test_a_figure_beyond_the_maximum_is_not_tried(self) -> None:
        found = Desk(FLOOR.replace("{staffing: {below: 70}}", "{'in_post[PO]': {above: 40}}")).ask(
            week(0, "8", "8")
        )
        assert lever(target(found, "more_severe"), "in_post[PO]")["because"] == {"code": "cannot"}

    def test_far_away(self) -> None:
        wide = FLOOR.replace(", maximum: 40, lever: {step: 0.5}", ", lever: {step: 0.1}")
        found = Desk(wide.replace("{staffing: {below: 70}}", "{'in_post[PO]': {at_least: 900}}")).ask(
            week(0, "8", "8")
        )
        assert lever(target(found, "more_severe"), "in_post[PO]")["steps"] == 8920
        found = Desk(wide.replace("{staffing: {below: 70}}", "{'in_post[PO]': {at_least: 9000}}")).ask(
            week(0, "8", "8")
        )
        assert lever(target(found, "more_severe"), "in_post[PO]")["because"] == {"code": "not_found"}

    def test_a_step_finer_than_the_figure(self) -> None:
        fine = FLOOR.replace("lever: {step: 0.5}", "lever: {step: 0.25}")
        po = lever(target(Desk(fine).ask(week(0, "8", "8")), "less_severe"), "in_post[PO]")
        assert (po["to"], po["steps"]) == ("11", 12), "only figures that the input takes are tried"


def test_a_wrong_answer_of_the_columns_is_noticed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Search._distinct

    def too_much(self: Search, steps: Any) -> Any:
        return [(one, k + 1 if k > 0 else k) for one, k in honest(self, steps)]

    monkeypatch.setattr(Search, "_distinct", too_much)
    with pytest.raises(DisagreementError) as refused:
        desk.ask(week(0, "8", "8"))
    assert [one.code for one in refused.value.problems] == ["PF902"]
    assert "york" in refused.value.problems[0].message


def test_of_many_and_of_one_decision(desk: Desk) -> None:
    returns = [week(0, "8", "8"), week(0, pdu="hull"), week(1, "9", "9")]
    found, undecided = distance_all(desk.engine, returns, Events())
    assert ([one.decision["pdu"]["id"] for one in found], undecided) == (["hull", "york"], [])
    for one in found:
        assert distance_of(desk.engine, returns, Events(), one.decision) == one.distance
    late, gone = distance_all(desk.engine, returns, Events(), as_of=datetime.date(2022, 8, 25))
    assert ([one.decision["pdu"]["id"] for one in late], [one.pdu for one in gone]) == (["york"], ["hull"])
    assert distance_all(desk.engine, [], Events()) == ([], [])
