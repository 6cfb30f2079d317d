"""Settling: deciding what follows from new records, and recording the decisions that differ.

A unit is settled through a day when, for each day up to it, the newest decision recorded for that day or the last
one before it is the answer. Every write leaves all units settled through the day on which it is made, but for those
that cannot be decided: a fault of the engine on one unit does not keep the others from it.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from engine.active import DAY
from engine.decision import Decision
from engine.ledger.answers import change, same_answer
from engine.ledger.documents import Policy
from engine.ledger.records import DECISION, Actor, Cause, index_rows
from engine.ledger.store import Writing
from engine.ledger.undecided import Unsettled, unsettled_by
from engine.ledger.units import Unit, Units, decision_at, earlier, recorded_before, recorded_from
from engine.walk import Walk
from rules.model import Pdu
from rules.problems import EngineError

MAX_HELD = 1000
"""So many decisions are held in memory before they are written, within the same transaction."""


class Affected(NamedTuple):
    """A unit to be settled, and why; and from which day on, where what is new of it does not tell."""

    pdu: Pdu
    cause: Cause
    changed: datetime.date | None = None


class Settled(NamedTuple):
    """What settling has come to: the decisions made, by status, and the ids of the units that are settled.

    `faults` are the units that could not be decided, by their ids.
    """

    decisions: Counter[str]
    units: set[str]
    faults: dict[str, Unsettled]


class Settler:
    """Settles units within a write. Keeps units in mind from one write to the next; not safe for several threads."""

    def __init__(self, version: str) -> None:
        self._version = version
        self._units = Units()
        self._base = 0

    def forget(self) -> None:
        """Forget what is kept in mind: what was followed is not what is recorded."""
        self._units.forget()

    def begin(self, head: int) -> None:
        """A write begins, with so many records. Where it fails, even at its very end, `forget`."""
        self._base = head
        self._units.meet(head)

    def end(self, head: int) -> None:
        """The write is committed, with so many records."""
        self._units.leave(head)

    def unit(self, policy: Policy, pdu: Pdu) -> Unit:
        """What is kept in mind of a unit."""
        return self._units.of(policy, pdu)

    def settle(
        self,
        writing: Writing,
        policy: Policy,
        units: Iterable[Affected],
        settled: datetime.date | None,
        today: datetime.date,
        by: Actor,
        progress: Callable[[], None] = lambda: None,
    ) -> Settled:
        """Decide some units through today, and append the decisions that are new.

        `settled` is the day through which all were settled before. To be called between `begin` and `end`. Of a unit
        that cannot be decided on some day, the decisions for the days before it are appended all the same.
        """
        writing.flush()
        found = Settled(Counter(), set(), {})
        held = 0
        for affected in units:
            one = _Settling(self, writing, policy, affected, by)
            try:
                one.through(affected.changed, settled, self._base, today)
                found.units.add(affected.pdu.id)
            except EngineError as error:
                least = today if one.first is None else one.first
                found.faults[affected.pdu.id] = unsettled_by(error, affected.pdu.id, least, affected.cause)
                self._units.drop(affected.pdu)  # its walk has stopped halfway
            found.decisions.update(one.made)
            held += one.made.total()
            if held >= MAX_HELD:
                writing.flush()
                held = 0
            progress()
        return found

    @property
    def version(self) -> str:
        """The version of this program, which is recorded with each decision."""
        return self._version


class _Settling:
    """One unit being settled."""

    def __init__(
        self, settler: Settler, writing: Writing, policy: Policy, affected: Affected, by: Actor
    ) -> None:
        self.settler = settler
        self.writing = writing
        self.policy = policy
        self.pdu, self.cause, _ = affected
        self.by = by
        self.unit = settler.unit(policy, affected.pdu)
        self.first: datetime.date | None = None
        """The first day that is to be decided, once that is known."""
        self.made: Counter[str] = Counter()

    def through(
        self,
        changed: datetime.date | None,
        settled: datetime.date | None,
        base: int,
        today: datetime.date,
    ) -> None:
        """Record what is new from the first day that changed, or else from the day after the one settled.

        Raises EngineError.
        """
        unit, connection, framework = self.unit, self.writing.connection, self.policy.framework.id
        learnt, new = unit.learn(connection, framework, base, self.writing.head, today)
        if unit.facts.empty and new is None and self._held_before(datetime.date.max) is None:
            return  # nothing has ever been known of it, so nothing was decided
        corrected = earlier(changed, new)
        first = self.first = earlier(corrected, None if settled is None else settled + DAY)
        if first is None:
            return
        recorded = {} if corrected is None else recorded_from(connection, framework, self.pdu.id, first)
        held = self._held_before(first)
        for day, walk in unit.follow(self.policy, learnt, today, recorded):
            if day >= first:
                held = self._judge(walk, day, recorded.get(day) or held)
        unit.newest = held

    def _held_before(self, first: datetime.date) -> Decision | None:
        """The decision in force just before a day."""
        newest = self.unit.newest
        if newest is not None and newest["as_of"] < first.isoformat():
            return newest
        connection = self.writing.connection
        seq = recorded_before(connection, self.policy.framework.id, self.pdu.id, first, self.writing.head)
        return None if seq is None else decision_at(connection, seq)

    def _judge(self, walk: Walk, day: datetime.date, held: Decision | None) -> Decision | None:
        """The decision in force from a day on: the one held, or a new one where that says something else."""
        standing = walk.standing
        if standing is None or not self.pdu.exists_on(day):
            return held
        decision = self.policy.write(walk, standing, self.unit.facts, self.writing.recorded_at)
        if held is not None and same_answer(held, decision, lines=self.cause != "documents"):
            return held
        payload = {
            "framework": self.policy.framework.id,
            "cause": self.cause,
            "engine": self.settler.version,
            "decision": decision,
            "change": change(held, decision),
        }
        record = self.writing.append(DECISION, payload, self.by.facts())
        for table, row in index_rows(record.seq, DECISION, payload):
            self.writing.insert(table, [row])
        self.made[decision["status"]] += 1
        return decision
