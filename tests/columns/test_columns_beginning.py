"""A fold that begins from where units stand goes on as the whole fold does, with few of the past rows."""

from __future__ import annotations

import datetime
import random
from typing import Any

import numpy as np
import pytest

from engine.columns import Beginning, Columns, Frame, Steps, daily, first_row_wanted, frame_of
from tests.columns.test_columns_agree import courses
from tests.oracle.generate import random_case

DAY = datetime.timedelta(days=1)


def told(steps: list[Steps], from_: int) -> list[tuple[Any, ...]]:
    """The steps from a day on, by unit."""
    return sorted(
        (
            unit,
            int(step.day[unit]),
            int(step.level[unit]),
            int(step.since[unit]),
            bool(step.determinate[unit]),
        )
        for step in steps
        for unit in np.flatnonzero(step.taken & (step.day >= from_)).tolist()
    )


def cut(frame: Frame, last: int) -> Frame:
    """The frame as it was known on a day."""
    known = frame.has & (frame.day <= last)
    rows = int(known.any(axis=1).sum())
    early = frame.part(0, rows, np.arange(len(frame.units)))
    assert (early.has == known[:rows]).all(), "a row is known whole or not at all, so that the cut is plain"
    return early


@pytest.mark.parametrize("seed", range(25))
def test_a_fold_that_begins_is_the_whole_fold(seed: int) -> None:
    dice = random.Random(seed)
    own = courses(random_case(random.Random(9000 + seed), 1 + seed % 2), random.Random(seed))
    whole = own[0].framework
    for framework in (whole, whole.pin(whole.policies[-1].version.version)):
        columns = Columns(framework)
        for course in own:  # each by itself: units of one frame need not have returns on the same days
            every = framework.policies[0].version.returns.every
            frame = frame_of([(course.pdu, course.returns)], every)
            begins = [policy.version.effective for policy in framework.policies]
            span = [*course.days, *begins]
            for _ in range(4):
                last = dice.choice(span) + dice.choice([-1, 0, 1, 3]) * DAY
                day = last.toordinal() + 1
                early = cut(frame, last.toordinal())
                if framework.pinned and not early.rows:
                    continue  # nothing has begun
                beginning = Beginning.after(last, 1, columns.steps(early))
                first = first_row_wanted(columns, frame, day)
                newest = max(0, early.rows - 1)
                late = frame.part(min(first, newest), frame.rows, np.zeros(1, np.intp))
                found = list(columns.steps(late, beginning=beginning.of(0, 1)))
                assert told(found, 0) == told(list(columns.steps(frame)), day)
                until = max(span) + 20 * DAY
                if last < until:
                    ahead = daily(columns, late, last + DAY, until, None, beginning)
                    assert (ahead.codes == daily(columns, frame, last + DAY, until).codes).all()


def test_a_beginning_is_not_changed_by_the_fold_that_uses_it() -> None:
    course = courses(random_case(random.Random(5), 2), random.Random(5))[0]
    frame = frame_of([(course.pdu, course.returns)], 7)
    columns, last = Columns(course.framework), course.days[len(course.days) // 2]
    beginning = Beginning.after(last, 1, columns.steps(cut(frame, last.toordinal())))
    before = (beginning.at.tolist(), beginning.since.tolist())
    first = list(columns.steps(frame, beginning=beginning))
    assert (beginning.at.tolist(), beginning.since.tolist()) == before
    assert told(list(columns.steps(frame, beginning=beginning)), 0) == told(first, 0)
