"""`/v1/declarations`: a person sets a status for a time."""

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

routes = router("declarations")
_JSON = "application/json"


@routes.post(
    "/v1/declarations",
    operation_id="record_declaration",
    summary="Declare a status for a time",
    status_code=201,
    openapi_extra=body(models.DeclarationAsked, one=models.DECLARATION_EXAMPLE),
    responses={
        201: {
            "model": models.DeclarationRecorded,
            "description": "Recorded, with the decisions now in force.",
        },
        **refusals("PF707", "PF520", "PF703", "PF710"),
    },
)
@needs("declarations.write")
async def record_declaration(request: Request, key: Key = None) -> Response:
    """Record it, and decide what follows."""
    person = caller(request)
    kind = media_type(request, _JSON)
    data = await request.body()
    asked = once(request, person, kind, data)
    service = service_of(request)
    kept = await writing(lambda: _people.begin(service, person, asked, "declaration", data))
    return kept.response(at="/v1/declarations", key="declaration")


@routes.post(
    "/v1/declarations/{id}/end",
    operation_id="end_declaration",
    summary="End a declaration, or take it back",
    openapi_extra=body(models.EndAsked, today=models.END_EXAMPLE),
    responses={
        200: {"model": models.DeclarationRecorded, "description": "Ended, with the decisions now in force."},
        **refusals("PF707", "PF708", "PF709", "PF703", "PF710"),
    },
)
@needs("declarations.end")
async def end_declaration(id: str, request: Request, key: Key = None) -> Response:
    """Give it an earlier last day, and decide what follows."""
    person = caller(request)
    kind = media_type(request, _JSON)
    data = await request.body()
    asked = once(request, person, kind, data)
    service = service_of(request)
    return (await writing(lambda: _people.end(service, person, asked, "declaration", id, data))).response()


@routes.get(
    "/v1/declarations",
    operation_id="list_declarations",
    summary="List declarations",
    responses={
        200: {"model": models.Declarations, "description": "A page."},
        **refusals("PF720", "PF729", "PF730"),
    },
)
@needs("status.read")
async def list_declarations(
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
    found = await reading(lambda: _people.page(ledger, "declaration", after, limit, pdu, region, in_force_on))
    return Tagged(found).to(request)


@routes.get(
    "/v1/declarations/{id}",
    operation_id="declaration",
    summary="One declaration as it stands",
    responses={200: {"model": models.Declaration}, **refusals("PF708")},
)
@needs("status.read")
async def declaration(id: str, request: Request) -> Response:
    """As it stands now."""
    ledger = service_of(request).ledger
    return Tagged(await reading(lambda: _people.one(ledger, "declaration", id))).to(request)
