"""Several levers together, where none alone reaches a goal: the least number of steps in all.

Of equally many steps the change of fewer levers goes first, then the one with more steps in the lever that stands
first in the document, and increases before decreases. All such changes are tried in this order, up to a bound.
"""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from engine.columns import Numbers
from engine.distance._ahead import Changes
from engine.distance._search import Search, lever_figures
from engine.distance._single import Proof
from engine.distance.values import Joint, Lever

MOST_CHANGES = 60_000
"""So many changes of several levers are tried at most."""
BATCH = 8_000
"""About so many are tried at a time."""
MOST_KEPT = 24
"""So many lists of changes are kept."""


class Found(NamedTuple):
    """The least joint change, if there is one; `searched` is up to how many steps all were tried, if not all."""

    joint: Joint | None
    searched: int | None


def joint_change(search: Search, goal: int, proof: Proof) -> Found:
    """The least change of several levers that brings a goal. Raises DisagreementError (PF902) where the proof fails."""
    levers = [one for one in search.usable if one.down or one.up]
    if len(levers) < 2 or search.impossible(search.usable, goal):
        return Found(None, None)
    most = sum(max(one.down, one.up) for one in levers)
    tried, total = 0, 2
    waiting: list[Numbers] = []
    while total <= most and tried + _size(len(levers), total) <= MOST_CHANGES:
        tried += _size(len(levers), total)
        waiting.append(changes_of(levers, total))
        total += 1
        following = tried + _size(len(levers), total)
        if sum(map(len, waiting)) >= BATCH or total > most or following > MOST_CHANGES:
            found = _first(search, levers, np.concatenate(waiting), goal)
            if found is not None:
                return Found(_proved(search, levers, found, goal, proof), None)
            waiting = []
    return Found(None, None if total > most and not any(one.whole for one in levers) else total - 1)


def changes_of(levers: Sequence[Lever], total: int) -> Numbers:
    """Every change of two levers or more by so many steps in all: one row each, in the order of preference."""
    found = _changes(len(levers), total).astype(np.int64)
    for place, lever in enumerate(levers):
        own = found[:, place]
        found = found[(own <= lever.up) & (own >= -lever.down) & (own % lever.stride == 0)]
    return found


@lru_cache(maxsize=MOST_KEPT)
def _changes(size: int, total: int) -> Numbers:
    """The same for so many levers that can be changed by any number of steps. Units mostly have equally many."""
    rows = []
    for count in range(2, min(size, total) + 1):
        parts = _parts(total, count)
        for chosen in itertools.combinations(range(size), count):
            for signs in itertools.product((1, -1), repeat=count):
                row = np.zeros((len(parts), size), np.int64)
                row[:, chosen] = parts * np.array(signs)
                rows.append(row)
    found = np.concatenate(rows)
    sizes = np.abs(found)
    orders = [-found[:, place] for place in reversed(range(size))]  # the last key is the first to count
    orders += [-sizes[:, place] for place in reversed(range(size))]
    order = np.lexsort((*orders, np.count_nonzero(found, axis=1)))
    return found[order].astype(np.int16)  # so few changes are tried that no step is larger


def _parts(total: int, count: int) -> Numbers:
    """Every way to write a number as a sum of so many numbers of at least 1, in order."""
    if count == 1:
        return np.array([[total]], np.int64)
    rows = []
    for first in range(1, total - count + 2):
        rest = _parts(total - first, count - 1)
        rows.append(np.column_stack((np.full(len(rest), first, np.int64), rest)))
    return np.concatenate(rows)


def _size(levers: int, total: int) -> int:
    """At most so many changes of two levers or more have so many steps in all."""
    return sum(
        math.comb(levers, count) * 2**count * math.comb(total - 1, count - 1)
        for count in range(2, min(levers, total) + 1)
    )


def _first(
    search: Search, levers: Sequence[Lever], rows: Numbers, goal: int
) -> tuple[tuple[int, ...], datetime.date] | None:
    """The first of some changes that brings a goal, and when."""
    if not len(rows):
        return None
    every = np.concatenate((np.zeros((1, len(levers)), np.int64), rows))
    values = [lever_figures(lever, every[:, place]) for place, lever in enumerate(levers)]
    kinds = search.ahead.signatures([one.key for one in levers], values, [one.decimals for one in levers])
    _, firsts = np.unique(kinds, return_index=True)
    places = sorted(int(place) for place in firsts if place)
    chosen = [tuple(map(int, every[place])) for place in places]
    days = search.ahead.follow([{}, *(_figures(levers, one) for one in chosen)]).days[goal][1:]
    for steps, day in zip(chosen, days.tolist(), strict=True):
        if day:
            return steps, datetime.date.fromordinal(day)
    return None


def _figures(levers: Sequence[Lever], steps: Sequence[int]) -> Changes:
    return {lever.key: lever.at(k) for lever, k in zip(levers, steps, strict=True) if k}


def _proved(
    search: Search,
    levers: Sequence[Lever],
    found: tuple[tuple[int, ...], datetime.date],
    goal: int,
    proof: Proof,
) -> Joint:
    """The change, once the single path has reached the goal by it, and by one step less of no lever."""
    steps, day = found
    search.check(_figures(levers, steps), goal, day, proof)
    for place, (lever, k) in enumerate(zip(levers, steps, strict=True)):
        if k:
            less = list(steps)
            less[place] -= lever.stride if k > 0 else -lever.stride
            search.check(_figures(levers, less), goal, None, proof)
    changes = tuple((lever, k) for lever, k in zip(levers, steps, strict=True) if k)
    return Joint(changes, day, search.way.count(day))
