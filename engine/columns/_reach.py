"""Which rows belong to some days, and how far back one must look so that every run is known."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from engine.columns._arrays import Numbers
from engine.columns._frame import Frame
from engine.columns._stretches import NEVER
from engine.columns._waiting import Waits
from engine.runs import longest_gap
from rules.decide import Program


class Reach:
    """Looks up rows of one frame by days."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._last = frame.day.max(axis=1, initial=0)
        # a day of 0 stands where there is no return; below nought it is the greatest
        self._first = (frame.day - 1).view(np.uint32).min(axis=1, initial=NEVER).astype(np.int32) + 1

    def rows(self, first: int, last: int) -> tuple[int, int]:
        """The rows from the first that has a day from `first` on, up to the last that has one before `last`."""
        after, before = np.flatnonzero(self._last >= first), np.flatnonzero(self._first < last)
        start = int(after[0]) if after.size else self._frame.rows
        end = int(before[-1]) + 1 if before.size else 0
        return start, max(start, end)

    def back(self, row: int, program: Program, chain: int) -> int:
        """The row to begin at so that all durations are known from `row` on.

        `chain` is the most periods that they ask for.
        """
        every, longest = program.policy.version.returns.every, longest_gap(program)
        wanted = every * chain
        if not wanted or row >= self._frame.rows:
            return row
        frame, began = self._frame, self._began
        counted = np.zeros(len(frame.units), np.int32)
        after, found = frame.day[row], row
        while found > 0:
            found -= 1
            day = frame.day[found]
            gap = (after - day) * ((day > 0) & (after > 0))
            counted += np.minimum(gap, every)
            np.maximum(counted, (gap > longest) * np.int32(wanted), out=counted)
            if ((counted >= wanted) | (began >= found)).all():
                break
            after = np.where(day > 0, day, after)
        return found

    @cached_property
    def waits(self) -> Waits:
        """How long units wait for a stay to be over."""
        return Waits(self._frame)

    @cached_property
    def _began(self) -> Numbers:
        """The first row in which each unit has a return; as many as there are rows for one that has none."""
        has = self._frame.has
        return np.where(has.any(axis=0), has.argmax(axis=0), self._frame.rows)

    def days_back(self, row: int, carry: int) -> int:
        """The row to begin at so that every figure that may still be carried forward to `row` is seen."""
        if not carry or not 0 < row < self._frame.rows:
            return row
        return min(row, self.rows(int(self._first[row]) - carry, NEVER)[0])
