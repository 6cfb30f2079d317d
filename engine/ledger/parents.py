"""Parents as the ledger keeps them in mind: units whose returns are made of what is recorded of those below them.

Nothing of a parent is recorded but its decisions. Its returns follow from those of units, and, where children are
counted, from the decisions on them, as both stood once so many records were known: so they can be made again.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from engine.active import INDETERMINATE
from engine.course import Course, course_of
from engine.ledger.below import News, returned_since, statuses_since
from engine.ledger.documents import Policy
from engine.ledger.records import Cause
from engine.ledger.settling import Affected
from engine.ledger.units import Unit, Units, earlier
from engine.parents import Line, Made, Parent, Source
from engine.walk import Walk
from rules.figures import Return
from rules.model import Events, Pdu

_NOTHING = Events()


@dataclass(slots=True)
class _Child:
    """A unit or region below: its course as it was looked at last, and its calculated statuses by their days.

    `cut` is the first day on which it cannot be decided, if there is one.
    """

    pdu: Pdu
    course: Course | None = None
    statuses: dict[str, str] = field(default_factory=dict)
    cut: str | None = None
    _line: Line | None = None

    def source(self) -> Source:
        """What its parent follows from. A course that nobody has looked at is none."""
        assert self.course is not None
        if self._line is None:
            self._line = self._statuses()
        return Source(self.course, self._line)

    def _statuses(self) -> Line:
        days = sorted(day for day in self.statuses if self.cut is None or day < self.cut)
        told = [None if self.statuses[day] == INDETERMINATE else self.statuses[day] for day in days]
        if self.cut is not None:
            days, told = [*days, self.cut], [*told, None]
        return Line([datetime.date.fromisoformat(day) for day in days], told)

    def take(self, news: News) -> str:
        """Take a status, or that it cannot be decided from a day on; the first day that this changes."""
        self._line = None
        if news.kind == "status":
            self.statuses[news.as_of] = news.calculated or INDETERMINATE
            return news.as_of
        before, self.cut = self.cut, news.as_of if news.kind == "undecided" else None
        return min(news.as_of, before or news.as_of)


@dataclass(slots=True)
class ParentUnit(Unit):
    """A parent under one set of documents.

    `read` is the number of the record up to which those below are known, `units` are they as they are kept in mind.
    """

    parent: Parent = field(kw_only=True)
    units: Units = field(kw_only=True)
    policy: Policy = field(kw_only=True)
    read: int = 0
    _made: Made = field(init=False)
    _below: dict[str, _Child] = field(init=False)

    def __post_init__(self) -> None:
        self._made = Made(self.pdu.id, self.parent.level)
        everyone = self.policy.everyone
        self._below = {id_: _Child(everyone[id_]) for id_ in self.policy.engine.parents.children(self.parent)}

    def learn(
        self, connection: sa.Connection, framework: str, settled: int, known: int, last: datetime.date
    ) -> tuple[datetime.date | None, datetime.date | None]:
        """Take what was recorded of it and of those below up to a number, and make its returns up to a last day.

        Raises EngineError.
        """
        _, new = Unit.learn(self, connection, framework, settled, known, last)
        changed = None
        if self.read < known:
            changed = self._statuses(connection, framework, known)
            new = earlier(new, self._new(connection, framework, settled, known))
        changed = earlier(changed, self._courses(connection, framework, settled, known, last))
        self.read = max(self.read, known)
        moved = self._made.through([one.source() for one in self._below.values()], last, changed)
        if moved is not None:
            self.facts.returns = {one.as_of: one for one in self._made.returns}
            self.facts.notes = {day: [*notes] for day, notes in self._made.notes.items()}
            self.changed = earlier(self.changed, moved)
        return self.changed, new

    def follow(
        self,
        policy: Policy,
        changed: datetime.date | None,
        last: datetime.date,
        also: Iterable[datetime.date],
    ) -> Iterator[tuple[datetime.date, Walk]]:
        """As of any unit. But its newest return is made again with each one below, so a walk stays behind before it."""
        walk = self._start(policy, changed)
        newest = max(self.facts.returns, default=None)
        for day, _ in walk.until(last, also):
            if newest is not None and day < newest:
                self._behind = walk.fork()
            yield day, walk

    @property
    def returns(self) -> Sequence[Return]:
        """Its returns as they were made last."""
        return self._made.returns

    def _statuses(self, connection: sa.Connection, framework: str, known: int) -> datetime.date | None:
        """Take what was recorded of the children's statuses, where they are counted; the first day that changes."""
        if not self.parent.counts:
            return None
        days = [
            self._below[one.pdu].take(one)
            for one in statuses_since(connection, framework, self._below, self.read, known)
        ]
        return datetime.date.fromisoformat(min(days)) if days else None

    def _courses(
        self, connection: sa.Connection, framework: str, settled: int, known: int, last: datetime.date
    ) -> datetime.date | None:
        """Look at the returns of the children again, where there are new ones; the first day that is new."""
        told = {pdu for pdu, _ in returned_since(connection, framework, self.parent.units, self.read, known)}
        changed = None
        for id_, child in self._below.items():
            unit = self.units.of(self.policy, child.pdu)
            if isinstance(unit, ParentUnit):
                unit.learn(connection, framework, settled, known, last)
                given = unit.returns
            elif child.course is None or id_ in told:
                unit.learn(connection, framework, settled, known, last)
                given = sorted(unit.facts.returns.values(), key=lambda one: one.as_of)
            else:
                continue
            before = () if child.course is None else child.course.returns
            day = _first_other(before, given)
            if child.course is None or day is not None:
                child.course = course_of(self.policy.framework, child.pdu, given, _NOTHING)
                changed = earlier(changed, day)
        return changed

    def _new(
        self, connection: sa.Connection, framework: str, settled: int, known: int
    ) -> datetime.date | None:
        """The first day that anything changes which came after all were settled last."""
        days = [
            as_of for _, as_of in returned_since(connection, framework, self.parent.units, settled, known)
        ]
        if self.parent.counts:
            news = statuses_since(connection, framework, self._below, settled, known)
            days += [one.as_of for one in news]
        return datetime.date.fromisoformat(min(days)) if days else None


def _first_other(before: Sequence[Return], now: Sequence[Return]) -> datetime.date | None:
    """The first day on which the returns are not the same ones; those that were read once stay the same objects."""
    for old, new in zip(before, now, strict=False):
        if old is not new:
            return min(old.as_of, new.as_of)
    longer = before if len(before) > len(now) else now
    size = min(len(before), len(now))
    return longer[size].as_of if len(longer) > size else None


def cause_above(units: Iterable[Affected]) -> Cause:
    """Why the parents of some units are decided: a correction before all else, or else why the first unit was."""
    causes = [one.cause for one in units]
    return "correction" if "correction" in causes else causes[0]
