"""How long conditions have held, over whole columns: `engine.runs`, many units at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.columns._arrays import Days, Flags, Numbers, Truths
from engine.columns._truths import Conditions
from engine.runs import longest_gap
from rules.decide import TRUE, Hold

NONE_YET = np.int32(-(2**29))
"""In place of a length where no run goes on. So far below 0 that nothing added lifts it above a period."""


class RunColumns:
    """The runs of some nodes, carried from one block of rows to the next."""

    def __init__(self, conditions: Conditions, needed: Sequence[int], units: int) -> None:
        program = conditions.program
        self._every = program.policy.version.returns.every
        self._longest = longest_gap(program)
        self._last = np.zeros(units, np.int32)
        self._lengths: dict[int, Numbers] = {}
        self._needs: dict[int, Numbers] = {}
        for depth in sorted({conditions.depth[node] for node in needed}):
            holds = [
                node.needs
                for index in needed
                if conditions.depth[index] == depth and isinstance(node := program.nodes[index], Hold)
            ]
            if holds:
                # so many periods, rounded half up, are reached from this many days on
                days = [(2 * self._every * needs - self._every + 1) // 2 for needs in holds]
                self._needs[depth] = np.array(days, np.int32)[:, None]
                self._lengths[depth] = np.full((len(holds), units), NONE_YET, np.int32)
        self._added: Numbers = np.zeros((0, units), np.int32)
        self._has: Flags = np.zeros((0, units), np.bool_)
        self._complete: Flags = np.zeros(0, np.bool_)

    def replace(self, units: Numbers, by: RunColumns) -> None:
        """Take the runs of some units from another count."""
        self._last[units] = by._last
        for depth, lengths in by._lengths.items():
            self._lengths[depth][:, units] = lengths

    def begin(self, day: Days, has: Flags) -> None:
        """Take the days of the next rows."""
        every, longest, last = np.int32(self._every), self._longest, self._last
        added = np.empty_like(day)
        for row in range(len(day)):
            gap = np.subtract(day[row], last, out=added[row])
            fresh = (gap > longest) | (last == 0)
            np.minimum(gap, every, out=gap)
            np.copyto(gap, NONE_YET, where=fresh)
            np.copyto(last, day[row], where=has[row])
        self._added, self._has = added, has
        self._complete = np.asarray(has.all(axis=1))

    def reached(self, depth: int, truths: Sequence[Truths]) -> Flags:
        """Where each duration of a depth is met if its condition holds, row by row."""
        lengths, needs = self._lengths[depth], self._needs[depth]
        ended = np.stack(truths) != TRUE
        long: Flags = np.empty_like(ended)
        every = np.int32(self._every)
        held = np.empty_like(lengths)
        for row in range(ended.shape[1]):
            np.add(lengths, self._added[row], out=held)
            np.maximum(held, every, out=held)
            np.greater_equal(held, needs, out=long[:, row])
            np.copyto(held, NONE_YET, where=ended[:, row])
            if not self._complete[row]:
                np.copyto(held, lengths, where=~self._has[row])
            lengths, held = held, lengths
        self._lengths[depth] = lengths
        return long
