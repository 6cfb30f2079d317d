"""What is known of one unit: its returns, and the declarations and suspensions that apply to it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
import sqlalchemy as sa

from engine.ledger.records import (
    DECLARATION,
    END,
    RETURN,
    SUSPENSION,
    declaration_of,
    return_of,
    suspension_of,
)
from engine.ledger.store import tables
from engine.ledger.store.chain import Record, unpacked
from rules.figures import Return
from rules.model import Declaration, Events, Pdu, Suspension

Event = Declaration | Suspension


@dataclass(slots=True)
class Facts:
    """What is known of one unit once all records up to `seq` are. Of two returns for a day the later one counts."""

    returns: dict[datetime.date, Return] = field(default_factory=dict)
    notes: dict[datetime.date, list[Mapping[str, Any]]] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    seq: int = 0

    @property
    def empty(self) -> bool:
        """Nothing is known of the unit."""
        return not self.returns and not self.events

    def told(self) -> Events:
        """The events as they stand: those that were ended have their last day, in the order of their records."""
        each = self.events.values()
        return Events(
            declarations=[one for one in each if isinstance(one, Declaration)],
            suspensions=[one for one in each if isinstance(one, Suspension)],
        )

    def take(self, record: Record) -> datetime.date | None:
        """Take one more record. Gives the first day that it changes anything on, or None where it is no fact."""
        payload = orjson.loads(record.body)
        if record.kind == RETURN:
            given = return_of(payload, record.recorded_at)
            self.returns[given.as_of] = given
            self.notes[given.as_of] = payload["notes"]
            return given.as_of
        if record.kind == END:
            last = datetime.date.fromisoformat(payload["last_day"])
            return self._end(payload["id"], last)
        if record.kind in (DECLARATION, SUSPENSION):
            event = declaration_of(payload) if record.kind == DECLARATION else suspension_of(payload)
            self.events[payload["id"]] = event
            return event.from_
        return None

    def _end(self, id_: str, last: datetime.date) -> datetime.date | None:
        """An event has another last day; with one before its first it never was in force."""
        event = self.events.get(id_)
        if event is None:
            return None
        if last < event.from_:
            del self.events[id_]
        else:
            self.events[id_] = event.model_copy(update={"until": last})
        return event.from_  # from then on decisions tell its last day


def newer_facts(
    connection: sa.Connection, framework: str, pdu: Pdu, after: int, known: int
) -> Iterable[Record]:
    """The records that bear on a unit, after one number and up to another, in their order."""
    records, returns, events = tables.records, tables.returns, tables.events
    own = sa.select(returns.c.seq).where(
        returns.c.framework == framework,
        returns.c.pdu == pdu.id,
        returns.c.seq > after,
        returns.c.seq <= known,
    )
    people = sa.select(events.c.seq).where(
        events.c.framework == framework,
        events.c.seq > after,
        events.c.seq <= known,
        sa.or_(
            events.c.pdu == pdu.id,
            sa.and_(events.c.pdu.is_(None), events.c.region == pdu.region),
            sa.and_(events.c.pdu.is_(None), events.c.region.is_(None)),
        ),
    )
    chosen = sa.select(records).where(records.c.seq.in_(own.union_all(people))).order_by(records.c.seq)
    return map(unpacked, connection.execute(chosen))
