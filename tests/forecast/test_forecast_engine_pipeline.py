"""What a pipeline does to futures: likelihoods, days that may be later, ends, trends, bounds."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from engine.forecast import Forecast, Known, Pipeline, Trend
from tests.forecast.forecast_engine_kit import START, WEEK, ask, codes, steady, unit

UNIT = unit("york")
RETURNS = steady("york", 6, PO=12, PSO=10, points=1000)
"""22 officers: Green, and Amber with three fewer."""


def leaving(on: int, **more: Any) -> Known:
    """Three officers leave in a week."""
    change = more.pop("change", Decimal(-3))
    return Known("e1", "york", "leaver", START + on * WEEK, (("in_post[PO]", change),), **more)


def told(*known: Known, trends: tuple[Trend, ...] = (), **more: Any) -> Forecast:
    """The forecast with rates off."""
    more = {"rates": False, "drivers": False, "futures": 4000, **more}
    (found,) = ask([(UNIT, RETURNS)], pipeline=Pipeline(known, trends), **more)
    return found


def amber(found: Forecast) -> list[int]:
    """How many futures are Amber in each week."""
    return [week.counts[1] for week in found.weeks]


def test_a_certain_event_comes_on_its_day_and_ends_after_its_last() -> None:
    found = told(leaving(8, until=START + 10 * WEEK))
    assert amber(found) == [0, 0, 4000, 4000, 4000, 0, 0, 0]
    assert found.first_worse == START + 8 * WEEK
    assert found.weeks[2].day == START + 8 * WEEK
    assert codes(found)["events"] == {"certain": 1, "likely": 0}
    assert [measure.weeks[2] and measure.weeks[2].middle for measure in found.measures] == [
        Decimal("19.0"),
        Decimal(1000),
    ]


def test_a_likelihood_is_the_share_of_futures() -> None:
    found = told(leaving(7, likelihood=Decimal(25)))
    assert amber(found)[0] == 0
    (share,) = set(amber(found)[1:])
    assert 900 < share < 1100
    assert found.first_worse is None
    assert codes(found)["events"] == {"certain": 0, "likely": 1}
    assert told(leaving(7, likelihood=Decimal(0))).weeks == told().weeks
    assert amber(told(leaving(7, likelihood=Decimal("99.99"))))[-1] >= 3990


def test_a_spread_brings_it_later_on_each_day_alike() -> None:
    counts = amber(told(leaving(7, spread=27)))
    assert counts[0] == 0
    # by the return of week 7 one of 28 days has come, by each later one seven more
    assert all(
        abs(count - 4000 * days // 28) < 130 for count, days in zip(counts[1:5], (1, 8, 15, 22), strict=True)
    )
    assert counts[5:] == [4000] * 3
    assert counts == sorted(counts)


def test_what_is_in_the_newest_return_is_not_added_again() -> None:
    assert amber(told(leaving(3)))[-1] == 0
    ends = told(leaving(3, until=START + 7 * WEEK))
    # they come back: 22 and 3
    assert ends.measures[0].weeks[-1] == (Decimal("25.0"),) * 3 + (0,)
    assert amber(told(leaving(3, until=START + 4 * WEEK)))[-1] == 0


def test_a_trend_adds_each_week_or_a_part_of_the_newest_figure() -> None:
    per_week = told(trends=(Trend("in_post[PO]", per_week=Decimal("-0.5")),))
    assert [one and one.middle for one in per_week.measures[0].weeks][:3] == [
        Decimal("21.5"),
        Decimal("21.0"),
        Decimal("20.5"),
    ]
    percent = told(trends=(Trend("points", percent=Decimal("-0.25")),))
    # of 1000, each week 2.5 less, to the nearest whole point, halves away from nought: 997, 995, 992
    assert [one and int(one.middle) for one in percent.measures[1].weeks][:3] == [997, 995, 992]
    assert codes(per_week)["trends"] == {"figures": ("in_post[PO]",)}


def test_figures_stay_within_what_the_input_takes() -> None:
    found = told(leaving(7, change=Decimal(-30)))
    assert found.measures[0].weeks[-1] == (Decimal("10.0"),) * 3 + (0,)
    assert codes(found)["held_at_bounds"] == {"figures": ("in_post[PO]",)}
    assert told(leaving(7, change=Decimal(30))).measures[0].weeks[-1] == (Decimal("50.0"),) * 3 + (0,)


def test_an_event_about_a_figure_with_a_default_begins_with_the_default() -> None:
    event = Known("e1", "york", "illness", START + 7 * WEEK, (("absent", Decimal("2.5")),))
    assert told(event).measures[0].weeks[-1] == (Decimal("19.5"),) * 3 + (0,)


@pytest.mark.parametrize("key", ["in_post[SPO]", "nothing"])
def test_an_event_about_a_figure_that_is_not_there_has_no_effect(key: str) -> None:
    event = Known("e1", "york", "other", START + 7 * WEEK, ((key, Decimal(1)),))
    found = told(event)
    assert codes(found)["pipeline_off_figures"] == {"figures": (key,)}
    assert found.weeks == told().weeks


def test_an_event_about_a_figure_that_is_not_given_leaves_it_unknown() -> None:
    returns = steady("york", 6, PO=None, PSO=10)
    (found,) = ask([(UNIT, returns)], pipeline=Pipeline((leaving(7),)), rates=False)
    assert {week.indeterminate for week in found.weeks} == {400}
    assert codes(found)["unknown_figures"] == {"figures": ("in_post[PO]", "points")}
    assert codes(found)["pipeline_off_figures"] == {"figures": ("in_post[PO]",)}
    assert found.measures[0].weeks == (None,) * 8


def test_of_another_unit_nothing_is_taken() -> None:
    event = Known("e1", "hull", "leaver", START + 7 * WEEK, (("in_post[PO]", Decimal(-9)),))
    assert told(event) == told()


def test_drivers_tell_what_each_kind_does() -> None:
    alike = leaving(7)
    more = Known("e2", "york", "starter", START + 8 * WEEK, (("in_post[PSO]", Decimal(2)),))
    found = told(alike, more, trends=(Trend("absent", per_week=Decimal("0.5")),), drivers=True)
    effects = {(one.kind, one.id): (one.with_it, one.without) for one in found.drivers}
    # 22 - 3 + 2 - 4 at the end: 17. Without the leavers 20, without the starters 15, without the trend 21
    assert found.target is not None
    assert (found.target.status, found.target.direction) == ("amber", "worse")
    assert effects == {
        ("event", "leaver"): (1000, 0),
        ("trend", "absent"): (1000, 0),
        ("event", "starter"): (1000, 1000),
    }
    assert [one.points for one in found.drivers] == [Decimal("100.0"), Decimal("100.0"), Decimal("0.0")]
    assert told(alike).drivers == ()


def test_events_do_not_change_each_others_draws() -> None:
    maybe = leaving(7, likelihood=Decimal(40))
    more = Known("e2", "york", "other", START + 7 * WEEK, (("points", Decimal(5)),), likelihood=Decimal(50))
    assert told(maybe).weeks == told(maybe, more).weeks
    assert told(maybe).weeks != told(maybe, seed=2).weeks


def test_a_unit_that_ends_has_no_decision_afterwards() -> None:
    ends = unit("york", until=START + 8 * WEEK)
    (found,) = ask([(ends, RETURNS)], rates=False)
    assert [week.undecided for week in found.weeks] == [0, 0, 0, 400, 400, 400, 400, 400]
