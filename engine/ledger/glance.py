"""What every question has to know first, asked in one statement: the documents, how far all is settled, and faults."""

from __future__ import annotations

import datetime
from typing import NamedTuple

import sqlalchemy as sa

from engine.ledger.records import UNDECIDED
from engine.ledger.store import tables
from engine.ledger.store.prepared import Prepared
from engine.ledger.undecided import Unsettled, undecided_by


class Glance(NamedTuple):
    """A ledger once so many records were known: the number and the hash of its newest set of documents, if any.

    `settled` is the day through which all units of its framework were settled, but for those that are `undecided`.
    """

    documents: tuple[int, str] | None
    framework: str | None
    settled: datetime.date | None
    undecided: dict[str, Unsettled]


def glance(connection: sa.Connection, known: int) -> Glance:
    """What was the case once so many records were known."""
    row = _GLANCE.first(connection, known=known, kind=UNDECIDED)
    assert row is not None, "it has a row in any case"
    seq, sha256, day, framework, undecided = row
    return Glance(
        None if seq is None else (seq, sha256),
        framework,
        None if day is None else datetime.date.fromisoformat(day),
        {} if undecided is None else undecided_by(connection, known),
    )


_KNOWN = sa.bindparam("known", type_=sa.BigInteger())
_sets = (
    sa.select(tables.document_sets.c.seq, tables.document_sets.c.sha256)
    .where(tables.document_sets.c.seq <= _KNOWN)
    .order_by(tables.document_sets.c.seq.desc())
    .limit(1)
    .subquery("sets")
)
_ticks = (
    sa.select(tables.ticks.c.day, tables.ticks.c.framework)
    .where(tables.ticks.c.seq <= _KNOWN)
    .order_by(tables.ticks.c.seq.desc())
    .limit(1)
    .subquery("ticks")
)
_undecided = (
    sa.select(sa.func.max(tables.records.c.seq))
    .where(tables.records.c.kind == sa.bindparam("kind", type_=sa.Text()), tables.records.c.seq <= _KNOWN)
    .scalar_subquery()
)
_one = sa.select(sa.literal_column("1").label("one")).subquery("one")
_GLANCE = Prepared(
    sa.select(_sets, _ticks, _undecided.label("undecided")).select_from(
        _one.outerjoin(_sets, sa.literal_column("1 = 1")).outerjoin(_ticks, sa.literal_column("1 = 1"))
    )
)
