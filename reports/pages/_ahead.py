"""The page of the weeks ahead of a unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reports.forecast import ForecastPage
from reports.pages._shown import Statuses
from rules.model import Organisation, Pdu, Version


@dataclass(frozen=True, slots=True)
class AheadPage:
    """The words of a forecast. `fills` are the styles of colours by those of its bands."""

    id: str
    name: str
    forecast: ForecastPage
    fills: Mapping[str, str]


def ahead_page(unit: Pdu, forecast: ForecastPage, version: Version, organisation: Organisation) -> AheadPage:
    """The page of a forecast of one unit."""
    shown = [Statuses(version, organisation)[status] for status in version.status_ids]
    styles = {one.word: one.style for one in shown}
    fills = {level.style: styles.get(level.word, "none") for level in forecast.levels}
    return AheadPage(unit.id, unit.name, forecast, fills)
