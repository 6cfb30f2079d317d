"""A pipeline's entries as they stand in a file, not yet judged: from YAML, from JSON and from a table alike."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from rules.model._fields import number_text, read_number, too_long
from rules.problems import Place, Problem

PlaceOf = Callable[[str], Place]
"""Where the value of a key stands, such as `on`; of a key that is left out, the entry itself."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one figure is changed by, as written."""

    input: str
    member: str | None
    amount: Decimal | None
    """None where no number is written; the fault is told by who read it."""
    place: Place
    amount_place: Place


@dataclass(slots=True)
class EventDraft:
    """One event as written. `event` is None where the file gives it no name."""

    place: PlaceOf
    pdu: str
    kind: str
    on: datetime.date
    changes: list[Change]
    event: str | None = None
    likelihood: str | None = None
    until: datetime.date | None = None
    spread: int = 0
    basis: str = ""
    note: str = ""

    @property
    def head(self) -> tuple[object, ...]:
        """What all rows of one event say alike."""
        return self.pdu, self.kind, self.on, self.likelihood, self.until, self.spread, self.basis, self.note


@dataclass(slots=True)
class TrendDraft:
    """One trend as written."""

    place: PlaceOf
    input: str
    member: str | None
    pdu: str | None = None
    region: str | None = None
    per_week: Decimal | None = None
    percent: str | None = None
    basis: str = ""
    note: str = ""


@dataclass(slots=True)
class Drafts:
    """All entries of a file."""

    events: list[EventDraft] = field(default_factory=list)
    trends: list[TrendDraft] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage as written: the number, and whether the sign stands behind it."""

    number: Decimal
    signed: bool


def percent_of(text: str) -> Percent | None:
    """The percentage that a text writes, such as `80%` or `80`; None where it writes none."""
    bare = text.strip()
    signed = bare.endswith("%")
    number = read_number(bare.removesuffix("%").rstrip()) if len(bare) <= 40 else None
    if number is None or too_long(number):
        return None
    return Percent(number, signed)


def number_of(text: str, place: Place) -> Decimal | Problem:
    """The exact number that a text writes, or what is wrong with it (PF535)."""
    number = read_number(text) if len(text) <= 40 else None
    if number is None:
        hint = "Write digits, as in 1 or -0.5."
        return Problem("PF535", f"A change is a number, not {text[:40]!r}.", place, hint)
    if too_long(number):
        return Problem("PF535", "A number has at most 15 digits.", place, "Write a shorter number.")
    return Decimal(number_text(number))


def split_key(text: str) -> tuple[str, str | None]:
    """A figure's key as input and member: `in_post_fte[PO]`. What is no such key is taken for an input's name."""
    name, bracket, rest = text.partition("[")
    if bracket and rest.endswith("]") and rest.count("]") == 1:
        return name.strip(), rest[:-1].strip()
    return text, None
