"""Who had what recorded, newest first: what one person or program did at one moment is one deed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson
import sqlalchemy as sa

from engine.ledger.records import DOCUMENTS, TICK
from engine.ledger.store import tables
from engine.ledger.store.chain import unpacked


class Returns(NamedTuple):
    """Returns that were sent at once: how many, of how many units, one of those, and for which days."""

    size: int
    units: int
    unit: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody had recorded at one moment. `by` has their subject, role and client.

    `events` are declarations, suspensions and ends as they stand in the record, with their `kind`. `decisions` says
    how many followed. `time` is true where a new day began.
    """

    recorded_at: str
    by: Mapping[str, str | None]
    returns: Returns | None = None
    events: tuple[Mapping[str, Any], ...] = ()
    documents: bool = False
    time: bool = False
    decisions: int = 0


class Page(NamedTuple):
    """Some deeds, and the moment before which the next ones are, if there are any."""

    deeds: tuple[Deed, ...]
    before: str | None


@dataclass(frozen=True, slots=True)
class Within:
    """The units and regions that are looked at; what is for everyone is always among it."""

    units: Collection[str]
    regions: Collection[str]


def deeds(
    connection: sa.Connection, framework: str, *, before: str | None, size: int, within: Within | None = None
) -> Page:
    """The deeds of the last `size` moments before one, in which something was recorded.

    With `within`, only what is about those units and regions, and deeds that have nothing of it are left out.
    """
    records = tables.records.c
    moments = sa.select(records.recorded_at).distinct().order_by(records.recorded_at.desc()).limit(size + 1)
    if before is not None:
        moments = moments.where(records.recorded_at < before)
    found = list(connection.scalars(moments))
    if not found:
        return Page((), None)
    asked = _Asked(connection, framework, found[:size][-1], found[0], within)
    made = [deed for deed in asked.deeds() if deed.returns or deed.events or deed.documents or deed.time]
    return Page(tuple(made), found[size - 1] if len(found) > size else None)


class _Asked:
    """Questions about the records of some moments in a row."""

    def __init__(
        self, connection: sa.Connection, framework: str, first: str, last: str, within: Within | None
    ) -> None:
        self._connection, self._framework, self._within = connection, framework, within
        self._period = tables.records.c.recorded_at.between(first, last)

    def deeds(self) -> list[Deed]:
        """By moment and actor, newest first."""
        returns, events, decisions, others = (
            self._returns(),
            self._events(),
            self._decisions(),
            self._others(),
        )
        keys = sorted({*returns, *events, *decisions, *others}, reverse=True)
        return [
            Deed(
                key[0],
                orjson.loads(key[1]),
                returns.get(key),
                tuple(events.get(key, ())),
                DOCUMENTS in others.get(key, ()),
                TICK in others.get(key, ()),
                decisions.get(key, 0),
            )
            for key in keys
        ]

    def _returns(self) -> dict[tuple[str, str], Returns]:
        held = tables.returns.c
        told = (sa.func.count(), sa.func.count(held.pdu.distinct()), sa.func.min(held.pdu))
        query = self._of(tables.returns, *told, sa.func.min(held.as_of), sa.func.max(held.as_of))
        if self._within is not None:
            query = query.where(held.pdu.in_(self._within.units))
        rows = self._connection.execute(query.where(held.framework == self._framework))
        return {(row[0], row[1]): Returns(*row[2:]) for row in rows}

    def _decisions(self) -> dict[tuple[str, str], int]:
        held = tables.decisions.c
        query = self._of(tables.decisions, sa.func.count())
        if self._within is not None:
            query = query.where(held.pdu.in_(self._within.units))
        rows = self._connection.execute(query.where(held.framework == self._framework))
        return {(row[0], row[1]): row[2] for row in rows}

    def _events(self) -> dict[tuple[str, str], list[Mapping[str, Any]]]:
        held, records = tables.events.c, tables.records
        query = sa.select(records).join(tables.events, held.seq == records.c.seq)
        query = query.where(self._period, held.framework == self._framework).order_by(records.c.seq)
        if self._within is not None:
            own = held.pdu.in_(self._within.units) | held.region.in_(self._within.regions)
            query = query.where(own | (held.pdu.is_(None) & held.region.is_(None)))
        found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
        for record in map(unpacked, self._connection.execute(query)):
            told = {**orjson.loads(record.body), "kind": record.kind}
            found.setdefault((record.recorded_at, record.by), []).append(told)
        return found

    def _others(self) -> dict[tuple[str, str], set[str]]:
        records = tables.records.c
        query = sa.select(records.recorded_at, records.by, records.kind)
        query = query.where(self._period, records.kind.in_((DOCUMENTS, TICK)))
        found: dict[tuple[str, str], set[str]] = {}
        for moment, by, kind in self._connection.execute(query):
            found.setdefault((moment, by), set()).add(kind)
        return found

    def _of(self, table: sa.Table, *told: sa.ColumnElement[Any]) -> sa.Select[Any]:
        """A question about an index, by moment and actor."""
        records = tables.records.c
        query = sa.select(records.recorded_at, records.by, *told)
        query = query.join(tables.records, table.c.seq == records.seq)
        return query.where(self._period).group_by(records.recorded_at, records.by)
