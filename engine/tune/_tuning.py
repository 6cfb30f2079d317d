"""A run: candidates for a region, what each comes to on past returns, and which are on the frontier."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.bulk import Bulk, period
from engine.columns import Frame, status_ids
from engine.tune._check import Checked, checked, chosen
from engine.tune._frontier import Aims, frontier
from engine.tune._points import default_axes, given_axes
from engine.tune._reference import Reference
from engine.tune._sweep import Count, sweep
from engine.tune._trial import Candidate, Trial
from rules.framework import Framework
from rules.problems import UsageError

REFERRED, ALONE = "days_milder_than_reference", "days_above_first"
"""What is to be few beside flips: with a reference, and without."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """What was tried, and what came of it. `counts` are in the order of the candidates.

    `compared` is on how many unit-days there is a reference; `efficient` are the candidates on the frontier.
    """

    trial: Trial
    reference: Reference | None
    counts: tuple[Count, ...]
    compared: int
    efficient: frozenset[int]
    checked: Checked
    synthetic: bool

    @property
    def second_aim(self) -> str:
        """What is to be few beside flips."""
        return ALONE if self.reference is None else REFERRED

    def aims(self, candidate: int) -> Aims:
        """The two counts of a candidate that are to be few."""
        return _aims(self.counts[candidate], self.reference)

    def share_same(self, candidate: int) -> str | None:
        """How many of a hundred unit-days have the status of the reference, to one decimal, half up."""
        if not self.compared:
            return None
        tenths = (2000 * self.counts[candidate].same + self.compared) // (2 * self.compared)
        return f"{tenths // 10}.{tenths % 10}"


def trial_of(
    framework: Framework,
    region: str,
    frame: Frame,
    points: Sequence[str],
    begins: datetime.date | None,
    ends: datetime.date | None,
) -> Trial | None:
    """What is to be tried on the returns of a region; None where there are none.

    `points` are ranges as NAME=FROM:TO:STEP, which make a grid of all combinations; without any, each trigger
    point is moved by itself. Raises UsageError.
    """
    columns = frame.regions.get(region)
    if columns is None:
        return None
    own = frame.part(0, frame.rows, columns)
    first, last = period(framework, own, begins, ends)
    policy = framework.in_force(last)
    if policy is None:
        raise UsageError(
            f"PF256 No version is in force on {last}, the last day. Choose another with --until."
        )
    now = framework.setting(policy, region, "", last).numbers
    axes = given_axes(points, policy, now) if points else default_axes(policy, now)
    return Trial(framework, region, framework.entry(region, last), own, first, last, axes, bool(points))


def tuned(
    trial: Trial,
    bulk: Bulk,
    reference: Reference | None,
    advance: Callable[[int], None] = lambda done: None,
) -> Tuning:
    """Judge all candidates, and check some of them. Raises DisagreementError."""
    pairs = chosen(trial)
    swept = sweep(trial, reference, pairs, advance)
    again = checked(trial, swept, pairs, bulk.returns)
    efficient = frontier([_aims(count, reference) for count in swept.counts])
    return Tuning(trial, reference, swept.counts, swept.compared, efficient, again, bulk.synthetic)


def _aims(count: Count, reference: Reference | None) -> Aims:
    return count.flips, count.above if reference is None else count.milder


def statuses_of(tuning: Tuning) -> tuple[str, ...]:
    """The statuses in the order of a candidate's days."""
    return (*status_ids(tuning.trial.framework), "indeterminate")


def candidate_of(tuning: Tuning, number: int) -> Candidate:
    """A candidate by its number. Raises UsageError where there is none, or it is what is set already."""
    candidates = tuning.trial.candidates
    if number == 0:
        raise UsageError("Candidate 0 is what is set now: there is nothing to write.")
    if not 0 < number < len(candidates):
        raise UsageError(
            f"There is no candidate {number}. They are numbered from 1 to {len(candidates) - 1}."
        )
    return candidates[number]
