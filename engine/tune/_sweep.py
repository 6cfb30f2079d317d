"""Every candidate judged on every day, and what comes of it, in blocks so that memory stays bounded."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from engine.columns import NO_DECISION, Numbers, daily, status_ids
from engine.tune._columns import CandidateColumns, Workshop
from engine.tune._reference import NONE, Reference
from engine.tune._trial import Candidate, Trial

MOST_COLUMNS, MOST_CELLS = 1 << 13, 1 << 24
"""A block has at most so many columns, and so many days of units, unless one candidate alone has more."""


class Count(NamedTuple):
    """What a candidate comes to, over all units and days.

    `days` at each status, and last the indeterminate ones; `flips` is how often a status changed; `above` the days
    above the first status. Against the reference: `same` the days with the same status, `milder` those with a less
    severe one.
    """

    days: tuple[int, ...]
    flips: int
    above: int
    same: int
    milder: int


@dataclass(frozen=True, slots=True)
class Swept:
    """The counts of all candidates, in their order. `compared` is on how many unit-days there is a reference.

    `kept` has the codes, day by day, of those candidates and units that were asked for.
    """

    counts: tuple[Count, ...]
    compared: int
    kept: Mapping[tuple[int, int], Numbers] = field(default_factory=dict)


def sweep(
    trial: Trial,
    reference: Reference | None = None,
    keep: Sequence[tuple[int, int]] = (),
    advance: Callable[[int], None] = lambda done: None,
) -> Swept:
    """Judge all candidates. `keep` are candidates and units (by their places) whose days are wanted.

    `advance` is told how many candidates a block had.
    """
    shop, counter = Workshop(trial), _Counter(trial, reference)
    counts: list[Count] = []
    kept: dict[tuple[int, int], Numbers] = {}
    units = len(trial.frame.units)
    size = max(1, min(MOST_COLUMNS // units, MOST_CELLS // (units * counter.days)))
    for start in range(0, len(trial.candidates), size):
        block = trial.candidates[start : start + size]
        codes, flips = _judged(shop, trial, block)
        counts += counter.counts(codes, flips)
        for candidate, unit in keep:
            if start <= candidate < start + len(block):
                kept[candidate, unit] = codes[:, candidate - start, unit].copy()
        advance(len(block))
    return Swept(tuple(counts), counter.compared, kept)


def _judged(shop: Workshop, trial: Trial, block: Sequence[Candidate]) -> tuple[Numbers, Numbers]:
    """The statuses by day, candidate and unit, and the flips by candidate."""
    columns = CandidateColumns(shop, block)
    found = daily(columns, columns.frame(), trial.first, trial.last)
    shape = (len(block), len(trial.frame.units))
    return found.codes.reshape(-1, *shape), found.flips().reshape(shape).sum(axis=1)


class _Counter:
    """Counts what the statuses of candidates come to."""

    def __init__(self, trial: Trial, reference: Reference | None) -> None:
        self.days = (trial.last - trial.first).days + 1
        self.compared = 0
        self._statuses = len(status_ids(trial.framework))
        self._levels = list(_levels(trial))
        self._reference = None if reference is None else reference.codes[:, None, :]

    def counts(self, codes: Numbers, flips: Numbers) -> list[Count]:
        """The counts of some candidates, from their statuses by day, candidate and unit."""
        found = [_total(codes == status) for status in (*range(self._statuses), -1)]
        above = np.zeros(codes.shape[1], np.int64)
        same, milder = above.copy(), above.copy()
        for rows, levels in self._levels:
            own = levels[codes[rows]]
            above += _total(own > 0)
            if self._reference is not None:
                said = self._reference[rows]
                milder += _total((own >= 0) & (own < levels[said]))
        if self._reference is not None:
            same = _total(codes == self._reference)
            judged = (self._reference != NONE) & (codes[:, :1] != NO_DECISION)
            self.compared = int(np.count_nonzero(judged))
        each = zip(*(days.tolist() for days in found), strict=True)
        rest = zip(flips.tolist(), above.tolist(), same.tolist(), milder.tolist(), strict=True)
        return [Count(days, *others) for days, others in zip(each, rest, strict=True)]


def _total(flags: Numbers) -> Numbers:
    """How many are marked, by candidate."""
    counted: Numbers = np.count_nonzero(flags, axis=(0, 2))
    return counted


def _levels(trial: Trial) -> list[tuple[slice, Numbers]]:
    """The days of each version, and how severe each status is in it: -1 for one that it has not, and for none."""
    framework = trial.framework
    begins = [policy.version.effective for policy in framework.policies]
    cuts = [trial.first, *sorted(day for day in begins if trial.first < day <= trial.last)]
    if framework.pinned:
        cuts = [trial.first]
    ends = [*cuts[1:], trial.last + datetime.timedelta(days=1)]
    ids = status_ids(framework)
    found = []
    for first, end in zip(cuts, ends, strict=True):
        # what is no status has a code below 0, and so is looked up at the end
        levels = np.full(len(ids) - NONE, -1, np.int8)
        policy = framework.in_force(first)
        if policy is not None:
            levels[: len(ids)] = [-1 if (at := policy.level(id_)) is None else at for id_ in ids]
        found.append((slice((first - trial.first).days, (end - trial.first).days), levels))
    assert all(one.stop == other.start for (one, _), (other, _) in pairwise(found)), "no day is left out"
    return found
