"""An explanation as values: the words of one decision, made once and set in three forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from reports.distance._page import Ways

Mark = Literal["met", "not-met", "unknown"]


@dataclass(frozen=True, slots=True)
class Badge:
    """A status to be seen at a glance: its word, a letter, and its colours (background, text)."""

    word: str
    letter: str
    colour: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Label:
    """A warning about what the decision rests on: illustrative numbers, synthetic or public figures."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Check:
    """A condition and what came of it. A group has its parts, in the order of the document."""

    mark: Mark
    verdict: str
    text: str
    details: tuple[str, ...] = ()
    parts: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """Where something comes from."""

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A short label and what it says."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Reduction:
    """What may be reduced: how strongly it is meant, what to do, and its limits.

    The first `firm` limits say what must be kept: the floor, and for whom it is not, or only is.
    """

    title: str
    lead: str
    do: str
    limits: tuple[Line, ...]
    firm: int
    check: Check | None
    source: Reference | None


@dataclass(frozen=True, slots=True)
class Duty:
    """An activity that stays mandatory, why, and by which law."""

    title: str
    because: str
    source: Reference | None


@dataclass(frozen=True, slots=True)
class ReductionPart:
    """The reductions of one part of the framework; a part without a name has none."""

    title: str | None
    items: tuple[Reduction, ...]


@dataclass(frozen=True, slots=True)
class DutyPart:
    """The mandatory activities of one part of the framework."""

    title: str | None
    items: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason for which reductions are not permitted, and which those are."""

    reason: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Data:
    """A table as spreadsheets and programs take it: days as `2022-08-29`, numbers without units and thousands."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its caption, its columns and its rows. The first cell of a row is its heading.

    `data` has the same rows with their values as they are; None where the cells are so already.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    data: Data | None = None


@dataclass(frozen=True, slots=True)
class Audit:
    """How the decision can be checked. `command` is in pieces, so that it can be broken into lines."""

    facts: tuple[Line, ...]
    figures: tuple[Table, ...]
    fired: tuple[str, ...]
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of the page."""

    conditions: str
    others: str
    reductions: str
    duties: str
    refusals: str
    data: str
    settings: str
    audit: str
    audit_summary: str
    fired: str
    command: str
    skip: str
    source: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One decision in words, in the order of the page."""

    title: str
    place: str
    badge: Badge
    why: str
    lead: tuple[str, ...]
    labels: tuple[Label, ...]
    conditions_intro: tuple[str, ...]
    deciding: tuple[Check, ...]
    others: tuple[Check, ...]
    reductions_intro: tuple[str, ...]
    reductions: tuple[ReductionPart, ...]
    duties_intro: str
    duties: tuple[DutyPart, ...]
    refusals_intro: str
    refusals: tuple[Refusal, ...]
    data: tuple[str, ...]
    settings_intro: tuple[str, ...]
    settings: Table | None
    audit: Audit
    headings: Headings
    distance: Ways | None = None
