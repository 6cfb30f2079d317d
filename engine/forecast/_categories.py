"""How categories usually change: from one return to the next, as often as they did in the region so far.

A category is no number, so it has no path. It goes from word to word by chances that are counts: how often each
word followed each other one, among all units of the region. What never ended in the past does not end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from engine.columns import NOT_GIVEN, Frame, Numbers, fitting
from engine.forecast._draws import below, stream
from engine.forecast._setup import Setup, Words
from rules.figures import FigureSpec, figure_specs


def walked_words(
    setup: Setup, frame: Frame, periods: Sequence[int], times: int, seed: int
) -> dict[str, Words]:
    """The categories of the returns to come that may change, by key; `periods` are those after the newest return."""
    policy = setup.way.judging
    found: dict[str, Words] = {}
    if policy is None or not periods:
        return found
    specs = figure_specs(policy.version)
    for key, now in setup.categories.items():
        spec = specs.get(key.partition("[")[0])
        if spec is not None and spec.values is not None:
            counts = _counted(frame, key, spec)
            start = spec.values.index(now)
            if counts[start].sum() > counts[start, start]:  # it has been seen to end

                def draws(period: int, key: str = key) -> Numbers:
                    return stream(seed, setup.pdu.id, f"words/{key}/{period}", times)

                found[key] = Words(spec.values, _walked(counts, start, periods, times, draws))
    return found


def _counted(frame: Frame, key: str, spec: FigureSpec) -> Numbers:
    """How often one word of an input followed another, over all units of a frame."""
    values = spec.values or ()
    counts = np.zeros((len(values), len(values)), np.int64)
    column = frame.categories.get(key)
    if column is None:
        return counts
    places = np.array([values.index(id_) if id_ in values else NOT_GIVEN for id_ in column.ids] + [NOT_GIVEN])
    for unit in range(len(frame.units)):
        codes = places[column.codes[frame.has[:, unit], unit]]
        before, after = codes[:-1], codes[1:]
        known = (before != NOT_GIVEN) & (after != NOT_GIVEN)
        np.add.at(counts, (before[known], after[known]), 1)
    return counts


def _walked(
    counts: Numbers, start: int, periods: Sequence[int], times: int, draws: Callable[[int], Numbers]
) -> Numbers:
    """The words of some periods, by period and future; each step is drawn by the counts."""
    wanted, kind = set(periods), fitting(len(counts))
    steps = np.cumsum(counts, axis=1)
    at = np.full(times, start, np.intp)
    found = []
    for period in range(1, periods[-1] + 1):
        drawn, following = draws(period), at.copy()
        for word, total in enumerate(steps[:, -1].tolist()):
            here = at == word
            if total and here.any():
                following[here] = np.searchsorted(steps[word], below(drawn[here], total), "right")
        at = following
        if period in wanted:
            found.append(at.astype(kind))
    return np.array(found)
