"""What is known of the weeks ahead makes forecasts better: tried on the sample, whose later weeks are known."""

from __future__ import annotations

import datetime
from fractions import Fraction
from functools import cache
from pathlib import Path

from engine.course import course_of
from engine.deciding import Engine, by_unit
from engine.forecast import EMPTY, Forecast, Pipeline, forecast
from engine.sample import START, sample_pipeline, sample_returns
from rules.library import load_library
from rules.model import Events

LIBRARY = load_library(Path(__file__).parents[2] / "frameworks")
FRAMEWORK = LIBRARY.framework().pin("phase-3-v8")
WEEKS, AHEAD, FUTURES = 50, 13, 200
DAY = START + datetime.timedelta(weeks=WEEKS - 1)
LATER = DAY + datetime.timedelta(weeks=AHEAD)


@cache
def units() -> list[str]:
    """Some units of every region, each of which lasts."""
    whole = [pdu.id for pdu in LIBRARY.organisation.pdus if pdu.from_ is None and pdu.until is None]
    return whole[::5]


@cache
def outcomes() -> dict[str, str]:
    """The calculated status of each unit when the weeks are over."""
    returns = sample_returns(LIBRARY.organisation, weeks=WEEKS + AHEAD)
    found = {}
    with Engine(FRAMEWORK, LIBRARY.organisation) as engine:
        for pdu, given in by_unit(LIBRARY.organisation, returns, units()):
            standing = engine.walk(course_of(FRAMEWORK, pdu, given, Events())).on(LATER)
            if standing is not None and standing.determinate and standing.calculated is not None:
                found[pdu.id] = FRAMEWORK.policies[0].version.status_ids[standing.calculated]
    return found


def missed(pipeline: Pipeline) -> Fraction:
    """The Brier scores of all units together: 0 where every chance was right."""
    returns = sample_returns(LIBRARY.organisation, weeks=WEEKS)
    found = forecast(
        FRAMEWORK, LIBRARY.organisation, by_unit(LIBRARY.organisation, returns), Events(), pipeline,
        day=DAY, weeks=AHEAD, futures=FUTURES, only=units(), drivers=False,
    )  # fmt: skip
    return sum((_brier(one) for one in found if one.pdu in outcomes()), Fraction(0))


def _brier(one: Forecast) -> Fraction:
    came = one.statuses.index(outcomes()[one.pdu])
    chances = [Fraction(count, FUTURES) for count in one.weeks[-1].counts]
    return sum(((chance - (place == came)) ** 2 for place, chance in enumerate(chances)), Fraction(0))


def test_a_pipeline_that_comes_true_brings_the_forecast_nearer() -> None:
    assert len(outcomes()) > 15
    without = missed(EMPTY)
    known = missed(sample_pipeline(LIBRARY.organisation, weeks=WEEKS))
    assert known < without * Fraction(3, 4), (float(known), float(without))
