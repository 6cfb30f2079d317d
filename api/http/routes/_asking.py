"""What the reading routes share: finding units and regions by their ids, and moments that are over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from fastapi import Request
from pydantic import WithJsonSchema

from api.http.models.fields import FIRST_DAY
from api.http.moments import day_asked, in_future, moment_asked
from api.http.problems import Refusal, not_found, wrong
from engine.ledger.store import moment
from engine.ledger.view import View
from rules.model import Pdu
from rules.model._fields import LAST_DAY
from rules.problems import StoreError, did_you_mean
from rules.said import said

if TYPE_CHECKING:
    import datetime

    from api.http.service import Service
    from api.http.snapshot import Snapshot

Kind = Literal["PDU", "region", "status", "column", "order"]
"""What a list can be limited or ordered by."""
TEXT = WithJsonSchema({"type": "string"})
"""A parameter that may be left out, but is never null: a query has no such thing."""


def service_of(request: Request) -> Service:
    """What is served."""
    service: Service = request.app.state.service
    return service


def day_of(text: str | None, name: str) -> datetime.date | None:
    """A day of the query that can be decided for. Refuses any other (PF730)."""
    day = day_asked(text, name)
    if day is not None and not FIRST_DAY <= day <= LAST_DAY:
        message = said("{name} is a day from {first} to {last}.", name=name, first=FIRST_DAY, last=LAST_DAY)
        raise wrong("query", name, message, code="PF730")
    return day


async def known_at(service: Service, text: str | None) -> str | None:
    """The moment of a query as records have it. Refuses (PF730) one that is not over yet.

    Records may lie a little ahead of this machine's clock; what is recorded can be asked for all the same.
    """
    asked = moment_asked(text)
    if (
        asked is not None
        and asked > moment(service.clock())
        and asked > (await service.snapshots.current()).recorded_at
    ):
        raise in_future("known_at")
    return asked


@contextmanager
def asking(service: Service, day: datetime.date | None, known: str | None) -> Iterator[View]:
    """The ledger as at a day, as known at a moment. A moment before all documents is told as 404 (PF720)."""
    try:
        with service.ledger.view(day, known) as view:
            yield view
    except StoreError as error:
        if known is not None and [problem.code for problem in error.problems] == ["PF710"]:
            raise not_found(said("Nothing was recorded by {moment}.", moment=known)) from None
        raise


def unit_of(register: Callable[[str], Pdu | None], ids: Collection[str], pdu: str) -> Pdu:
    """The unit of an id, or 404."""
    unit = register(pdu)
    if unit is None:
        raise no_unit(pdu, ids)
    return unit


def no_unit(pdu: str, ids: Collection[str]) -> Refusal:
    """404 for an id that no unit has."""
    hint = did_you_mean(pdu[:_LONGEST], ids)
    # Translators: {hint} is a sentence, such as "Did you mean york?"
    return not_found(said("There is no PDU {pdu}. {hint}", pdu=_shown(pdu), hint=hint))


def missing(snapshot: Snapshot, pdu: str) -> Exception:
    """Why a unit has no answer today."""
    if pdu in snapshot.faults:
        return snapshot.faults[pdu]
    if pdu in snapshot.undecided:
        return not_found(snapshot.undecided[pdu].message)
    unit = snapshot.register.get(pdu)
    if unit is None:
        return no_unit(pdu, snapshot.register)
    return not_found(said("{pdu} does not exist on {day}.", pdu=unit.name, day=snapshot.as_of))


def check_among(name: str, given: str | None, known: Iterable[str], kind: Kind) -> None:
    """Refuse (PF724) a filter by something that there is not: it would find nothing, and not say why."""
    known = tuple(known)
    if given is not None and given not in known:
        hint = did_you_mean(given[:_LONGEST], known)
        raise wrong("query", name, _NONE[kind](_shown(given)), hint)


_LONGEST = 100
_NONE: Mapping[Kind, Callable[[str], str]] = {
    "PDU": lambda name: said("There is no PDU {name}.", name=name),
    "region": lambda name: said("There is no region {name}.", name=name),
    "status": lambda name: said("There is no status {name}.", name=name),
    "column": lambda name: said("There is no column {name}.", name=name),
    "order": lambda name: said("There is no order {name}.", name=name),
}


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
