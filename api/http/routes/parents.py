"""Parents: regions, and the whole, whose status follows from those below them."""

from __future__ import annotations

import datetime
from functools import partial
from typing import Annotated, Any

import orjson
from fastapi import Path, Query, Request, Response

from api.http.answers import JSON, Tagged, tagged
from api.http.auth import needs
from api.http.models import decisions as models
from api.http.models.parents import ParentAnswer, ParentList
from api.http.models.status import Status
from api.http.moments import AsOf, KnownAt
from api.http.problems import not_found, wrong
from api.http.routes._asking import asking, day_of, service_of
from api.http.routes._asking import known_at as known_asked
from api.http.routing import refusals, router
from api.http.service import Service
from api.http.shorts import told
from api.http.threads import reading
from engine.active import DAY
from engine.canonical import canonical_bytes
from engine.deciding import Undecided
from engine.ledger.view import View
from engine.parents import Parent
from rules.problems import did_you_mean
from rules.said import said

routes = router("parents")
ParentId = Annotated[
    str,
    Path(
        description="A region as a parent, `region:` and its id, or `country:everyone`.",
        examples=["region:yorkshire-and-the-humber"],
    ),
]
_SAME = {"description": "What If-None-Match names is still the answer."}
_REFUSED = refusals("PF720", "PF730", "PF710", "PF900")
_LONGEST = 100


@routes.get(
    "/v1/parents",
    operation_id="parents",
    summary="What has a status of its own above the PDUs",
    response_class=Response,
    responses={**tagged(ParentList, "The parents, with their current status."), **refusals("PF710", "PF900")},
)
@needs("status.read")
async def parents(request: Request) -> Response:
    """Regions in the order of their ids, then the whole; none where no version says how they get a status."""
    service = service_of(request)

    def ask() -> Tagged:
        with asking(service, None, None) as view:
            rows = [_row(view, parent) for parent in view.policy.engine.parents.all.values()]
        return Tagged(orjson.dumps({"parents": rows}))

    return (await reading(ask)).to(request)


@routes.get(
    "/v1/parents/{parent}",
    operation_id="parent",
    summary="A region, or the whole",
    response_class=Response,
    responses={**tagged(ParentAnswer, "The parent, with those below it and its current status."), **_REFUSED},
)
@needs("status.read")
async def parent(parent: ParentId, request: Request) -> Response:
    """Those that it follows from today, and its current status."""
    service = service_of(request)

    def ask() -> Tagged:
        with asking(service, None, None) as view:
            return Tagged(orjson.dumps(_row(view, _parent(view, parent))))

    return (await reading(ask)).to(request)


@routes.get(
    "/v1/parents/{parent}/status",
    operation_id="parent_status",
    summary="The status of a region, or of the whole",
    response_class=Response,
    responses={**tagged(Status, "The status, since when, and the decision."), **_REFUSED},
)
@needs("status.read")
async def parent_status(
    parent: ParentId, request: Request, as_of: AsOf = None, known_at: KnownAt = None
) -> Response:
    """As that of a PDU: today, or as at a day (`as_of`) and as known at a moment (`known_at`)."""
    service = service_of(request)
    day, known = day_of(as_of, "as_of"), await known_asked(service, known_at)
    return (await reading(partial(_status, service, parent, day, known))).to(request)


@routes.get(
    "/v1/parents/{parent}/decision",
    operation_id="parent_decision",
    summary="The decision in force for a region, or for the whole, with its reasons",
    responses={
        200: {
            "description": "The decision document.",
            "content": {JSON: {"schema": models.DECISION}},
            "headers": {"ETag": {"schema": {"type": "string"}, "description": "Names these very bytes."}},
        },
        304: _SAME,
        **_REFUSED,
    },
)
@needs("status.read")
async def parent_decision(
    parent: ParentId, request: Request, as_of: AsOf = None, known_at: KnownAt = None
) -> Response:
    """The decision as at a day, as known at a moment."""
    service = service_of(request)
    day, known = day_of(as_of, "as_of"), await known_asked(service, known_at)

    def ask() -> Tagged:
        with asking(service, day, known) as view:
            found = view.decision(_parent(view, parent).pdu)
        if isinstance(found, Undecided):
            raise not_found(found.message)
        return Tagged(canonical_bytes({**found, "asked": {"as_of": as_of, "known_at": known}}))

    return (await reading(ask)).to(request)


@routes.get(
    "/v1/parents/{parent}/history",
    operation_id="parent_history",
    summary="The status of a region, or of the whole, over time",
    responses={200: {"model": models.History}, 304: _SAME, **refusals("PF720", "PF730", "PF710")},
)
@needs("status.read")
async def parent_history(
    parent: ParentId,
    request: Request,
    first: Annotated[
        str | None,
        Query(
            alias="from",
            description="The first day (default: 52 weeks before the last).",
            json_schema_extra={"format": "date"},
        ),
    ] = None,
    until: Annotated[
        str | None, Query(description="The last day (default: today).", json_schema_extra={"format": "date"})
    ] = None,
    known_at: KnownAt = None,
) -> Response:
    """Days in a row with one status, as far as they are decided."""
    service = service_of(request)
    begin, last = day_of(first, "from"), day_of(until, "until")
    known = await known_asked(service, known_at)

    def ask() -> Tagged:
        with asking(service, last, known) as view:
            start = begin if begin is not None else view.day - 364 * DAY
            if start > view.day:
                message = said("{first} is after {last}, the last day.", first=start, last=view.day)
                raise wrong("query", "from", message, said("Swap them."), "PF730")
            found = view.history(_parent(view, parent).pdu, start, view.day)
        days = {"first": start.isoformat(), "last": view.day.isoformat()}
        return Tagged(orjson.dumps({"pdu": parent, **days, "stretches": [one._asdict() for one in found]}))

    return (await reading(ask)).to(request)


def _status(service: Service, parent: str, day: datetime.date | None, known: str | None) -> Tagged:
    with asking(service, day, known) as view:
        found = _current(view, _parent(view, parent))
    if isinstance(found, Undecided):
        raise not_found(found.message)
    return Tagged(orjson.dumps(found))


def _parent(view: View, id_: str) -> Parent:
    """A parent by its id, or 404."""
    known = view.policy.engine.parents.all
    if id_ not in known:
        hint = did_you_mean(id_[:_LONGEST], known)
        raise not_found(
            said("Nothing called {name} has a status of its own. {hint}", name=id_[:_LONGEST], hint=hint)
        )
    return known[id_]


def _row(view: View, parent: Parent) -> dict[str, Any]:
    current = _current(view, parent)
    return {
        "parent": parent.pdu.id,
        "name": parent.pdu.name,
        "level": parent.level.level,
        "children": view.policy.engine.parents.children_on(parent, view.day),
        "current": None if isinstance(current, Undecided) else current,
    }


def _current(view: View, parent: Parent) -> dict[str, Any] | Undecided:
    """The short answer for a parent on the day of the view."""
    short = view.short(parent.pdu)
    if isinstance(short, Undecided):
        return short
    framework = view.policy.framework.id
    return told(short, parent.pdu, framework, view.day.isoformat(), view.known_at)
