"""What the indexes tell of the units below a parent: who returned, and how their statuses stand."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import sqlalchemy as sa

from engine.ledger.store import tables

CUTS = ("undecided", "decided")
"""Kinds of changes: a unit cannot be decided from a day on, and it can be again."""


class News(NamedTuple):
    """What a record says of a child: its calculated status from a day on, or that it cannot be decided."""

    seq: int
    pdu: str
    as_of: str
    kind: str
    calculated: str | None


_CHILDREN: sa.BindParameter[list[str]] = sa.bindparam("children", expanding=True)


def _since(table: sa.Table) -> list[sa.ColumnElement[bool]]:
    """That a row of an index came after one record and up to another."""
    return [
        table.c.framework == sa.bindparam("framework"),
        table.c.seq > sa.bindparam("after"),
        table.c.seq <= sa.bindparam("known"),
    ]


# Put together once: each write asks them for each parent.
_RETURNED = sa.select(tables.returns.c.pdu, tables.returns.c.as_of).where(*_since(tables.returns))
_STATUSES = sa.select(
    tables.decisions.c.seq, tables.decisions.c.pdu, tables.decisions.c.as_of, tables.decisions.c.calculated
).where(*_since(tables.decisions), tables.decisions.c.pdu.in_(_CHILDREN))
_FAULTS = sa.select(
    tables.changes.c.seq, tables.changes.c.pdu, tables.changes.c.as_of, tables.changes.c.kinds
).where(*_since(tables.changes), tables.changes.c.pdu.in_(_CHILDREN), tables.changes.c.kinds.in_(CUTS))


def returned_since(
    connection: sa.Connection, framework: str, units: Collection[str], after: int, known: int
) -> list[tuple[str, str]]:
    """Which units returned for which days, after one number and up to another."""
    among = frozenset(units)
    rows = connection.execute(_RETURNED, {"framework": framework, "after": after, "known": known})
    return [(row.pdu, row.as_of) for row in rows if row.pdu in among]


def statuses_since(
    connection: sa.Connection, framework: str, children: Collection[str], after: int, known: int
) -> list[News]:
    """What was recorded of the statuses of some units, after one number and up to another, in order."""
    asked = {"framework": framework, "after": after, "known": known, "children": list(children)}
    found = [
        News(row.seq, row.pdu, row.as_of, "status", row.calculated)
        for row in connection.execute(_STATUSES, asked)
    ]
    found += [
        News(row.seq, row.pdu, row.as_of, row.kinds, None) for row in connection.execute(_FAULTS, asked)
    ]
    return sorted(found)
