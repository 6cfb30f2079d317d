"""A comparison as values: its words, made once and set in three forms."""

from __future__ import annotations

from dataclasses import dataclass

from reports._explanation import Label, Table
from reports._page import Page


@dataclass(frozen=True, slots=True)
class Item:
    """A difference: what it does in a word, its sentence, what was and is said, the places, and a case."""

    effect: str
    style: str
    sentence: str
    before: str | None
    after: str | None
    notes: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Section:
    """Differences of one kind; those of activities by part."""

    title: str
    groups: tuple[tuple[str | None, tuple[Item, ...]], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """What one activity gains or loses, in a case that both versions have decided."""

    effect: str
    style: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Units that have one status under the first version and one under the second: in words, and their names."""

    title: str
    names: tuple[str, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class FirstText:
    """The first day on which a unit differs: the sentence, what sets the decisions apart, how each is opened."""

    text: str
    key: str
    reasons: tuple[str, ...]
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActivityText:
    """An activity that may be reduced under one version only: its title, and where."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImpactPage:
    """What a comparison would mean for real units. `grid` is the matrix with the names in its cells."""

    findings: tuple[str, ...]
    about: tuple[str, ...]
    labels: tuple[Label, ...]
    matrix: Table
    grid: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    cells: tuple[Cell, ...]
    regions: Table
    openings: tuple[tuple[str, str], ...]
    openings_note: str
    firsts: tuple[FirstText, ...]
    days: Table
    flips: tuple[str, ...]
    activities: tuple[ActivityText, ...]
    hours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparisonPage(Page):
    """The words of a comparison, in the order of the page."""

    first: tuple[str, ...]
    examples: tuple[Example, ...]
    counts: Table | None
    changes: tuple[Section, ...]
    wording: tuple[Section, ...]
    impact: ImpactPage | None = None
    """What the comparison would mean for real units; None where no returns were given."""
