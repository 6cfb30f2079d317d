"""Units that cannot be decided, since the engine finds a fault in itself: what stands in the ledger meanwhile.

What people tell of such a unit is recorded like any other: figures that were lost could never be made up for. But from
the first day that cannot be decided on, nothing that was decided before counts any more, and nothing is put in its
place. The next tick, and each write that is about the unit, tries again; what was missed is then decided from that
day on. All other units go on.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

import orjson
import sqlalchemy as sa

from engine.decision import Decision
from engine.ledger.records import UNDECIDED, Cause, Payload
from engine.ledger.store import tables
from engine.ledger.store.chain import unpacked
from rules.model import Pdu
from rules.problems import EngineError, Place, Problem


class Unsettled(NamedTuple):
    """A unit that cannot be decided from a day on. `cause` is what brought that about; the rest says what is wrong."""

    pdu: str
    first: datetime.date
    cause: Cause
    code: str
    message: str

    def problem(self) -> Problem:
        """As a problem of the engine."""
        message = f"{self.pdu} cannot be decided from {self.first} on. {self.message}"
        hint = "What was told of it is recorded. Keep the store as it is, and report this."
        return Problem(self.code, message, Place("engine", path=self.pdu), hint)


def unsettled_by(error: EngineError, pdu: str, least: datetime.date, cause: Cause) -> Unsettled:
    """What a fault means for a unit of which nothing before `least` was to be decided."""
    first = least if error.day is None else max(error.day, least)
    code, message = next(((one.code, one.message) for one in error.problems), ("PF900", ""))
    return Unsettled(pdu, first, cause, code, str(message))


def undecided_by(connection: sa.Connection, known: int) -> dict[str, Unsettled]:
    """The units that could not be decided once so many records were known, by their ids."""
    found: dict[str, Unsettled] = {}
    for row in connection.execute(_RECORDED, {"known": known}):
        told = orjson.loads(unpacked(row).body)
        pdu, first = told["pdu"], told["first"]
        if first is None:
            found.pop(pdu, None)
        else:
            day = datetime.date.fromisoformat(first)
            found[pdu] = Unsettled(pdu, day, told["cause"], told["code"], told["message"])
    return found


_RECORDED = (
    sa.select(tables.records)
    .where(tables.records.c.kind == UNDECIDED, tables.records.c.seq <= sa.bindparam("known"))
    .order_by(tables.records.c.seq)
)


def begun_payload(framework: str, unit: Pdu, fault: Unsettled, engine: str, held: Decision | None) -> Payload:
    """A unit cannot be decided from now on; `held` was in force for it on the first such day."""
    ended = {"to_status": None, "to_id": None}
    change = {"kinds": "undecided", "as_of": fault.first.isoformat(), **_of("from", held), **ended}
    return _payload(framework, unit, fault, engine) | {"first": fault.first.isoformat(), "change": change}


def ended_payload(framework: str, unit: Pdu, fault: Unsettled, engine: str, now: Decision | None) -> Payload:
    """A unit could be decided again; `now` is in force for it today."""
    change: dict[str, Any] | None = None
    if now is not None:
        day = max(fault.first.isoformat(), now["as_of"])
        change = {"kinds": "decided", "as_of": day, "from_status": None, "from_id": None, **_of("to", now)}
    return _payload(framework, unit, fault, engine) | {"first": None, "change": change}


def _payload(framework: str, unit: Pdu, fault: Unsettled, engine: str) -> dict[str, Any]:
    whose = {"framework": framework, "pdu": unit.id, "region": unit.region, "engine": engine}
    return {**whose, "cause": fault.cause, "code": fault.code, "message": fault.message}


def _of(side: str, decision: Mapping[str, Any] | None) -> dict[str, Any]:
    given = decision or {"status": None, "id": None}
    return {f"{side}_status": given["status"], f"{side}_id": given["id"]}
