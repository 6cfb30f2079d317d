"""Declarations and suspensions: recorded, ended and listed alike, so the two have one home."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import orjson

from api.http.auth import Person, acting
from api.http.cursors import cursor
from api.http.models.events import DeclarationAsked, EndAsked, SuspensionAsked
from api.http.models.fields import DAY_SCHEMA
from api.http.moments import day_asked
from api.http.once import Kept, Once, keep
from api.http.problems import Refusal, not_found, pointer, wrong
from api.http.routes._pages import seq_of
from api.http.routes._recording import record, told
from api.http.service import Service
from api.http.strict_json import read_model
from engine.active import DAY
from engine.ledger.asking import Told, events_of
from engine.ledger.documents import Policy
from engine.ledger.ledger import Ledger
from engine.ledger.recording import Act
from engine.ledger.records import Actor, declaration_of, suspension_of
from engine.ledger.view import View
from rules.check.events import check_events, check_scopes
from rules.model import Declaration, Events, Suspension
from rules.problems import Place, Problem, ReturnsError
from rules.said import said
from rules.text import Path_

Kind = Literal["declaration", "suspension"]
Event = Declaration | Suspension
_MAY_NAME_OTHERS = frozenset({"hq", "operator"})
_CHUNK = 200
DAY_QUERY: dict[str, Any] = {"format": DAY_SCHEMA["format"]}


class _Begun(NamedTuple):
    """A declaration or suspension that was found fit."""

    event: Event


class _Ended(NamedTuple):
    """An end that was found fit so far: of what, and what was asked."""

    event: Event
    last: datetime.date | None
    reason: str


def begin(service: Service, person: Person, once: Once | None, kind: Kind, body: bytes) -> Kept:
    """Record a declaration or a suspension, and decide what follows."""

    def prepare(view: View) -> tuple[Actor, _Begun]:
        return _judged(view.policy, person, kind, body)

    def write(act: Act, given: _Begun) -> Kept:
        event = given.event
        receipt = act.declare(event) if isinstance(event, Declaration) else act.suspend(event)
        return keep(act, once, 201, _answer(act, kind, receipt.events[-1], event))

    return record(service, once, prepare, write)


def check(service: Service, person: Person, kind: Kind, body: bytes) -> Event:
    """What `begin` would record, and records nothing. Raises Refusal, ReturnsError."""
    with service.ledger.view() as view:
        return _judged(view.policy, person, kind, body)[1].event


def end(service: Service, person: Person, once: Once | None, kind: Kind, id_: str, body: bytes) -> Kept:
    """Give a declaration or a suspension an earlier last day, and decide what follows."""

    def prepare(view: View) -> tuple[Actor, _Ended]:
        asked = read_model(EndAsked, body)
        begun = _found(view, kind, id_)
        event = event_of(begun)
        unit = view.policy.pdus.get(event.pdu or "")
        region = event.region if unit is None else unit.region
        role = acting(person, f"{kind}s.end", pdu=event.pdu, region=region)
        return person.actor(role), _Ended(event, asked.last_day, asked.reason)

    def write(act: Act, given: _Ended) -> Kept:
        last = given.last if given.last is not None else act.today - DAY
        act.end(act.event(id_), last, given.reason)
        return keep(act, once, 200, _answer(act, kind, id_, given.event))

    return record(service, once, prepare, write)


def page(
    ledger: Ledger,
    kind: Kind,
    after: str | None,
    limit: int,
    pdu: str | None,
    region: str | None,
    in_force_on: str | None,
) -> bytes:
    """Those that bear on a PDU or a region, or are in force on a day, in the order of records."""
    day = day_asked(in_force_on, "in_force_on")
    start = seq_of(f"{kind}s", after)
    with ledger.view() as view:
        asked = _Asked.of(view.policy, pdu, region, day)
        found = []
        for one in _each(view, kind, start):
            if asked.fits(one, view.policy):
                found.append(one)
                if len(found) > limit:
                    break
    more = len(found) > limit
    shown = found[:limit]
    following = cursor(f"{kind}s", str(shown[-1].seq)) if more else None
    return orjson.dumps({f"{kind}s": [facts(one) for one in shown], "next": following})


def standing(view: View, pdu: str | None = None, region: str | None = None) -> list[dict[str, Any]]:
    """The declarations and suspensions that are in force on the view's day or later, as they are told; newest first.

    With a PDU or a region, those that bear on it.
    """
    asked = _Asked.of(view.policy, pdu, region, None)
    found = []
    kinds: tuple[Kind, ...] = ("declaration", "suspension")
    for kind in kinds:
        for begun in _each(view, kind, 0):
            until, back = _stands(begun)
            if not back and (until is None or until >= view.day) and asked.fits(begun, view.policy):
                found.append(facts(begun))
    return sorted(found, key=lambda one: str(one["recorded_at"]), reverse=True)


def one(ledger: Ledger, kind: Kind, id_: str) -> bytes:
    """One of them as it stands."""
    with ledger.view() as view:
        return orjson.dumps(facts(_found(view, kind, id_)))


def facts(begun: Told) -> dict[str, Any]:
    """A declaration or suspension as it is told. Who recorded it is not: a role is told, never a person."""
    recorded = {key: value for key, value in begun.facts.items() if key != "framework"}
    ended = begun.end
    until, back = _stands(begun)
    return {
        "kind": begun.kind,
        **recorded,
        "recorded_at": begun.recorded_at,
        "ended": None
        if ended is None
        else {key: ended[key] for key in ("last_day", "reason", "recorded_at")},
        "in_force_until": None if until is None or back else until.isoformat(),
        "taken_back": back,
    }


def event_of(begun: Told) -> Event:
    """What was recorded at first."""
    return declaration_of(begun.facts) if begun.kind == "declaration" else suspension_of(begun.facts)


def _answer(act: Act, kind: Kind, id_: str, event: Event) -> bytes:
    """What stands now, and what is in force by it."""
    policy = act.policy
    whom = [
        unit.id for unit in policy.pdus.values() if _bears_on(event.pdu, event.region, unit.id, unit.region)
    ]
    answer = told(act, act.receipt(), whom)
    return orjson.dumps({kind: facts(act.event(id_)), **answer})


def _judged(policy: Policy, person: Person, kind: Kind, body: bytes) -> tuple[Actor, _Begun]:
    """What was sent, if it is fit and its sender may have it recorded. Raises Refusal, ReturnsError."""
    model: type[DeclarationAsked | SuspensionAsked]
    model = DeclarationAsked if kind == "declaration" else SuspensionAsked
    asked = read_model(model, body)

    def events(by: str) -> tuple[Event, Events]:
        given = {**asked.model_dump(by_alias=True), "by": by}
        if kind == "declaration":
            declaration = Declaration.model_validate(given)
            return declaration, Events(declarations=[declaration])
        suspension = Suspension.model_validate(given)
        return suspension, Events(suspensions=[suspension])

    beside = [*check_scopes(events("hq")[1], policy.library.organisation, _places)]
    if beside:
        raise ReturnsError(beside)
    unit = policy.pdus.get(asked.pdu or "")
    region = asked.region if unit is None else unit.region
    role = acting(person, f"{kind}s.write", pdu=asked.pdu, region=region)
    by = asked.by if asked.by is not None else role
    if by != role and person.roles.isdisjoint(_MAY_NAME_OTHERS):
        message = said("You act as {role}, and cannot record what another role has decided.", role=role)
        raise Refusal(
            "PF522", message, [Problem("PF522", message, Place("body", path="/by"), said("Leave it out."))]
        )
    event, alone = events(by)
    problems = [*check_events(alone, [one.version for one in policy.framework.policies], _places)]
    if problems:
        raise ReturnsError(problems)
    return person.actor(role), _Begun(event)


def _places(path: Path_) -> Place:
    """Where a value stands in a body that is one event: its JSON pointer, without the list it was put in."""
    return Place("body", path=pointer(path[2:]))


def _found(view: View, kind: Kind, id_: str) -> Told:
    found = events_of(view.connection, view.policy.framework.id, id_=id_) if id_.isprintable() else []
    if not found or found[0].kind != kind:
        if kind == "declaration":
            raise Refusal("PF708", said("There is no declaration {id}.", id=id_[:60]))
        raise Refusal("PF708", said("There is no suspension {id}.", id=id_[:60]))
    return found[0]


def _stands(begun: Told) -> tuple[datetime.date | None, bool]:
    """The last day as it stands now, and whether it was taken back."""
    until = begun.facts["until"] if begun.end is None else begun.end["last_day"]
    back = begun.end is not None and until < begun.facts["from"]
    return None if until is None else datetime.date.fromisoformat(until), back


def _bears_on(pdu: str | None, region: str | None, unit: str, unit_region: str) -> bool:
    """Whether what is for a PDU, a region or everyone applies to a unit."""
    return pdu == unit if pdu is not None else region in (None, unit_region)


class _Asked(NamedTuple):
    """Which ones are asked for."""

    pdu: str | None
    pdu_region: str
    region: str | None
    day: datetime.date | None

    @classmethod
    def of(cls, policy: Policy, pdu: str | None, region: str | None, day: datetime.date | None) -> _Asked:
        """Refuses what the register does not have."""
        if pdu is not None and pdu not in policy.pdus:
            raise not_found(said("There is no PDU {name}.", name=pdu[:80]))
        if region is not None and region not in {each.id for each in policy.library.organisation.regions}:
            raise wrong("query", "region", said("There is no region {name}.", name=repr(region[:80])))
        return cls(pdu, "" if pdu is None else policy.pdus[pdu].region, region, day)

    def fits(self, begun: Told, policy: Policy) -> bool:
        """Whether one is asked for."""
        own, its_region = begun.facts["pdu"], begun.facts["region"]
        if self.pdu is not None and not _bears_on(own, its_region, self.pdu, self.pdu_region):
            return False
        if self.region is not None:
            unit = policy.pdus.get(own or "")
            where = its_region if unit is None else unit.region
            if where not in (None, self.region) or (own is not None and unit is None):
                return False
        if self.day is None:
            return True
        until, back = _stands(begun)
        first = datetime.date.fromisoformat(begun.facts["from"])
        return not back and first <= self.day and (until is None or self.day <= until)


def _each(view: View, kind: Kind, after: int) -> Iterator[Told]:
    while chunk := events_of(view.connection, view.policy.framework.id, after=after, limit=_CHUNK):
        yield from (one for one in chunk if one.kind == kind)
        after = chunk[-1].seq
