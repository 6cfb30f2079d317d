"""One decision, for ever at its own address."""

from __future__ import annotations

import datetime

from fastapi import Request, Response

from api.http.auth import needs
from api.http.routes._asking import service_of
from api.http.routes.decisions import recorded_decision
from api.http.threads import reading
from api.pages.answers import html
from api.pages.routing import page_router
from engine.ledger.planning import version_of
from reports.pages import DecisionPage, decision_page

routes = page_router()


@routes.get("/decisions/{id}")
@needs("status.read")
async def decision(id: str, request: Request) -> Response:
    """The page of a decision."""
    service = service_of(request)
    snapshot = await service.snapshots.current()

    def ask() -> DecisionPage:
        seq, found = recorded_decision(service.ledger, id)
        now = snapshot.current.get(found["pdu"]["id"])
        current = now is not None and now.short.id == found["id"]
        with service.ledger.view_at(seq, datetime.date.fromisoformat(found["as_of"])) as view:
            return decision_page(
                found, version_of(view, found), view.policy.library.organisation, current=current
            )

    return html(request, snapshot, "decision", await reading(ask))
