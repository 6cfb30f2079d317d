"""The steps that a fold gives: row by row, or several rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from engine.columns._arrays import Days, Flags, Numbers
from rules.policy import Policy


class Steps(NamedTuple):
    """The steps of one row, or those that a version takes on its first day, by unit.

    `policy` is the version that judges. `taken` says whether a unit takes a step. Then its day, the level after it
    (NONE before the first determinate one), since when it is that, and whether the step was determinate. Level and
    since are those of all units, also of those that take no step here. `whens` says by reduction and unit whether
    the condition of the reduction holds, if that was asked for.
    """

    policy: Policy
    taken: Flags
    day: Days
    level: Numbers
    since: Days
    determinate: Flags
    whens: Flags | None = None


class Block(NamedTuple):
    """The steps of several rows: all that `Steps` has, by row first."""

    policy: Policy
    taken: Flags
    day: Days
    level: Numbers
    since: Days
    determinate: Flags
    whens: Flags | None

    def steps(self) -> Iterator[Steps]:
        """The rows in which a unit takes a step."""
        for row in np.flatnonzero(self.taken.any(axis=1)).tolist():
            yield Steps(
                self.policy,
                self.taken[row],
                self.day[row],
                self.level[row],
                self.since[row],
                self.determinate[row],
                None if self.whens is None else self.whens[row],
            )
