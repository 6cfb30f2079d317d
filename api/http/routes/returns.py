"""`POST /v1/returns`: staffing returns are recorded, and what follows from them is decided."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

import orjson
from fastapi import Request, Response

from api.http.auth import Person, caller, may, needs
from api.http.models import returns as models
from api.http.once import Kept, Key, Once, keep, once
from api.http.problems import Refusal, pointer
from api.http.routes._asking import service_of
from api.http.routes._recording import media_type, record, told
from api.http.routing import refusals, router
from api.http.service import Service
from api.http.strict_json import refuse
from api.http.threads import writing
from engine.ledger.recording import Act
from engine.ledger.records import Actor
from engine.ledger.view import View
from engine.returns import Returns, read_returns
from rules.problems import Place, Problem, ReturnsError
from rules.said import said

routes = router("returns")
JSON, NDJSON, CSV = "application/json", "application/x-ndjson", "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NAMES = {JSON: "body.json", NDJSON: "body.ndjson", CSV: "body.csv", XLSX: "body.xlsx"}
"""The kinds of body, and the name that tells a reader of files which one it has. Workbooks come from the pages."""
_ROW = re.compile(r"row (\d+)(?:, ([^\[]*)(?:\[(.*)\])?)?", re.DOTALL)
"""Where the reader of files says that something stands: `row 3, in_post_fte[PO]`."""
_MANY = 20
_WIDEST = ("hq", "regional-director", "pdu-head")


@routes.post(
    "/v1/returns",
    operation_id="record_returns",
    summary="Record staffing returns",
    description="All of the returns sent are recorded, or none is. One that stands already as it was sent is not "
    "recorded again; another one for the same PDU and day replaces it wholly.",
    status_code=201,
    openapi_extra=models.BODY,
    responses={
        201: {"model": models.Receipt, "description": "Recorded."},
        200: {"model": models.Receipt, "description": "Everything stood already as it was sent."},
        **refusals("PF707", "PF501", "PF703", "PF710"),
    },
)
@needs("returns.write")
async def record_returns(request: Request, key: Key = None) -> Response:
    """Record what was sent."""
    person = caller(request)
    kind = media_type(request, JSON, NDJSON, CSV)
    body = await request.body()
    asked = once(request, person, kind, body)
    service = service_of(request)
    return (await writing(lambda: record_body(service, person, asked, kind, body))).response()


def record_body(service: Service, person: Person, asked: Once | None, kind: str, body: bytes) -> Kept:
    """Record the returns of a body. Raises Refusal, ReturnsError, StoreError."""

    def prepare(view: View) -> tuple[Actor, Returns]:
        given = read_body(body, kind, view, service.ledger.today())
        if not given.returns:
            refuse(said("The body holds no returns."), said("Send one or more."))
        return person.actor(_role(person, given, view)), given

    def write(act: Act, given: Returns) -> Kept:
        receipt = act.record_returns(given.returns, given.notes_by_unit())
        answer = told(act, receipt, {one.pdu for one in given.returns}) | {
            "returns": receipt.returns,
            "unchanged": receipt.unchanged,
            "corrected": receipt.corrected,
        }
        return keep(act, asked, 201 if receipt.returns else 200, orjson.dumps(answer))

    return record(service, asked, prepare, write)


def read_body(body: bytes, kind: str, view: View, today: datetime.date) -> Returns:
    """The returns of a body. Raises ReturnsError with every problem, at its place in the body."""
    policy = view.policy
    try:
        return read_returns(
            body,
            _NAMES[kind],
            vocabulary=policy.framework.vocabulary,
            organisation=policy.library.organisation,
            today=today,
        )
    except ReturnsError as error:
        is_list = body.lstrip()[:1] == b"["
        raise ReturnsError(
            replace(
                problem,
                place=_in_body(problem.place, kind, is_list),
                also=tuple(_in_body(place, kind, is_list) for place in problem.also),
            )
            for problem in error.problems
        ) from None


def _in_body(place: Place, kind: str, is_list: bool) -> Place:
    """A place in a file as one in the body: in JSON with the pointer to it, else with its row."""
    path = place.path
    found = _ROW.fullmatch(path) if kind == JSON else None
    if found is not None:
        row, key, member = found.groups()
        parts = [int(row) - 1] if is_list else []
        path = pointer([*parts, *(part for part in (key, member) if part)])
    return replace(place, file="body", path=path)


def _role(person: Person, given: Returns, view: View) -> str:
    """The role in which all the returns are sent: the one that reaches furthest of those that are needed."""
    units = view.policy.pdus
    roles = {
        id_: may(person, "returns.write", pdu=id_, region=units[id_].region)
        for id_ in sorted({one.pdu for one in given.returns})
    }
    beyond = [id_ for id_, role in roles.items() if role is None]
    if beyond:
        names, more = ", ".join(beyond[:_MANY]), len(beyond) - _MANY
        detail = said("Your roles do not reach {names}. Nothing was recorded.", names=names)
        if more > 0:
            detail = said(
                "Your roles do not reach {names} and {number} more. Nothing was recorded.",
                names=names,
                number=more,
            )
        problems = [
            Problem("PF728", said("Your roles do not reach {pdu}.", pdu=id_), Place("body")) for id_ in beyond
        ]
        raise Refusal(
            "PF728", detail, problems, headers={"WWW-Authenticate": 'Bearer error="insufficient_scope"'}
        )
    return next(role for role in _WIDEST if role in roles.values())
