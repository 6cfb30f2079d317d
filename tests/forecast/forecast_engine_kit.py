"""A small framework and made-up units, for forecasts that can be reckoned by hand."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from engine.forecast import EMPTY, Forecast, Pipeline, forecast
from rules.figures import Figure, Return
from rules.framework import Framework
from rules.model import Events, Organisation, Pdu
from tests.support import read_version

START = datetime.date(2024, 1, 1)
WEEK = datetime.timedelta(weeks=1)
NOBODY = Events(declarations=[], suspensions=[])
PLAN = """\
format: 1
framework: plan
version: v1
title: A plan
effective: 2024-01-01
returns: {every: 7 days, stale_after: 14 days}
first_return: at_once
activation: automatic
lists: {grade: {PO: Officer, PSO: Services officer}}
inputs:
  in_post: {title: In post, decimals: 1, per: grade, minimum: 0, maximum: 40}
  absent: {title: Absent, decimals: 1, minimum: 0, default: 0}
  points: {title: Points, decimals: 0, carry_forward: 14 days}
  alert: {title: Alert, values: [none, high], default: none}
measures:
  staff: {title: Staff, unit: FTE, decimals: 1, formula: "in_post[all] - absent"}
  load: {title: Load, unit: points, decimals: 0, formula: points}
statuses:
  - {id: green, title: Green, colour: green, meaning: All is done.}
  - id: amber
    title: Amber
    colour: amber
    meaning: Some is not.
    enter: {staff: {below: 20}, basis: illustrative}
  - id: red
    title: Red
    colour: red
    meaning: Most is not.
    enter: {any: [{staff: {below: 10}}, {alert: {is: high}}], basis: illustrative}
activities: []
"""


def plan(text: str = PLAN) -> Framework:
    """The small framework, or one written like it."""
    policy, problems = read_version(text)
    assert policy is not None, [str(problem) for problem in problems]
    return Framework("plan", (policy,))


def unit(id_: str, region: str = "north", **more: Any) -> Pdu:
    """A unit."""
    return Pdu.model_validate({"id": id_, "name": id_.title(), "region": region, **more})


def given(id_: str, week: int, **figures: str | int | None) -> Return:
    """A return of a week; PO and PSO are officers in post."""
    names = {"PO": "in_post[PO]", "PSO": "in_post[PSO]"}
    found: dict[str, Figure] = {}
    for name, figure in figures.items():
        if figure is not None:
            key = names.get(name, name)
            found[key] = figure if key == "alert" and isinstance(figure, str) else Decimal(figure)
    return Return(id_, START + week * WEEK, found, {"basis": "synthetic"})


def steady(id_: str, weeks: int, **figures: str | int | None) -> list[Return]:
    """The same figures in each of so many weeks."""
    return [given(id_, week, **figures) for week in range(weeks)]


def wandering(id_: str, weeks: int, seed: int, at: Callable[[int], int] = lambda week: 0) -> list[Return]:
    """Figures that go up and down at random from week to week, about 22 officers, and a course `at` besides."""
    dice, officers, found = random.Random(seed), 120, []
    for week in range(weeks):
        officers = max(0, min(400, officers + dice.choice([-4, -2, -1, 0, 0, 1, 2, 4])))
        number = max(0, min(400, officers + at(week)))
        alert = "high" if dice.random() < 0.05 else "none"
        absent = f"0.{dice.randrange(9)}"
        in_post = f"{number // 10}.{number % 10}"
        found.append(given(id_, week, PO=in_post, PSO=10, points=1000 + officers, absent=absent, alert=alert))
    return found


def ask(
    units: Sequence[tuple[Pdu, Sequence[Return]]],
    *,
    framework: Framework | None = None,
    pipeline: Pipeline = EMPTY,
    week: int | None = None,
    events: Events = NOBODY,
    **more: Any,
) -> list[Forecast]:
    """Forecasts under the small framework, on the day of a week (that of the newest return unless given)."""
    newest = max((one.as_of for _, own in units for one in own), default=START)
    day = newest if week is None else START + week * WEEK
    organisation = Organisation.model_construct(regions=[], pdus=[pdu for pdu, _ in units])
    settings: Mapping[str, Any] = {"weeks": 8, "futures": 400, **more}
    return forecast(framework or plan(), organisation, units, events, pipeline, day=day, **settings)


def codes(found: Forecast) -> dict[str, Mapping[str, Any]]:
    """The assumptions of a forecast, by code."""
    return {one.code: one.values for one in found.assumptions}
