"""Which statuses are asked for, and what counts as reaching one under a later version."""

from __future__ import annotations

from typing import NamedTuple

from engine.distance.values import Goal
from rules.policy import Policy


class Bounds(NamedTuple):
    """The levels of a version that count as reaching a goal, both included; none where `low` is above `high`."""

    low: int
    high: int

    @classmethod
    def of(cls, goal: Goal, policy: Policy, judging: Policy) -> Bounds:
        """The levels under the version that judges, for a goal by the version of the day asked.

        A status that a later version does not have stands for the next one further on that both have.
        """
        ids = policy.version.status_ids
        place = ids.index(goal.status)
        further = reversed(ids[: place + 1]) if goal.direction == "less_severe" else ids[place:]
        level = next((found for id_ in further if (found := judging.level(id_)) is not None), None)
        top = len(judging.version.statuses) - 1
        if goal.direction == "less_severe":
            return cls(0, 0 if level is None else level)
        return cls(top + 1 if level is None else level, top)


def goals_from(policy: Policy, level: int) -> tuple[Goal, ...]:
    """The next less severe status and the next more severe one, if there are such."""
    ids = policy.version.status_ids
    found = [Goal(ids[level - 1], "less_severe")] if level > 0 else []
    return (*found, *([Goal(ids[level + 1], "more_severe")] if level + 1 < len(ids) else []))
