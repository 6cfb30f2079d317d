"""`/v1/suspensions`: the framework is set aside for a time."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response

from api.http.answers import Tagged
from api.http.auth import caller, needs
from api.http.cursors import After
from api.http.models import events as models
from api.http.models.fields import body
from api.http.once import Key, once
from api.http.routes import _people
from api.http.routes._asking import service_of
from api.http.routes._recording import media_type
from api.http.routing import refusals, router
from api.http.threads import reading, writing

routes = router("suspensions")
_JSON = "application/json"


@routes.post(
    "/v1/suspensions",
    operation_id="record_suspension",
    summary="Set the framework aside for a time",
    status_code=201,
    openapi_extra=body(models.SuspensionAsked, one=models.SUSPENSION_EXAMPLE),
    responses={
        201: {
            "model": models.SuspensionRecorded,
            "description": "Recorded, with the decisions now in force.",
        },
        **refusals("PF707", "PF520", "PF703", "PF710"),
    },
)
@needs("suspensions.write")
async def record_suspension(request: Request, key: Key = None) -> Response:
    """Record it, and decide what follows."""
    person = caller(request)
    kind = media_type(request, _JSON)
    data = await request.body()
    asked = once(request, person, kind, data)
    service = service_of(request)
    kept = await writing(lambda: _people.begin(service, person, asked, "suspension", data))
    return kept.response(at="/v1/suspensions", key="suspension")


@routes.post(
    "/v1/suspensions/{id}/end",
    operation_id="end_suspension",
    summary="End a suspension, or take it back",
    openapi_extra=body(models.EndAsked, today=models.END_EXAMPLE),
    responses={
        200: {"model": models.SuspensionRecorded, "description": "Ended, with the decisions now in force."},
        **refusals("PF707", "PF708", "PF709", "PF703", "PF710"),
    },
)
@needs("suspensions.end")
async def end_suspension(id: str, request: Request, key: Key = None) -> Response:
    """Give it an earlier last day, and decide what follows."""
    person = caller(request)
    kind = media_type(request, _JSON)
    data = await request.body()
    asked = once(request, person, kind, data)
    service = service_of(request)
    return (await writing(lambda: _people.end(service, person, asked, "suspension", id, data))).response()


@routes.get(
    "/v1/suspensions",
    operation_id="list_suspensions",
    summary="List suspensions",
    responses={
        200: {"model": models.Suspensions, "description": "A page."},
        **refusals("PF720", "PF729", "PF730"),
    },
)
@needs("status.read")
async def list_suspensions(
    request: Request,
    pdu: Annotated[
        str | None, Query(description="Those that apply to this PDU: its own, its region's and everyone's.")
    ] = None,
    region: Annotated[
        str | None, Query(description="Those that apply to this region, to a PDU in it, or to everyone.")
    ] = None,
    in_force_on: Annotated[
        str | None,
        Query(
            description="Those in force on this day, as they stand now.", json_schema_extra=_people.DAY_QUERY
        ),
    ] = None,
    after: After = None,
    limit: Annotated[int, Query(ge=1, le=1000, description="So many at most.")] = 100,
) -> Response:
    """A page of them, in the order in which they were recorded."""
    ledger = service_of(request).ledger
    found = await reading(lambda: _people.page(ledger, "suspension", after, limit, pdu, region, in_force_on))
    return Tagged(found).to(request)


@routes.get(
    "/v1/suspensions/{id}",
    operation_id="suspension",
    summary="One suspension as it stands",
    responses={200: {"model": models.Suspension}, **refusals("PF708")},
)
@needs("status.read")
async def suspension(id: str, request: Request) -> Response:
    """As it stands now."""
    ledger = service_of(request).ledger
    return Tagged(await reading(lambda: _people.one(ledger, "suspension", id))).to(request)
