"""A preview as values: its words, made once and set in three forms."""

from __future__ import annotations

from dataclasses import dataclass

from reports._explanation import Table
from reports._page import Level, Page, Strip


@dataclass(frozen=True, slots=True)
class MoveText:
    """A stretch with another status, and why."""

    text: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitPage:
    """One unit: its weeks, and what would have been different."""

    name: str
    changed: bool
    moved: bool
    summary: str | None
    strip: Strip
    moves: tuple[MoveText, ...]
    permissions: tuple[str, ...]
    spoken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Units of one region; without a title where there is only one region."""

    title: str | None
    units: tuple[UnitPage, ...]


@dataclass(frozen=True, slots=True)
class PreviewPage(Page):
    """The words of a preview, in the order of the page."""

    settings: Table | None
    settings_notes: tuple[str, ...]
    legend: str
    levels: tuple[Level, ...]
    changed: tuple[Group, ...]
    unchanged: tuple[Group, ...]
    days: tuple[Table, ...]
    activities: tuple[Table, ...]
    without_returns: tuple[str, ...]
