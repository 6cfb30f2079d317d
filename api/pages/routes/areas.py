"""A region, and the whole country."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, NamedTuple

from fastapi import Query, Request, Response

from api.http import logs
from api.http.auth import needs
from api.http.problems import not_found
from api.http.routes._asking import asking, check_among, service_of
from api.http.snapshot import Snapshot
from api.http.threads import reading
from api.pages.answers import html
from api.pages.routing import page_router
from engine.active import DAY
from engine.deciding import Undecided
from engine.ledger.histories import histories
from engine.ledger.planning import version_of
from engine.ledger.recent import recent_returns
from engine.owing import Owing, owing
from engine.parents import COUNTRY, region_parent
from reports.pages import (
    SORTS,
    Area,
    Asked,
    ParentPart,
    Stay,
    area_page,
    owing_part,
    parent_fault,
    parent_part,
)
from rules.model import Region
from rules.problems import EngineError, did_you_mean
from rules.said import said

routes = page_router()
_HALF_YEAR = 182
_OWED = ("missing", "stale", "late")
"""What is owed as a whole return. For these the newest return of each unit is enough to look at."""
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
    area = await area_of(request, snapshot, region, asked)
    owing, above = await _owing(request, snapshot), await _above(request, snapshot, region)
    part = None if owing is None else owing_part(owing, region, snapshot.organisation)
    return html(request, snapshot, "area", replace(area, owing=part, parent=above.part, fault=above.fault))


async def area_of(request: Request, snapshot: Snapshot, region: str | None, asked: Asked) -> Area:
    """A region, or the country without one. Refuses (PF720) a region that there is not."""
    if region is not None:
        check_region(snapshot, region)
    stays = await _pasts(request, snapshot)
    units = [unit for unit in snapshot.units if region in (None, unit.region)]
    own = {unit.id: stays[unit.id] for unit in units if unit.id in stays}
    told = {id_: one.told for id_, one in snapshot.current.items()}
    return area_page(snapshot.version, snapshot.organisation, region, units, told, own, snapshot.day, asked)


def check_region(snapshot: Snapshot, region: str) -> Region:
    """A region by its id, or 404."""
    found = snapshot.regions.get(region)
    if found is None:
        hint = did_you_mean(region[:100], snapshot.regions)
        group = snapshot.organisation.group.one
        raise not_found(said("There is no {group} {name}. {hint}", group=group, name=region[:100], hint=hint))
    return found


class _Above(NamedTuple):
    """The status of a region, or of the country, itself, if it has one; or that it cannot be worked out now."""

    part: ParentPart | None = None
    fault: str | None = None


async def _above(request: Request, snapshot: Snapshot, region: str | None) -> _Above:
    id_ = COUNTRY if region is None else region_parent(region)

    def ask() -> _Above:
        with asking(service_of(request), snapshot.day, None) as view:
            parent = view.policy.engine.parents.all.get(id_)
            if parent is None:
                return _Above()
            try:
                decision = view.decision(parent.pdu)
            except EngineError as error:  # the units below have their answers all the same
                logs.log().error("failed", region=id_, **logs.fault(error))
                return _Above(fault=parent_fault(parent.pdu.name))
            if isinstance(decision, Undecided):
                return _Above()
            version, organisation = version_of(view, decision), view.policy.library.organisation
            return _Above(parent_part(decision, version, organisation))

    return await reading(ask)


async def _owing(request: Request, snapshot: Snapshot) -> Owing | None:
    """Who owes a return, asked for once for each state of the ledger; None where no version asks for any."""
    if not snapshot.statuses:
        return None
    found: Owing | None = snapshot.kept.get("owing")
    if found is None:

        def ask() -> Owing:
            with asking(service_of(request), snapshot.day, None) as view:
                framework, organisation = view.policy.framework, view.policy.library.organisation
                return owing(framework, organisation, recent_returns(view, 1), view.day, kinds=_OWED)

        found = snapshot.kept["owing"] = await reading(ask)
    return found


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
