"""What a preview says, as values: nothing here is worked out."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from engine.worlds import Direction, Reason, Stretch
from rules.library import Framework
from rules.model import Pdu


@dataclass(frozen=True, slots=True)
class Move:
    """Days in a row on which a unit has another status in the world after than in the one before."""

    first: datetime.date
    last: datetime.date
    before: str | None
    after: str | None
    direction: Direction | None
    reason: Reason

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.last - self.first).days + 1


class Permission(NamedTuple):
    """An activity that may be reduced in one world only: from which day, on how many days, in which units."""

    activity: str
    title: str
    first: datetime.date
    days: int
    units: tuple[str, ...]


class Week(NamedTuple):
    """The status in both worlds on the last day of a week."""

    as_of: datetime.date
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class UnitPreview:
    """One unit in both worlds."""

    pdu: Pdu
    before: tuple[Stretch, ...]
    after: tuple[Stretch, ...]
    weeks: tuple[Week, ...]
    days_before: Mapping[str, int]
    days_after: Mapping[str, int]
    moves: tuple[Move, ...]
    newly: tuple[Permission, ...]
    withdrawn: tuple[Permission, ...]

    @property
    def changed(self) -> bool:
        """Whether the two worlds differ for the unit in status or in what may be reduced."""
        return bool(self.moves or self.newly or self.withdrawn)


class NumberChange(NamedTuple):
    """A trigger point that has another number after than before, for some units."""

    name: str
    before: Decimal
    after: Decimal
    units: tuple[str, ...]


class WithheldChange(NamedTuple):
    """An activity whose reductions some units begin (or cease) to leave unused."""

    activity: str
    withheld: bool
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is tried: two worlds, the new entry or version, and from which day on it counts.

    `effective` is the day that the document says; `as_if` the day that is tried instead, if any, which was
    `asked` for or else chosen. `same` says that the two worlds have the same words; `in_place` that the document
    lies where it belongs already, so that the world before is the one without it. Before `differs_from` both worlds
    are the same.
    """

    before: Framework
    after: Framework
    region: str | None
    version: str | None
    effective: datetime.date
    as_if: datetime.date | None
    asked: bool
    same: bool
    in_place: bool
    differs_from: datetime.date

    @property
    def counts_from(self) -> datetime.date:
        """The day from which on what is new counts here."""
        return self.effective if self.as_if is None else self.as_if


@dataclass(frozen=True, slots=True)
class Preview:
    """What would have been different: for each unit, and over all of them.

    `left_out` are trigger points of the new entry that a version of these days does not take.
    """

    question: Question
    first: datetime.date
    last: datetime.date
    units: tuple[UnitPreview, ...]
    without_returns: tuple[Pdu, ...]
    numbers: tuple[NumberChange, ...]
    withheld: tuple[WithheldChange, ...]
    left_out: tuple[str, ...]
    synthetic: bool

    @property
    def moved(self) -> tuple[UnitPreview, ...]:
        """The units that would have had another status on some day."""
        return tuple(unit for unit in self.units if unit.moves)

    @property
    def days(self) -> int:
        """How many days are looked at."""
        return (self.last - self.first).days + 1
