"""The next status as a look-up: every case that turns up is decided once, by the plain decider."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.columns._arrays import Numbers, Truths
from rules.decide import FALSE, NONE, PlainDecider, Program

DENSE = 3**10
"""Up to so many combinations of truths are found by their number; beyond, by search."""


class StatusTable:
    """The status that follows, for each combination of truths of `enter` and `exit` that has been met.

    A *case* is such a combination; with where a unit stands and whether its stay is over it gives the status.
    """

    def __init__(self, program: Program) -> None:
        self._plain = PlainDecider(program)
        self.levels = program.levels
        self._width = 2 * (self.levels + 1)
        self._size = 3 ** (2 * (self.levels - 1))
        self._dense = np.full(self._size, -1, np.int32) if self._size <= DENSE else None
        self._known: dict[int, int] = {}
        self._table = np.zeros((0, self._width), np.int8)
        self._meet(np.zeros(1, np.int64))  # so that there is a case to stand in where there is no return

    def cases(self, enters: Sequence[Truths | None], exits: Sequence[Truths | None]) -> Numbers:
        """The case of each place, from the truths by level; a level without one has None."""
        wide = self._dense is None
        code: Numbers | None = None
        for truths in reversed([*enters[1:], *exits[1:]]):
            code = _shifted(code, truths, np.int64 if wide else np.int32)
        if code is None:  # one status only
            return np.zeros((), np.int32)
        if self._dense is not None:
            found = self._dense[code]
            if found.size and found.min() < 0:
                self._meet(np.unique(code[found < 0]))
                found = self._dense[code]
            return found
        distinct, places = np.unique(code, return_inverse=True)
        self._meet(distinct)
        return np.array([self._known[int(one)] for one in distinct], np.int32)[places].reshape(code.shape)

    @property
    def statuses(self) -> Numbers:
        """The status by case + 2 * (level stood at + 1) + (1 where the stay is over); NONE is indeterminate."""
        return self._table.reshape(-1)

    def _meet(self, codes: Numbers) -> None:
        """Decide every case of some combinations that are new."""
        rows: list[list[int]] = []
        for number in map(int, codes):
            if number in self._known:
                continue
            case = (len(self._table) + len(rows)) * self._width
            self._known[number] = case
            if self._dense is not None:
                self._dense[number] = case
            rows.append(self._decided(number))
        if rows:
            self._table = np.concatenate((self._table, np.array(rows, np.int8)))

    def _decided(self, number: int) -> list[int]:
        truths = []
        for _ in range(2 * (self.levels - 1)):
            number, truth = divmod(number, 3)
            truths.append(truth)
        enter, leave = [FALSE, *truths[: self.levels - 1]], [FALSE, *truths[self.levels - 1 :]]
        found = []
        for standing in range(NONE, self.levels):
            for stay_over in (False, True):
                candidates = self._plain.candidates(enter, leave, standing, stay_over)
                found.append(candidates[0] if len(candidates) == 1 else NONE)
        return found


def _shifted(code: Numbers | None, truths: Truths | None, kind: type) -> Numbers | None:
    """The code with one more truth as its last digit to the base of three."""
    if code is None:
        return None if truths is None else truths.astype(kind)
    code = code * kind(3)
    return code if truths is None else code + truths
