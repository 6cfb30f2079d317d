"""How long conditions have held, over whole columns: `engine.runs`, many units at a time.

The length of a run goes on from row to row by one sum: a run that is broken, or has not begun, is so far below one
period that it begins with one. Lengths are counted in the fitting type that holds them, and beyond the most that
any duration asks for it is not counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from engine.columns._arrays import Days, Flags, Numbers, fitting
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
        self._added: Numbers = np.zeros((0, units), np.int8)
        self._least: Sequence[Any] = ()
        self._absent: Flags | None = None

    def replace(self, units: Numbers, by: RunColumns) -> None:
        """Take the runs of some units from another count."""
        self._last[units] = by._last
        for depth, lengths in by._lengths.items():
            self._lengths[depth][:, units] = lengths

    def begin(self, day: Days, has: Flags) -> None:
        """Take the days of the next rows."""
        if not self._needs:
            return
        every, last = self._every, self._last
        gap = np.empty_like(day)
        for today, since in zip(day, gap, strict=True):
            np.subtract(today, last, out=since)
            last = np.maximum(last, today)
        self._last = last
        # no run is longer than this at the end of the rows
        kind = fitting(self._most + every * (len(day) + 1))
        added = np.minimum(gap, every).astype(kind)
        fresh = gap > self._longest
        complete = bool(has.all())
        if not complete:
            # no return: nothing is added, nothing begins, and nothing ends
            added *= has
            fresh &= has
        if fresh.any():
            added += np.multiply(fresh, np.iinfo(kind).min, dtype=kind)
        self._added = added
        self._absent = None if complete else ~has
        self._least = [kind(every)] * len(day) if complete else has * kind(every)

    def reached(self, depth: int, truths: Sequence[Flags]) -> list[Flags]:
        """Where each duration of a depth is met if its condition holds."""
        needs, added = self._needs[depth], self._added
        kind = added.dtype
        held = np.empty((len(added), len(truths), added.shape[1]), kind)
        kept = np.empty_like(held)
        for place, holds in enumerate(truths):
            if self._absent is None:
                kept[:, place] = holds
            else:
                np.logical_or(holds, self._absent, out=kept[:, place])
        lengths = self._lengths[depth].astype(kind)
        for more, least, length, on in zip(added, self._least, held, kept, strict=True):
            np.add(lengths, more, out=length)
            np.maximum(length, least, out=length)
            np.multiply(length, on, out=lengths)
        self._lengths[depth] = np.minimum(lengths, max(needs))
        return [held[:, place] >= need for place, need in enumerate(needs)]
