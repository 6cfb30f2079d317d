"""Forecasts by hand, to be told in words."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from engine.forecast import (
    Assumption,
    Bin,
    Coverage,
    Driver,
    Forecast,
    HorizonScore,
    Measure,
    Range,
    Score,
    Target,
    Week,
)
from reports.forecast import Outlook
from rules.framework import Library
from rules.library import load_library
from tests.support import FRAMEWORKS

DAY = datetime.date(2024, 1, 22)
OF = 1000
STATUSES = ("green", "amber", "red")
STAFF = Range(Decimal("80.2"), Decimal("88.0"), Decimal("93.4"), 0)
MEASURES = (
    Measure("staffing", "Staffing", "percent", 1, Decimal("92.1"), (STAFF,) * 26),
    Measure("nothing", "Nothing", "points", 0, None, (None,) * 26),
)
DRIVERS = (
    Driver("event", "starter", "starter", 654, 700, OF),
    Driver("rate", "in_post_fte", "Staff in post", 654, 400, OF),
    Driver("trend", "caseload", "Caseload", 654, 654, OF),
)
ASSUMPTIONS = (
    Assumption("calculated_only", {}),
    Assumption("returns_come", {"every": 7, "first": "2024-01-29"}),
    Assumption("rates", {"returns": 104, "units": 9, "own": 80}),
    Assumption("events", {"certain": 3, "likely": 2}),
    Assumption("synthetic", {}),
)


@cache
def library() -> Library:
    return load_library(FRAMEWORKS)


def worsening(week: int) -> tuple[int, int, int]:
    """A unit that is slowly turning amber."""
    red, amber = 4 * week, min(30 * week, 550)
    return OF - red - amber, amber, red


def steady(week: int) -> tuple[int, int, int]:
    """A unit that stays as it is."""
    return OF - week, week, 0


def made(
    pdu: str = "york", course: Callable[[int], tuple[int, int, int]] = worsening, **more: Any
) -> Forecast:
    """A forecast of 26 weeks, with anything in it changed."""
    weeks = tuple(Week(DAY + datetime.timedelta(weeks=week), course(week), 0, 0) for week in range(1, 27))
    worse = next((week.day for week in weeks if 2 * sum(week.counts[1:]) > OF), None)
    policy = library().framework().in_force(DAY)
    assert policy is not None
    given: dict[str, Any] = {
        "pdu": pdu,
        "as_of": DAY,
        "framework": library().framework().id,
        "version": policy.version.version,
        "pinned": False,
        "futures": OF,
        "seed": 1,
        "rates": True,
        "newest": DAY,
        "statuses": STATUSES,
        "now": "green",
        "standing": "green",
        "weeks": weeks,
        "measures": MEASURES,
        "first_worse": worse,
        "first_better": None,
        "target": Target("worse", "amber", sum(weeks[-1].counts[1:]), OF),
        "drivers": DRIVERS,
        "assumptions": ASSUMPTIONS,
    }
    return Forecast(**given | more)


def outlook(*forecasts: Forecast) -> Outlook:
    """A unit with its forecasts; each after the first is under a further version."""
    (pdu,) = [one for one in library().organisation.pdus if one.id == forecasts[0].pdu]
    framework = library().framework()
    worlds = [framework, *[framework.pin(str(one.version)) for one in forecasts[1:]]]
    return Outlook(pdu, tuple(zip(forecasts, worlds, strict=True)))


def scored(forecast: str = "0.412", persistence: str = "0.501", **more: Any) -> Score:
    """A score of one horizon."""
    horizon: dict[str, Any] = {
        "weeks": 13,
        "cases": 1218,
        "left_out": 2,
        "forecast": Decimal(forecast),
        "persistence": Decimal(persistence),
        "trend": Decimal("0.450"),
        "coverage": {"officers": Coverage(951, 1218)},
        "reliability": (Bin(0, 10, 100, 5, Decimal("4.1")), Bin(90, 100, 0, 0, Decimal("0.0"))),
    }
    one = HorizonScore(**horizon | more)
    days = (datetime.date(2023, 1, 2), datetime.date(2023, 4, 3))
    return Score(library().framework().id, 109, days, 500, 1, (one,), True)
