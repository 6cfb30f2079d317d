"""The weeks ahead of a unit."""

from __future__ import annotations

from fastapi import Request, Response

from api.http.auth import needs
from api.http.routes._asking import asking, service_of, unit_of
from api.http.routes.forecast import WEEKS, outlook_of
from api.http.threads import computing
from api.pages.answers import html
from api.pages.routing import page_router
from reports.forecast import ForecastPage, forecast_page
from reports.pages import AheadPage, ahead_page

routes = page_router()
_FUTURES = 4000
"""Enough for chances in whole percents, and quick."""


@routes.get("/pdus/{pdu}/ahead")
@needs("planning.ask")
async def ahead(pdu: str, request: Request) -> Response:
    """How likely each status is, week by week."""
    service = service_of(request)
    snapshot = await service.snapshots.current()
    kept: ForecastPage | None = snapshot.kept.get(("ahead", pdu))

    def ask() -> AheadPage:
        nonlocal kept
        with asking(service, None, None) as view:
            unit = unit_of(view.policy.pdus.get, view.policy.pdus, pdu)
            if kept is None:
                outlook, made_up = outlook_of(service, view, unit, WEEKS, _FUTURES)
                organisation = view.policy.library.organisation
                kept = forecast_page([outlook], organisation, None, scored=False, made_up=made_up)
        return ahead_page(unit, kept, snapshot.version, snapshot.organisation)

    content = await computing(ask)
    snapshot.kept[("ahead", pdu)] = kept
    return html(request, snapshot, "ahead", content)
