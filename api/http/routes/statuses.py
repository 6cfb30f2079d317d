"""The short answer: of one unit, and of all of them."""

from __future__ import annotations

import datetime
from functools import partial
from typing import Annotated

import orjson
from fastapi import Query, Request, Response

from api.http.answers import CSV, NDJSON, Tagged, form_asked, tagged
from api.http.auth import needs
from api.http.models.status import Status, Statuses
from api.http.moments import AsOf, KnownAt, day_asked
from api.http.problems import not_found
from api.http.quick import quick, quick_router
from api.http.routes._asking import TEXT, asking, check_among, known_at, missing, no_unit, service_of
from api.http.routing import refusals
from api.http.service import Service
from api.http.shorts import FORMS, told, written
from api.http.snapshot import changes_cursor
from engine.deciding import Undecided
from engine.ledger.overview import hash_at, newest_record

routes = quick_router("statuses")


async def _ready_status(request: Request) -> Response:
    snapshot = await service_of(request).snapshots.current()
    pdu = request.path_params["pdu"]
    found = snapshot.current.get(pdu)
    if found is None:
        raise missing(snapshot, pdu)
    return found.answer.to(request)


async def _ready_statuses(request: Request) -> Response:
    form = form_asked(request, FORMS)
    snapshot = await service_of(request).snapshots.current()
    return snapshot.table(form, None).to(request)


@routes.get(
    "/v1/pdus/{pdu}/status",
    operation_id="pdu_status",
    summary="The status of a PDU",
    response_class=Response,
    responses={**tagged(Status, "The status, since when, and the decision."), **refusals("PF720", "PF730")},
)
@quick(_ready_status, keeps=True)
@needs("status.read")
async def pdu_status(pdu: str, request: Request, as_of: AsOf = None, known_at: KnownAt = None) -> Response:
    """The status today, or as at a day (`as_of`) and as known at a moment (`known_at`).

    A later day is decided from what is known now. A PDU without a decision on the day is a 404: it does not exist
    then, or no version is in force. The answer has an ETag; ask with If-None-Match to hear whether it has changed.
    """
    service = service_of(request)
    day, known = day_asked(as_of), await _known(service, known_at)
    if known is None and day in (None, service.today()):
        return await _ready_status(request)
    return await service.past.answer(request, partial(_status, service, pdu, day, known))


@routes.get(
    "/v1/statuses",
    operation_id="statuses",
    summary="The status of every PDU",
    response_class=Response,
    responses={
        **tagged(Statuses, "The statuses, in the form that Accept prefers.", NDJSON, CSV),
        **refusals("PF720", "PF732", "PF730"),
    },
)
@quick(_ready_statuses, keeps=True)
@needs("status.read")
async def statuses(
    request: Request,
    as_of: AsOf = None,
    region: Annotated[str | None, TEXT, Query(description="Only PDUs of this region, by its id.")] = None,
    known_at: KnownAt = None,
) -> Response:
    """All PDUs in one call, in the order of their ids: JSON, NDJSON (a status a line) or CSV.

    To stay up to date: take this once, then poll `/v1/changes` from the cursor `changes` (JSON has it).
    """
    form = form_asked(request, FORMS)
    service = service_of(request)
    day, known = day_asked(as_of), await _known(service, known_at)
    if known is None and day in (None, service.today()):
        snapshot = await service.snapshots.current()
        check_among("region", region, snapshot.regions, "region")
        return snapshot.table(form, region).to(request)
    return await service.past.answer(request, partial(_statuses, service, form, region, day, known))


_known = known_at


def _status(service: Service, pdu: str, day: datetime.date | None, known: str | None) -> Tagged:
    """One unit's answer from the ledger. In a thread."""
    with asking(service, day, known) as view:
        unit = view.policy.pdus.get(pdu)
        if unit is None:
            raise no_unit(pdu, view.policy.pdus)
        short = service.overview.short(view, unit)
        if isinstance(short, Undecided):
            raise not_found(short.message)
        value = told(short, unit, view.policy.framework.id, view.day.isoformat(), view.known_at)
    return Tagged(orjson.dumps(value))


def _statuses(
    service: Service, form: str, region: str | None, day: datetime.date | None, known: str | None
) -> Tagged:
    """All units' answers from the ledger. In a thread."""
    with asking(service, day, known) as view:
        check_among("region", region, (one.id for one in view.policy.library.organisation.regions), "region")
        units, framework, text = view.units(region), view.policy.framework.id, view.day.isoformat()
        shorts = service.overview.shorts(view, units)
        if known is None:
            seq, hash_ = newest_record(view.connection)[:2]
        else:
            seq, hash_ = view.known, hash_at(view.connection, view.known) or ""
    found = ((shorts[unit.id], unit) for unit in units)
    rows = [
        told(short, unit, framework, text, view.known_at)
        for short, unit in found
        if not isinstance(short, Undecided)
    ]
    return Tagged(written(form, rows, text, known, changes_cursor(seq, hash_)), form, varies=True)
