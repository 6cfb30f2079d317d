"""The status of many units moved from row to row: the one part of a fold that goes step by step."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from engine.columns._arrays import Days, Flags, Numbers
from engine.columns._judge import Kit


class Moved(NamedTuple):
    """Where units stand after each row, since when, and whether its step was determinate; by row and unit."""

    level: Numbers
    since: Days
    determinate: Flags


class Standing:
    """Where each unit stands under one version, as `StatusTable` has it, and since when (0 without a level)."""

    def __init__(self, at: Numbers, since: Days) -> None:
        self.at, self.since = at, since

    @classmethod
    def nowhere(cls, units: int) -> Standing:
        """No unit has a level."""
        return cls(np.zeros(units, np.intp), np.zeros(units, np.int32))

    def move(self, kit: Kit, places: Numbers, bare: Numbers | None, day: Days) -> Moved:
        """Move on row by row.

        `places` are those of the rows' cases in the version's table, and are used up. `bare` are those for units
        without a level, if some are others.
        """
        add, times, differs, reaches = np.add, np.multiply, np.not_equal, np.greater_equal
        shape = places.shape
        standing, since = np.empty(shape, np.intp), np.empty(shape, np.int32)
        further = None if bare is None else bare - places
        stays, following = kit.stays, kit.table.following
        at, held = self.at, self.since
        stay = stays[at]
        due, over, moved = np.empty_like(held), np.empty(shape[1:], np.bool_), np.empty(shape[1:], np.bool_)
        for row, (place, today, after, began) in enumerate(zip(places, day, standing, since, strict=True)):
            if further is not None:
                place += further[row] * (at == 0)
            add(held, stay, due)
            reaches(today, due, over)
            add(place, at, place)
            add(place, over, place)
            following.take(place, None, after, "clip")
            differs(after, at, moved)
            times(today, moved, due)
            np.maximum(held, due, out=began)  # days only grow
            stays.take(after, None, stay, "clip")
            at, held = after, began
        self.at, self.since = at, held
        level = (standing.astype(np.int8) >> 1) - np.int8(1)
        return Moved(level, since, kit.table.determinate.take(places))
