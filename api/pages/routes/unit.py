"""A unit: its status, why, and what follows."""

from __future__ import annotations

from fastapi import Request, Response

from api.http.auth import needs
from api.http.problems import not_found
from api.http.routes._asking import asking, service_of, unit_of
from api.http.threads import reading
from api.pages.answers import html
from api.pages.routing import page_router
from engine.active import DAY
from engine.deciding import Undecided
from engine.ledger.planning import ground_of
from engine.trend import trends
from reports.pages import Stay, UnitPage, unit_page

routes = page_router()
_YEAR = 364


@routes.get("/pdus/{pdu}")
@needs("status.read")
async def unit(pdu: str, request: Request) -> Response:
    """The page of a unit."""
    service = service_of(request)
    snapshot = await service.snapshots.current()

    def ask() -> UnitPage:
        with asking(service, None, None) as view:
            found = unit_of(view.policy.pdus.get, view.policy.pdus, pdu)
            ground = ground_of(view, found)
            if isinstance(ground, Undecided):
                raise not_found(ground.message)
            judged = view.policy.framework.in_force(view.day)
            assert judged is not None, "a decision was made under a version in force"
            history = view.history(found, view.day - _YEAR * DAY, view.day)
            return unit_page(
                ground.decision,
                judged.version,
                view.policy.library.organisation,
                found,
                trends(ground.course, view.day, days=_YEAR),
                [Stay(one.first, one.last, one.status) for one in history],
                recorded=ground.decision["decided_at"] is not None,
            )

    return html(request, snapshot, "unit", await reading(ask))
