"""A region, and the whole country."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response

from api.http.auth import needs
from api.http.problems import not_found
from api.http.routes._asking import asking, check_among, service_of
from api.http.snapshot import Snapshot
from api.http.threads import reading
from api.pages.answers import html
from api.pages.routing import page_router
from engine.active import DAY
from engine.ledger.histories import histories
from reports.pages import SORTS, Area, Asked, Stay, area_page
from rules.problems import did_you_mean

routes = page_router()
_HALF_YEAR = 182
Sort = Annotated[str, Query(max_length=20)]
Stays = dict[str, list[Stay]]


@routes.get("/country")
@needs("status.read")
async def country(
    request: Request, sort: Sort = "name", order: Sort = "", status: Annotated[str, Query(max_length=80)] = ""
) -> Response:
    """The statuses of all units."""
    return await _answer(request, None, sort, order, status)


@routes.get("/regions/{region}")
@needs("status.read")
async def region(
    region: str,
    request: Request,
    sort: Sort = "name",
    order: Sort = "",
    status: Annotated[str, Query(max_length=80)] = "",
) -> Response:
    """The statuses of a region's units."""
    return await _answer(request, region, sort, order, status)


async def _answer(request: Request, region: str | None, sort: str, order: str, status: str) -> Response:
    snapshot = await service_of(request).snapshots.current()
    check_among("sort", sort, SORTS, "column")
    check_among("order", order or None, ("down",), "order")
    asked = Asked(sort, order == "down", status, request.url.path)
    return html(request, snapshot, "area", await area_of(request, snapshot, region, asked))


async def area_of(request: Request, snapshot: Snapshot, region: str | None, asked: Asked) -> Area:
    """A region, or the country without one. Refuses (PF720) a region that there is not."""
    if region is not None and region not in snapshot.regions:
        hint = did_you_mean(region[:100], snapshot.regions)
        raise not_found(f"There is no {snapshot.organisation.group.one} {region[:100]}. {hint}".strip())
    stays = await _pasts(request, snapshot)
    units = [unit for unit in snapshot.units if region in (None, unit.region)]
    own = {unit.id: stays[unit.id] for unit in units if unit.id in stays}
    told = {id_: one.told for id_, one in snapshot.current.items()}
    return area_page(snapshot.version, snapshot.organisation, region, units, told, own, snapshot.day, asked)


async def _pasts(request: Request, snapshot: Snapshot) -> Stays:
    """The last half year of every unit, asked for once for each state of the ledger."""
    found: Stays | None = snapshot.kept.get("pasts")
    if found is None:

        def ask() -> Stays:
            with asking(service_of(request), snapshot.day, None) as view:
                pasts = histories(view, snapshot.units, snapshot.day - _HALF_YEAR * DAY, snapshot.day)
            return {id_: [Stay(one.first, one.last, one.status) for one in own] for id_, own in pasts.items()}

        found = snapshot.kept["pasts"] = await reading(ask)
    return found
