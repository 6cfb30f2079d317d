"""A unit: its status, why, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from fastapi import Request, Response

from api.http.auth import needs
from api.http.problems import not_found
from api.http.routes._asking import asking, service_of, unit_of
from api.http.threads import computing, reading
from api.pages.answers import html
from api.pages.routing import page_router
from engine.active import DAY
from engine.deciding import Undecided
from engine.ledger.planning import Ground, ground_of
from engine.ledger.view import View
from engine.relief import Relief, relief
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
    planned: _Planned | None = snapshot.kept.get(("planned", pdu))

    def ask() -> UnitPage:
        nonlocal planned
        with asking(service, None, None) as view:
            found = unit_of(view.policy.pdus.get, view.policy.pdus, pdu)
            ground = ground_of(view, found)
            if isinstance(ground, Undecided):
                raise not_found(ground.message)
            judged = view.policy.framework.in_force(view.day)
            assert judged is not None, "a decision was made under a version in force"
            if planned is None:
                planned = _planned(view, ground)
            history = view.history(found, view.day - _YEAR * DAY, view.day)
            return unit_page(
                ground.decision,
                judged.version,
                view.policy.library.organisation,
                found,
                trends(ground.course, view.day, days=_YEAR),
                [Stay(one.first, one.last, one.status) for one in history],
                recorded=ground.decision["decided_at"] is not None,
                distance=planned.distance,
                relief=planned.relief,
            )

    content = await (reading if planned is not None else computing)(ask)
    snapshot.kept[("planned", pdu)] = planned
    return html(request, snapshot, "unit", content)


class _Planned(NamedTuple):
    """What takes some time to work out of a unit, and is kept for as long as nothing changes."""

    distance: Mapping[str, Any]
    relief: Relief


def _planned(view: View, ground: Ground) -> _Planned:
    from engine.distance import distance  # numpy is slow to import, and only wanted here

    engine, course, decision = view.policy.engine, ground.course, ground.decision
    return _Planned(distance(engine, course, view.day, decision), relief(engine, course, view.day, decision))
