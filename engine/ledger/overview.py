"""The short answers of many units at once: what is recorded in one query, and the rest decided and kept in mind."""

from __future__ import annotations

import datetime
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import orjson
import sqlalchemy as sa

from engine.deciding import Undecided
from engine.ledger.shorts import Short, short_of
from engine.ledger.store import tables
from engine.ledger.view import View
from rules.model import Pdu
from rules.problems import EngineError

MAX_KEPT = 4096
"""So many answers that had to be decided are kept, so that the same question is not decided twice."""
_Key = tuple[str, str, datetime.date, int]


class Overview:
    """Short answers. Keeps those that no record tells, by what they depend on. Safe for many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[_Key, Short | Undecided] = OrderedDict()

    def shorts(
        self, view: View, units: Iterable[Pdu], faults: dict[str, EngineError] | None = None
    ) -> dict[str, Short | Undecided]:
        """The short answer of each unit on the day of the view, by the unit's id.

        Raises EngineError, unless there are `faults`: these take it, and the others have their answers.
        """
        units = list(units)
        found: dict[str, Short | Undecided] = dict(self._recorded(view, units))
        left = [unit for unit in units if unit.id not in found]
        marks = marks_of(view, left) if left else {}
        for unit in left:
            try:
                found[unit.id] = self._decided(view, unit, marks[unit.id])
            except EngineError as error:
                if faults is None:
                    raise
                faults[unit.id] = error
        return found

    def short(self, view: View, unit: Pdu) -> Short | Undecided:
        """The short answer of one unit. Raises EngineError."""
        found = view.recorded(unit)
        return self._decided(view, unit, marks_of(view, [unit])[unit.id]) if found is None else found

    def _recorded(self, view: View, units: Sequence[Pdu]) -> dict[str, Short]:
        """What is recorded, where the day is settled and the unit exists."""
        framework, day = view.policy.framework, view.day
        if view.settled is None or day > view.settled or framework.in_force(day) is None:
            return {}
        undecided = {id_ for id_, fault in view.undecided.items() if day >= fault.first}
        there = [unit.id for unit in units if unit.id not in undecided and unit.exists_on(day)]
        return newest_of(view.connection, framework.id, there, day, view.known) if there else {}

    def _decided(self, view: View, unit: Pdu, mark: int) -> Short | Undecided:
        """What must be decided for the question. The documents, the day and the facts make the answer."""
        key = (view.policy.sha256, unit.id, view.day, mark)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
        made = view.short(unit)
        if isinstance(made, Undecided) or not made.recorded:
            with self._lock:
                self._kept[key] = made
                while len(self._kept) > MAX_KEPT:
                    self._kept.popitem(last=False)
        return made


def newest_of(
    connection: sa.Connection, framework: str, pdus: Sequence[str], day: datetime.date, known: int
) -> dict[str, Short]:
    """For each unit the decision in force on a day, as known once so many records were, if there was one."""
    told = {
        "framework": framework,
        "day": day.isoformat(),
        "known": known,
        "pdus": orjson.dumps(list(pdus)).decode(),
    }
    rows = connection.execute(_NEWEST[connection.dialect.name], told)
    return {row.pdu: short_of(row) for row in rows}


def _newest(each: sa.TableValuedAlias) -> sa.Select[Any]:
    """One look into the index for each unit, however many decisions there are."""
    decisions = tables.decisions
    own = decisions.alias("own")
    seq = (
        sa.select(own.c.seq)
        .where(
            own.c.framework == sa.bindparam("framework"),
            own.c.pdu == each.c.value,
            own.c.as_of <= sa.bindparam("day"),
            own.c.seq <= sa.bindparam("known"),
        )
        .order_by(own.c.as_of.desc(), own.c.seq.desc())
        .limit(1)
        .correlate(each)
        .scalar_subquery()
    )
    return sa.select(decisions).where(decisions.c.seq.in_(sa.select(seq).select_from(each)))


def _latest(each: sa.TableValuedAlias) -> sa.Select[Any]:
    """The day of each unit's newest return, as quickly."""
    returns = tables.returns
    day = (
        sa.select(sa.func.max(returns.c.as_of))
        .where(
            returns.c.framework == sa.bindparam("framework"),
            returns.c.pdu == each.c.value,
            returns.c.as_of <= sa.bindparam("day"),
        )
        .correlate(each)
        .scalar_subquery()
    )
    return sa.select(each.c.value, day).select_from(each)


_LIST = sa.bindparam("pdus", type_=sa.Text())
_EACH = {
    "sqlite": sa.func.json_each(_LIST).table_valued("value"),
    "postgresql": sa.func.json_array_elements_text(sa.cast(_LIST, sa.JSON)).table_valued("value"),
}
"""A list of units is given as JSON, which each database takes apart in its own way."""
_NEWEST = {name: _newest(each) for name, each in _EACH.items()}
_LATEST = {name: _latest(each) for name, each in _EACH.items()}


class Newest(NamedTuple):
    """The newest record: its number, its hash and its moment."""

    seq: int
    hash: str
    recorded_at: str


def newest_record(connection: sa.Connection) -> Newest:
    """The newest record; number 0 where there is none."""
    records = tables.records
    row = connection.execute(
        sa.select(records.c.seq, records.c.hash, records.c.recorded_at)
        .order_by(records.c.seq.desc())
        .limit(1)
    ).first()
    return Newest(0, "", "") if row is None else Newest(row.seq, row.hash, row.recorded_at)


def hash_at(connection: sa.Connection, seq: int) -> str | None:
    """The hash of a record, which tells one ledger's from another's."""
    records = tables.records
    found: str | None = connection.execute(sa.select(records.c.hash).where(records.c.seq == seq)).scalar()
    return found


def stale_units(view: View) -> int:
    """How many units of the day have no return that is fresh on it; none where no version is in force."""
    policy = view.policy.framework.in_force(view.day)
    if policy is None:
        return 0
    units = view.units()
    told = {
        "framework": view.policy.framework.id,
        "day": view.day.isoformat(),
        "pdus": orjson.dumps([unit.id for unit in units]).decode(),
    }
    rows = view.connection.execute(_LATEST[view.connection.dialect.name], told)
    newest = {pdu: datetime.date.fromisoformat(day) for pdu, day in rows if day is not None}
    fresh = datetime.timedelta(policy.version.returns.stale_after)
    return sum(unit.id not in newest or view.day - newest[unit.id] > fresh for unit in units)


def marks_of(view: View, units: Sequence[Pdu]) -> dict[str, int]:
    """The newest fact that bears on each unit, by its number, by the unit's id; 0 where nothing is known of it."""
    framework, returns, events = view.policy.framework.id, tables.returns, tables.events
    ids = [unit.id for unit in units]
    own = view.connection.execute(
        sa.select(returns.c.pdu, sa.func.max(returns.c.seq))
        .where(returns.c.framework == framework, returns.c.seq <= view.known, returns.c.pdu.in_(ids))
        .group_by(returns.c.pdu)
    )
    newest: Mapping[str, int] = {row[0]: row[1] for row in own}
    people = view.connection.execute(
        sa.select(events.c.pdu, events.c.region, sa.func.max(events.c.seq))
        .where(events.c.framework == framework, events.c.seq <= view.known)
        .group_by(events.c.pdu, events.c.region)
    ).all()
    found = {}
    for unit in units:
        told = [
            row[2]
            for row in people
            if row[0] == unit.id or (row[0] is None and row[1] in (None, unit.region))
        ]
        found[unit.id] = max(newest.get(unit.id, 0), *told, 0)
    return found
