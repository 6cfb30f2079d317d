"""Two versions compared, with what the change would have meant on the recorded returns."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Annotated

from fastapi import Query, Request, Response

from api.http.auth import needs
from api.http.problems import wrong
from api.http.routes._asking import asking, service_of
from api.http.service import Service
from api.http.snapshot import Snapshot
from api.http.threads import computing
from api.pages.answers import html
from api.pages.routing import page_router
from engine.active import DAY
from engine.bulk import Desk, bulk_of, period
from engine.compare import compared, prover, version_side
from engine.compare.impact import impact_of, judging
from engine.compare.impact_values import Impact
from engine.ledger.returned import returns_between
from engine.ledger.view import View
from reports.compare import ComparisonPage
from reports.compare import page as comparison_page
from reports.pages import ComparePage, compare_page
from rules.figures import Return
from rules.framework import Framework
from rules.model import Organisation, Pdu
from rules.policy import Policy
from rules.problems import did_you_mean
from rules.said import said

routes = page_router()
_YEAR = 364


@routes.get("/frameworks/compare")
@needs("frameworks.read")
async def compare(
    request: Request,
    before: Annotated[str, Query(alias="from", max_length=80)] = "",
    after: Annotated[str, Query(alias="to", max_length=80)] = "",
) -> Response:
    """Every difference, whether it loosens or tightens, and who would have had another status in the last year."""
    service = service_of(request)
    snapshot = await service.snapshots.current()

    def ask() -> ComparePage:
        found = comparison_of(service, snapshot, before, after) if before and after else None
        with asking(service, None, None) as view:
            return compare_page(view.policy.framework, before, after, found)

    return html(request, snapshot, "compare", await computing(ask))


def comparison_of(service: Service, snapshot: Snapshot, before: str, after: str) -> ComparisonPage:
    """Two versions compared, once for each state of the ledger. Refuses (PF724) a version that there is not."""
    key = ("compare", before, after)
    kept: ComparisonPage | None = snapshot.kept.get(key)
    if kept is None:
        with asking(service, None, None) as view:
            framework, organisation = view.policy.framework, view.policy.library.organisation
            sides = _named(framework, before, "from"), _named(framework, after, "to")
            found = compared(version_side(sides[0]), version_side(sides[1]), prover)
            impact = _impact(view, framework, sides, organisation)
            kept = comparison_page(dataclasses.replace(found, impact=impact), organisation)
        snapshot.kept[key] = kept
    return kept


def _impact(
    view: View, framework: Framework, sides: tuple[Policy, Policy], organisation: Organisation
) -> Impact | None:
    """What both versions make of the last year's returns; None where there are none."""
    given = returns_between(view, view.day - _YEAR * DAY, view.day)
    units: Sequence[tuple[Pdu, list[Return]]] = [
        (pdu, given[pdu.id]) for pdu in organisation.pdus if given.get(pdu.id)
    ]
    if not units:
        return None
    regions = [one.id for one in organisation.regions]
    one, other = (judging(version_side(side), framework, regions, False) for side in sides)
    desk = Desk(framework.vocabulary, organisation, view.day)
    bulk = bulk_of(units, sides[1].version.returns.every, desk)
    first, last = period(other, bulk.frame)
    return impact_of((one, other), bulk, first, min(last, view.day))


def _named(framework: Framework, version: str, name: str) -> Policy:
    found = framework.version(version)
    if found is None:
        hint = did_you_mean(version, [one.version.version for one in framework.policies])
        raise wrong("query", name, said("There is no version {version}.", version=version), hint)
    return found
