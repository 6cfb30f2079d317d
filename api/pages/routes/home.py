"""Home: find a unit."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response

from api.http.auth import needs
from api.http.routes._asking import service_of
from api.http.routes.register import folded
from api.pages.answers import html
from api.pages.routing import page_router
from reports.pages import home

routes = page_router()


@routes.get("/")
@needs("status.read")
async def find(request: Request, q: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Every unit by region, or those with a text in their names."""
    snapshot = await service_of(request).snapshots.current()
    wanted = folded(q.strip())
    units = [unit for unit in snapshot.units if wanted in folded(unit.name)]
    statuses = {id_: one.short.status for id_, one in snapshot.current.items()}
    content = home(snapshot.version, snapshot.organisation, units, statuses, q.strip())
    return html(request, snapshot, "home", content)
