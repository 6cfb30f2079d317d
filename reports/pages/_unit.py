"""The page of one unit: its status at a glance, the reasons one click away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.relief import Relief
from engine.trend import Trend
from reports._build import context
from reports._explanation import Explanation
from reports._names import Names
from reports._words.headline import review_by
from reports.pages._chart import Chart
from reports.pages._shown import Shown, Statuses
from reports.pages._strip import Stay, Strip, strip
from reports.pages._trends import charts
from reports.relief import ReliefPage
from reports.relief import page as relief_page
from rules.model import Organisation, Pdu, Version


@dataclass(frozen=True, slots=True)
class UnitPage:
    """All that the page says. `explanation` has the sentences of the decision."""

    id: str
    name: str
    region: str
    region_name: str
    as_of: str
    decision: str
    recorded: bool
    status: Shown
    since: str
    review_by: str | None
    explanation: Explanation
    lead: tuple[str, ...]
    """What follows the reason; the day of review is told beside the status."""
    charts: tuple[Chart, ...]
    strip: Strip | None
    relief: ReliefPage | None
    contact: str | None


def unit_page(
    decision: Mapping[str, Any],
    version: Version,
    organisation: Organisation,
    unit: Pdu,
    trends: Sequence[Trend],
    stays: Sequence[Stay],
    *,
    recorded: bool,
    distance: Mapping[str, Any] | None = None,
    relief: Relief | None = None,
) -> UnitPage:
    """The page of a unit.

    `recorded` says whether its decision can be asked for by its id; `distance` and `relief` are what `engine.distance`
    and `engine.relief` give for it.
    """
    names = Names(decision, version, organisation)
    statuses = Statuses(version, organisation)
    region = next(one for one in organisation.regions if one.id == unit.region)
    told = context(decision, version, organisation, distance)
    review = review_by(decision["review_by"]) if decision["review_by"] else None
    return UnitPage(
        id=unit.id,
        name=unit.name,
        region=unit.region,
        region_name=region.name,
        as_of=decision["as_of"],
        decision=decision["id"],
        recorded=recorded,
        status=statuses[decision["status"]],
        since=decision["since"],
        review_by=decision["review_by"],
        explanation=told,
        lead=tuple(one for one in told.lead if one != review),
        charts=charts(names, trends),
        strip=strip(stays, statuses),
        relief=None if relief is None else relief_page(relief, version, organisation),
        contact=unit.contact or region.contact,
    )
