"""Futures from the past: the same bytes for the same question, within bounds, and unknown stays unknown."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from engine.forecast import MOST_FUTURES, MOST_WEEKS, Known, Pipeline, Trend
from rules.figures import Return
from rules.framework import Framework
from rules.model import Events, Pdu
from tests.forecast.forecast_engine_kit import (
    PLAN,
    START,
    WEEK,
    ask,
    codes,
    given,
    plan,
    steady,
    unit,
    wandering,
)

Units = list[tuple[Pdu, list[Return]]]


def region(weeks: int = 60, count: int = 5) -> Units:
    """Some units of one region, and one of another."""
    units = [(unit(f"u{number}"), wandering(f"u{number}", weeks, number)) for number in range(count)]
    return [*units, (unit("far", "south"), wandering("far", weeks, 99))]


def test_the_order_of_units_and_processes_change_nothing() -> None:
    units = region()
    alone = ask(units)
    shuffled = random.Random(1).sample(units, len(units))
    by_id = {one.pdu: one for one in ask(shuffled)}
    assert [by_id[pdu.id] for pdu, _ in units] == alone
    assert [one.pdu for one in ask(shuffled)] == [pdu.id for pdu, _ in shuffled]
    assert ask(units, processes=2) == alone
    assert ask(units, only=["u3", "far"]) == [alone[3], alone[5]]


def test_another_seed_draws_others_and_more_futures_begin_alike() -> None:
    units = region()[:2]
    assert ask(units, seed=1) == ask(units, seed=1)
    assert ask(units, seed=1)[0].weeks != ask(units, seed=2)[0].weeks
    # chances settle as futures grow more
    few, many = ask(units, futures=300)[0], ask(units, futures=6000)[0]
    for one, other in zip(few.weeks, many.weeks, strict=True):
        for count, large in zip(one.counts, other.counts, strict=True):
            assert abs(count / 300 - large / 6000) < 0.12


def test_units_of_other_regions_have_no_say() -> None:
    units = region()
    changed = [*units[:-1], (units[-1][0], wandering("far", 60, 1234))]
    assert ask(units)[:-1] == ask(changed)[:-1]


def test_returns_after_the_day_are_not_looked_at() -> None:
    units = region()
    early = [(pdu, own[:40]) for pdu, own in units]
    assert ask(units, week=39) == ask(early, week=39)


def test_a_future_is_within_what_the_input_takes() -> None:
    units = [
        (unit(f"u{number}"), wandering(f"u{number}", 60, number, lambda week: -110)) for number in range(4)
    ]
    for found in ask(units, weeks=26):
        assert sum(map(sum, (week.counts for week in found.weeks))) == 26 * 400, "every figure fits its input"
        staff = found.measures[0]
        # no fewer than none in post, and no more absent than ever
        assert all(
            one is not None and Decimal(-40) <= one.low <= one.high <= Decimal(80) for one in staff.weeks
        )
        held = codes(found)["held_at_bounds"]["figures"]
        assert "in_post[PO]" in held


def test_figures_that_never_move_stay() -> None:
    units = [(unit("york"), steady("york", 60, PO=12, PSO=10, points=7))]
    (found,) = ask(units)
    assert all(week.counts == (400, 0, 0) for week in found.weeks)
    assert found.drivers == ()
    assert found.measures[0].weeks == ((Decimal("22.0"),) * 3 + (0,),) * 8


def test_a_figure_that_the_newest_return_lacks_stays_unknown() -> None:
    units = region()
    last = given("u0", 60, PO=None, PSO="10", points=None)
    units[0][1].append(last)
    found = ask(units)[0]
    assert all(week.indeterminate == 400 for week in found.weeks)
    # the points are carried forward, and given again
    assert codes(found)["unknown_figures"] == {"figures": ("in_post[PO]",)}
    assert found.measures[0].weeks == (None,) * 8
    assert all(found.measures[1].weeks)


def test_a_unit_without_a_return_is_indeterminate() -> None:
    (found,) = ask([(unit("new"), []), *region()], only=["new"])
    assert {week.indeterminate for week in found.weeks} == {400}
    assert (found.now, found.standing, found.newest) == ("indeterminate", None, None)
    assert (found.measures, found.drivers, found.target) == ((), (), None)
    assert "no_returns" in codes(found)


@pytest.mark.parametrize("returns", [1, 2, 3, 7])
def test_a_short_history_takes_the_moves_of_its_region(returns: int) -> None:
    units = [(unit("new"), wandering("new", 60, 5)[-returns:]), *region()[:4]]
    found = ask(units)[0]
    assert codes(found)["short_history"] == {"returns": returns}
    assert codes(found)["rates"]["own"] == 0
    staff = found.measures[0]
    assert staff.weeks[-1] is not None
    assert staff.weeks[-1].low < staff.weeks[-1].high, "it moves"
    (alone,) = ask(units[:1])
    assert ("figures_stay" in codes(alone)) == (returns < 6), "a few returns teach nothing"
    assert sum(alone.weeks[-1].counts) == 400


@pytest.mark.parametrize("weeks", [1, 2, 5])
def test_a_region_that_has_only_begun_stays_as_it_is(weeks: int) -> None:
    units = [(unit(f"u{number}"), wandering(f"u{number}", weeks, number)) for number in range(3)]
    for found in ask(units):
        assert all(max(week.counts) == 400 for week in found.weeks)
        assert "figures_stay" in codes(found)


def test_a_stale_unit_goes_on_from_its_newest_return() -> None:
    units = region()
    stale = units[0][1][:50]
    found = ask([(units[0][0], stale), *units[1:]])[0]
    assert found.now == "indeterminate"
    assert found.standing in found.statuses
    assert codes(found)["stale"] == {"newest": stale[-1].as_of.isoformat(), "days": 70}
    assert all(week.indeterminate == 0 for week in found.weeks)
    fresh = ask(units)[0]

    def width(one: Any) -> Decimal:
        low, _, high, _ = one.measures[0].weeks[0]
        width: Decimal = high - low
        return width

    assert width(found) > width(fresh), "what is not known since makes the first week wider"


def test_categories_come_and_go_as_they_did() -> None:
    units = region()
    units[0][1].append(given("u0", 60, PO="12", PSO="10", points=7, absent=0, alert="high"))
    found = ask(units, drivers=True, futures=2000)[0]
    assert found.now == "red"
    # after a high alert comes none, nineteen times of twenty
    assert found.weeks[0].counts[2] < 400
    assert any(one.id == "alert" for one in found.drivers)
    for_ever = [(unit("york"), steady("york", 60, PO=12, PSO=10, points=7, alert="high"))]
    (stays,) = ask(for_ever)
    assert all(week.counts == (0, 0, 400) for week in stays.weeks), "what never ended does not end"
    assert stays.target is not None
    assert stays.target.direction == "stays"


def test_a_trend_takes_the_place_of_what_was_expected() -> None:
    # officers fall by half an officer each week, without an end in sight
    falling = [
        (unit(f"u{number}"), wandering(f"u{number}", 60, number, lambda week: 250 - 3 * week))
        for number in range(5)
    ]
    own = ask(falling, weeks=12)[0].measures[0]
    assert own.now is not None
    assert own.weeks[-1] is not None
    assert own.weeks[-1].middle < own.now - 1, "a movement goes on"
    trends = Pipeline((), tuple(Trend(f"in_post[{one}]", per_week=Decimal(0)) for one in ("PO", "PSO")))
    held = ask(falling, weeks=12, pipeline=trends)[0].measures[0]
    assert held.weeks[-1] is not None
    assert abs(held.weeks[-1].middle - own.now) < own.now - own.weeks[-1].middle


def test_what_people_declared_is_told_and_plays_no_part() -> None:
    declared = {
        "from": START,
        "until": START + 400 * WEEK,
        "status": "red",
        "by": "someone",
        "reason": "A reason.",
    }
    suspended = {name: value for name, value in declared.items() if name != "status"}
    events = Events.model_validate({"declarations": [declared], "suspensions": [suspended]})
    units = [(unit("york"), steady("york", 9, PO=12, PSO=10, points=7))]
    (found,) = ask(units, events=events)
    assert codes(found)["declared_now"] == {"status": "red"}
    assert "suspended_now" in codes(found)
    assert (found.now, found.weeks) == ("green", ask(units)[0].weeks)


def test_a_version_to_come_is_known_and_its_own_statuses_count() -> None:
    later = PLAN.replace("v1", "v2").replace("2024-01-01", "2024-03-04").replace("below: 20}", "below: 30}")
    later = later.replace(
        "  - id: red",
        "  - id: black\n    title: Black\n    colour: black\n    meaning: None.\n"
        "    enter: {staff: {below: 23}, basis: illustrative}\n  - id: red",
    )
    framework = Framework("plan", (*plan().policies, *plan(later).policies))
    units: Sequence[tuple[Pdu, list[Return]]] = [(unit("york"), steady("york", 7, PO=12, PSO=10, points=7))]
    (found,) = ask(units, framework=framework)
    assert found.statuses == ("green", "amber", "black", "red")
    assert [week.counts for week in found.weeks] == [(400, 0, 0, 0)] * 2 + [(0, 0, 400, 0)] * 6
    assert found.first_worse == START + 9 * WEEK
    assert codes(found)["versions"] == {"versions": ("v2",)}


@pytest.mark.parametrize(
    "wrong",
    [{"weeks": 0}, {"weeks": MOST_WEEKS + 1}, {"weeks": -1}, {"futures": 0}, {"futures": MOST_FUTURES + 1}],
)
def test_a_question_out_of_bounds_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="weeks are 1 to 104, futures 1 to 100000"):
        ask([(unit("york"), steady("york", 3, PO=12, PSO=10))], **wrong)


def test_large_and_long_numbers_do_not_overflow() -> None:
    text = PLAN.replace("points: {title: Points, decimals: 0,", "points: {title: Points, decimals: 6,")
    dice = random.Random(4)
    returns = [
        given(
            "york", week, PO=12, PSO=10, points=f"{dice.randrange(10**8, 10**9)}.{dice.randrange(10**6):06}"
        )
        for week in range(60)
    ]
    others = [given("hull", week, PO=12, PSO=10, points=f"0.{week % 7:06}") for week in range(60)]
    units = [(unit("york"), returns), (unit("hull"), others)]
    for found in ask(units, framework=plan(text)):
        for week in found.measures[1].weeks:
            assert week is not None
            assert abs(week.middle) < 10**12
    assert ask(units, framework=plan(text)) == ask(units, framework=plan(text))


def test_what_is_empty_gives_nothing() -> None:
    assert ask([]) == []
    assert ask(region(), only=["nobody"]) == []


def test_likely_events_and_rates_together() -> None:
    event = Known(
        "e", "u0", "leaver", START + 61 * WEEK, (("in_post[PO]", Decimal(-9)),), likelihood=Decimal(50)
    )
    with_it, without = (
        ask(region(), only=["u0"], pipeline=one)[0] for one in (Pipeline((event,)), Pipeline())
    )
    assert with_it.target is not None
    assert without.target is not None
    assert with_it.target.count > without.target.count + 30
    (first, *_) = with_it.drivers
    assert (first.kind, first.id) == ("event", "leaver")
