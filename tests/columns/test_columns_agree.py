"""The columnar path gives what the single path gives: same steps, same statuses, over random frameworks."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence

import pytest

from engine.columns import Columns, frame_of
from engine.course import Course, course_of
from engine.timeline import standings
from rules.decide import NONE, Deciders
from rules.figures import Return
from rules.library import Framework
from rules.model import Events, Pdu
from tests.oracle.generate import Case, random_case
from tests.oracle.harness import course_for

CASES = 60
Told = dict[int, tuple[int, int, bool]]
"""By day: the calculated level, since when, and whether it is determinate."""


def courses(case: Case, dice: random.Random) -> list[Course]:
    """Some units under one framework: the case's own, and others with its returns late, missing or thinned out."""
    own = course_for(case)
    nobody = Events(declarations=[], suspensions=[])
    found = [course_of(own.framework, own.pdu, own.returns, nobody)]
    for number in range(2, 6):
        begins = dice.choice([None, None, own.days[len(own.days) // 2] if own.days else None])
        unit = Pdu.model_validate(
            {"id": f"p{number}", "name": "Unit", "region": dice.choice(["r1", "r2"]), "from": begins}
        )
        returns = [changed(one, unit.id, dice) for one in own.returns if dice.random() < 0.8]
        found.append(course_of(own.framework, unit, returns, nobody))
    return found


def changed(given: Return, unit: str, dice: random.Random) -> Return:
    """A return for another unit: a day or two late now and then, with a figure left out now and then."""
    figures = {key: figure for key, figure in given.figures.items() if dice.random() < 0.9}
    return Return(unit, given.as_of + datetime.timedelta(days=dice.choice([0, 0, 0, 1, 2])), figures)


def by_columns(framework: Framework, units: Sequence[Course]) -> list[Told]:
    """Every step of every unit, worked out together."""
    frame = frame_of([(one.pdu, one.returns) for one in units], framework.policies[0].version.returns.every)
    told: list[Told] = [{} for _ in units]
    for steps in Columns(framework).steps(frame):
        for unit, own in enumerate(told):
            if steps.taken[unit]:
                day = int(steps.day[unit])
                assert day not in own, "one step a day"
                assert day > max(own, default=0), "in the order of days"
                level = int(steps.level[unit])
                since = int(steps.since[unit]) if level != NONE else 0
                own[day] = (level, since, bool(steps.determinate[unit]))
    return told


def one_by_one(course: Course, days: Sequence[int], deciders: Deciders) -> Told:
    """The same from the single path, on the days asked."""
    told: Told = {}
    for standing in standings(course, [datetime.date.fromordinal(day) for day in days], deciders):
        since = standing.calculated_since
        known = standing.calculated is not None and since is not None
        told[standing.day.toordinal()] = (
            standing.calculated if standing.calculated is not None else NONE,
            since.toordinal() if known and since is not None else 0,
            standing.determinate,
        )
    return told


@pytest.mark.parametrize("seed", range(CASES))
def test_columns_are_the_single_path(seed: int) -> None:
    units = courses(random_case(random.Random(seed), 1 + seed % 2), random.Random(seed))
    deciders = Deciders()
    for course, told in zip(units, by_columns(units[0].framework, units), strict=True):
        assert told == one_by_one(course, sorted(told), deciders), course.pdu.id
        last = course.days[-1] if course.days else datetime.date.min
        began = course.start(last)
        due = {day.toordinal() for day in course.days if began and day >= began and course.policy(day)}
        assert due <= set(told), "every return that counts is a step"
    deciders.close()
