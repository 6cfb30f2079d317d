"""How good forecasts have been in a region: of its own page, since it takes some seconds to work out."""

from __future__ import annotations

from fastapi import Request, Response

from api.http.auth import needs
from api.http.routes._asking import asking, service_of
from api.http.service import Service
from api.http.snapshot import Snapshot
from api.http.threads import computing
from api.pages.answers import html
from api.pages.routes.areas import check_region
from api.pages.routing import page_router
from engine.forecast.values import Score
from engine.ledger.outlook import known_in
from reports.pages import past_page
from rules.model import Region

routes = page_router()
_MOST, _APART = 4, 13
"""So many days are tried, and so many weeks lie between them: more of them would tell little more."""
_FUTURES = 200
"""Fewer than for a forecast that is shown: each of many is only one case."""


@routes.get("/regions/{region}/forecasts")
@needs("planning.ask")
async def past(region: str, request: Request) -> Response:
    """Forecasts as they would have been made on earlier days, held against what came."""
    service = service_of(request)
    snapshot = await service.snapshots.current()
    found = check_region(snapshot, region)
    made = await _score(service, snapshot, found)
    content = past_page(
        made, found, snapshot.version, snapshot.organisation, futures=_FUTURES, most=_MOST, apart=_APART
    )
    return html(request, snapshot, "past", content)


async def _score(service: Service, snapshot: Snapshot, region: Region) -> Score | None:
    """The score, worked out once for each state of the ledger; None where the past is too short."""
    key = ("score", region.id)
    if key not in snapshot.kept:

        def ask() -> Score | None:
            from engine.forecast import origins, score  # numpy is slow to import, and only wanted here

            with asking(service, snapshot.day, None) as view:
                units = known_in(view, region.id)
                framework, organisation = view.policy.framework, view.policy.library.organisation
            return score(framework, organisation, units, origins=origins(units)[-_MOST:], futures=_FUTURES)

        snapshot.kept[key] = await computing(ask)
    made: Score | None = snapshot.kept[key]
    return made
