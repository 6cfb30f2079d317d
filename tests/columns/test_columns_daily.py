"""The calculated status day by day, as the single path gives it: stale returns, gaps between versions, ends."""

from __future__ import annotations

import datetime
import random
from itertools import pairwise

import pytest

from engine.columns import INDETERMINATE, NO_DECISION, Columns, daily, frame_of
from engine.course import Course
from engine.timeline import standings
from rules.decide import Deciders
from tests.columns.test_columns_agree import courses
from tests.oracle.generate import random_case

DAY = datetime.timedelta(days=1)


def one_by_one(
    course: Course, days: list[datetime.date], ids: tuple[str, ...], deciders: Deciders
) -> list[int]:
    """The codes of one unit, from where it stands on each day."""
    codes = dict.fromkeys(days, NO_DECISION)
    first = min(course.days, default=datetime.date.max)
    early = [
        day for day in days if day < first
    ]  # each asked for itself, because a pinned version begins with it
    for asked in (*([day] for day in early), [day for day in days if day >= first]):
        codes.update(_standing_codes(course, asked, ids, deciders))
    return [codes[day] for day in days]


def _standing_codes(
    course: Course, days: list[datetime.date], ids: tuple[str, ...], deciders: Deciders
) -> dict[datetime.date, int]:
    codes = {}
    for standing in standings(course, days, deciders):
        if not course.pdu.exists_on(standing.day):
            continue
        code = INDETERMINATE
        if standing.determinate and standing.calculated is not None:
            code = ids.index(standing.policy.version.statuses[standing.calculated].id)
        codes[standing.day] = code
    return codes


@pytest.mark.parametrize("seed", range(25))
def test_every_day_is_as_the_single_path_has_it(seed: int) -> None:
    units = courses(random_case(random.Random(1000 + seed), 1), random.Random(seed))
    framework = units[0].framework
    first = min(policy.version.effective for policy in framework.policies) - 5 * DAY
    last = max([*units[0].days, *(policy.version.effective for policy in framework.policies)]) + 30 * DAY
    days = [first + number * DAY for number in range((last - first).days + 1)]
    every = framework.policies[0].version.returns.every
    for judging in (framework, framework.pin(framework.policies[0].version.version)):
        frame = frame_of([(one.pdu, one.returns) for one in units], every)
        found = daily(Columns(judging), frame, first, last)
        deciders = Deciders()
        for column, one in enumerate(units):
            course = Course(judging, one.pdu, one.returns, one.events, one.days)
            assert found.codes[:, column].tolist() == one_by_one(course, days, found.ids, deciders), (
                one.pdu.id
            )
        deciders.close()


def test_what_is_counted_over_the_days() -> None:
    units = courses(random_case(random.Random(3), 1), random.Random(3))
    framework = units[0].framework
    first, last = framework.policies[0].version.effective, units[0].days[-1]
    frame = frame_of([(one.pdu, one.returns) for one in units], 7)
    found = daily(Columns(framework), frame, first, last)
    days = found.days_at()
    for column in range(len(units)):
        codes = found.codes[:, column].tolist()
        assert sum(int(counts[column]) for counts in days.values()) == len(codes) - codes.count(NO_DECISION)
        held = [code for code in codes if code >= 0]
        assert found.flips()[column] == sum(one != other for one, other in pairwise(held))
        for code, id_ in enumerate(found.ids):
            stays = "".join("x" if one == code else " " for one in codes).split()
            assert found.longest()[id_][column] == max(map(len, stays), default=0)
