"""Whole-number arrays that cannot overflow: each knows how large its numbers may be.

The narrowest type that holds the bound is used, because narrow numbers are worked with faster. Beyond 64 bits
the numbers become Python's own, which have no limit, so that the same code stays exact for any figures.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]
"""Whole numbers, of up to 64 bits or Python's own."""
Flags = NDArray[np.bool_]
Days = NDArray[np.int32]
"""Days as ordinals (1 is the first day of the year 1)."""

MOST_32, MOST_64 = 2**31 - 1, 2**62
KINDS = ((np.int8, 2**7 - 1), (np.int16, 2**15 - 1), (np.int32, MOST_32), (np.int64, MOST_64))
"""The types, each with the greatest magnitude that is put into it."""
WIDE = 500
"""So many numbers in a row are worth a call of their own."""


class Whole(NamedTuple):
    """Numbers with the largest magnitude that any of them may have.

    `unknown` marks the places without a number, or is None where there is one everywhere. What stands in an
    unknown place means nothing. `signed` says whether a number may be below 0. What is meant is `factor` times
    each number.
    """

    numbers: Numbers
    most: int
    signed: bool
    unknown: Flags | None
    factor: int = 1

    def settled(self) -> Whole:
        """The same with a factor of 1."""
        if self.factor == 1:
            return self
        numbers, most = times(self.numbers, self.most, self.factor)
        return Whole(numbers, most, self.signed, self.unknown)

    def rows(self, first: int, last: int) -> Whole:
        """The numbers of some rows."""
        unknown = None if self.unknown is None else marked(self.unknown[first:last])
        return self._replace(numbers=self.numbers[first:last], unknown=unknown)

    def units(self, units: Numbers) -> Whole:
        """The numbers of some units."""
        unknown = None if self.unknown is None else marked(self.unknown.take(units, axis=1))
        return self._replace(numbers=self.numbers.take(units, axis=1), unknown=unknown)


def fitting(most: int) -> Any:
    """The narrowest type for numbers up to a magnitude."""
    for kind, greatest in KINDS:
        if most <= greatest:
            return kind
    return np.object_


def widened(numbers: Numbers, most: int) -> Numbers:
    """The numbers in a type that also holds results up to a magnitude."""
    wanted = np.dtype(fitting(most))
    if numbers.dtype == wanted or numbers.dtype == np.object_:
        return numbers
    if wanted == np.object_ or numbers.dtype.itemsize < wanted.itemsize:
        return numbers.astype(wanted)
    return numbers


def times(numbers: Numbers, most: int, factor: int) -> tuple[Numbers, int]:
    """The numbers times a whole number, and their new bound."""
    if factor == 1:
        return numbers, most
    bound = most * abs(factor)
    return widened(numbers, bound) * factor, bound


def either(one: Flags | None, other: Flags | None) -> Flags | None:
    """Where one or the other is marked."""
    if one is None or other is None or one is other:
        return other if one is None else one
    return one | other


def marked(flags: Flags) -> Flags | None:
    """The marks, or None where there are none, so that the rest of the way is shorter."""
    return flags if np.count_nonzero(flags) else None


def accumulate(operation: np.ufunc, rows: Numbers) -> None:
    """Put into each place what an operation makes of its column down to there."""
    if rows[0].size < WIDE:
        operation.accumulate(rows, axis=0, out=rows)
    else:  # row by row is more calls, of which each does much at once
        for before, row in pairwise(rows):
            operation(before, row, out=row)


def bound_of(numbers: Numbers) -> tuple[int, bool]:
    """The largest magnitude among some numbers, and whether one is below 0."""
    if not numbers.size:
        return 0, False
    low, high = int(numbers.min()), int(numbers.max())
    return max(abs(low), abs(high)), low < 0
