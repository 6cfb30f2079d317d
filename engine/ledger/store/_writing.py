"""One write transaction: what is appended is collected, and written in bulk."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, TypeAlias

import sqlalchemy as sa

from engine.canonical import canonical_bytes
from engine.ledger.store import tables
from engine.ledger.store.chain import Record, link, packed, sha256
from rules.problems import Place, Problem, StoreError

Actor: TypeAlias = Mapping[str, str | None]
"""Who records: `subject`, `role`, `client`."""
_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"
_BEHIND = datetime.timedelta(seconds=2)
_LEAST = datetime.timedelta(microseconds=1)


def utc_now() -> datetime.datetime:
    """The machine's clock."""
    return datetime.datetime.now(datetime.UTC)


def moment(when: datetime.datetime) -> str:
    """A moment as records bear it: UTC, of one width, so that their texts order as they do."""
    return when.astimezone(datetime.UTC).strftime(_MOMENT)


class Writing:
    """What is written in one transaction. All its records bear one moment, later than every record before."""

    def __init__(
        self, connection: sa.Connection, clock: Callable[[], datetime.datetime], shown: str = "store"
    ) -> None:
        self.connection = connection
        self.head: int
        """The newest record's number, those appended here included."""
        query = "SELECT seq, recorded_at, hash FROM records ORDER BY seq DESC LIMIT 1"
        last = connection.exec_driver_sql(query).one_or_none()
        self._hash: str | None
        self.head, self._hash = (0, None) if last is None else (last[0], last[2])
        self.recorded_at = moment(_after(None if last is None else last[1], clock(), shown))
        self._rows: dict[sa.Table, list[tuple[Any, ...]]] = {tables.records: []}
        self._appended = False

    @property
    def newest(self) -> tuple[int, str] | None:
        """The number and the hash of the newest record appended here."""
        return (self.head, self._hash) if self._appended and self._hash is not None else None

    def append(self, kind: str, body: Mapping[str, Any] | bytes, by: Actor) -> Record:
        """One record more: its body as values, or as canonical JSON."""
        written = body if isinstance(body, bytes) else canonical_bytes(body)
        actor = canonical_bytes(by).decode("utf-8")
        digest = sha256(written)
        seq = self.head + 1
        chained = link(seq, kind, self.recorded_at, actor, digest, self._hash)
        row = (seq, kind, self.recorded_at, actor, packed(written), digest, chained)
        self._rows[tables.records].append(row)
        self.head, self._hash, self._appended = seq, chained, True
        return Record(seq, kind, self.recorded_at, actor, written, digest, chained)

    def insert(self, table: sa.Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Rows of an index; a column that a row leaves out is null. A text that is there already stays."""
        names = table.columns.keys()
        known = frozenset(names)
        held = self._rows.setdefault(table, [])
        for row in rows:
            if not known.issuperset(row):
                raise KeyError(f"{table.name} has no column {sorted(set(row) - known)[0]}")
            held.append(tuple([row.get(name) for name in names]))

    def flush(self) -> None:
        """Write what is collected, so that `connection` sees it; records first, as the others point to them."""
        for table, rows in self._rows.items():
            if rows:
                self.connection.exec_driver_sql(_statement(table, self.connection.dialect.name), rows)
                rows.clear()


@cache
def _statement(table: sa.Table, dialect: str) -> str:
    """An insertion for the driver itself: SQLAlchemy's own takes longer to prepare the rows than to write them."""
    names = table.columns.keys()
    mark = "?" if dialect == "sqlite" else "%s"
    columns = ", ".join(f'"{name}"' for name in names)
    end = " ON CONFLICT (sha256) DO NOTHING" if table is tables.texts else ""
    return f"INSERT INTO {table.name} ({columns}) VALUES ({', '.join(mark for _ in names)}){end}"


def _after(last: str | None, now: datetime.datetime, shown: str) -> datetime.datetime:
    """The moment of a transaction: now, but later than the newest record's; PF704 where the clock is far behind."""
    if last is None:
        return now
    try:
        newest = datetime.datetime.strptime(last, _MOMENT).replace(tzinfo=datetime.UTC)
    except ValueError:
        message = f"The newest record's moment, {last!r}, is none: the ledger has been changed from outside."
        raise StoreError([Problem("PF705", message, Place(shown), "Run `prioritise replay`.")]) from None
    if now < newest - _BEHIND:
        message = f"The clock of this machine says {moment(now)}, and the newest record is of {last}."
        hint = "Nothing was recorded. Set the clock right, then try again."
        raise StoreError([Problem("PF704", message, Place(shown), hint)])
    return max(now, newest + _LEAST)
