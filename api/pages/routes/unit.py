"""A unit: its status, why, and what follows."""

from __future__ import annotations

from fastapi import Request, Response

from api.http.auth import needs
from api.http.problems import not_found
from api.http.routes._asking import asking, service_of, unit_of
from api.http.threads import computing
from api.pages.answers import html
from api.pages.routing import page_router
from engine.active import DAY
from engine.deciding import Undecided
from engine.ledger.planning import ground_of, mark_of
from engine.ledger.view import View
from engine.relief import relief
from engine.trend import trends
from reports.pages import Stay, UnitPage, unit_page
from rules.model import Pdu

routes = page_router()
_YEAR = 364


@routes.get("/pdus/{pdu}")
@needs("status.read")
async def unit(pdu: str, request: Request) -> Response:
    """The page of a unit."""
    service = service_of(request)
    snapshot = await service.snapshots.current()
    key = ("unit", pdu)
    content: UnitPage | None = snapshot.kept.get(key)
    if content is None:

        def ask() -> UnitPage:
            with asking(service, None, None) as view:
                unit = unit_of(view.policy.pdus.get, view.policy.pdus, pdu)
                return service.units.find(mark_of(view, unit), lambda: _page(view, unit))

        content = snapshot.kept[key] = await computing(ask)
    return html(request, snapshot, "unit", content)


def _page(view: View, pdu: Pdu) -> UnitPage:
    """What the page of a unit tells today."""
    from engine.distance import distance  # numpy is slow to import, and only wanted here

    ground = ground_of(view, pdu)
    if isinstance(ground, Undecided):
        raise not_found(ground.message)
    judged = view.policy.framework.in_force(view.day)
    assert judged is not None, "a decision was made under a version in force"
    engine, course, decision = view.policy.engine, ground.course, ground.decision
    return unit_page(
        decision,
        judged.version,
        view.policy.library.organisation,
        pdu,
        trends(course, view.day, days=_YEAR),
        [
            Stay(one.first, one.last, one.status)
            for one in view.history(pdu, view.day - _YEAR * DAY, view.day)
        ],
        recorded=decision["decided_at"] is not None,
        distance=distance(engine, course, view.day, decision),
        relief=relief(engine, course, view.day, decision),
    )
