"""Is a ledger what was recorded? Reads it from the first record to the last, in memory that does not grow with it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

import orjson
import sqlalchemy as sa

from engine.ledger.records import DOCUMENTS, index_rows
from engine.ledger.store import tables
from engine.ledger.store.chain import Record, link, sha256, unpacked
from rules.problems import Place, Problem

IndexRows: TypeAlias = Callable[[int, str, Mapping[str, Any]], Iterable[tuple[sa.Table, Mapping[str, Any]]]]
Progress: TypeAlias = Callable[[int, int], object]
"""Told how many records are read, and how many there are."""
BATCH = 500
_UNFIT = (KeyError, TypeError, AttributeError, ValueError, IndexError)


class Broken(NamedTuple):
    """The first record that is not as it was recorded, and what is wrong with it. Number 0: a text of no record."""

    seq: int
    kind: str
    what: str

    def problem(self, shown: str) -> Problem:
        """As a problem of the store."""
        whose = f"Record {self.seq} ({self.kind})" if self.seq else "The ledger"
        hint = (
            "Somebody or something has changed the store from outside. Take the newest backup that is whole."
        )
        return Problem("PF705", f"{whose} is not as it was recorded: {self.what}.", Place(shown), hint)


def verify(
    connection: sa.Connection,
    progress: Progress | None = None,
    rows: IndexRows = index_rows,
    *,
    after: int = 0,
) -> Broken | None:
    """The first broken record, or None where the whole ledger is as it was recorded.

    Looks at the numbers (none missing), each body's hash, each link of the chain, the texts of documents, and the
    indexes, which are made again from each record and compared. A chain cannot tell that its newest records
    were cut off: for that, keep `head_of` elsewhere and compare. Records up to `after` are believed.
    """
    texts = _Texts(connection)
    indexes = [_Index(connection, table, after) for table in tables.INDEXES]
    total = head_of(connection)[0]
    previous = _believed(connection, after)
    query = sa.select(tables.records).where(tables.records.c.seq > after).order_by(tables.records.c.seq)
    for row in _stream(connection, query):
        expected = 1 if previous is None else previous.seq + 1
        if row[0] != expected:
            return Broken(expected, "missing", f"it is gone; the next one there is {row[0]}")
        try:
            record = unpacked(row)
        except (zlib.error, TypeError):  # SQLite takes text where bytes are due
            return Broken(row[0], row[1], "its body cannot be unpacked")
        what = _linked(record, previous) or _said(record, texts, indexes, rows)
        if what:
            return Broken(record.seq, record.kind, what)
        previous = record
        if progress is not None and record.seq % BATCH == 0:
            progress(record.seq, total)
    for index in indexes:
        if (left := index.left()) is not None:
            return Broken(
                left, "missing", f"the index {index.table.name} has a row of it, and there is no such record"
            )
    if texts.spoilt:
        return Broken(0, "texts", f"the text {min(texts.spoilt)} is another")
    if progress is not None:
        progress(total, total)
    return None


def head_of(connection: sa.Connection) -> tuple[int, str | None]:
    """The number and the hash of the newest record: with it, all before are known to be there."""
    query = sa.select(tables.records.c.seq, tables.records.c.hash)
    found = connection.execute(query.order_by(tables.records.c.seq.desc()).limit(1)).first()
    return (0, None) if found is None else (found.seq, found.hash)


def _believed(connection: sa.Connection, seq: int) -> Record | None:
    found = connection.execute(sa.select(tables.records).where(tables.records.c.seq == seq)).first()
    return None if found is None else unpacked(found)


def _linked(record: Record, previous: Record | None) -> str:
    """What is wrong with a record's own hashes and moment."""
    if sha256(record.body) != record.sha256:
        return "its body is another"
    before = None if previous is None else previous.hash
    if link(*record[:4], record.sha256, before) != record.hash:
        return "its hash does not follow from it and the record before"
    if previous is not None and record.recorded_at < previous.recorded_at:
        return "its moment is before that of the record before"
    return ""


def _said(record: Record, texts: _Texts, indexes: list[_Index], rows: IndexRows) -> str:
    """What is wrong with what stands elsewhere because of a record."""
    expected: dict[str, list[Mapping[str, Any]]] = {}
    try:
        payload = orjson.loads(record.body)
        for table, row in rows(record.seq, record.kind, payload):
            expected.setdefault(table.name, []).append(row)
        if record.kind == DOCUMENTS and (what := texts.lacking(payload["documents"])):
            return what
    except _UNFIT:
        return f"its body is not that of a record of the kind {record.kind}"
    for index in indexes:
        if what := index.differs(record.seq, expected.get(index.table.name, [])):
            return what
    return ""


class _Texts:
    """The hashes of the texts that are there and whole, and of those that are not."""

    def __init__(self, connection: sa.Connection) -> None:
        self.whole: set[str] = set()
        self.spoilt: set[str] = set()
        for held, text in _stream(connection, sa.select(tables.texts)):
            whole = isinstance(text, bytes) and sha256(text) == held
            (self.whole if whole else self.spoilt).add(held)

    def lacking(self, documents: Mapping[str, str]) -> str:
        for path, held in documents.items():
            if held not in self.whole:
                return f"the text of {path} is {'another' if held in self.spoilt else 'gone'}"
        return ""


class _Index:
    """An index table, read along with the records."""

    def __init__(self, connection: sa.Connection, table: sa.Table, after: int) -> None:
        self.table = table
        self._names = table.columns.keys()
        # Rows of no record at all, before the first, are to be found too.
        query = sa.select(table).where(table.c.seq > after) if after else sa.select(table)
        self._rows = iter(_stream(connection, query.order_by(table.c.seq)))
        self._next = next(self._rows, None)

    def differs(self, seq: int, expected: list[Mapping[str, Any]]) -> str:
        """How the rows for this record differ from those that it should have."""
        for row in expected:
            found = self._next
            if found is None or found.seq != seq:
                return f"it has no row in the index {self.table.name}"
            for name, value in zip(self._names, found, strict=True):
                if value != row.get(name):
                    return f"{name} is {row.get(name)!r}, and the index {self.table.name} has {value!r}"
            self._next = next(self._rows, None)
        if self._next is not None and self._next.seq <= seq:
            return f"the index {self.table.name} has a row of it that it does not give"
        return ""

    def left(self) -> int | None:
        """The record that the first row not yet read is of."""
        return None if self._next is None else int(self._next.seq)


def _stream(connection: sa.Connection, query: sa.Select[Any]) -> Iterator[Any]:
    return iter(connection.execute(query, execution_options={"yield_per": BATCH}))
