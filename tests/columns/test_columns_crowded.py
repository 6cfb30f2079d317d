"""Several returns in one week, and numbers that change between them: the columns are still the single path."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence

import pytest

from engine.course import course_of
from rules.decide import Deciders
from rules.figures import Return
from rules.model import Events, Pdu
from tests.columns.test_columns_agree import by_columns, one_by_one
from tests.oracle.generate import random_case
from tests.oracle.harness import course_for

CASES = 40
ACROSS = (276, 332)
"""Cases in which numbers change between rows that both have returns from before and from after."""


def crowded(returns: Sequence[Return], unit: str, dice: random.Random) -> list[Return]:
    """The returns of another unit: on some days after each there is one more, with figures of some other day."""
    figures = [one.figures for one in returns]
    days = {one.as_of: one.figures for one in returns if dice.random() < 0.9}
    for day in list(days):
        for later in range(1, 5):
            if dice.random() < 0.3:
                days.setdefault(day + datetime.timedelta(days=later), dice.choice(figures))
    return [Return(unit, day, days[day]) for day in sorted(days)]


@pytest.mark.parametrize("seed", [*range(CASES), *ACROSS])
def test_crowded_weeks_are_as_the_single_path_has_them(seed: int) -> None:
    dice = random.Random(seed)
    # the first such case with settings, so that runs are counted anew
    own = next(course_for(case) for case in iter(lambda: random_case(dice, 1), None) if case.settings)
    units = [Pdu(id=f"p{number}", name="Unit", region=dice.choice(["r1", "r1", "r2"])) for number in range(5)]
    nobody = Events(declarations=[], suspensions=[])
    courses = [course_of(own.framework, pdu, crowded(own.returns, pdu.id, dice), nobody) for pdu in units]
    deciders = Deciders()
    for course, told in zip(courses, by_columns(own.framework, courses), strict=True):
        assert told == one_by_one(course, sorted(told), deciders), course.pdu.id
        due = {day.toordinal() for day in course.days if course.start(day) and course.policy(day)}
        assert due <= set(told), "every return that counts is a step"
    deciders.close()
