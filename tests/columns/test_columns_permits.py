"""What is permitted day by day, as the single path gives it: lapses, clocks, grace, settings, versions."""

from __future__ import annotations

import datetime
import random

import pytest

from engine.clocks import Key
from engine.columns import Columns, Permits, frame_of, permits
from engine.course import Course
from engine.timeline import standings
from rules.decide import Deciders
from tests.columns.test_columns_agree import courses
from tests.oracle.generate import random_case

DAY = datetime.timedelta(days=1)
Told = dict[datetime.date, frozenset[Key]]


def one_by_one(course: Course, days: list[datetime.date], deciders: Deciders) -> Told:
    """What one unit may reduce on each day, from where it stands."""
    found: Told = dict.fromkeys(days, frozenset())
    known = [day for day in days if day >= min(course.days, default=datetime.date.max)]
    for standing in standings(course, known, deciders):
        if course.pdu.exists_on(standing.day):
            found[standing.day] = standing.permitted
    return found


def by_columns(found: Permits, unit: int, days: list[datetime.date]) -> Told:
    """The same from all units at once."""
    return {
        day: frozenset(key for key, flag in zip(found.keys, found.on(day)[:, unit], strict=True) if flag)
        for day in days
    }


@pytest.mark.parametrize("seed", range(40))
def test_what_is_permitted_is_as_the_single_path_has_it(seed: int) -> None:
    units = courses(random_case(random.Random(5000 + seed), 1 + seed % 2), random.Random(seed))
    framework = units[0].framework
    first = min(policy.version.effective for policy in framework.policies) - 5 * DAY
    last = max([*units[0].days, *(policy.version.effective for policy in framework.policies)]) + 40 * DAY
    days = [first + number * DAY for number in range((last - first).days + 1)]
    every = framework.policies[0].version.returns.every
    frame = frame_of([(one.pdu, one.returns) for one in units], every)
    for judging in (framework, framework.pin(framework.policies[-1].version.version)):
        found = permits(Columns(judging), frame, first, last)
        deciders = Deciders()
        for column, one in enumerate(units):
            course = Course(judging, one.pdu, one.returns, one.events, one.days)
            told = one_by_one(course, days, deciders)
            assert by_columns(found, column, days) == told, one.pdu.id
        deciders.close()
