"""How long conditions have held, over whole columns: `engine.runs`, many units at a time.

Of each run it is kept where it began, on a scale that goes on by the time that counts from return to return: its
length is the distance to there. So a whole block of rows is worked out at once, and the beginnings go on from row to
row as the highest yet. Lengths are counted in the fitting type that holds them, and beyond the most that any duration
asks for it is not counted.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.columns._arrays import Days, Flags, Numbers, accumulate, fitting
from engine.columns._tree import Layers
from engine.runs import longest_gap
from rules.decide import Program

LONG_AGO = -(2**29)
"""In place of the day of the return before, where there was none."""


class RunColumns:
    """The runs of some nodes, carried from one block of rows to the next."""

    def __init__(self, program: Program, layers: Layers, units: int) -> None:
        every = program.policy.version.returns.every
        self._every, self._longest = every, longest_gap(program)
        self._last: Days = np.full(units, LONG_AGO, np.int32)
        self._lengths: dict[int, Numbers] = {}
        self._needs: dict[int, list[int]] = {}
        for depth, layer in enumerate(layers):
            if layer.holds:
                # so many periods, rounded half up, are reached from this many days on
                needs = [(2 * every * hold.needs - every + 1) // 2 for _, hold in layer.holds]
                self._needs[depth] = needs
                self._lengths[depth] = np.zeros((len(needs), units), fitting(max(needs)))
        self._most = max((max(needs) for needs in self._needs.values()), default=0)
        self._block: _Block | None = None

    def replace(self, units: Numbers, by: RunColumns) -> None:
        """Take the runs of some units from another count."""
        self._last[units] = by._last
        for depth, lengths in by._lengths.items():
            self._lengths[depth][:, units] = lengths

    def begin(self, day: Days, has: Flags) -> None:
        """Take the days of the next rows."""
        if self._needs:
            self._block = _Block(day, has, self._last, self._every, self._longest, self._most)
            self._last = self._block.last

    def reached(self, depth: int, truths: Sequence[Flags]) -> list[Flags]:
        """Where each duration of a depth is met if its condition holds."""
        needs, block = self._needs[depth], self._block
        assert block is not None, "rows were begun"
        begun, lengths = block.begun(truths, self._lengths[depth])
        self._lengths[depth] = np.minimum(lengths, max(needs))
        kind = block.scale.dtype.type
        latest = {need: block.scale - kind(need) for need in set(needs)}
        return [begun[:, place] <= latest[need] for place, need in enumerate(needs)]


class _Block:
    """The days of some rows as runs count them.

    `scale` tells by row and unit how much time has counted. It begins so high that each run, even one from before the
    rows, has begun above 0. What the first return of a run lacks of one period is made up for by a beginning that
    lies further back.
    """

    def __init__(self, day: Days, has: Flags, last: Days, every: int, longest: int, most: int) -> None:
        newest = np.concatenate((last[None], day))
        accumulate(np.maximum, newest)
        self.last: Days = newest[-1]
        gap = day - newest[:-1]
        kind = fitting(2 * most + every * (len(day) + 3))
        self._zero = kind(most + every + 1)
        self._has = has
        self.scale: Numbers = np.minimum(gap, every).astype(kind)
        self.scale *= has
        self.scale[0] += self._zero
        accumulate(np.add, self.scale)
        begun = self.scale - kind(every)
        fresh = gap > longest
        fresh &= has
        self._fresh = begun * fresh if fresh.any() else None
        """Where a run has begun at the earliest: at a return that comes too long after the one before; else 0."""
        self._next = np.concatenate((begun, self.scale[-1:]))
        """By row where a run has begun that begins with the first return there or later."""
        if not has.all():
            np.maximum(self._next[:-1], ~has * kind(np.iinfo(kind).max), out=self._next[:-1])
            accumulate(np.minimum, self._next[::-1])

    def begun(self, truths: Sequence[Flags], lengths: Numbers) -> tuple[Numbers, Numbers]:
        """Where the runs of some conditions have begun, by row, condition and unit, and their lengths at the end.

        `lengths` are those before the rows; that of a run that is broken is 0.
        """
        rows, units = self.scale.shape
        found = np.empty((rows + 1, len(truths), units), self.scale.dtype)
        found[0] = np.where(lengths == 0, self._next[0], self._zero - lengths.astype(found.dtype))
        for place, holds in enumerate(truths):
            # a run that is broken begins anew with the next return
            np.multiply(self._next[1:], self._has > holds, out=found[1:, place])
        if self._fresh is not None:
            np.maximum(found[:-1], self._fresh[:, None], out=found[:-1])
        accumulate(np.maximum, found.reshape(rows + 1, -1))
        return found[:-1], self.scale[-1] - found[-1]
