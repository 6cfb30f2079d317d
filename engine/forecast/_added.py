"""What is added to a figure on the days to come, in each future: worked out for a few futures at a time.

All futures of a unit together could be many more numbers than a machine can hold. So each kind keeps what it
was drawn from, and gives the numbers of some futures when they are asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from engine.columns import Flags, Numbers
from engine.forecast._moves import Moves


class Added(Protocol):
    """Something that is added to a figure."""

    def part(self, first: int, last: int) -> Numbers:
        """What is added by day and future, from one future up to another; one column where all are alike."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same in all futures, by day."""

    numbers: Numbers

    def part(self, first: int, last: int) -> Numbers:
        """One column for all."""
        return self.numbers[:, None]


@dataclass(frozen=True, slots=True)
class Walked:
    """How the figure usually moves: what is expected, and paths one after the other.

    `chosen` are the paths of each future, `periods` how many periods after the newest return each day is. Beyond the
    first, paths are taken without their mean: nothing is expected of weeks so far ahead.
    """

    moves: Moves
    chosen: Sequence[Numbers]
    periods: Numbers
    expected: bool

    def part(self, first: int, last: int) -> Numbers:
        """The paths of some futures."""
        by_period = self.moves.paths.T
        length = len(by_period)
        pieces: list[Numbers] = []
        before: Numbers = np.zeros(last - first, np.int64)
        for number, chosen in enumerate(self.chosen):
            paths = chosen[first:last]
            if number == 1:
                by_period = by_period - self.moves.mean[:, None]
            within = self.periods - 1 - number * length
            wanted = within[(within >= 0) & (within < length)]
            pieces.append(by_period[wanted].take(paths, axis=1) + before)
            before = before + by_period[-1].take(paths)
        found = np.concatenate(pieces)
        return found + self.moves.expected[self.periods - 1][:, None] if self.expected else found


@dataclass(frozen=True, slots=True)
class Happening:
    """What an event changes while it is there, less what the newest return has of it already.

    `days` are that of the newest return and those to come, `begins` the first day of the change, `until` its last;
    `comes` marks the futures in which it comes (None: all). What is the same in all futures has one column.
    """

    change: int
    days: Numbers
    begins: Numbers
    until: int
    comes: Flags | None

    def part(self, first: int, last: int) -> Numbers:
        """The event in some futures."""
        begins = self.begins if len(self.begins) == 1 else self.begins[first:last]
        there = (begins[None] <= self.days[:, None]) & (self.days <= self.until)[:, None]
        if self.comes is not None:
            there = there & self.comes[None, first:last]
        found: Numbers = (there[1:].astype(np.int64) - there[:1]) * self.change
        return found
