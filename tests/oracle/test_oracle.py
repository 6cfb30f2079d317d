"""The oracle itself, against examples worked out by hand from the design.

The framework of most examples: Amber below 90 for two weeks, until 95 or more for two weeks; Red below 75
for two weeks. All returns are on Mondays unless an example says otherwise; 1 August 2022 was one.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.oracle.evaluate import Rhythm, run_lengths
from tests.oracle.fold import decide

AMBER = {
    "id": "a",
    "enter": {"m": {"below": 90}, "for": "2 weeks"},
    "exit": {"m": {"at_least": 95}, "for": "2 weeks"},
}
RED = {"id": "r", "enter": {"m": {"below": 75}, "for": "2 weeks"}}
VISITS = {
    "id": "visits",
    "reductions": [{"from": "a", "strength": "may", "do": "x", "lapses_after": "84 days"}],
}


def day(text: str) -> date:
    """`08-15` as a day of 2022."""
    return date.fromisoformat(f"2022-{text}")


def version(**changes: Any) -> dict[str, Any]:
    """The framework of the examples, with changes."""
    document: dict[str, Any] = {
        "version": "v1",
        "effective": day("08-01"),
        "returns": {"every": "7 days", "stale_after": "14 days"},
        "first_return": "at_once",
        "activation": "automatic",
        "declarations": {"by": "director", "may": ["raise", "lower"], "at_most": "28 days"},
        "inputs": {"s": {"decimals": 1}, "t": {"decimals": 1}},
        "measures": {"m": {"decimals": 1, "formula": "s"}},
        "statuses": [{"id": "g"}, AMBER, RED],
        "activities": [VISITS],
    }
    return document | changes


def history(*figures: Any, first: str = "08-01", every: int = 7) -> list[dict[str, Any]]:
    """Returns of `s`, one for each period; None is a return without it, "-" a period without a return."""
    start = day(first)
    return [
        {"as_of": start + timedelta(days=every * place), "figures": {"s": None if s is None else Decimal(s)}}
        for place, s in enumerate(figures)
        if s != "-"
    ]


def ask(asked: str, returns: list[dict[str, Any]], *versions: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """The decision for a day."""
    decision = decide(list(versions) or [version()], returns, day(asked), **facts)
    assert decision is not None
    return decision


def declared(first: str, last: str, status: str, **more: Any) -> dict[str, Any]:
    """A declaration."""
    return {"from": day(first), "until": day(last), "status": status, "by": "director", "reason": "x", **more}


def test_two_weeks_below_the_trigger_turn_a_pdu_amber() -> None:
    returns = history(100, "82.5", "82.5")
    assert ask("08-14", returns)["status"] == "g"
    decision = ask("08-22", returns)
    # The returns of 1, 8 and 15 August; the run reaches two weeks on the 15th.
    assert (decision["status"], decision["since"], decision["previous"]) == ("a", day("08-15"), "g")
    assert decision["measures"] == {"m": "82.5"}
    assert decision["runs"]["enter.a"] == 2
    assert decision["conditions"]["enter.r"] is False
    assert decision["permitted"] == [
        {"activity": "visits", "from": "a", "since": day("08-15"), "ends": day("11-07"), "review_by": None}
    ]


def test_the_first_return_leaves_durations_out_of_enter_once() -> None:
    decision = ask("08-03", history(70))
    assert (decision["status"], decision["since"], decision["previous"]) == ("r", day("08-01"), None)
    assert decision["conditions"]["enter.r"] is True
    assert decision["runs"]["enter.r"] == 1
    # From the second step on they count: at 80 Red is left (no exit: not enter), Amber holds its exit.
    later = ask("08-08", history(70, 80))
    assert later["conditions"]["enter.a"] is True
    assert later["conditions"]["enter.r"] is False
    assert later["status"] == "a"


def test_after_duration_starts_in_the_first_status_and_keeps_to_the_steps() -> None:
    slow = version(first_return="after_duration", steps={"up": 1})
    returns = history(70, 70, 70)
    assert ask("08-01", returns, slow)["status"] == "g"
    assert ask("08-08", returns, slow)["status"] == "a"
    assert ask("08-15", returns, slow)["status"] == "r"


def test_how_runs_are_counted() -> None:
    pace = Rhythm(every=7, longest_gap=14)

    def lengths(offsets: list[int], truths: list[bool | None] | None = None) -> list[int]:
        dates = [day("08-01") + timedelta(days=offset) for offset in offsets]
        return run_lengths(truths or [True] * len(dates), dates, pace)

    assert lengths([0, 3, 7]) == [1, 1, 2]  # a second return in one week adds nothing
    assert lengths([0, 8, 14]) == [1, 2, 3]  # a day late still counts: 7 + 7 + 6 = 20 days
    assert lengths([0, 14, 21]) == [1, 2, 3]  # a missed week neither counts nor breaks
    assert lengths([0, 7, 22]) == [1, 2, 1]  # a gap over the longest one breaks
    assert lengths([0, 7, 14], [True, False, True]) == [1, 0, 1]
    assert lengths([0, 7, 14], [True, None, True]) == [1, 0, 1]
    assert run_lengths([True, True], [day("08-01"), day("08-02")], Rhythm(2, 2)) == [1, 2]  # half up


def test_an_unknown_return_makes_the_condition_unknown_and_ends_its_run() -> None:
    returns = history(100, 80, None, 80, 80)
    middle = ask("08-15", returns)
    # Neither Amber nor Red is certain; a condition with `for` is unknown where what it holds is.
    assert middle["status"] == "indeterminate"
    assert middle["candidates"] == {"g", "a", "r"}
    assert middle["calculated"] == "indeterminate"
    assert middle["calculated_since"] == day("08-15")
    assert middle["last_determinate"] == {"status": "g", "as_of": day("08-14")}
    assert (middle["since"], middle["previous"]) == (day("08-15"), "g")
    restored = ask("08-22", returns)
    assert (restored["status"], restored["since"], restored["previous"]) == ("g", day("08-01"), None)
    assert restored["runs"]["enter.a"] == 1
    assert ask("08-29", returns)["status"] == "a"


def test_not_knowing_for_a_while_does_not_break_a_status() -> None:
    decision = ask("08-22", history(100, 100, None, 100))
    assert (decision["since"], decision["previous"]) == (day("08-01"), None)
    other = ask("08-29", history(100, 100, None, 80, 80))
    assert (other["status"], other["since"], other["previous"]) == ("a", day("08-29"), "g")


def test_an_unknown_that_changes_nothing_leaves_the_answer() -> None:
    red = {"id": "r", "enter": {"any": [{"m": {"below": 75}}, {"t": {"above": 5}}]}}
    returns = history(70, 70)
    decision = ask("08-08", returns, version(statuses=[{"id": "g"}, AMBER, red]))
    assert decision["conditions"]["enter.r.1"] is None
    assert decision["conditions"]["enter.r"] is True
    assert decision["status"] == "r"
    assert decision["indeterminate"] is False


def test_on_the_way_down_a_pdu_is_held_where_an_exit_is_not_met() -> None:
    returns = history(70, 92, 96, 96)
    # 92 ends Red (no exit of its own: not below 75), but not Amber, whose exit asks for 95.
    assert ask("08-08", returns)["status"] == "a"
    assert ask("08-15", returns)["status"] == "a"
    assert ask("08-22", returns)["status"] == "g"
    # Amber's exit has held for two weeks when Red is left: straight to the first.
    long_red = version(statuses=[{"id": "g"}, AMBER, RED | {"minimum_stay": "15 days"}])
    assert ask("08-15", returns[:1] + history(96, 96, first="08-08"), long_red)["status"] == "r"
    assert ask("08-22", history(70, 96, 96, 96), long_red)["status"] == "g"
    one = version(steps={"down": 1}, statuses=[{"id": "g"}, AMBER, RED | {"minimum_stay": "15 days"}])
    assert ask("08-22", history(70, 96, 96, 96), one)["status"] == "a"


def test_minimum_stay_is_over_on_its_day() -> None:
    quick = {"id": "a", "enter": {"m": {"below": 90}}, "minimum_stay": "14 days"}
    document = version(statuses=[{"id": "g"}, quick])
    returns = history(80, 99, 99)
    assert ask("08-08", returns, document)["status"] == "a"
    assert ask("08-15", returns, document)["status"] == "g"


def test_candidates_on_the_way_down() -> None:
    amber = {"id": "a", "enter": {"t": {"below": 5}}, "exit": {"m": {"at_least": 95}}}
    red = {"id": "r", "enter": {"m": {"below": 75}}}
    document = version(statuses=[{"id": "g"}, amber, red])
    returns = history(70, 80)
    # At 80 Red is left for certain; its way down ends at Amber, as Amber's exit is not met. Amber's own
    # enter is unknown, but only an enter above Red could matter.
    decision = ask("08-08", returns, document)
    assert decision["status"] == "a"
    assert decision["conditions"]["enter.a"] is None
    # From Amber, with Amber's enter unknown and its exit met: Amber or Green.
    returns[0]["figures"]["t"] = Decimal(1)
    decision = ask("08-15", [*returns, *history(96, first="08-15")], document)
    assert decision["candidates"] == {"a", "g"}
    # The exit not met: it stays, whatever its enter is.
    assert ask("08-15", [*returns, *history(90, first="08-15")], document)["candidates"] == set()


def test_a_stale_return_and_its_grace() -> None:
    document = version(returns={"every": "7 days", "stale_after": "14 days", "grace": "3 days"})
    returns = history(80)
    assert ask("08-15", returns, document)["status"] == "a"  # 14 days old is not older than 14 days
    decision = ask("08-16", returns, document)
    assert (decision["status"], decision["since"], decision["candidates"]) == (
        "indeterminate",
        day("08-16"),
        set(),
    )
    # Counted from the 15th, the last determinate day.
    assert decision["last_determinate"] == {"status": "a", "as_of": day("08-15")}
    assert [one["since"] for one in decision["permitted"]] == [day("08-01")]
    assert len(ask("08-18", returns, document)["permitted"]) == 1
    assert ask("08-19", returns, document)["permitted"] == []
    assert ask("08-16", returns)["permitted"] == []  # no grace unless the version gives one


def test_no_return_at_all() -> None:
    decision = ask("08-20", [])
    assert (decision["status"], decision["since"], decision["calculated"]) == (
        "indeterminate",
        day("08-01"),
        None,
    )
    assert decision["measures"] == {"m": None}
    assert set(decision["conditions"].values()) == {None}


def test_a_new_version_takes_a_step_with_the_newest_return() -> None:
    tighter = RED | {"enter": {"m": {"below": 85}, "for": "2 weeks"}}
    new = version(version="v2", effective=day("08-17"), statuses=[{"id": "g"}, AMBER, tighter])
    returns = history(80, 80, 80)
    assert ask("08-16", returns, version(), new)["status"] == "a"
    decision = ask("08-17", returns, version(), new)
    # Below 85 for three returns under the new condition; the day itself adds nothing.
    assert (decision["status"], decision["since"], decision["runs"]["enter.r"]) == ("r", day("08-17"), 3)
    # Stale on its day: no step, nothing known, but Amber stays underneath.
    late = version(version="v2", effective=day("08-30"), statuses=[{"id": "g"}, AMBER, tighter])
    decision = ask("08-30", returns, version(), late)
    assert (decision["status"], decision["calculated_since"]) == ("indeterminate", day("08-30"))


def test_a_status_that_is_gone_becomes_the_nearest_less_severe_one() -> None:
    hold = {"exit": {"m": {"at_least": 1000}}}
    new = version(version="v2", effective=day("08-10"), statuses=[{"id": "g"}, AMBER | hold])
    decision = ask("08-12", history(70, 80), version(statuses=[{"id": "g"}, AMBER, RED | hold]), new)
    assert (decision["status"], decision["since"], decision["previous"]) == ("a", day("08-10"), "r")
    kept = ask("08-12", history(80, 80), version(), new)
    assert (kept["status"], kept["since"]) == ("a", day("08-01"))


def test_days_without_a_version_have_no_decision_and_change_nothing() -> None:
    first = version(until=day("08-10"))
    second = version(version="v2", effective=day("08-20"))
    returns = history(80, 80, 80)
    for empty in ("07-31", "08-11", "08-19"):
        assert decide([first, second], returns, day(empty)) is None
    decision = ask("08-20", returns, first, second)
    assert (decision["status"], decision["since"]) == ("a", day("08-01"))


def test_declarations() -> None:
    returns = history(80, 80, 80, 80)
    for may, expected in ((["raise", "lower"], "g"), (["raise"], "a"), (["lower"], "g")):
        document = version(declarations={"by": "director", "may": may, "at_most": "28 days"})
        decision = ask("08-09", returns, document, declarations=[declared("08-08", "08-10", "g")])
        assert (decision["status"], decision["calculated"]) == (expected, "a")
    binding = version(statuses=[{"id": "g"}, AMBER | {"binding": True}, RED])
    assert ask("08-09", returns, binding, declarations=[declared("08-08", "08-10", "g")])["status"] == "a"
    # Unknown: as declared, but never below a binding last determinate status.
    unclear = history(80, None)
    assert ask("08-09", unclear, declarations=[declared("08-08", "08-10", "g")])["status"] == "g"
    assert ask("08-09", unclear, binding, declarations=[declared("08-08", "08-10", "g")])["status"] == "a"
    # Both days count, and it breaks the stretch: Amber begins anew after it.
    after = ask("08-11", returns, declarations=[declared("08-08", "08-10", "r")])
    assert (after["status"], after["since"], after["previous"]) == ("a", day("08-11"), "r")


def test_which_declaration_wins_and_how_long_there_has_been_one() -> None:
    events = [
        declared("08-03", "08-20", "r", pdu="p1"),
        declared("08-10", "08-20", "g", region="r1"),
        declared("08-12", "08-20", "g"),
        declared("08-01", "08-30", "g", pdu="p2"),
    ]
    decision = ask("08-15", history(80, 80, 80), declarations=events)
    assert decision["status"] == "r"
    assert decision["declared"]["days_without_break"] == 13
    decision = ask("08-15", history(80, 80, 80), declarations=events[1:])
    assert decision["declared"]["from"] == day("08-10")
    assert decision["declared"]["days_without_break"] == 6


def test_a_suspension_sets_the_framework_aside() -> None:
    suspensions = [{"from": day("08-05"), "by": "director", "reason": "x", "region": "r1"}]
    decision = ask("08-16", history(100, 80, 80), suspensions=suspensions)
    assert (decision["status"], decision["since"], decision["permitted"]) == ("suspended", day("08-05"), [])
    assert (decision["calculated"], decision["calculated_since"]) == ("a", day("08-15"))
    suspensions[0]["until"] = day("08-17")
    decision = ask("08-18", history(100, 80, 80), suspensions=suspensions)
    assert (decision["status"], decision["since"], decision["previous"]) == ("a", day("08-18"), "suspended")


def test_where_a_person_declares_the_calculated_status_is_advice() -> None:
    document = version(activation="declared")
    decision = ask("08-02", history(80), document)
    assert (decision["status"], decision["calculated"], decision["permitted"]) == ("undeclared", "a", [])
    assert (
        ask("08-02", history(80), document, declarations=[declared("08-02", "08-02", "a")])["status"] == "a"
    )


def test_the_clocks_of_reductions() -> None:
    more = {"from": "r", "strength": "must", "do": "y", "lapses_after": "10 days", "review_every": "3 days"}
    less = {"from": "a", "strength": "may", "do": "x", "lapses_after": "20 days"}
    document = version(activities=[{"id": "visits", "reductions": [less, more]}])

    def stands(asked: str, returns: list[dict[str, Any]], **facts: Any) -> list[Any]:
        permitted = ask(asked, returns, document, **facts)["permitted"]
        return [(one["from"], one["since"], one["ends"], one["review_by"]) for one in permitted]

    returns = history(70, 70, 70, 70)
    assert stands("08-04", returns) == [("r", day("08-01"), day("08-11"), day("08-07"))]
    # Red's has lapsed on the 11th; Amber's clock has run since the 1st all the same.
    assert stands("08-11", returns) == [("a", day("08-01"), day("08-21"), None)]
    assert stands("08-21", returns) == []
    # Below Red at the return of the 8th: Red's clock starts again when Red does, on the 22nd.
    assert stands("08-22", history(70, 80, 70, 70)) == [("r", day("08-22"), day("09-01"), day("08-25"))]
    assert stands("08-20", history(70, 80, 70, 70)) == [("a", day("08-01"), day("08-21"), None)]
    # A renewal starts them again on the declaration's first day.
    renewal = declared("08-13", "08-14", "r", renew=["visits"])
    assert stands("08-14", returns, declarations=[renewal])[0][:2] == ("r", day("08-13"))


def test_conditions_of_reductions_and_what_is_withheld() -> None:
    one = {"from": "a", "strength": "may", "do": "x", "when": {"t": {"above": 1}}}
    document = version(activities=[{"id": "visits", "reductions": [one]}])
    returns = history(80)
    assert ask("08-01", returns, document)["permitted"] == []  # unknown does not permit
    returns[0]["figures"]["t"] = Decimal("1.1")
    decision = ask("08-02", returns, document)
    assert decision["conditions"]["when.visits.a"] is True
    assert len(decision["permitted"]) == 1
    settings = [{"effective": day("08-02"), "pdus": {"p1": {"withhold": ["visits"]}}}]
    assert len(ask("08-01", returns, document, settings=settings)["permitted"]) == 1
    assert ask("08-02", returns, document, settings=settings)["permitted"] == []


def test_trigger_points_are_those_of_the_step() -> None:
    amber = {"id": "a", "enter": {"m": {"below": "low"}}}
    points = {"low": {"default": 90, "regions": {"from": 80, "to": 95}}}
    document = version(statuses=[{"id": "g"}, amber], trigger_points=points)
    entry = {
        "effective": day("08-03"),
        "trigger_points": {"low": 80},
        "pdus": {"p2": {"trigger_points": {"low": 95}}},
    }
    returns = history(85, 85)
    assert ask("08-07", returns, document, settings=[entry])["status"] == "a"
    assert ask("08-08", returns, document, settings=[entry])["status"] == "g"
    assert ask("08-08", returns, document, settings=[entry], pdu="p2")["status"] == "a"


def test_outstaying_and_reviews() -> None:
    amber = AMBER | {"outstays_after": "10 days", "review_every": "5 days"}
    document = version(statuses=[{"id": "g"}, amber])
    decision = ask("08-10", history(80, 80), document)
    assert (decision["outstayed"], decision["review_by"]) == (False, day("08-11"))
    decision = ask("08-11", history(80, 80), document)
    assert (decision["outstayed"], decision["review_by"]) == (True, day("08-16"))
