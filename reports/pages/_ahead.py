"""The page of the weeks ahead of a unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reports._words import past as words
from reports.forecast import ForecastPage
from reports.pages._shown import Statuses
from rules.model import Organisation, Pdu, Version


@dataclass(frozen=True, slots=True)
class AheadPage:
    """The words of a forecast. `fills` are the styles of colours by those of its bands.

    `past` leads to how good forecasts have been in its region.
    """

    id: str
    name: str
    region: str
    past: str
    forecast: ForecastPage
    fills: Mapping[str, str]


def ahead_page(unit: Pdu, forecast: ForecastPage, version: Version, organisation: Organisation) -> AheadPage:
    """The page of a forecast of one unit."""
    shown = [Statuses(version, organisation)[status] for status in version.status_ids]
    styles = {one.word: one.style for one in shown}
    fills = {level.style: styles.get(level.word, "none") for level in forecast.levels}
    region = next(one for one in organisation.regions if one.id == unit.region)
    return AheadPage(unit.id, unit.name, region.id, words.link(region.name), forecast, fills)
