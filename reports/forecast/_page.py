"""Forecasts as values: their words, made once and set in three forms."""

from __future__ import annotations

from dataclasses import dataclass

from reports._explanation import Table
from reports._page import Level, Page
from reports.forecast._plot import Drawing


@dataclass(frozen=True, slots=True)
class StripBlock:
    """Some weeks in a row: the year and the months above them, and the bars of each status."""

    year: str
    ruler: str
    bars: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OutlookPage:
    """The weeks ahead of one unit under one version: what comes, how likely, what drives it, what it rests on."""

    id: str
    name: str
    headline: str
    lead: tuple[str, ...]
    strip: tuple[StripBlock, ...]
    drawing: Drawing | None
    chances: Table | None
    few: Table | None
    """The chances of some weeks only, for narrow forms."""
    measures: Table | None
    drivers_intro: tuple[str, ...]
    drivers: Table | None
    assumptions: tuple[str, ...]
    others: tuple[OutlookPage, ...] = ()
    """The same unit under other versions."""


@dataclass(frozen=True, slots=True)
class ScorePage:
    """How good such forecasts have been."""

    sentences: tuple[str, ...]
    table: Table | None
    coverage: Table | None
    bins: Table | None


@dataclass(frozen=True, slots=True)
class ForecastPage(Page):
    """The words of forecasts, in the order of the page."""

    levels: tuple[Level, ...]
    units: Table | None
    outlooks: tuple[OutlookPage, ...]
    score: ScorePage
    note: str
