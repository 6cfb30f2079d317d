"""How far figures move on: learnt from the past of a region's units.

From a return on a figure is expected to move on by some part of how it moved over the last weeks, and by some
part of the way back to its own mean. The parts are learnt for each input and for each number of periods ahead, from
every earlier return of every unit of the region, so that a movement that used to die away is not drawn out. All sums
are exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from engine.columns import Numbers
from engine.forecast._past import Past, Series

WINDOWS = (4, 13)
"""Over how many periods a movement is looked at."""
LEAST = 6
"""A past of fewer periods teaches nothing."""
DOUBT = Fraction(1, 2)
"""As if so many more units had shown that nothing moves on, so that a few units do not make bold forecasts."""
PART = 1 << 16
"""Parts are whole numbers of this."""
BOLDEST = 2 * PART
"""A figure is not expected to move on by more than this part of anything."""
_UNIT = 10**4
"""To learn from units of all sizes, figures are taken in this part of their own mean."""
_MOST = 10**6


class Parts(NamedTuple):
    """By what part of each regressor an input's figures move on, by periods ahead (from 1) and regressor.

    `others` has for each unit what was learnt without it: what an expectation misses is seen only where it was not
    learnt.
    """

    all: Numbers
    others: Numbers


@dataclass(frozen=True, slots=True)
class Rates:
    """What was learnt. `length` is up to how many periods ahead; nothing was learnt if it is 0.

    `windows` are those that the past is long enough for. `parts` are by input.
    """

    past: Past
    windows: tuple[int, ...]
    length: int
    parts: dict[str, Parts]

    @property
    def back(self) -> int:
        """How many periods before a return are looked at."""
        return max(self.windows, default=0)


def learn(past: Past, horizon: int) -> Rates:
    """Learn from the past for forecasts of up to so many periods."""
    windows = tuple(window for window in WINDOWS if past.periods >= 3 * window)
    back = max(windows, default=0)
    length = min(horizon, (past.periods - back) // 2) if past.periods >= LEAST else 0
    by_input: dict[str, list[Series]] = {}
    for one in past.series:
        by_input.setdefault(one.key.input, []).append(one)
    parts = {id_: _learnt(own, past.units, windows, length) for id_, own in by_input.items()}
    return Rates(past, windows, length, parts)


def regressors(numbers: Numbers, first: Numbers, windows: Sequence[int]) -> Numbers:
    """What expectations rest on, at each period of some figures: movements over windows, and the way to the mean.

    A window that begins before the first figure begins with it. The mean is that of all figures so far.
    """
    periods, units = numbers.shape
    at = np.arange(periods)[:, None]
    found = np.empty((len(windows) + 1, periods, units), np.int64)
    for place, window in enumerate(windows):
        source = np.minimum(np.maximum(at - window, first), periods - 1)
        found[place] = numbers - np.take_along_axis(numbers, np.maximum(source, 0), axis=0)
    since = at - first + 1
    known = (since > 0) & (first >= 0)
    total = np.cumsum(np.where(known, numbers, 0), axis=0)
    found[-1] = np.where(known, total // np.maximum(since, 1) - numbers, 0)
    return found


def _learnt(series: Sequence[Series], units: int, windows: Sequence[int], length: int) -> Parts:
    """The parts of one input."""
    count = len(windows) + 1
    found = Parts(np.zeros((length, count), np.int64), np.zeros((units, length, count), np.int64))
    if not length:
        return found
    tables = []
    for one in series:
        mean = one.mean()
        sized = np.clip(one.numbers * _UNIT // np.maximum(mean, 1), -_MOST, _MOST) * (mean > 0)
        tables.append((sized, regressors(sized, one.first, windows), one))
    known = np.any([one.first >= 0 for one in series], axis=0)
    members = int(np.count_nonzero(known))
    sums = np.zeros((count, count + 1, length, units), np.int64)
    for sized, on, one in tables:
        for ahead in range(1, length + 1):
            _add_sums(sums[:, :, ahead - 1], sized, on, one, ahead, max(windows, default=0))
    total = sums.sum(axis=3)
    others = (total[..., None] - sums).reshape(count, count + 1, -1)
    found.all[:] = _solved(total, members).T
    found.others[:] = _solved(others, members - 1).reshape(count, length, units).T
    return found


def _add_sums(sums: Numbers, sized: Numbers, on: Numbers, one: Series, ahead: int, back: int) -> None:
    """Add, by unit, the products of a figure's regressors with each other, and with how it moved on."""
    last = len(sized) - ahead
    at = np.arange(last)[:, None]
    fits = (one.first >= 0) & (at - back >= one.first) & (at + ahead <= one.last)
    moved = sized[ahead:] - sized[:last]
    count = len(on)
    for place in range(count):
        own = on[place, :last] * fits
        sums[place, count] += (own * moved).sum(axis=0)
        for other in range(place, count):
            found = (own * on[other, :last]).sum(axis=0)
            sums[place, other] += found
            if other != place:
                sums[other, place] += found


def _solved(sums: Numbers, units: int) -> Numbers:
    """The parts that miss least, drawn towards nought; exactly, then rounded to whole parts.

    The last axis is of questions that have nothing to do with each other.
    """
    of, more = DOUBT.denominator * max(1, units), DOUBT.numerator
    exact = sums.astype(object)
    rows = [list(row[:-1] * of) for row in exact]
    right = list(exact[:, -1] * of)
    for place, row in enumerate(rows):
        # what never moves says nothing: with 1 in its place nothing is divided by nought, and its part is 0
        row[place] = np.where(row[place] == 0, 1, row[place] // of * (of + more))
    whole = _determinant(rows)
    found = np.zeros((len(rows), sums.shape[2]), np.int64)
    for place in range(len(rows)):
        swapped = [[*row[:place], own, *row[place + 1 :]] for row, own in zip(rows, right, strict=True)]
        parts = (2 * PART * _determinant(swapped) + whole) // (2 * whole)
        found[place] = np.clip(parts, -BOLDEST, BOLDEST)
    return found


def _determinant(rows: list[list[Numbers]]) -> Numbers:
    """The determinants of many small squares at once, in Python's own whole numbers."""
    first, rest = rows[0], rows[1:]
    if not rest:
        return first[0]
    found: Numbers = np.zeros(first[0].shape, object)
    for place, number in enumerate(first):
        minor = _determinant([[*row[:place], *row[place + 1 :]] for row in rest])
        found = found - number * minor if place % 2 else found + number * minor
    return found
