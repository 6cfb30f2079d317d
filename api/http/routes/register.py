"""The register of units, with their current statuses."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Any

import orjson
from fastapi import Query, Request, Response
from pydantic import WithJsonSchema

from api.http.answers import Tagged, tagged
from api.http.auth import needs
from api.http.cursors import After, cursor, place
from api.http.models.register import Register, RegisteredPdu
from api.http.quick import quick, quick_router
from api.http.routes._asking import TEXT, check_among, no_unit, service_of
from api.http.routing import refusals
from api.http.snapshot import Snapshot
from engine.active import INDETERMINATE, SUSPENDED, UNDECLARED
from rules.model import Pdu

routes = quick_router("register")
_PDUS = "pdus"


async def _ready_pdu(request: Request) -> Response:
    snapshot = await service_of(request).snapshots.current()
    pdu = request.path_params["pdu"]
    unit = snapshot.register.get(pdu)
    if unit is None:
        raise no_unit(pdu, snapshot.register)
    return Tagged(orjson.dumps(_registered(snapshot, unit))).to(request)


@routes.get(
    "/v1/pdus",
    operation_id="pdus",
    summary="The register of PDUs",
    response_class=Response,
    responses={**tagged(Register, "A page of the register."), **refusals("PF729")},
)
@needs("status.read")
async def pdus(
    request: Request,
    region: Annotated[str | None, TEXT, Query(description="Only PDUs of this region, by its id.")] = None,
    status: Annotated[str | None, TEXT, Query(description="Only PDUs whose status today is this.")] = None,
    q: Annotated[
        str | None,
        WithJsonSchema({"type": "string", "maxLength": 200}),
        Query(
            max_length=200,
            description="Only PDUs with this in their name, in any case, with or without accents.",
        ),
    ] = None,
    after: After = None,
    limit: Annotated[int, Query(ge=1, le=500, description="So many at most.")] = 100,
) -> Response:
    """The PDUs that exist today, each with its current status, in the order of their ids.

    Those that have ended or are to come are found by their id.
    """
    snapshot = await service_of(request).snapshots.current()
    begun = "" if after is None else place(_PDUS, after, 1)[0]
    check_among("region", region, snapshot.regions, "region")
    known = (*snapshot.statuses, INDETERMINATE, UNDECLARED, SUSPENDED)
    current = {one.short.status for one in snapshot.current.values()}
    check_among("status", status, dict.fromkeys((*known, *current)), "status")
    snapshot.check(region)
    wanted = folded(q or "")
    found = [
        unit
        for unit in snapshot.units
        if unit.id > begun
        and region in (None, unit.region)
        and wanted in folded(unit.name)
        and (status is None or _status(snapshot, unit) == status)
    ]
    page = found[:limit]
    following = cursor(_PDUS, page[-1].id) if len(found) > limit else None
    rows = [_registered(snapshot, unit) for unit in page]
    return Tagged(orjson.dumps({"pdus": rows, "next": following})).to(request)


@routes.get(
    "/v1/pdus/{pdu}",
    operation_id="pdu",
    summary="A PDU",
    response_class=Response,
    responses={
        **tagged(RegisteredPdu, "The PDU, whom to ask about it, and its current status."),
        **refusals("PF720"),
    },
)
@quick(_ready_pdu)
@needs("status.read")
async def pdu(pdu: str, request: Request) -> Response:
    """A PDU of the register, also one that has ended or is to come; these have no current status."""
    return await _ready_pdu(request)


def folded(text: str) -> str:
    """A text as it is looked for: without case, accents and marks."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in parts if not unicodedata.combining(one)).casefold()


def _status(snapshot: Snapshot, unit: Pdu) -> str | None:
    found = snapshot.current.get(unit.id)
    return None if found is None else found.short.status


def _registered(snapshot: Snapshot, unit: Pdu) -> dict[str, Any]:
    """A unit as the register has it. Raises EngineError."""
    if unit.id in snapshot.faults:
        raise snapshot.faults[unit.id]
    found, region = snapshot.current.get(unit.id), snapshot.regions[unit.region]
    return {
        "pdu": unit.id,
        "name": unit.name,
        "region": unit.region,
        "region_name": region.name,
        "code": unit.code,
        "tags": unit.tags,
        "contact": unit.contact or region.contact,
        "from": unit.from_,
        "until": unit.until,
        "replaces": unit.replaces,
        "current": None if found is None else found.told,
    }
