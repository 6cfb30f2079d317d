"""Asking the ledger: as at a day, as known at a moment. Nothing is recorded by asking."""

from __future__ import annotations

import datetime

import sqlalchemy as sa

from engine.active import DAY
from engine.deciding import Undecided, no_unit, no_version
from engine.decision import Decision
from engine.ledger.documents import DocumentSet, Policy
from engine.ledger.fresh import Fresh
from engine.ledger.glance import Glance, glance
from engine.ledger.shorts import Short, Stretch, newest_by_day, short_at, shortened, stretched
from engine.ledger.store import tables
from engine.ledger.store.prepared import Prepared
from engine.ledger.units import decision_at, recorded_before
from rules.model import Pdu


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
        return decision if isinstance(decision, Undecided) else shortened(decision)

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
