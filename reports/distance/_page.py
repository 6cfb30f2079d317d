"""A distance as values: its words, made once and set in three forms, alone or within an explanation."""

from __future__ import annotations

from dataclasses import dataclass

from reports._page import Page


@dataclass(frozen=True, slots=True)
class Way:
    """What would bring one status: first in short, then what people can change, and what stands in the way."""

    heading: str
    lead: tuple[str, ...]
    levers: tuple[str, ...]
    measures_heading: str
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """What would change the status, as a section."""

    heading: str
    intro: tuple[str, ...]
    ways: tuple[Way, ...]
    rests_heading: str
    rests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DistancePage(Page):
    """The words of a distance on a page of its own."""

    section: Ways
