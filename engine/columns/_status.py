"""The next status as a look-up: every case that turns up is decided once, by the plain decider."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.columns._arrays import Flags, Numbers, fitting
from engine.columns._truths import Truth
from rules.decide import FALSE, NONE, PlainDecider, Program

WHOLE = 3**6
"""Up to so many combinations of truths are all decided beforehand."""
DENSE = 3**10
"""Up to so many are found by their number; beyond, by search."""


class StatusTable:
    """The status that follows, for each combination of truths of `enter` and `exit`.

    A *case* numbers a combination; case 0 is that there is no return, and changes nothing. With where a unit stands
    and whether its stay is over a case gives the status. Where a unit stands is 2 * (level + 1), 0 without a level,
    so that the three can be added up to a place in the table: `case * width + standing + (1 where the stay is over)`.
    """

    def __init__(self, program: Program) -> None:
        self._plain = PlainDecider(program)
        self._levels = program.levels
        self.width = 2 * (self._levels + 1)
        self._size = 3 ** (2 * (self._levels - 1))
        self._dense = np.zeros(self._size, np.int32) if WHOLE < self._size <= DENSE else None
        self._known: dict[int, int] = {}
        self.following: Numbers = np.zeros(0, np.intp)
        """Where a unit stands afterwards, by place; where it stood if that is indeterminate."""
        self.determinate: Flags = np.zeros(0, np.bool_)
        """Whether the status is determinate, by place."""
        self._take([[NONE] * self.width])
        if self._size <= WHOLE:
            self._take([self._decided(number) for number in range(self._size)])

    def cases(self, enters: Sequence[Truth | None], exits: Sequence[Truth | None]) -> Numbers:
        """The case of each place, from the truths by level; a level without one has None."""
        truths = [*enters[1:], *exits[1:]]
        kind = fitting(self._size)
        first = next((one for one in truths if one is not None), None)
        if first is None:  # whatever the return says, there is one case
            return self._met(np.zeros((1, 1), kind))
        code = np.zeros(first.certain.shape, kind)
        for one in reversed(truths):
            code *= kind(3)
            if one is not None:
                code += one.certain.view(np.int8)
                code += one.possible.view(np.int8)
        return self._met(code)

    @property
    def known(self) -> int:
        """How many cases there are by now."""
        return len(self.following) // self.width

    def _met(self, code: Numbers) -> Numbers:
        """The cases of some combinations; those that are new are decided."""
        if self._size <= WHOLE:
            code += code.dtype.type(1)
            return code
        if self._dense is not None:
            found = self._dense[code]
            if not found.all():
                self._meet(np.unique(code[found == 0]))
                found = self._dense[code]
            return found
        distinct, places = np.unique(code, return_inverse=True)
        self._meet(distinct)
        return np.array([self._known[int(one)] for one in distinct], np.int32)[places].reshape(code.shape)

    def _meet(self, codes: Numbers) -> None:
        """Decide every case of some combinations, but those that have been."""
        rows: list[list[int]] = []
        met = self.known
        for number in map(int, codes):
            if number not in self._known:
                self._known[number] = met + len(rows)
                if self._dense is not None:
                    self._dense[number] = met + len(rows)
                rows.append(self._decided(number))
        self._take(rows)

    def _take(self, rows: Sequence[Sequence[int]]) -> None:
        """Put the levels that follow in some cases into the table."""
        if not rows:
            return
        levels = np.array(rows, np.intp)
        standing = np.arange(self.width) & ~1
        following = np.where(levels == NONE, standing, 2 * (levels + 1))
        self.following = np.concatenate((self.following, following.reshape(-1)))
        self.determinate = np.concatenate((self.determinate, (levels != NONE).reshape(-1)))

    def _decided(self, number: int) -> list[int]:
        """The level that follows one combination, wherever a unit stands; NONE is indeterminate."""
        truths = []
        for _ in range(2 * (self._levels - 1)):
            number, truth = divmod(number, 3)
            truths.append(truth)
        enter, leave = [FALSE, *truths[: self._levels - 1]], [FALSE, *truths[self._levels - 1 :]]
        found = []
        for standing in range(NONE, self._levels):
            for stay_over in (False, True):
                candidates = self._plain.candidates(enter, leave, standing, stay_over)
                found.append(candidates[0] if len(candidates) == 1 else NONE)
        return found
