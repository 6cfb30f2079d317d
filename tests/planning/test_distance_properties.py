"""Over random frameworks and levers: the change found suffices, no smaller one does, and nothing is overlooked."""

from __future__ import annotations

import datetime
import itertools
from decimal import Decimal
from typing import Any

import pytest

from engine.course import Course
from engine.deciding import Engine
from engine.distance import distance
from rules.model import Organisation
from tests.planning.distance_kit import (
    Path,
    Plainly,
    Told,
    counts_as,
    courses,
    levered_case,
    path,
    with_figures,
)

CASES = 70


def asked(course: Course, day: datetime.date) -> tuple[Told, Told] | None:
    """The decision and the distance of a course on a day, if there is a decision."""
    organisation = Organisation.model_validate(
        {
            "format": 1,
            "regions": [{"id": "r1", "name": "R"}],
            "pdus": [{"id": "p1", "name": "P", "region": "r1"}],
        }
    )
    with Engine(course.framework, organisation) as engine:
        decision = engine.decision(course, day)
        if not isinstance(decision, dict):
            return None
        return decision, distance(engine, course, day, decision)


class Slow:
    """The same questions, each decided from the first return on."""

    def __init__(self, course: Course, day: datetime.date, found: Told) -> None:
        policy = course.policy(day)
        assert policy is not None
        self.policy, self.found = policy, found
        past = [one for one in course.returns if one.as_of <= day]
        self.course = Course(
            course.framework, course.pdu, tuple(past), course.events, tuple(one.as_of for one in past)
        )
        told = {one["code"]: one for one in found["assumptions"]}
        self.last = datetime.date.fromisoformat(told["looked_until"]["day"])
        assert not told["looked_until"]["cut"]
        self.dues = []
        due, judging = past[-1].as_of, policy
        while due <= self.last:
            due += datetime.timedelta(days=judging.version.returns.every)
            if day < due <= self.last:
                self.dues.append(due)
                judging = course.policy(due) or judging
        again = told.get("carried_again", {"inputs": []})["inputs"]
        self.figures: dict[str, Any] = dict(past[-1].figures)
        for key in again:
            self.figures[key] = next(one.figures[key] for one in reversed(past) if key in one.figures)
        self.days = sorted(
            {
                *self.dues,
                *(
                    one.version.effective
                    for one in course.framework.policies
                    if day < one.version.effective <= self.last
                ),
            }
        )
        self.deciders = Plainly()
        self.paths: dict[frozenset[tuple[str, Decimal]], Path] = {}

    def reached(self, goal: Told, changes: dict[str, Decimal]) -> datetime.date | None:
        """The first day on which a goal is reached."""
        key = frozenset(changes.items())
        if key not in self.paths:
            whole = with_figures(self.course, self.dues, {**self.figures, **changes})
            self.paths[key] = path(whole, self.days, self.deciders)
        for day, status, judging in self.paths[key]:
            if counts_as(status, judging, goal["status"], goal["direction"], self.policy):
                return day
        return None


def figure_range(policy: Any, key: str, start: Decimal) -> list[tuple[int, Decimal]]:
    """Every figure that a lever may be set to, the smaller changes first, of equal ones upwards first."""
    spec = policy.version.inputs[key.partition("[")[0]]
    found = []
    for size in range(1, 400):
        for steps in (size, -size):
            figure = start + steps * spec.lever.step
            fits = -int(figure.normalize().as_tuple().exponent) <= spec.decimals
            if spec.minimum <= figure <= spec.maximum and fits:
                found.append((steps, figure))
    return found


@pytest.mark.parametrize("seed", range(CASES))
def test_each_lever_is_as_one_by_one(seed: int) -> None:
    course = courses(levered_case(seed, 1 + seed % 2))
    day = course.days[len(course.days) * 2 // 3] if course.days else datetime.date(2022, 2, 1)
    answer = asked(course, day + datetime.timedelta(days=seed % 3))
    if answer is None or not answer[1]["targets"]:
        return
    found = answer[1]
    slow = Slow(course, day + datetime.timedelta(days=seed % 3), found)
    for goal in found["targets"]:
        alone = slow.reached(goal, {})
        assert goal["without_change"] == (None if alone is None else alone.isoformat())
        for lever in goal["levers"]:
            if lever["from"] is None or alone is not None:
                assert lever["steps"] == (0 if alone is not None else None)
                continue
            every = figure_range(slow.policy, lever["input"], Decimal(lever["from"]))
            best = next(
                (
                    (steps, on)
                    for steps, figure in every
                    if (on := slow.reached(goal, {lever["input"]: figure})) is not None
                ),
                None,
            )
            if best is None:
                assert not lever["reaches"], (goal["status"], lever)
            else:
                assert (lever["steps"], lever["earliest"]) == (best[0], best[1].isoformat())


@pytest.mark.parametrize("seed", range(40))
def test_joint_changes_are_the_least(seed: int) -> None:
    course = courses(levered_case(9000 + seed, 1, reach=4))
    day = course.days[len(course.days) * 2 // 3] if course.days else datetime.date(2022, 2, 1)
    answer = asked(course, day)
    if answer is None:
        return
    found = answer[1]
    for goal in found["targets"]:
        levers = [one for one in goal["levers"] if one["from"] is not None]
        if goal["without_change"] or any(one["reaches"] for one in levers) or not 2 <= len(levers) <= 3:
            continue
        slow = Slow(course, day, found)
        ranges = [
            [(0, Decimal(one["from"])), *figure_range(slow.policy, one["input"], Decimal(one["from"]))]
            for one in levers
        ]
        most = goal["joint"]["steps"] if goal["joint"] else 5
        least = None
        for way in sorted(itertools.product(*ranges), key=lambda way: sum(abs(steps) for steps, _ in way)):
            total = sum(abs(steps) for steps, _ in way)
            if total > most:
                break
            changes = {
                one["input"]: figure for one, (steps, figure) in zip(levers, way, strict=True) if steps
            }
            if slow.reached(goal, changes) is not None:
                least = total
                break
        assert least == (goal["joint"]["steps"] if goal["joint"] else None)
