"""One decision, for ever at its own address."""

from __future__ import annotations

import datetime

from fastapi import Request, Response

from api.http.auth import needs
from api.http.routes._asking import asking, service_of
from api.http.routes.decisions import recorded_decision
from api.http.service import Service
from api.http.snapshot import Snapshot
from api.http.threads import reading
from api.pages.answers import html
from api.pages.routing import page_router
from engine.ledger.planning import version_of
from engine.ledger.shorts import Short
from engine.parents import is_parent
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
        current = _in_force(service, snapshot, found["pdu"]["id"]) == found["id"]
        with service.ledger.view_at(seq, datetime.date.fromisoformat(found["as_of"])) as view:
            return decision_page(
                found, version_of(view, found), view.policy.library.organisation, current=current
            )

    return html(request, snapshot, "decision", await reading(ask))


def _in_force(service: Service, snapshot: Snapshot, id_: str) -> str | None:
    """The decision in force today for a unit, a region or the country; None where there is none."""
    if not is_parent(id_):
        now = snapshot.current.get(id_)
        return None if now is None else now.short.id
    with asking(service, snapshot.day, None) as view:
        parent = view.policy.engine.parents.all.get(id_)
        found = None if parent is None else view.recorded(parent.pdu)
    return found.id if isinstance(found, Short) else None
