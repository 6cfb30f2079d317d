"""Asking the ledger: as at a day, as known at a moment. Nothing is recorded by asking."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from engine.active import DAY
from engine.course import Course
from engine.deciding import Undecided, no_unit, no_version
from engine.decision import Decision
from engine.ledger.documents import DocumentSet, Policy
from engine.ledger.facts import Facts, newer_facts
from engine.ledger.glance import Glance, glance
from engine.ledger.store import tables
from engine.ledger.store.prepared import Prepared
from engine.ledger.units import decision_at, recorded_before
from engine.parents import Notes, is_parent
from rules.framework import Framework
from rules.model import Pdu

_TOLD = ("id", "status", "since", "previous", "calculated", "calculated_since", "review_by")


class Short(NamedTuple):
    """The short answer for one unit: the status and since when, with the id of the decision that says so.

    `as_of` is the day that the decision was made for, and `recorded` whether it stands in the ledger; one that does
    not was made for the question. Days are ISO text.
    """

    pdu: str
    region: str
    as_of: str
    id: str
    status: str
    since: str
    previous: str | None
    calculated: str
    calculated_since: str | None
    review_by: str | None
    version: str
    recorded: bool


class Stretch(NamedTuple):
    """Days in a row with one status, as recorded, and the decision that it began with. Days are ISO text."""

    first: str
    last: str
    status: str
    decision: str


class View:
    """The ledger as it was known once `known` records were, for one day. Used by one thread, within a read."""

    def __init__(
        self,
        connection: sa.Connection,
        policy: Policy,
        documents: DocumentSet,
        known: int,
        day: datetime.date,
        fresh: Fresh,
        known_at: str | None = None,
        seen: Glance | None = None,
    ) -> None:
        self.connection = connection
        self.policy = policy
        self.documents = documents
        self.known = known
        self.day = day
        self.known_at = known_at
        """The moment asked for; that of the newest record, where it was earlier: a write under way may lie between."""
        seen = seen or glance(connection, known)
        self.settled = seen.settled if seen.framework == policy.framework.id else None
        self.undecided = {id_: fault for id_, fault in seen.undecided.items() if id_ in policy.everyone}
        """The units that could not be decided, by their ids: `settled` is not true of them."""
        self._fresh = fresh

    def units(self, region: str | None = None) -> list[Pdu]:
        """The units that exist on the day, in the order of their ids."""
        units = sorted(self.policy.pdus.values(), key=lambda pdu: pdu.id)
        return [one for one in units if one.exists_on(self.day) and region in (None, one.region)]

    def settled_of(self, pdu: Pdu) -> datetime.date | None:
        """The day through which a unit is settled: up to it, what is recorded is the answer."""
        fault = self.undecided.get(pdu.id)
        return self.settled if fault is None or self.settled is None else min(self.settled, fault.first - DAY)

    def decision(self, pdu: Pdu) -> Decision | Undecided:
        """The decision in force for a unit. `decided_at` is null where it had to be made for the question.

        Raises EngineError.
        """
        seq = self._recorded(pdu)
        if isinstance(seq, Undecided):
            return seq
        return self._fresh.decision(self, pdu) if seq is None else decision_at(self.connection, seq)

    def short(self, pdu: Pdu) -> Short | Undecided:
        """The short answer for a unit. Raises EngineError."""
        found = self.recorded(pdu)
        if found is not None:
            return found
        decision = self._fresh.decision(self, pdu)
        return decision if isinstance(decision, Undecided) else _shortened(decision)

    def recorded(self, pdu: Pdu) -> Short | Undecided | None:
        """The short answer as it is recorded; None where the day is not settled, or nothing was recorded."""
        why_not = self._undecided(pdu)
        if why_not is not None:
            return why_not
        settled = self.settled_of(pdu)
        if settled is None or self.day > settled:
            return None
        row = _IN_FORCE.first(
            self.connection,
            framework=self.policy.framework.id,
            pdu=pdu.id,
            day=(self.day + DAY).isoformat(),
            known=self.known,
        )
        return None if row is None else Short._make((*row, True))

    def history(self, pdu: Pdu, first: datetime.date, last: datetime.date) -> list[Stretch]:
        """The status over the days from `first` to `last`, as far as they are settled."""
        settled = self.settled_of(pdu)
        if settled is None:
            return []
        first, last = max(first, pdu.from_ or first), min(last, settled, pdu.until or last)
        if first > last:
            return []
        begun = recorded_before(self.connection, self.policy.framework.id, pdu.id, first + DAY, self.known)
        before = [] if begun is None else [short_at(self.connection, begun)]
        later = newest_by_day(
            self.connection, self.policy.framework.id, pdu.id, first + DAY, last, self.known
        )
        return stretched([*before, *later], first, last, self.policy.framework_of(pdu))

    def _recorded(self, pdu: Pdu) -> int | Undecided | None:
        """The number of the decision in force; None where the day is not settled, or nothing was recorded."""
        why_not = self._undecided(pdu)
        if why_not is not None:
            return why_not
        settled = self.settled_of(pdu)
        if settled is None or self.day > settled:
            return None
        framework = self.policy.framework.id
        return recorded_before(self.connection, framework, pdu.id, self.day + DAY, self.known)

    def _undecided(self, pdu: Pdu) -> Undecided | None:
        """Why nothing can be decided for a unit on the day, if so."""
        if not pdu.exists_on(self.day):
            return no_unit(pdu, self.day)
        if self.policy.framework_of(pdu).in_force(self.day) is None:
            return no_version(self.policy.framework, pdu, self.day)
        return None


class Fresh:
    """Decides for a question what no record tells, from what was known then."""

    def decision(self, view: View, pdu: Pdu) -> Decision | Undecided:
        """The decision for a unit on the day asked. Raises EngineError."""
        facts = Facts()
        policy = view.policy
        for record in newer_facts(view.connection, policy.framework.id, pdu, 0, view.known):
            facts.take(record)
        course = policy.course(pdu, facts)
        if is_parent(pdu.id):
            course, notes = self._parent(view, pdu, facts)
            facts.notes = {day: [*told] for day, told in notes.items()}
        walk = policy.engine.walk(course)
        standing = walk.on(view.day)
        if standing is None:
            return no_version(policy.framework, pdu, view.day)
        return policy.write(walk, standing, facts, None)

    @staticmethod
    def _parent(view: View, pdu: Pdu, facts: Facts) -> tuple[Course, Notes]:
        """The course of a parent, from what was known of the units below it; `facts` are its own."""
        policy = view.policy
        courses = {}
        for id_ in policy.engine.parents.all[pdu.id].units:
            unit, known = policy.pdus[id_], Facts()
            for record in newer_facts(view.connection, policy.framework.id, unit, 0, view.known):
                known.take(record)
            courses[id_] = policy.course(unit, known)
        (found,) = policy.engine.parents_over(courses, facts.told(), view.day, [pdu.id])
        return found


# Statements that every question asks are put together once: doing it anew takes as long as asking the database.
_SETTLED = (
    sa.select(tables.ticks.c.day)
    .where(tables.ticks.c.framework == sa.bindparam("framework"), tables.ticks.c.seq <= sa.bindparam("known"))
    .order_by(tables.ticks.c.seq.desc())
    .limit(1)
)
_KNOWN = Prepared(
    sa.select(
        tables.records.c.seq,
        tables.records.c.recorded_at,
        sa.select(sa.func.max(tables.records.alias().c.seq)).scalar_subquery().label("newest"),
    )
    .where(tables.records.c.recorded_at <= sa.bindparam("moment", type_=sa.Text()))
    .order_by(tables.records.c.recorded_at.desc(), tables.records.c.seq.desc())
    .limit(1)
)
_IN_FORCE = Prepared(
    sa.select(*(tables.decisions.c[name] for name in Short._fields if name != "recorded"))
    .where(
        tables.decisions.c.framework == sa.bindparam("framework", type_=sa.Text()),
        tables.decisions.c.pdu == sa.bindparam("pdu", type_=sa.Text()),
        tables.decisions.c.as_of < sa.bindparam("day", type_=sa.Text()),
        tables.decisions.c.seq <= sa.bindparam("known", type_=sa.BigInteger()),
    )
    .order_by(tables.decisions.c.as_of.desc(), tables.decisions.c.seq.desc())
    .limit(1)
)
_HEAD = sa.select(sa.func.max(tables.records.c.seq))


def settled_through(connection: sa.Connection, framework: str, known: int) -> datetime.date | None:
    """The day through which all units were settled, once so many records were known."""
    found = connection.execute(_SETTLED, {"framework": framework, "known": known}).scalar()
    return None if found is None else datetime.date.fromisoformat(found)


def known_by(connection: sa.Connection, moment: str) -> tuple[int, str, bool]:
    """The newest record at a moment (text as records have it): its number, its own moment, and whether it is the last.

    0 where there is none.
    """
    found = _KNOWN.first(connection, moment=moment)
    if found is None:
        return 0, moment, False
    seq, recorded_at, newest = found
    return seq, recorded_at, seq == newest


def newest_record(connection: sa.Connection) -> int:
    """The number of the newest record of all; 0 where there is none."""
    return connection.execute(_HEAD).scalar() or 0


def short_at(connection: sa.Connection, seq: int) -> Short:
    """The short answer that a recorded decision gives."""
    return short_of(
        connection.execute(sa.select(tables.decisions).where(tables.decisions.c.seq == seq)).one()
    )


def newest_by_day(
    connection: sa.Connection,
    framework: str,
    pdu: str,
    first: datetime.date,
    last: datetime.date,
    known: int,
) -> list[Short]:
    """For each day with decisions the newest that was known, in the order of days."""
    decisions = tables.decisions
    newest = (
        sa.select(sa.func.max(decisions.c.seq))
        .where(
            decisions.c.framework == framework,
            decisions.c.pdu == pdu,
            decisions.c.as_of >= first.isoformat(),
            decisions.c.as_of <= last.isoformat(),
            decisions.c.seq <= known,
        )
        .group_by(decisions.c.as_of)
    )
    rows = connection.execute(
        sa.select(decisions).where(decisions.c.seq.in_(newest)).order_by(decisions.c.as_of)
    )
    return [short_of(row) for row in rows]


def short_of(row: Any) -> Short:
    """A row of `decisions` as the short answer."""
    told = {key: getattr(row, key) for key in _TOLD}
    return Short(pdu=row.pdu, region=row.region, as_of=row.as_of, version=row.version, recorded=True, **told)


def _shortened(decision: Decision) -> Short:
    told = {key: decision[key] for key in _TOLD}
    pdu, version = decision["pdu"], decision["framework"]["version"]
    return Short(
        pdu=pdu["id"], region=pdu["region"], as_of=decision["as_of"], version=version, recorded=False, **told
    )


def stretched(
    shorts: Sequence[Short], first: datetime.date, last: datetime.date, framework: Framework
) -> list[Stretch]:
    """Short answers in the order of their days as stretches of one status; days without a version are left out."""
    found = _stretches(shorts, first, last)
    return [piece for stretch in found for piece in _in_force(stretch, framework)]


def _in_force(stretch: Stretch, framework: Framework) -> Iterator[Stretch]:
    """A stretch without the days on which no version is in force."""
    day, last = datetime.date.fromisoformat(stretch.first), datetime.date.fromisoformat(stretch.last)
    for policy in framework.policies:
        until, effective = policy.version.until, policy.version.effective
        if until is None or until < day or effective > last:
            continue
        following = min(
            (one.version.effective for one in framework.policies if one.version.effective > until),
            default=None,
        )
        if following is None or following > until + DAY:
            if framework.in_force(day) is not None:
                yield stretch._replace(first=day.isoformat(), last=min(until, last).isoformat())
            day = last + DAY if following is None else following
    if day <= last and framework.in_force(day) is not None:
        yield stretch._replace(first=day.isoformat())


def _stretches(shorts: Sequence[Short], first: datetime.date, last: datetime.date) -> Iterator[Stretch]:
    """Short answers in the order of their days as stretches of one status."""
    held: Stretch | None = None
    for short in shorts:
        start = max(short.as_of, first.isoformat())
        if held is not None and held.status == short.status:
            continue
        if held is not None:
            ended = (datetime.date.fromisoformat(start) - DAY).isoformat()
            yield held._replace(last=ended)
        held = Stretch(start, start, short.status, short.id)
    if held is not None:
        yield held._replace(last=last.isoformat())
