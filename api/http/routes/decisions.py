"""Decisions: the one in force, past ones, the status over time, one by its id, and its explanation in words."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

import orjson
from fastapi import Path, Query, Request, Response

from api.http.answers import JSON, Tagged
from api.http.auth import needs
from api.http.cursors import After, cursor
from api.http.models import decisions as models
from api.http.moments import AsOf, KnownAt
from api.http.problems import not_found, wrong
from api.http.routes._asking import asking, day_of, service_of, unit_of
from api.http.routes._asking import known_at as known_asked
from api.http.routes._pages import seq_of
from api.http.routing import refusals, router
from api.http.service import Service
from api.http.threads import computing, reading
from engine.active import DAY
from engine.canonical import canonical_bytes
from engine.deciding import Undecided
from engine.decision import Decision
from engine.ledger.asking import decision_by_id, decisions_of
from engine.ledger.ledger import Ledger
from engine.ledger.planning import ground_of, version_of
from engine.ledger.view import View
from reports import explain
from rules.model import Pdu
from rules.said import said

routes = router("decisions")
Form = Literal["html", "text", "markdown", "pdf"]
"""The forms of an explanation."""
_FOR_EVER = "private, max-age=31536000, immutable"
_FORMS = {
    "html": "text/html; charset=utf-8",
    "text": "text/plain; charset=utf-8",
    "markdown": "text/markdown; charset=utf-8",
    "pdf": "application/pdf",
}
_PAGE_CSP = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'none'"
)
_DOCUMENT: dict[str, Any] = {
    "description": "The decision document.",
    "content": {JSON: {"schema": models.DECISION}},
    "headers": {"ETag": {"schema": {"type": "string"}, "description": "Names these very bytes."}},
}
_SAME = {"description": "What If-None-Match names is still the answer."}
DecisionId = Annotated[
    str,
    Path(description="The id of a decision: `sha256:` and 64 digits.", examples=["sha256:" + "0" * 64]),
]


@routes.get(
    "/v1/pdus/{pdu}/decision",
    operation_id="pdu_decision",
    summary="The decision in force for a PDU, with its reasons",
    responses={200: _DOCUMENT, 304: _SAME, **refusals("PF720", "PF730", "PF710", "PF900")},
)
@needs("status.read")
async def pdu_decision(pdu: str, request: Request, as_of: AsOf = None, known_at: KnownAt = None) -> Response:
    """The decision as at a day, as known at a moment."""
    service = service_of(request)
    day, known = day_of(as_of, "as_of"), await known_asked(service, known_at)

    def ask() -> Tagged:
        with asking(service, day, known) as view:
            found = view.decision(_unit(view, pdu))
        if isinstance(found, Undecided):
            raise not_found(found.message)
        asked = {"as_of": as_of, "known_at": known}
        return Tagged(canonical_bytes({**found, "asked": asked}))

    return (await reading(ask)).to(request)


@routes.get(
    "/v1/pdus/{pdu}/decisions",
    operation_id="pdu_decisions",
    summary="The decisions recorded for a PDU",
    responses={200: {"model": models.Decisions}, 304: _SAME, **refusals("PF720", "PF729", "PF730", "PF710")},
)
@needs("status.read")
async def pdu_decisions(
    pdu: str,
    request: Request,
    known_at: KnownAt = None,
    after: After = None,
    limit: Annotated[int, Query(ge=1, le=1000, description="So many at most.")] = 100,
) -> Response:
    """A page of them, in the order in which they were recorded."""
    service = service_of(request)
    known = await known_asked(service, known_at)
    start = seq_of(f"decisions of {pdu}", after)

    def ask() -> Tagged:
        with asking(service, None, known) as view:
            unit = _unit(view, pdu)
            framework = view.policy.framework.id
            rows = decisions_of(view.connection, framework, unit.id, start, limit + 1, view.known)
        following = cursor(f"decisions of {pdu}", str(rows[limit - 1].seq)) if len(rows) > limit else None
        told = [
            {
                "decision": row.short.id,
                "as_of": row.short.as_of,
                "recorded_at": row.recorded_at,
                "status": row.short.status,
                "since": row.short.since,
                "previous": row.short.previous,
                "calculated": row.short.calculated,
                "calculated_since": row.short.calculated_since,
                "review_by": row.short.review_by,
                "version": row.short.version,
            }
            for row in rows[:limit]
        ]
        return Tagged(orjson.dumps({"pdu": pdu, "decisions": told, "next": following}))

    return (await reading(ask)).to(request)


@routes.get(
    "/v1/pdus/{pdu}/history",
    operation_id="pdu_history",
    summary="A PDU's status over time",
    responses={200: {"model": models.History}, 304: _SAME, **refusals("PF720", "PF730", "PF710")},
)
@needs("status.read")
async def pdu_history(
    pdu: str,
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
            end = view.day
            start = begin if begin is not None else end - 364 * DAY
            if start > end:
                message = said("{first} is after {last}, the last day.", first=start, last=end)
                raise wrong("query", "from", message, said("Swap them."), "PF730")
            found = view.history(_unit(view, pdu), start, end)
        told = [one._asdict() for one in found]
        whole = {"pdu": pdu, "first": start.isoformat(), "last": end.isoformat(), "stretches": told}
        return Tagged(orjson.dumps(whole))

    return (await reading(ask)).to(request)


@routes.get(
    "/v1/decisions/{id}",
    operation_id="decision",
    summary="A recorded decision by its id",
    description="What it says never changes, so it may be kept for as long as anyone likes.",
    responses={200: _DOCUMENT, 304: _SAME, **refusals("PF720")},
)
@needs("status.read")
async def decision(id: DecisionId, request: Request) -> Response:
    """The decision as it was recorded."""
    service = service_of(request)
    found = canonical_bytes(await reading(lambda: recorded_decision(service.ledger, id)[1]))
    answer = Tagged(found).to(request)
    answer.headers["Cache-Control"] = _FOR_EVER
    return answer


@routes.get(
    "/v1/decisions/{id}/report",
    operation_id="decision_report",
    summary="A recorded decision, explained",
    responses={
        200: {
            "description": "The explanation, in the words of the documents that it was decided by.",
            "content": {
                kind.partition(";")[0]: {
                    "schema": {"type": "string"} | ({"format": "binary"} if form == "pdf" else {})
                }
                for form, kind in _FORMS.items()
            },
        },
        304: _SAME,
        **refusals("PF720"),
    },
    response_class=Response,
)
@needs("status.read")
async def decision_report(
    id: DecisionId,
    request: Request,
    form: Annotated[
        Literal["html", "text", "markdown", "pdf"],
        Query(
            alias="format",
            description="The form. The PDF is tagged (PDF/UA-1) and fit to be kept (PDF/A-2a).",
        ),
    ] = "html",
) -> Response:
    """The explanation as a page, as PDF, as plain text or as Markdown."""
    answer = (await report_of(service_of(request), id, form)).to(request)
    if form == "html":
        answer.headers["Content-Security-Policy"] = _PAGE_CSP
    return answer


async def report_of(service: Service, id_: str, form: Form) -> Tagged:
    """A recorded decision, explained in the words of its own time. Raises Refusal where there is none."""

    def make() -> Tagged:
        seq, found = recorded_decision(service.ledger, id_)
        with service.ledger.view_at(seq, datetime.date.fromisoformat(found["as_of"])) as view:
            version, organisation = version_of(view, found), view.policy.library.organisation
            distance = _distance(view, found)
        if form == "pdf":
            from reports.pdf import explanation_pdf  # brings the typesetter, which few ask for

            return Tagged(explanation_pdf(found, version, organisation, distance), _FORMS[form])
        words = explain(found, version, organisation, form=form, distance=distance)
        return Tagged(words.encode(), _FORMS[form])

    return await (computing if form == "pdf" else reading)(make)


def _distance(view: View, decision: Decision) -> dict[str, Any] | None:
    """What would have changed the status, as far as it was known then; None for what is no PDU."""
    from engine.distance import distance  # numpy is slow to import, and only wanted here

    pdu = view.policy.pdus.get(decision["pdu"]["id"])
    ground = None if pdu is None else ground_of(view, pdu)
    if ground is None or isinstance(ground, Undecided):
        return None
    return distance(view.policy.engine, ground.course, view.day, decision)


def _unit(view: View, id_: str) -> Pdu:
    """A PDU by its id, or 404."""
    return unit_of(view.policy.pdus.get, view.policy.pdus, id_)


def recorded_decision(ledger: Ledger, id_: str) -> tuple[int, Decision]:
    """A recorded decision by its id, with the number of its record, or 404."""
    found = None
    if id_.isascii() and id_.isprintable() and len(id_) < 100:
        with ledger.store.reading() as connection:
            found = decision_by_id(connection, id_)
    if found is None:
        detail = said("No decision of this id is recorded. One that was made for a question only is not.")
        raise not_found(detail)
    return found
