"""Relief as values: what each reduction releases, what is missing, and what follows. Hours are exact, a month each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from engine.relief._figures import Amount

MONTHLY: Mapping[str, Fraction] = {
    "day": Fraction(365, 12),
    "week": Fraction(365, 84),
    "month": Fraction(1),
    "quarter": Fraction(1, 3),
    "year": Fraction(1, 12),
}
"""How often a period comes in a month, which is the twelfth part of 365 days."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a reduction says that it releases: minutes for each unit of a figure, once in a period."""

    minutes: Decimal
    per: str
    every: str
    basis: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Release:
    """One reduction with the hours a month that it releases. Without `stated` it says nothing of time."""

    activity: str
    title: str
    part: str | None
    from_: str
    stated: Stated | None
    amount: Amount | None
    hours: Fraction | None = field(init=False)
    """The hours a month, or None where they are not known. Worked out once: pages ask for it again and again."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "hours", _hours(self.stated, self.amount))


def _hours(stated: Stated | None, amount: Amount | None) -> Fraction | None:
    if stated is None or amount is None or amount.value is None:
        return None
    return Fraction(stated.minutes) * amount.value / 60 * MONTHLY[stated.every]


@dataclass(frozen=True, slots=True)
class Added:
    """A reduction that would stand at the next status; `instead_of` stands for its activity now."""

    release: Release
    instead_of: Release | None

    @property
    def more(self) -> Fraction | None:
        """So many hours more than now; None where either is not known."""
        before = Fraction(0) if self.instead_of is None else self.instead_of.hours
        hours = self.release.hours
        return None if before is None or hours is None else hours - before


@dataclass(frozen=True, slots=True)
class Next:
    """What would stand at the next more severe status, if conditions stayed as they are."""

    status: str
    releases: tuple[Release, ...]
    adds: tuple[Added, ...]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """The hours a month that are missing, rounded to so many decimals; 0 or less: none."""

    hours: Fraction
    decimals: int
    amount: Amount


@dataclass(frozen=True, slots=True)
class Relief:
    """What the reductions that stand for a unit release, held against what it lacks.

    `because` says why there is no shortfall where there is none. `version` has the words of the document.
    """

    decision: Mapping[str, Any]
    shortfall: Shortfall | None
    because: Mapping[str, Any] | None
    releases: tuple[Release, ...]
    next_status: Next | None
    order: tuple[str, ...]
    """The activities in the order of the document's parts, and within a part of its activities."""

    @property
    def places(self) -> int:
        """To how many decimals hours are rounded: 1, or as many as the shortfall has."""
        return 1 if self.shortfall is None else max(1, self.shortfall.decimals)

    def closes(self, hours: Fraction) -> bool:
        """Whether so many hours make up for what is missing: rounded, as they are told."""
        assert self.shortfall is not None, "there is nothing to make up for"
        return rounded(hours, self.places) >= rounded(self.shortfall.hours, self.places)


def released(releases: tuple[Release, ...]) -> Fraction:
    """The sum of what is known."""
    return sum((one.hours for one in releases if one.hours is not None), Fraction(0))


def unknown(releases: tuple[Release, ...]) -> tuple[Release, ...]:
    """The reductions whose hours are not known."""
    return tuple(one for one in releases if one.hours is None)


def rounded(hours: Fraction, places: int) -> int:
    """Hours times `10 ** places` as a whole number, halves rounded away from zero."""
    scale: int = 10**places
    scaled = abs(hours) * scale
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return whole if hours >= 0 else -whole
