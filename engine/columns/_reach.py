"""Which rows belong to some days, and how far back one must look so that every run is known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.columns._figures import FigureColumns
from engine.columns._frame import Frame
from engine.columns._stretches import NEVER
from engine.columns._truths import Conditions
from engine.runs import longest_gap
from rules.decide import Hold

BROKEN = 1 << 20
"""In place of the days counted where a gap ends every run: more than any run needs."""


class Reach:
    """Looks up rows of one frame by days."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._first = np.where(frame.has, frame.day, NEVER).min(axis=1, initial=NEVER)
        self._last = np.where(frame.has, frame.day, 0).max(axis=1, initial=0)
        rows = np.arange(frame.rows, dtype=np.int32)[:, None]
        self._began = np.where(frame.has, rows, frame.rows).min(axis=0, initial=frame.rows)

    def rows(self, first: int, last: int) -> tuple[int, int]:
        """The rows from the first that has a day from `first` on, up to the last that has one before `last`."""
        after, before = np.flatnonzero(self._last >= first), np.flatnonzero(self._first < last)
        start = int(after[0]) if after.size else self._frame.rows
        end = int(before[-1]) + 1 if before.size else 0
        return start, max(start, end)

    def back(self, row: int, conditions: Conditions, needed: Sequence[int]) -> int:
        """The row to begin at so that all durations are known from `row` on."""
        program = conditions.program
        every = program.policy.version.returns.every
        wanted = every * _longest_chain(conditions, needed)
        if not wanted or row >= self._frame.rows:
            return row
        frame, longest = self._frame, longest_gap(program)
        counted = np.zeros(len(frame.units), np.int32)
        after = np.where(frame.has[row], frame.day[row], 0)
        found = row
        while found > 0:
            found -= 1
            has, day = frame.has[found], frame.day[found]
            gap = after - day
            added = np.where(gap > longest, BROKEN, np.minimum(gap, every))
            counted += np.where(has & (after > 0), added, 0)
            np.copyto(after, day, where=has)
            if ((counted >= wanted) | (self._began >= found)).all():
                break
        return found

    def days_back(self, row: int, figures: FigureColumns) -> int:
        """The row to begin at so that every figure that may still be carried forward to `row` is seen."""
        if not figures.longest_carry or not 0 < row < self._frame.rows:
            return row
        return min(row, self.rows(int(self._first[row]) - figures.longest_carry, NEVER)[0])


def _longest_chain(conditions: Conditions, needed: Sequence[int]) -> int:
    """The most periods that durations which lie one within the other ask for together."""
    lengths: dict[int, int] = {}
    for index in needed:
        node = conditions.program.nodes[index]
        children = conditions.children(index)
        below = max((lengths[child] for child in children), default=0)
        lengths[index] = below + (node.needs if isinstance(node, Hold) else 0)
    return max(lengths.values(), default=0)
