"""Deciding again what was decided: from the recorded facts and documents, byte for byte.

A unit is followed from one of its decisions to the next as it was when they were made: once a correction changes a
day that was visited already, it is followed anew from its beginning.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import orjson
import sqlalchemy as sa

from engine.canonical import canonical_bytes
from engine.decision import Decision
from engine.ledger.documents import Policy, Shelves, set_of
from engine.ledger.ledger import Ledger
from engine.ledger.records import DECISION, DOCUMENTS, EVENTS, RETURN
from engine.ledger.store import tables
from engine.ledger.store.chain import Record, unpacked
from engine.ledger.units import Unit, Units
from engine.ledger.verify import Broken, verify
from engine.parents import is_parent
from rules.problems import Place, PrioritiseError, Problem

BATCH = 500
Progress = Callable[[int, int], object]


class Differing(NamedTuple):
    """A recorded decision that comes out otherwise when it is decided again, or does not come out at all."""

    seq: int
    pdu: str
    as_of: str
    what: str

    def problem(self, shown: str) -> Problem:
        """As a problem of the store."""
        message = f"Record {self.seq}, the decision on {self.pdu} for {self.as_of}, {self.what}."
        hint = "Keep the store as it is, and report this with the version of the program."
        return Problem("PF706", message, Place(shown), hint)


class Replayed(NamedTuple):
    """What replaying a ledger has found. `broken` is the first record that is not as it was recorded."""

    records: int
    decisions: int
    broken: Broken | None
    differing: tuple[Differing, ...]


MAX_TOLD = 20
"""So many differing decisions are told; after that nothing more is looked at."""


def replay(ledger: Ledger, progress: Progress = lambda done, of: None) -> Replayed:
    """Verify the chain of a ledger, then decide every recorded decision again. Raises StoreError."""
    with ledger.store.reading() as connection:
        total = connection.execute(sa.select(sa.func.max(tables.records.c.seq))).scalar() or 0
        broken = verify(connection, lambda done, _: progress(done // 2, total))
        if broken is not None:
            return Replayed(total, 0, broken, ())
        again = _Again(connection, ledger.shelves)
        try:
            for record in _records(connection):
                again.take(record)
                if record.seq % BATCH == 0:
                    progress((total + record.seq) // 2, total)
                if len(again.differing) >= MAX_TOLD:
                    break
        finally:
            again.close()
    return Replayed(total, again.decisions, None, tuple(again.differing))


def _records(connection: sa.Connection) -> Iterator[Record]:
    """The records of a ledger, in their order."""
    query = sa.select(tables.records).order_by(tables.records.c.seq)
    options = {"stream_results": True, "yield_per": BATCH}
    return map(unpacked, connection.execute(query, execution_options=options))


class _Again:
    """Decides again, record by record."""

    def __init__(self, connection: sa.Connection, shelves: Shelves) -> None:
        self.decisions = 0
        self.differing: list[Differing] = []
        self._connection = connection
        self._shelves = shelves
        self._units = Units()
        self._policy: Policy | None = None
        self._fact = 0

    def close(self) -> None:
        """Leave the documents that were used last."""
        if self._policy is not None:
            self._shelves.leave(self._policy)

    def take(self, record: Record) -> None:
        """Decide by these documents from now on, take note of a fact, or decide again what the record holds."""
        if record.kind == DOCUMENTS:
            self.close()
            self._policy = self._shelves.take(self._connection, set_of(record))
        elif record.kind in (RETURN, *EVENTS):
            self._fact = record.seq
        elif record.kind == DECISION:
            self._decision(record)

    def _decision(self, record: Record) -> None:
        self.decisions += 1
        recorded: Decision = orjson.loads(record.body)["decision"]
        what = self._differs(recorded, record.seq)
        if what is not None:
            whom = recorded["pdu"]["id"]
            self.differing.append(Differing(record.seq, whom, recorded["as_of"], what))

    def _differs(self, recorded: Decision, seq: int) -> str | None:
        """How a decision made again differs from the recorded one; None where they are the same bytes.

        `seq` is the number of its record.
        """
        policy = self._policy
        pdu = None if policy is None else policy.everyone.get(recorded["pdu"]["id"])
        if policy is None or pdu is None:
            return "is on a unit that the documents of its time do not have"
        unit = self._units.of(policy, pdu)
        day = datetime.date.fromisoformat(recorded["as_of"])
        # a parent follows from the decisions below it, too
        known = seq - 1 if is_parent(pdu.id) else self._fact
        try:
            earliest, _ = unit.learn(self._connection, policy.framework.id, known, known, day)
            decision = self._decide(policy, unit, earliest, recorded)
        except PrioritiseError as error:
            return f"cannot be decided again: {error}"
        if decision is None:
            return "is for a day on which no version is in force"
        if canonical_bytes(decision) != canonical_bytes(recorded):
            parts = sorted(key for key in decision if decision[key] != recorded.get(key))
            return f"comes out otherwise in {', '.join(parts) or 'its order'}"
        return None

    @staticmethod
    def _decide(
        policy: Policy, unit: Unit, earliest: datetime.date | None, recorded: dict[str, Any]
    ) -> Decision | None:
        day = datetime.date.fromisoformat(recorded["as_of"])
        for visited, walk in unit.follow(policy, earliest, day, [day]):
            if visited == day and walk.standing is not None:
                return policy.write(walk, walk.standing, unit.facts, recorded["decided_at"])
        return None
