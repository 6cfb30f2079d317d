"""What the ledger holds, as flat rows in one moment's view: read and written in memory that does not grow with it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

import orjson
import sqlalchemy as sa

from engine.active import DAY
from engine.canonical import canonical_bytes
from engine.ledger.asking import ALL
from engine.ledger.store import tables
from engine.ledger.store.chain import opened, unpacked
from engine.ledger.undecided import Unsettled, undecided_by
from engine.ledger.verify import BATCH
from engine.returns import ANNOTATIONS

Cell: TypeAlias = str | int | None
Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows: of one framework and some units, days from `first` to `last`, known once `known` records were.

    `last_days` are the last days of units that have ended: their last status ends with them.
    """

    framework: str | None = None
    pdus: tuple[str, ...] | None = None
    first: datetime.date | None = None
    last: datetime.date | None = None
    known: int | None = None
    last_days: Mapping[str, datetime.date] = field(default_factory=dict)


class _Kind(NamedTuple):
    columns: tuple[str, ...]
    rows: Callable[[sa.Connection, Wanted], Iterator[Row]]


def columns(what: str) -> tuple[str, ...]:
    """The columns of one kind of rows. `seq` and `replaced_by` are whole numbers, all others text."""
    return _KINDS[what].columns


def rows(connection: sa.Connection, what: str, wanted: Wanted | None = None) -> Iterator[Row]:
    """The rows of one of `KINDS`, in a fixed order. Numbers are text, digit by digit as recorded; null is not given.

    `returns` has a row for each figure, and those that a correction replaced too, with the record that did it;
    `statuses` the stretches of one status, of which a unit's newest has no last day; `records` everything.
    """
    return _KINDS[what].rows(connection, wanted or Wanted())


def _records(connection: sa.Connection, wanted: Wanted) -> Iterator[Row]:
    records = tables.records.c
    query = sa.select(tables.records).order_by(records.seq)
    if wanted.known is not None:
        query = query.where(records.seq <= wanted.known)
    for row in _stream(connection, query):
        record = unpacked(row)
        yield (*record[:4], record.body.decode("utf-8"), record.sha256, record.hash)


def _returns(connection: sa.Connection, wanted: Wanted) -> Iterator[Row]:
    held, later = tables.returns, tables.returns.alias()
    same = [later.c[name] == held.c[name] for name in ("framework", "pdu", "as_of")]
    replaced = sa.select(sa.func.min(later.c.seq)).where(*same, later.c.seq > held.c.seq)
    if wanted.known is not None:
        replaced = replaced.where(later.c.seq <= wanted.known)
    records = tables.records.c
    query = sa.select(
        held, records.recorded_at, records.body, replaced.scalar_subquery().label("replaced_by")
    )
    query = query.join(tables.records, records.seq == held.c.seq).order_by(held.c.seq)
    for row in _stream(connection, _where(query, held, wanted)):
        payload = _payload(row.body)
        notes = [payload["annotations"].get(name) for name in ANNOTATIONS]
        whose = (row.seq, row.recorded_at, row.framework, row.pdu, row.as_of)
        figures = sorted({**payload["numbers"], **payload["categories"]}.items())
        for key, value in figures or [("", None)]:
            name, _, member = key.partition("[")
            yield (*whose, name or None, member.rstrip("]") or None, value, *notes, row.replaced_by)


_DECIDED = (
    *("framework", "version", "pdu", "region", "as_of", "id", "status", "since", "previous"),
    *("calculated", "calculated_since", "review_by"),
)


def _decisions(connection: sa.Connection, wanted: Wanted) -> Iterator[Row]:
    held, records = tables.decisions, tables.records.c
    query = sa.select(held, records.recorded_at, records.body).join(tables.records, records.seq == held.c.seq)
    for row in _stream(connection, _where(query.order_by(held.c.seq), held, wanted)):
        decision = _payload(row.body)["decision"]
        permitted = " ".join(sorted(one["activity"] for one in decision["permitted"]))
        measures = {one["id"]: one["value"] for one in decision["measures"]}
        told = [row._mapping[name] for name in _DECIDED]
        yield (row.seq, row.recorded_at, *told, permitted, canonical_bytes(measures).decode("utf-8"))


_CHANGED = tuple(str(column.name) for column in tables.changes.columns if column.name != "seq")


def _changes(connection: sa.Connection, wanted: Wanted) -> Iterator[Row]:
    held, records = tables.changes, tables.records.c
    query = sa.select(held, records.recorded_at).join(tables.records, records.seq == held.c.seq)
    for row in _stream(connection, _where(query.order_by(held.c.seq), held, wanted)):
        yield (row.seq, row.recorded_at, *(row._mapping[name] for name in _CHANGED))


def _statuses(connection: sa.Connection, wanted: Wanted) -> Iterator[Row]:
    """Of the decisions for one day the newest counts, and it stands until the next day that has one.

    A unit that cannot be decided has no status from the first such day on.
    """
    undecided = undecided_by(connection, ALL if wanted.known is None else wanted.known)
    held, newer = tables.decisions, tables.decisions.alias()
    same = [newer.c[name] == held.c[name] for name in ("framework", "pdu", "as_of")]
    newest = sa.select(sa.func.max(newer.c.seq)).where(*same)
    if wanted.known is not None:
        newest = newest.where(newer.c.seq <= wanted.known)
    query = sa.select(held).where(held.c.seq == newest.scalar_subquery())
    query = query.order_by(held.c.framework, held.c.pdu, held.c.as_of)
    # A stretch within the days wanted may have begun before them.
    ranged = Wanted(wanted.framework, wanted.pdus, known=wanted.known)
    begun: Any = None
    for row in _stream(connection, _where(query, held, ranged)):
        same_unit = begun is not None and (begun.framework, begun.pdu) == (row.framework, row.pdu)
        if same_unit and begun.status == row.status:
            continue
        if begun is not None:
            ended = datetime.date.fromisoformat(row.as_of) - DAY if same_unit else None
            yield from _stretch(begun, ended, wanted, undecided)
        begun = row
    if begun is not None:
        yield from _stretch(begun, None, wanted, undecided)


def _stretch(
    begun: Any, ended: datetime.date | None, wanted: Wanted, undecided: Mapping[str, Unsettled]
) -> Iterator[Row]:
    first = datetime.date.fromisoformat(begun.as_of)
    last = wanted.last_days.get(begun.pdu) if ended is None else ended
    fault = undecided.get(begun.pdu)
    if fault is not None:
        if first >= fault.first:
            return
        last = min(last or fault.first, fault.first - DAY)
    if wanted.last is not None and first > wanted.last:
        return
    if wanted.first is not None and last is not None and last < wanted.first:
        return
    until = None if last is None else last.isoformat()
    yield (
        begun.framework,
        begun.pdu,
        begun.region,
        begun.as_of,
        until,
        begun.status,
        begun.version,
        begun.id,
    )


def _where(query: sa.Select[Any], held: sa.Table, wanted: Wanted) -> sa.Select[Any]:
    if wanted.framework is not None:
        query = query.where(held.c.framework == wanted.framework)
    if wanted.pdus is not None:
        query = query.where(held.c.pdu.in_(wanted.pdus))
    if wanted.first is not None:
        query = query.where(held.c.as_of >= wanted.first.isoformat())
    if wanted.last is not None:
        query = query.where(held.c.as_of <= wanted.last.isoformat())
    if wanted.known is not None:
        query = query.where(held.c.seq <= wanted.known)
    return query


def _payload(body: bytes) -> Any:
    return orjson.loads(opened(body))


def _stream(connection: sa.Connection, query: sa.Select[Any]) -> Iterator[Any]:
    return iter(connection.execute(query, execution_options={"yield_per": BATCH}))


_KINDS = {
    "returns": _Kind(
        (
            *("seq", "recorded_at", "framework", "pdu", "as_of", "input", "member", "value"),
            *(*ANNOTATIONS, "replaced_by"),
        ),
        _returns,
    ),
    "decisions": _Kind(("seq", "recorded_at", *_DECIDED, "permitted", "measures"), _decisions),
    "statuses": _Kind(
        ("framework", "pdu", "region", "first", "last", "status", "version", "decision"), _statuses
    ),
    "changes": _Kind(("seq", "recorded_at", *_CHANGED), _changes),
    "records": _Kind(("seq", "kind", "recorded_at", "by", "body", "sha256", "hash"), _records),
}
KINDS = tuple(_KINDS)
"""What can be had: the figures, the decisions, the statuses over time, what changed, or the records themselves."""
