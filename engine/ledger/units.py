"""Units as the ledger keeps them in mind between writes: what is known of each, and how far it was followed."""

from __future__ import annotations

import datetime
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson
import sqlalchemy as sa

from engine.decision import Decision
from engine.ledger.documents import Policy
from engine.ledger.facts import Facts, newer_facts
from engine.ledger.store import tables
from engine.ledger.store.chain import unpacked
from engine.parents import is_parent
from engine.walk import Walk
from rules.model import Pdu

MAX_UNITS = 1024
"""So many units are kept in mind. What is dropped is read again when it is needed."""


@dataclass(slots=True)
class Unit:
    """One unit under one set of documents. `newest` is the decision that is recorded for its latest day.

    Returns arrive some days late, when time alone has taken the walk past their day. So a second one stays behind,
    at the newest return, from which the next goes on. `changed` is the first day of which something has changed since
    it was followed.
    """

    pdu: Pdu
    facts: Facts = field(default_factory=Facts)
    newest: Decision | None = None
    changed: datetime.date | None = None
    _walk: Walk | None = None
    _behind: Walk | None = None

    def learn(
        self, connection: sa.Connection, framework: str, settled: int, known: int, last: datetime.date
    ) -> tuple[datetime.date | None, datetime.date | None]:
        """Take what was recorded of it up to a number. It is to be followed up to a last day.

        Gives the first day that anything of it changes, and the first that anything does which came after `settled`,
        the newest record when all were settled last.
        """
        new = None
        if self.facts.seq < known:
            for record in newer_facts(connection, framework, self.pdu, self.facts.seq, known):
                day = self.facts.take(record)
                self.changed = earlier(self.changed, day)
                if record.seq > settled:
                    new = earlier(new, day)
            self.facts.seq = known
        return self.changed, new

    def follow(
        self,
        policy: Policy,
        changed: datetime.date | None,
        last: datetime.date,
        also: Iterable[datetime.date],
    ) -> Iterator[tuple[datetime.date, Walk]]:
        """Go on to a last day with all that is known now, from where nothing has changed; the walk on each day."""
        walk = self._start(policy, changed)
        newest = max(self.facts.returns, default=None)
        for day, _ in walk.until(last, also):
            if day == newest:
                self._behind = walk.fork()
            yield day, walk

    def _start(self, policy: Policy, changed: datetime.date | None) -> Walk:
        """The walk that has not visited a day that has changed; at worst a new one."""
        self.changed = None
        if self._walk is not None and changed is None:
            return self._walk
        course = policy.course(self.pdu, self.facts)
        for kept in (self._walk, self._behind):
            if kept is not None and kept.day is not None and changed is not None and kept.day < changed:
                self._walk = kept if kept is self._walk else kept.fork()
                self._walk.know(course)
                return self._walk
        self._walk = policy.engine.walk(course)
        self._behind = None
        return self._walk


class Units:
    """The units in mind, all under one set of documents."""

    def __init__(self) -> None:
        self._units: OrderedDict[str, Unit] = OrderedDict()
        self._under: Policy | None = None
        self._head = 0

    def of(self, policy: Policy, pdu: Pdu) -> Unit:
        """What is kept of a unit. Under other documents everything begins anew."""
        if self._under is not policy:  # the same documents read again are other objects, with other rulesets
            self._units.clear()
            self._under = policy
        found = self._units.get(pdu.id)
        if found is None:
            while len(self._units) >= MAX_UNITS:
                self._units.popitem(last=False)
            found = self._units[pdu.id] = self._made(policy, pdu)
        self._units.move_to_end(pdu.id)
        return found

    def _made(self, policy: Policy, pdu: Pdu) -> Unit:
        if not is_parent(pdu.id):
            return Unit(pdu)
        from engine.ledger.parents import ParentUnit  # which is a unit, and has some below it

        return ParentUnit(pdu, parent=policy.engine.parents.all[pdu.id], units=self, policy=policy)

    def drop(self, pdu: Pdu) -> None:
        """Forget one unit, of which something went wrong."""
        self._units.pop(pdu.id, None)

    def meet(self, head: int) -> None:
        """A write begins, with so many records. Where others have written, newest decisions may be theirs."""
        if head != self._head:
            for unit in self._units.values():
                unit.newest = None

    def leave(self, head: int) -> None:
        """The write has ended, with so many records."""
        self._head = head

    def forget(self) -> None:
        """Begin anew: what was followed is not what was recorded."""
        self._units.clear()


def earlier(one: datetime.date | None, other: datetime.date | None) -> datetime.date | None:
    """The earlier of two days, of which either may be none."""
    return min((day for day in (one, other) if day is not None), default=None)


def recorded_from(
    connection: sa.Connection, framework: str, pdu: str, first: datetime.date
) -> dict[datetime.date, Decision]:
    """The newest decision recorded for each day of a unit from a day on."""
    decisions = tables.decisions
    newest = (
        sa.select(sa.func.max(decisions.c.seq))
        .where(
            decisions.c.framework == framework,
            decisions.c.pdu == pdu,
            decisions.c.as_of >= first.isoformat(),
        )
        .group_by(decisions.c.as_of)
    )
    found = (decision_at(connection, seq) for (seq,) in connection.execute(newest).all())
    return {datetime.date.fromisoformat(one["as_of"]): one for one in found}


_BEFORE = (
    sa.select(tables.decisions.c.seq)
    .where(
        tables.decisions.c.framework == sa.bindparam("framework"),
        tables.decisions.c.pdu == sa.bindparam("pdu"),
        tables.decisions.c.as_of < sa.bindparam("day"),
        tables.decisions.c.seq <= sa.bindparam("known"),
    )
    .order_by(tables.decisions.c.as_of.desc(), tables.decisions.c.seq.desc())
    .limit(1)
)


def recorded_before(
    connection: sa.Connection, framework: str, pdu: str, day: datetime.date, known: int
) -> int | None:
    """The number of the decision in force just before a day, as known once so many records were."""
    asked = {"framework": framework, "pdu": pdu, "day": day.isoformat(), "known": known}
    found: int | None = connection.execute(_BEFORE, asked).scalar()
    return found


def decision_at(connection: sa.Connection, seq: int) -> Decision:
    """The decision that a record holds."""
    row = connection.execute(sa.select(tables.records).where(tables.records.c.seq == seq)).one()
    payload: dict[str, Any] = orjson.loads(unpacked(row).body)
    decision: Decision = payload["decision"]
    return decision
