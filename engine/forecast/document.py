"""Forecasts and scores as documents: codes and values, chances as counts and in percent, decimals as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from engine.forecast.values import INDETERMINATE, Forecast, HorizonScore, Measure, Range, Score, Week, percent
from engine.texts import day_text

SCHEMA = 1
UNDECIDED = "undecided"
"""Under this name stand the futures that have no decision on a day."""
COLUMNS = (
    "pdu", "framework", "version", "as_of", "week", "day", "status", "futures", "of", "chance",
)  # fmt: skip
"""The columns of the table form: one row for each unit, version, week and status."""


def document(forecast: Forecast) -> dict[str, Any]:
    """The forecast of a unit under one framework as plain values."""
    target = forecast.target
    return {
        "pdu": forecast.pdu,
        "as_of": forecast.as_of.isoformat(),
        "framework": {
            "id": forecast.framework,
            "version": forecast.version,
            "pinned": forecast.pinned,
        },
        "futures": forecast.futures,
        "seed": forecast.seed,
        "rates": forecast.rates,
        "newest_return": day_text(forecast.newest),
        "status": forecast.now,
        "standing": forecast.standing,
        "statuses": list(forecast.statuses),
        "first_worse": day_text(forecast.first_worse),
        "first_better": day_text(forecast.first_better),
        "weeks": [_week(forecast, week) for week in forecast.weeks],
        "measures": [_measure(forecast, measure) for measure in forecast.measures],
        "target": None
        if target is None
        else {
            "direction": target.direction,
            "status": target.status,
            "futures": target.count,
            "chance": str(percent(target.count, target.of)),
        },
        "drivers": [
            {
                "kind": driver.kind,
                "id": driver.id,
                "title": driver.title,
                "with": driver.with_it,
                "without": driver.without,
                "of": driver.of,
                "points": str(driver.points),
            }
            for driver in forecast.drivers
        ],
        "assumptions": [{"code": one.code, **_plain(one.values)} for one in forecast.assumptions],
    }


def score_document(score: Score) -> dict[str, Any]:
    """How good forecasts would have been, as plain values."""
    return {
        "framework": score.framework,
        "units": score.units,
        "origins": [day.isoformat() for day in score.origins],
        "futures": score.futures,
        "seed": score.seed,
        "synthetic": score.synthetic,
        "horizons": [_horizon(one) for one in score.horizons],
    }


def rows_of(forecast: Forecast) -> Iterator[tuple[str | int | None, ...]]:
    """The rows of a forecast, under `COLUMNS`."""
    head = (forecast.pdu, forecast.framework, forecast.version, forecast.as_of.isoformat())
    for number, week in enumerate(forecast.weeks, start=1):
        for status, count in counts(forecast, week).items():
            chance = str(percent(count, forecast.futures))
            yield *head, number, week.day.isoformat(), status, count, forecast.futures, chance


def counts(forecast: Forecast, week: Week) -> dict[str, int]:
    """How many futures are at each status on a day, and at none; together all of them."""
    found = dict(zip(forecast.statuses, week.counts, strict=True))
    return {**found, INDETERMINATE: week.indeterminate, UNDECIDED: week.undecided}


def _week(forecast: Forecast, week: Week) -> dict[str, Any]:
    found = counts(forecast, week)
    return {
        "day": week.day.isoformat(),
        "counts": found,
        "chances": {status: str(percent(count, forecast.futures)) for status, count in found.items()},
    }


def _measure(forecast: Forecast, measure: Measure) -> dict[str, Any]:
    return {
        "id": measure.id,
        "title": measure.title,
        "unit": measure.unit,
        "now": _fixed(measure.now, measure.decimals),
        "weeks": [
            _range(week.day.isoformat(), found, measure.decimals)
            for week, found in zip(forecast.weeks, measure.weeks, strict=True)
        ],
    }


def _range(day: str, found: Range | None, decimals: int) -> dict[str, Any]:
    if found is None:
        return {"day": day, "low": None, "middle": None, "high": None, "unknown": None}
    return {
        "day": day,
        "low": _fixed(found.low, decimals),
        "middle": _fixed(found.middle, decimals),
        "high": _fixed(found.high, decimals),
        "unknown": found.unknown,
    }


def _fixed(value: Decimal | None, decimals: int) -> str | None:
    """A measure's value with all its decimals, as decisions have it."""
    return None if value is None else f"{value:.{decimals}f}"


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}


def _horizon(one: HorizonScore) -> dict[str, Any]:
    return {
        "weeks": one.weeks,
        "cases": one.cases,
        "left_out": one.left_out,
        "forecast": str(one.forecast),
        "persistence": str(one.persistence),
        "trend": str(one.trend),
        "beats_persistence": one.beats_persistence,
        "beats_trend": one.beats_trend,
        "coverage": {
            measure: {"inside": found.inside, "cases": found.cases, "percent": str(found.percent)}
            for measure, found in sorted(one.coverage.items())
        },
        "reliability": [
            {
                "low": bin_.low,
                "high": bin_.high,
                "cases": bin_.cases,
                "happened": bin_.happened,
                "mean": str(bin_.mean),
            }
            for bin_ in one.reliability
        ],
    }
