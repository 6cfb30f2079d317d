"""The returns of one parent, made of its children's.

It has one on each day on which a child returned, and on each on which what they give changed otherwise: when a child's
newest return becomes too old, when a child begins or ends to exist, and when a version begins.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from engine.course import Course
from engine.parents._figures import Child, Given
from engine.parents._levels import DAY, ParentLevel, Rules
from rules.figures import Return
from rules.policy import Policy

COUNTRY = "country:everyone"
"""The id of the whole. No unit can be called so: their ids have no colon."""
REGION = "region:"


def is_parent(id_: str) -> bool:
    """Whether an id is one that parents have."""
    return id_ == COUNTRY or id_.startswith(REGION)


class Line(NamedTuple):
    """The calculated status of a child over time: from each day on an id, or None where it has no clear one."""

    days: Sequence[datetime.date] = ()
    statuses: Sequence[str | None] = ()

    def on(self, day: datetime.date) -> str | None:
        """The status on a day; None before the first."""
        number = bisect_right(self.days, day)
        return self.statuses[number - 1] if number else None


class Source(NamedTuple):
    """A child with everything that its parent follows from."""

    course: Course
    line: Line


_Told = tuple[Return, tuple[Mapping[str, Any], ...]]


@dataclass(slots=True)
class Made:
    """The returns of one parent up to a day, and what its children lacked at each."""

    id: str
    level: ParentLevel
    returns: list[Return] = field(default_factory=list)
    notes: dict[datetime.date, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    _until: datetime.date | None = None

    def through(
        self, children: Sequence[Source], last: datetime.date, changed: datetime.date | None = None
    ) -> datetime.date | None:
        """Go on to a last day, from the first on which anything of a child has changed; at first from the beginning.

        Gives the first day of which the parent's own return is another one, or new, or gone; if there is one.
        """
        start = None if self._until is None else self._until + DAY
        if start is not None and changed is not None:
            start = min(start, changed)
        before: dict[datetime.date, _Told] = {}
        while self.returns and start is not None and self.returns[-1].as_of >= start:
            gone = self.returns.pop()
            before[gone.as_of] = (gone, self.notes.pop(gone.as_of))
        kept = len(self.returns)
        for day in self._days(children, start, last):
            self._visit(children, day)
        self._until = last
        after: dict[datetime.date, _Told] = {}
        for place in range(kept, len(self.returns)):
            one = self.returns[place]
            old = before.get(one.as_of)
            if old is not None and old == (one, self.notes[one.as_of]):
                self.returns[place] = old[0]  # the same value stays the same object, which was read already
            after[one.as_of] = (self.returns[place], self.notes[one.as_of])
        days = (day for day in {**before, **after} if before.get(day) != after.get(day))
        return min(days, default=None)

    def _days(
        self, children: Sequence[Source], start: datetime.date | None, last: datetime.date
    ) -> list[datetime.date]:
        """The days on which anything may change, in order."""
        policies = self.level.policies()
        ages = {policy.version.returns.stale_after + 1 for policy in policies}
        found: set[datetime.date] = set()
        for child in children:
            days = child.course.days
            for age in (0, *ages):
                first = 0 if start is None else bisect_left(days, _shifted(start, -age))
                found.update(_shifted(day, age) for day in days[first:])
            pdu = child.course.pdu
            found.update(() if pdu.from_ is None else (pdu.from_,))
            found.update(() if pdu.until is None else (_shifted(pdu.until, 1),))
        for policy in policies:
            found.update(_turns(policy))
        return sorted(day for day in found if (start is None or day >= start) and day <= last)

    def _visit(self, children: Sequence[Source], day: datetime.date) -> None:
        rules = self.level.on(day)
        if rules is None:
            return
        given, returned, fresh = _given(rules, children, day, clear=self.level.in_force(day))
        newest = self.returns[-1] if self.returns else None
        if not returned:
            if newest is None:
                if not given.figures:
                    return
            elif given.figures == newest.figures:
                return
            elif not fresh and (day - newest.as_of).days > rules.stale_after:
                return  # its own newest return is too old by now, which says it already
        self.returns.append(Return(self.id, day, given.figures))
        self.notes[day] = tuple({**note, "as_of": day.isoformat()} for note in given.notes)


def _given(
    rules: Rules, children: Sequence[Source], day: datetime.date, *, clear: bool
) -> tuple[Given, bool, bool]:
    """What the children give on a day; whether one of them returned on it, and whether any has a fresh return.

    `clear` says whether there is a version on the day, without which no child has a status.
    """
    ids = rules.policy.levels
    found, returned, fresh = [], False, False
    for course, line in children:
        if is_parent(course.pdu.id) != rules.regions or not course.pdu.exists_on(day):
            continue
        number, told = bisect_right(course.days, day) - 1, None
        if number >= 0 and (day - course.days[number]).days <= rules.stale_after:
            told = rules.readings.of(course)[number]
            returned = returned or course.days[number] == day
            fresh = True
        status = line.on(day) if clear else None
        found.append(Child(course.pdu.id, told, None if status is None else ids.get(status)))
    return rules.combiner.given(found), returned, fresh


def _turns(policy: Policy) -> Iterable[datetime.date]:
    """The days on which a version begins, and is over."""
    yield policy.version.effective
    if policy.version.until is not None:
        yield _shifted(policy.version.until, 1)


def _shifted(day: datetime.date, days: int) -> datetime.date:
    """A day so many days later, held within the calendar."""
    number = day.toordinal() + days
    return datetime.date.fromordinal(
        max(datetime.date.min.toordinal(), min(datetime.date.max.toordinal(), number))
    )
