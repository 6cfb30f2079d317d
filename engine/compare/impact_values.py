"""What a comparison would mean for real units, as values. Statuses are calculated ones, by each version on all days."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from engine.worlds import Reason
from rules.model import Pdu

Status = str | None
"""A status, `indeterminate`, or None where there is no decision."""


class Transition(NamedTuple):
    """A cell of the matrix: units that have one status under the first version and one under the second."""

    before: Status
    after: Status
    pdus: tuple[Pdu, ...]


class Moved(NamedTuple):
    """The days of all units with one status under the first version and one under the second."""

    before: Status
    after: Status
    days: int


class RegionImpact(NamedTuple):
    """The units of one region: how many there are, how many differ on the last day and on some day."""

    region: str
    units: int
    differ: int
    ever: int
    transitions: tuple[Transition, ...]
    days: tuple[Mapping[str, int], Mapping[str, int]]


class FirstDifference(NamedTuple):
    """The first day on which a unit has another status under the second version, and why.

    `differs` says on how many days it has; `commands` open the two decisions, where a command can.
    """

    pdu: Pdu
    day: datetime.date
    before: Status
    after: Status
    reason: Reason
    differs: int
    commands: tuple[str, str] | None


class Flips(NamedTuple):
    """How often the status of a unit changes under each version."""

    pdu: Pdu
    before: int
    after: int


class Whom(NamedTuple):
    """Units in which an activity may be reduced under one version only.

    On some day; on how many days of all units together; and the units on the last day.
    """

    pdus: tuple[Pdu, ...]
    days: int
    last: tuple[Pdu, ...]


class ActivityImpact(NamedTuple):
    """An activity that may be reduced under one version only, in some unit on some day."""

    activity: str
    title: str
    newly: Whom
    withdrawn: Whom


class Released(NamedTuple):
    """Minutes that reductions release: all of them, and those of numbers that are illustrative.

    `unknown` counts reductions of a unit whose figure is not known, `unsaid` those that say nothing of time.
    """

    minutes: Fraction
    illustrative: Fraction
    unknown: int
    unsaid: int

    @property
    def hours(self) -> str:
        """The minutes in hours, to one decimal."""
        return in_hours(self.minutes)


class Hours(NamedTuple):
    """The time that is released in one period (a month, as a rule) by what is permitted on the last day."""

    every: str
    before: Released
    after: Released

    @property
    def change(self) -> Fraction:
        """The minutes more under the second version."""
        return self.after.minutes - self.before.minutes

    @property
    def change_hours(self) -> str:
        """The same in hours, to one decimal."""
        return in_hours(self.change)


class Sample(NamedTuple):
    """What was decided again one by one, and gave the same."""

    pdus: tuple[str, ...]
    days: int


@dataclass(frozen=True, slots=True)
class Impact:
    """What two versions make of the same returns.

    `statuses` are the ids of both versions, the least severe first, and `indeterminate`. `names` are the regions
    that a comparison is limited to, if it is.
    """

    first: datetime.date
    last: datetime.date
    statuses: tuple[str, ...]
    units: tuple[Pdu, ...]
    transitions: tuple[Transition, ...]
    matrix: tuple[Moved, ...]
    regions: tuple[RegionImpact, ...]
    first_differences: tuple[FirstDifference, ...]
    days: tuple[Mapping[str, int], Mapping[str, int]]
    flips: tuple[Flips, ...]
    activities: tuple[ActivityImpact, ...]
    hours: tuple[Hours, ...]
    only: tuple[str, ...]
    synthetic: bool
    sample: Sample

    @property
    def differ(self) -> int:
        """How many units have another status on the last day."""
        return sum(len(one.pdus) for one in self.transitions if one.before != one.after)

    @property
    def size(self) -> int:
        """How many days are looked at."""
        return (self.last - self.first).days + 1


def exact(number: Fraction) -> str:
    """A number with all of its decimals: minutes for each unit of a figure never have endless ones."""
    decimals, scaled = 0, number
    while scaled.denominator != 1:
        decimals, scaled = decimals + 1, scaled * 10
    return _written(scaled.numerator, decimals)


def in_hours(minutes: Fraction) -> str:
    """Minutes in hours, rounded half away from zero to one decimal."""
    tenths = minutes / 6
    size = (2 * abs(tenths.numerator) + tenths.denominator) // (2 * tenths.denominator)
    return _written(-size if minutes < 0 else size, 1)


def _written(scaled: int, decimals: int) -> str:
    digits = str(abs(scaled)).rjust(decimals + 1, "0")
    text = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return f"-{text}" if scaled < 0 else text
