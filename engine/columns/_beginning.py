"""Where a fold begins: from nowhere, or from where units stand on a day, so that the past is not judged again."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from engine.columns._arrays import Days, Flags, Numbers
from engine.columns._steps import Steps
from rules.decide import NONE
from rules.policy import Policy


class Beginning(NamedTuple):
    """Where each unit stands before the day on which a fold begins.

    Steps are taken on `day` (an ordinal) and later. `at` is where a unit stands, 2 * (level + 1) and 0 without a
    level, under `policy`, the version that was the last to begin before the day, if one had; `since` is the first
    day of the level. `known` marks the units that took a step before the day, and `determinate` those of which
    the last one was determinate.
    """

    day: int
    at: Numbers
    since: Days
    policy: Policy | None
    known: Flags
    determinate: Flags

    @classmethod
    def nowhere(cls, units: int) -> Beginning:
        """All time lies ahead, and no unit has a level."""
        known, determinate = np.zeros((2, units), np.bool_)
        return cls(0, np.zeros(units, np.intp), np.zeros(units, np.int32), None, known, determinate)

    @classmethod
    def after(cls, last: datetime.date, units: int, steps: Iterable[Steps]) -> Beginning:
        """Where units stand at the end of a day, from their steps up to it; later ones are left out."""
        day = last.toordinal() + 1
        found = cls.nowhere(units)._replace(day=day)
        for step in steps:
            taken = step.taken & (step.day < day)
            if taken.any():
                level = step.level.astype(np.intp)
                np.copyto(found.at, 2 * (level + 1), where=taken)
                np.copyto(found.since, step.since, where=taken & (level != NONE))
                np.copyto(found.known, True, where=taken)
                np.copyto(found.determinate, step.determinate, where=taken)
                found = found._replace(policy=step.policy)
        return found

    def of(self, unit: int, times: int) -> Beginning:
        """One unit's, so many times."""
        return self._replace(
            at=np.repeat(self.at[unit], times),
            since=np.repeat(self.since[unit], times),
            known=np.repeat(self.known[unit], times),
            determinate=np.repeat(self.determinate[unit], times),
        )
