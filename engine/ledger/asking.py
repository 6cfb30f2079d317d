"""Reading what was recorded, page by page and in the order of records. Numbers of records serve as cursors.

Since records are numbered in the order in which they are committed, whoever goes on after the last number that they
have seen misses nothing, whatever is written meanwhile.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import orjson
import sqlalchemy as sa

from engine.decision import Decision
from engine.ledger.records import DECLARATION, END, SUSPENSION
from engine.ledger.shorts import Short, short_of
from engine.ledger.store import tables
from engine.ledger.store.chain import unpacked
from engine.ledger.units import decision_at

ALL = 2**62
"""A number that no record reaches."""


class Row(NamedTuple):
    """One recorded decision, in short: the number of its record, when it was recorded, and what it says."""

    seq: int
    recorded_at: str
    short: Short


class Change(NamedTuple):
    """What a recorded decision changes for those who look: from its day on, until the next one for a later day.

    `kinds` are among first, status, since, version, permitted. `cause` is what brought the decision about. Where the
    unit cannot be decided from a day on, the kind is undecided, and nothing holds; decided says that it can be again.
    """

    seq: int
    recorded_at: str
    pdu: str
    region: str
    as_of: str
    kinds: tuple[str, ...]
    from_status: str | None
    to_status: str | None
    from_id: str | None
    to_id: str | None
    cause: str


class Told(NamedTuple):
    """A declaration or a suspension as it stands: what was recorded, and its end where one was."""

    seq: int
    recorded_at: str
    id: str
    kind: str
    facts: dict[str, Any]
    by: dict[str, Any]
    end: dict[str, Any] | None


def decisions_of(
    connection: sa.Connection, framework: str, pdu: str, after: int, limit: int, known: int = ALL
) -> list[Row]:
    """The decisions recorded for a unit after a number, in the order of records."""
    decisions, records = tables.decisions, tables.records
    rows = connection.execute(
        sa.select(decisions, records.c.recorded_at)
        .join(records, records.c.seq == decisions.c.seq)
        .where(
            decisions.c.framework == framework,
            decisions.c.pdu == pdu,
            decisions.c.seq > after,
            decisions.c.seq <= known,
        )
        .order_by(decisions.c.seq)
        .limit(limit)
    )
    return [Row(row.seq, row.recorded_at, short_of(row)) for row in rows]


def decision_by_id(connection: sa.Connection, id_: str) -> tuple[int, Decision] | None:
    """A recorded decision by its id, with the number of its first record."""
    decisions = tables.decisions
    seq = connection.execute(
        sa.select(decisions.c.seq).where(decisions.c.id == id_).order_by(decisions.c.seq).limit(1)
    ).scalar()
    return None if seq is None else (seq, decision_at(connection, seq))


def changes_after(
    connection: sa.Connection,
    framework: str,
    after: int,
    limit: int,
    *,
    pdu: str | None = None,
    region: str | None = None,
    known: int = ALL,
) -> list[Change]:
    """What changed after a number, in the order of records; of one unit or one region, if asked."""
    changes, records = tables.changes, tables.records
    chosen = [changes.c.framework == framework, changes.c.seq > after, changes.c.seq <= known]
    chosen += [] if pdu is None else [changes.c.pdu == pdu]
    chosen += [] if region is None else [changes.c.region == region]
    rows = connection.execute(
        sa.select(changes, records.c.recorded_at)
        .join(records, records.c.seq == changes.c.seq)
        .where(*chosen)
        .order_by(changes.c.seq)
        .limit(limit)
    )
    return [
        Change(
            row.seq,
            row.recorded_at,
            row.pdu,
            row.region,
            row.as_of,
            tuple(row.kinds.split()),
            row.from_status,
            row.to_status,
            row.from_id,
            row.to_id,
            row.cause,
        )
        for row in rows
    ]


def events_of(
    connection: sa.Connection,
    framework: str,
    *,
    id_: str | None = None,
    after: int = 0,
    limit: int = ALL,
    known: int = ALL,
) -> list[Told]:
    """The declarations and suspensions after a number, as they stood once so many records were known."""
    events, records = tables.events, tables.records
    rows = connection.execute(
        sa.select(records)
        .join(events, events.c.seq == records.c.seq)
        .where(
            events.c.framework == framework,
            events.c.kind.in_((DECLARATION, SUSPENSION)),
            events.c.seq > after,
            events.c.seq <= known,
            *([] if id_ is None else [events.c.event_id == id_]),
        )
        .order_by(records.c.seq)
        .limit(limit)
    ).all()
    begun = [unpacked(row) for row in rows]
    facts = {record.seq: orjson.loads(record.body) for record in begun}
    ends = _ends(connection, [one["id"] for one in facts.values()], known)
    return [
        Told(
            record.seq,
            record.recorded_at,
            facts[record.seq]["id"],
            record.kind,
            facts[record.seq],
            orjson.loads(record.by),
            ends.get(facts[record.seq]["id"]),
        )
        for record in begun
    ]


def _ends(connection: sa.Connection, ids: list[str], known: int) -> dict[str, dict[str, Any]]:
    """The ends that were recorded of some events, each with its moment."""
    events, records = tables.events, tables.records
    rows = connection.execute(
        sa.select(records)
        .join(events, events.c.seq == records.c.seq)
        .where(events.c.kind == END, events.c.event_id.in_(ids), events.c.seq <= known)
    )
    found = {}
    for record in map(unpacked, rows):
        facts = orjson.loads(record.body)
        found[facts["id"]] = {**facts, "recorded_at": record.recorded_at, "by": orjson.loads(record.by)}
    return found
