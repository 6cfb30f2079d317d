"""One step decided from what columns know is the step that the whole past leads to."""

from __future__ import annotations

import datetime
import random

import pytest

from engine.active import UnitEvents
from engine.columns import Back, Columns, frame_of, returns_of
from engine.course import Course
from engine.single_step import Before, step_from
from engine.timeline import standings
from rules.decide import Deciders
from tests.columns.test_columns_agree import courses
from tests.oracle.generate import random_case

DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize("seed", range(25))
def test_a_step_from_its_own_days_is_that_of_the_whole_past(seed: int) -> None:
    units = courses(random_case(random.Random(7000 + seed), 1 + seed % 2), random.Random(seed))
    whole = units[0].framework
    framework = whole.pin(whole.policies[-1].version.version)
    every = whole.policies[-1].version.returns.every
    frame = frame_of([(one.pdu, one.returns) for one in units], every)
    back, deciders = Back(Columns(framework), frame), Deciders()
    for column, one in enumerate(units):
        course = Course(framework, one.pdu, one.returns, one.events, one.days)
        for row in range(frame.rows):
            if not frame.has[row, column]:
                continue
            day = datetime.date.fromordinal(int(frame.day[row, column]))
            if not one.pdu.exists_on(day):
                continue
            *earlier, full = standings(course, [day - DAY, day], deciders)
            # a unit that begins between two returns takes a step on its first day
            known = [(each.calculated, each.calculated_since) for each in earlier]
            before = Before(*known[0]) if known else Before(None, None)
            returns = tuple(returns_of(frame, column, back.row(row), row + 1))
            days = tuple(given.as_of for given in returns)
            alone = Course(framework, one.pdu, returns, UnitEvents(), days)
            found = step_from(alone, before, day, deciders)
            assert found is not None
            assert found.step is not None
            assert full.step is not None
            assert found.step.reading.values == full.step.reading.values
            assert found.outcome.truths == full.outcome.truths
            assert found.outcome.status == full.outcome.status
            assert (found.calculated, found.calculated_since) == (full.calculated, full.calculated_since)
    deciders.close()


def test_returns_come_back_as_they_were() -> None:
    units = courses(random_case(random.Random(3), 2), random.Random(3))
    frame = frame_of([(one.pdu, one.returns) for one in units], 7)
    for column, one in enumerate(units):
        found = list(returns_of(frame, column, 0, frame.rows))
        assert [(each.pdu, each.as_of, each.figures) for each in found] == [
            (each.pdu, each.as_of, each.figures) for each in one.returns
        ]
