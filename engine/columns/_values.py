"""What conditions compare, for some rows of a frame: figures, measures, and values made of them."""

from __future__ import annotations

from engine.columns._arrays import Whole
from engine.columns._figures import FigureColumns
from engine.columns._frame import Frame
from engine.columns._measures import MeasureColumns
from engine.columns._reach import Reach


class Values:
    """The values of the rows from `first` up to `last`, each worked out when it is first asked for."""

    def __init__(
        self,
        frame: Frame,
        reach: Reach,
        figures: FigureColumns,
        measures: MeasureColumns,
        rows: tuple[int, int],
    ) -> None:
        self._frame, self._reach, self._rows = frame, reach, rows
        self._figure_columns, self._measure_columns = figures, measures
        self._figures: dict[int, Whole] = {}
        self._measures: dict[int, Whole] = {}
        self._slots: dict[int, Whole] = {}
        self.shape = (rows[1] - rows[0], len(frame.units))

    def figure(self, place: int) -> Whole:
        """The figures of a key, by its place."""
        found = self._figures.get(place)
        if found is None:
            first, last = self._rows
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

    def slot(self, place: int) -> Whole:
        """What a slot compares."""
        found = self._slots.get(place)
        if found is None:
            found = self._slots[place] = self._measure_columns.slot(place, self)
        return found
