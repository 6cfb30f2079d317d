"""What conditions compare, for the rows of a frame: figures, measures, and values made of them."""

from __future__ import annotations

from itertools import pairwise
from typing import Protocol

from engine.columns._arrays import Whole
from engine.columns._figures import FigureColumns
from engine.columns._frame import Frame
from engine.columns._measures import MeasureColumns
from engine.columns._reach import Reach

BLOCK = 100_000
"""About so many returns are worked on at a time, so that what belongs to them stays close at hand."""
KEPT = 4
"""So many blocks are kept: numbers that change look back a few rows."""


class Readings(Protocol):
    """What one version reads in a frame, whatever the numbers that it is compared with."""

    def blocks(self, first: int, last: int) -> list[tuple[int, int]]:
        """The rows from `first` up to `last` in blocks of a handy size."""

    def slot(self, place: int, first: int, last: int) -> Whole:
        """What a slot compares in some rows, which lie in one block."""


class FrameReadings:
    """What one version reads in the rows of a frame up to `end`.

    With `times` there are so many columns for each unit where blocks are worked on.
    """

    def __init__(
        self,
        frame: Frame,
        reach: Reach,
        figures: FigureColumns,
        measures: MeasureColumns,
        end: int,
        times: int = 1,
    ) -> None:
        self._frame, self._reach, self._figures, self._measures = frame, reach, figures, measures
        self._end = end
        self._size = max(1, BLOCK // max(1, times * len(frame.units)))
        self._anchor: int | None = None
        self._newest: Values | None = None
        self._kept: dict[int, dict[int, Whole]] = {}

    def blocks(self, first: int, last: int) -> list[tuple[int, int]]:
        """The rows from `first` up to `last` in blocks. The rows that are asked for first begin a block."""
        if self._anchor is None:
            self._anchor = first
        cuts = [first]
        while cuts[-1] < last:
            cuts.append(min(last, self._span(cuts[-1])[1]))
        return list(pairwise(cuts))

    def slot(self, place: int, first: int, last: int) -> Whole:
        """What a slot compares in some rows, which lie in one block."""
        start, end = self._span(first)
        known = self._kept.get(start)
        if known is None:
            while len(self._kept) >= KEPT:
                del self._kept[min(self._kept)]
            known = self._kept[start] = {}
        found = known.get(place)
        if found is None:
            found = known[place] = self._measures.slot(place, self._values(start, end))
        return found if (first, last) == (start, end) else found.rows(first - start, last - start)

    def _span(self, row: int) -> tuple[int, int]:
        """The block of a row."""
        anchor = self._anchor or 0
        start = anchor + (row - anchor) // self._size * self._size
        return max(0, start), max(row + 1, min(self._end, start + self._size))

    def _values(self, first: int, last: int) -> Values:
        """What is worked out of a block; only that of one is kept."""
        if self._newest is None or self._newest.span != (first, last):
            self._newest = Values(self._frame, self._reach, self._figures, self._measures, (first, last))
        return self._newest


class Values:
    """Figures and measures of some rows, each worked out when it is first asked for."""

    def __init__(
        self,
        frame: Frame,
        reach: Reach,
        figures: FigureColumns,
        measures: MeasureColumns,
        span: tuple[int, int],
    ) -> None:
        self._frame, self._reach, self.span = frame, reach, span
        self._figure_columns, self._measure_columns = figures, measures
        self._figures: dict[int, Whole] = {}
        self._measures: dict[int, Whole] = {}
        self.shape = (span[1] - span[0], len(frame.units))

    def figure(self, place: int) -> Whole:
        """The figures of a key, by its place."""
        found = self._figures.get(place)
        if found is None:
            first, last = self.span
            carry = self._figure_columns.carry[place]
            earlier = first if carry is None else self._reach.days_back(first, carry)
            found = self._figure_columns.take(place, self._frame, first, last, earlier)
            self._figures[place] = found
        return found

    def measure(self, place: int) -> Whole:
        """A measure's scaled values, by its place."""
        found = self._measures.get(place)
        if found is None:
            found = self._measures[place] = self._measure_columns.work_out(place, self)
        return found
