"""Returns of a few units under two versions, and what the single path makes of them day by day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from engine.bulk import Bulk
from engine.bulk._read import Desk
from engine.columns import frame_of
from engine.compare.impact import impact_of
from engine.compare.impact_values import Impact
from engine.course import Course
from engine.timeline import standings
from rules.decide import Deciders
from rules.figures import Return, Vocabulary
from rules.framework import Framework
from rules.model import Organisation, Pdu, Region

DAY = datetime.timedelta(days=1)


class Stood(NamedTuple):
    """Where one unit stood on one day: its status (None without a decision), and what was permitted."""

    status: str | None
    permitted: frozenset[str]


def bulk_of(units: Sequence[tuple[Pdu, Sequence[Return]]], every: int) -> Bulk:
    """Returns as a file of them would be read."""
    pdus = [pdu for pdu, _ in units]
    regions = sorted({pdu.region for pdu in pdus})
    register = Organisation(format=1, regions=[Region(id=id_, name=id_) for id_ in regions], pdus=pdus)
    given = [one for _, own in units for one in own]
    desk = Desk(Vocabulary([]), register, datetime.date.max)
    return Bulk(frame_of(units, every), False, False, desk, (), given)


def impact(
    frameworks: tuple[Framework, Framework],
    units: Sequence[tuple[Pdu, Sequence[Return]]],
    first: datetime.date,
    last: datetime.date,
) -> Impact:
    """What two versions make of some returns."""
    every = frameworks[0].policies[0].version.returns.every
    return impact_of(frameworks, bulk_of(units, every), first, last)


def one_by_one(course: Course, days: Iterable[datetime.date]) -> dict[datetime.date, Stood]:
    """Where a unit stands on each day, decided by itself."""
    known = list(days)
    found = {day: Stood("indeterminate" if course.pdu.exists_on(day) else None, frozenset()) for day in known}
    deciders = Deciders()
    for standing in standings(course, [day for day in known if day >= course.days[0]], deciders):
        if course.pdu.exists_on(standing.day):
            status = "indeterminate"
            if standing.determinate and standing.calculated is not None:
                status = standing.policy.version.status_ids[standing.calculated]
            found[standing.day] = Stood(status, frozenset(key[0] for key in standing.permitted))
    deciders.close()
    return found
