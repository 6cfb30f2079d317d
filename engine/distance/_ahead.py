"""The way ahead: the returns that are due, with the figures of the last one, for as long as anything can come of them.

What is known already of the time ahead counts: versions and settings with later days. Nothing else changes.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from engine.course import Course
from engine.distance._shapes import Shapes
from engine.distance.values import Told
from rules.figures import Figure, Return
from rules.model._fields import LAST_DAY
from rules.policy import Policy
from rules.reading import Latest

MOST_RETURNS = 400
"""So many returns ahead are looked at, at most."""
DAY = datetime.timedelta(days=1)
Changes = Mapping[str, Figure | None]
"""Figures that the returns to come give otherwise; None for one that they do not give."""


@dataclass(frozen=True, slots=True)
class Way:
    """One unit's way ahead from the end of a day.

    `course` has the past returns that still count, and none to come. The unit stands at `level` of `policy` since
    `since`. `dues` are the days of the returns to come, and `last` the last day that is looked at. `figures` are
    what each of these returns gives. `policies` are all versions that judge one of them, in order.
    """

    course: Course
    policy: Policy
    day: datetime.date
    level: int
    since: datetime.date
    dues: tuple[datetime.date, ...]
    last: datetime.date
    figures: Mapping[str, Figure]
    policies: tuple[Policy, ...]
    assumptions: tuple[Told, ...]

    def changed(self, changes: Changes) -> Course:
        """The course with the returns to come, some of their figures changed."""
        merged = {**self.figures, **changes}
        figures = {key: figure for key, figure in merged.items() if figure is not None}
        ahead = [Return(self.course.pdu.id, day, figures) for day in self.dues]
        return replace(
            self.course, returns=(*self.course.returns, *ahead), days=(*self.course.days, *self.dues)
        )

    def count(self, day: datetime.date) -> int:
        """How many returns are to come up to a day."""
        return sum(due <= day for due in self.dues)


class _Dues(NamedTuple):
    """The days of the returns to come, the last day looked at, and whether that is earlier than it should be."""

    days: tuple[datetime.date, ...]
    last: datetime.date
    cut: bool


def way_ahead(
    shapes: Shapes, course: Course, day: datetime.date, level: int, since: datetime.date
) -> Way | None:
    """The way ahead of a unit that stands at a level; None where no return is to come.

    A version is in force on the day, and there is a return by then.
    """
    policy = course.policy(day)
    assert policy is not None, "a unit stands at a level of some version"
    past = [one for one in course.returns if one.as_of <= day]
    newest = past[-1].as_of
    dues = _dues(shapes, course, policy, newest, day)
    if not dues.days:
        return None
    judging = [found for due in dues.days if (found := course.policy(due)) is not None]
    policies = tuple(dict.fromkeys(judging))
    kept = _counting(shapes, course, past, (policy, *policies))
    figures, carried = _figures(course, kept, tuple(dict.fromkeys((policy, *policies))), day)
    own = replace(course, returns=tuple(kept), days=tuple(one.as_of for one in kept))
    told = _assumptions(course, policy, newest, day, dues, carried)
    return Way(own, policy, day, level, since, dues.days, dues.last, figures, policies, told)


def changes_ahead(course: Course, first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """The days after `first` up to `last` on which another version, or another entry of settings, begins to count."""
    found = []
    if not course.framework.pinned:
        for policy in course.framework.policies:
            found.append(policy.version.effective)
            if policy.version.until is not None and policy.version.until < LAST_DAY:
                found.append(policy.version.until + DAY)
    settings = course.framework.regions.get(course.pdu.region)
    found += [entry.effective for entry in (settings.settings if settings is not None else ())]
    return sorted({one for one in found if first < one <= last})


def _dues(shapes: Shapes, course: Course, policy: Policy, newest: datetime.date, day: datetime.date) -> _Dues:
    every = policy.version.returns.every
    end_of_unit = min(course.pdu.until or LAST_DAY, LAST_DAY)
    first = newest.toordinal() + every * ((day - newest).days // every + 1)
    if first > end_of_unit.toordinal():
        return _Dues((), day, False)
    last = _comes_to_rest(shapes, course, policy, day, datetime.date.fromordinal(first))
    days: list[datetime.date] = []
    due, cut = first, False
    while due <= min(last, end_of_unit.toordinal()):
        if len(days) == MOST_RETURNS:
            cut = True
            break
        days.append(datetime.date.fromordinal(due))
        policy = course.policy(days[-1]) or policy
        due += policy.version.returns.every
    return _Dues(tuple(days), days[-1], cut)


def _comes_to_rest(
    shapes: Shapes, course: Course, policy: Policy, day: datetime.date, first: datetime.date
) -> int:
    """The day (an ordinal) by which nothing changes any more, with returns from `first` on that are all the same."""
    end = first.toordinal() + shapes.of(course.policy(first) or policy).settles
    done = False
    while not done:
        done = True
        for change in changes_ahead(course, day, datetime.date.fromordinal(min(end, LAST_DAY.toordinal()))):
            later = change.toordinal() + shapes.of(course.policy(change) or policy).settles
            if later > end:
                end, done = later, False
    return end


def _counting(
    shapes: Shapes, course: Course, past: Sequence[Return], policies: Sequence[Policy]
) -> list[Return]:
    """The past returns that count for runs, or that figures may be carried forward from."""
    reach = max(shapes.of(one).chain * one.version.returns.every for one in policies)
    shortest = min(one.version.returns.every for one in policies)
    counted, found = 0, len(past) - 1
    while found > 0 and counted < reach:
        counted += min((past[found].as_of - past[found - 1].as_of).days, shortest)
        found -= 1
    carries = [one.carry_forward or 0 for policy in policies for one in policy.version.inputs.values()]
    first = past[found].as_of - max(carries, default=0) * DAY
    return [one for one in past if one.as_of >= first]


def _figures(
    course: Course, past: Sequence[Return], policies: Sequence[Policy], day: datetime.date
) -> tuple[dict[str, Figure], tuple[str, ...]]:
    """What the newest return gives, with what is carried forward to it; and the keys of the latter."""
    newest = past[-1]
    figures: dict[str, Figure] = dict(newest.figures)
    carried: dict[str, None] = {}
    for policy in policies:
        reader = course.framework.reader(policy, course.setting(policy, day))
        latest: Latest = {}
        for one in past:
            reading = reader.read(one, latest)
        for index, origin in reading.origins.items():
            key, text = reader.keys[index], reading.texts[index]
            if origin.how == "carried" and text is not None and key not in figures:
                figures[key] = text if reader.specs[index].values is not None else Decimal(text)
                carried[key] = None
    return figures, tuple(carried)


def _assumptions(
    course: Course,
    policy: Policy,
    newest: datetime.date,
    day: datetime.date,
    dues: _Dues,
    carried: Sequence[str],
) -> tuple[Told, ...]:
    every = policy.version.returns.every
    told: list[Told] = [
        {"code": "returns_come", "first": dues.days[0].isoformat(), "every": every},
        {"code": "same_figures", "as_of": newest.isoformat()},
    ]
    missed = (day - newest).days // every
    if missed:
        told.append({"code": "overdue", "returns": missed})
    if carried:
        told.append({"code": "carried_again", "inputs": list(carried)})
    for change in changes_ahead(course, day, dues.last):
        before, after = course.policy(change - DAY), course.policy(change)
        if after is None:
            told.append({"code": "version_ends", "on": change.isoformat()})
        elif after is not before:
            version = after.version
            told.append(
                {
                    "code": "version_begins",
                    "version": version.version,
                    "title": version.title,
                    "on": change.isoformat(),
                }
            )
        else:
            told.append({"code": "settings_begin", "on": change.isoformat()})
    if course.pdu.until is not None and course.pdu.until < dues.days[-1] + every * DAY:
        told.append({"code": "unit_ends", "on": course.pdu.until.isoformat()})
    told.append({"code": "looked_until", "day": dues.last.isoformat(), "cut": dues.cut})
    return tuple(told)
