"""Out of columns, back to single returns: so that one unit's step can be decided by the single path."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal

from engine.columns._fold import Columns
from engine.columns._frame import NOT_GIVEN, Frame
from engine.columns._reach import Reach
from engine.columns._stretches import NEVER, stretches
from rules.figures import Figure, Return


class Back:
    """Tells how far back one must look so that all that counts on a row is seen. One version judges all days."""

    def __init__(self, columns: Columns, frame: Frame) -> None:
        self._frame, self._reach = frame, Reach(frame)
        self._judge = None
        for stretch in stretches(columns.framework, frozenset(frame.regions)):
            # settings change numbers and never which conditions there are, so the first stretch will do
            self._judge = columns.judge(stretch, frame, self._reach, whens=True)
            break

    def row(self, row: int) -> int:
        """The first row that counts for runs, or whose figures may be carried forward."""
        if self._judge is None:
            return row
        return self._reach.days_back(self._judge.back(row), self._judge.kit.figures.longest_carry)


def first_row_wanted(columns: Columns, frame: Frame, day: int) -> int:
    """The first row that a fold which begins on a day (an ordinal) looks back to, under any version from then on.

    Rows before it can be left out of the frame and change nothing.
    """
    reach = Reach(frame)
    found = reach.rows(day, NEVER)[0]
    for stretch in columns.compiler.stretches(frozenset(frame.regions)):
        if stretch.last > day:
            judge = columns.judge(stretch, frame, reach)
            begins = max(stretch.first, day) - stretch.policy.version.returns.stale_after
            row = reach.rows(begins, NEVER)[0]
            found = min(found, reach.days_back(judge.back(row), judge.kit.figures.longest_carry))
    return found


def returns_of(frame: Frame, unit: int, first: int, last: int) -> Iterator[Return]:
    """The returns of a unit in the rows from `first` up to `last`, which is left out."""
    pdu = frame.units[unit].id
    for row in range(first, last):
        if frame.has[row, unit]:
            figures: dict[str, Figure] = {}
            for key, numbers in frame.numbers.items():
                if numbers.given[row, unit]:
                    figures[key] = Decimal(int(numbers.numbers[row, unit])).scaleb(-numbers.decimals)
            for key, words in frame.categories.items():
                code = int(words.codes[row, unit])
                if code != NOT_GIVEN:
                    figures[key] = words.ids[code]
            yield Return(pdu, datetime.date.fromordinal(int(frame.day[row, unit])), figures)
