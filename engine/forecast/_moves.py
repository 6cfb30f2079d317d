"""How the figures of a unit may move: paths from the past of the unit and of its region.

What an expectation missed, at an earlier return over the periods that followed, is a *path*: all figures of a unit
together, so that they stay in keeping. Futures draw paths, some from the unit's own past and some from those of the
others in its region.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.columns import Numbers
from engine.forecast._past import Series
from engine.forecast._rates import PART, Rates, regressors

OWN = 104
"""With so many own paths half of those drawn are the unit's own; with fewer, more are of its region."""
_WIDE = 1 << 10
MOST_TIMES = 1000
"""A unit that is so many times as large as another does not take more of its moves."""


@dataclass(frozen=True, slots=True)
class Origins:
    """Where paths begin: pairs of a period and a unit's place, by unit in the order of ids, then by period.

    The first `own` of them are those of the unit itself.
    """

    periods: Numbers
    units: Numbers
    own: int


def origins_of(rates: Rates, unit: int) -> Origins:
    """The paths that a unit may draw: its own, and those of the others of its region."""
    own = _beginnings(rates, [unit])
    near = _beginnings(rates, [place for place in rates.past.order if place != unit])
    return Origins(np.concatenate((own[0], near[0])), np.concatenate((own[1], near[1])), int(own[0].size))


def _beginnings(rates: Rates, units: Sequence[int]) -> tuple[Numbers, Numbers]:
    """The periods from which all figures of some units are known, back and ahead."""
    periods: list[Numbers] = []
    places: list[Numbers] = []
    for unit in units:
        spans = [
            (int(one.first[unit]), int(one.last[unit])) for one in rates.past.series if one.first[unit] >= 0
        ]
        if spans and rates.length:
            first = max(min(start for start, _ in spans) + rates.back, 0)
            last = max(end for _, end in spans) - rates.length
            own = np.arange(first, last + 1)
            periods.append(own)
            places.append(np.full(len(own), unit))
    if not periods:
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    return np.concatenate(periods), np.concatenate(places)


class Moves(NamedTuple):
    """How one figure of a unit may move: `expected` by periods ahead, and `paths` by path and periods ahead.

    Both are added to the newest figure, in its decimals. `mean` is that of the paths, by periods ahead.
    """

    expected: Numbers
    paths: Numbers
    mean: Numbers


def moves(rates: Rates, series: Series, unit: int, origins: Origins, horizon: int) -> Moves | None:
    """The moves of one figure of a unit; None where nothing is known of how it moves."""
    mean = series.mean()
    size = int(mean[unit])
    if series.first[unit] < 0 or not size or not origins.periods.size:
        return None
    parts = rates.parts[series.key.input]
    on = regressors(series.numbers, series.first, rates.windows)
    at, of = origins.periods, origins.units
    newest = int(series.last[unit])
    step = max(1, series.key.step // series.coarse)
    expected = _rounded((parts.all * on[:, newest, unit]).sum(axis=1), step)
    ahead = at[:, None] + np.arange(1, rates.length + 1)
    others = of[:, None]
    moved = (
        series.numbers[np.minimum(ahead, rates.past.periods - 1), others] - series.numbers[at, of][:, None]
    )
    meant: Numbers = np.einsum("rp,plr->pl", on[:, at, of], parts.others[of])
    missed = (moved * PART - meant) * _wider(rates) // _WIDE
    sizes = mean[of]
    known = (series.first[of] >= 0) & (series.first[of] <= at) & (sizes > 0)
    known &= series.last[of] >= at + rates.length
    exact = _sized(missed, sizes, size) * known[:, None]
    mean = _rounded((exact // max(1, len(exact))).sum(axis=0), step)
    paths = _rounded(exact, step)
    return Moves(_held(expected, horizon) * series.coarse, paths * series.coarse, mean * series.coarse)


def _wider(rates: Rates) -> Numbers:
    """How much wider paths are taken than they were, in `_WIDE`, by periods ahead.

    A past of n such spans is n draws of what all units of a region went through together, and the next span is one
    more. What is expected of it is missed by a factor of the root of 1 + 1 / n more than n draws show.
    """
    known = max(1, rates.past.periods - rates.back)
    squares = [_WIDE * _WIDE * (known + ahead) // known for ahead in range(1, rates.length + 1)]
    return np.array([math.isqrt(square) for square in squares], np.int64)


def _held(expected: Numbers, horizon: int) -> Numbers:
    """Beyond the last period that was learnt for the expectation moves no further."""
    more = max(0, horizon - len(expected))
    return np.concatenate((expected[:horizon], np.repeat(expected[-1:], more)))


def _sized(missed: Numbers, sizes: Numbers, size: int) -> Numbers:
    """What was missed, brought from others' sizes to the unit's own; never more than so many times the size."""
    whole, rest = np.divmod(missed, np.maximum(sizes, 1)[:, None])
    most = MOST_TIMES * PART
    found: Numbers = np.clip(whole, -most, most) * size + rest * size // np.maximum(sizes, 1)[:, None]
    return found


def _rounded(numbers: Numbers, step: int) -> Numbers:
    """Parts as whole steps, halves away from nought."""
    by = PART * step
    found: Numbers = np.sign(numbers) * ((np.abs(numbers) + by // 2) // by) * step
    return found
