"""Distances worked out the slow way: every change is decided from the very first return on, by a path of its own."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from engine.active import unit_events
from engine.course import Course, course_of
from engine.timeline import standings
from rules.decide import Deciders, Outcome, PlainDecider, Program, Situation
from rules.figures import Return
from rules.model import Events
from rules.policy import Policy
from tests.oracle.generate import Case, random_case
from tests.oracle.harness import course_for

DAY = datetime.timedelta(days=1)
Told = dict[str, Any]
Path = list[tuple[datetime.date, str | None, Policy]]
"""The calculated status day by day, and the version that judges; None where it is not determinate."""


class Plainly(Deciders):
    """Decides by the plain decider only, which is quick to make."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[int, tuple[Program, PlainDecider]] = {}

    def decide(self, program: Program, situation: Situation) -> Outcome:
        found = self._kept.setdefault(id(program), (program, PlainDecider(program)))
        return found[1].decide(situation)


def levered_case(seed: int, size: int = 1, reach: int = 6) -> Case:
    """A random case with one or two figures that people can change, from 0 on by so many steps at most."""
    dice = random.Random(seed)
    case = random_case(dice, size)
    levered = {"x", dice.choice("yzkx")}
    step = Decimal(dice.choice(["2", "3", "2.5"]))
    for version in case.versions:
        for name, spec in version["inputs"].items():
            spec.pop("lever", None)
            if name in levered:
                spec["lever"] = {"step": step}
                spec["minimum"], spec["maximum"] = 0, reach * step
                if not 0 <= spec.get("default", 0) <= reach * step:
                    del spec["default"]
    return case


def courses(case: Case) -> Course:
    """The course of a case, without declarations and suspensions: they move no calculated status."""
    own = course_for(case)
    return course_of(own.framework, own.pdu, own.returns, Events(declarations=[], suspensions=[]))


def with_figures(course: Course, dues: Iterable[datetime.date], figures: Mapping[str, Any]) -> Course:
    """The course with returns to come."""
    ahead = [Return(course.pdu.id, due, dict(figures)) for due in dues]
    returns = (*course.returns, *ahead)
    return Course(
        course.framework,
        course.pdu,
        returns,
        unit_events(Events(), course.pdu.id, course.pdu.region),
        tuple(one.as_of for one in returns),
    )


def path(course: Course, days: Iterable[datetime.date], deciders: Deciders) -> Path:
    """The calculated status on some days; None where it is not determinate."""
    found = []
    for standing in standings(course, days, deciders):
        level = standing.calculated if standing.determinate else None
        status = None if level is None else standing.policy.version.status_ids[level]
        found.append((standing.day, status, standing.policy))
    return found


def counts_as(status: str | None, judging: Policy, goal: str, direction: str, policy: Policy) -> bool:
    """Whether a status under the version that judges counts as the goal, named by the version of the day asked."""
    if status is None:
        return False
    ids, later = policy.version.status_ids, judging.version.status_ids
    order = ids[ids.index(goal) :] if direction == "more_severe" else ids[: ids.index(goal) + 1][::-1]
    stand_in = next((one for one in order if one in later), None)
    if direction == "less_severe":
        return later.index(status) <= (0 if stand_in is None else later.index(stand_in))
    return stand_in is not None and later.index(status) >= later.index(stand_in)
