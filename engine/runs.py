"""How long each condition with a duration has held: runs, in whole return periods.

A run is kept as its length in days: one period at its first true return, and at each later one the time since
the return before it, at most one period. It is counted in periods, rounded half up.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from rules.decide import TRUE, Program


class Runs(NamedTuple):
    """The lengths of all runs of a program in days (0: none), as of the last return judged."""

    lengths: tuple[int, ...]
    as_of: datetime.date | None

    @classmethod
    def none(cls, program: Program) -> Runs:
        """No return has been judged."""
        return cls((0,) * len(program.runs), None)

    def if_held(self, program: Program, day: datetime.date) -> tuple[int, ...]:
        """How long each run would be in days if its condition holds at a return on `day`."""
        every = program.policy.version.returns.every
        if self.as_of is None:
            return (every,) * len(self.lengths)
        gap = (day - self.as_of).days
        if gap > longest_gap(program):
            return (every,) * len(self.lengths)
        added = min(gap, every)
        return tuple([length + added if length else every for length in self.lengths])

    def after(self, program: Program, day: datetime.date, held: Sequence[int], truths: Sequence[int]) -> Runs:
        """The runs once the return on `day` is judged: `held` where the condition was true, else none."""
        return Runs(
            tuple(
                [
                    length if truths[node] == TRUE else 0
                    for length, node in zip(held, program.held, strict=True)
                ]
            ),
            day,
        )


def counted(lengths: Sequence[int], every: int) -> tuple[int, ...]:
    """Lengths in days as whole periods, rounded half up."""
    return tuple([(2 * length + every) // (2 * every) for length in lengths])


def periods(length: int, every: int) -> int:
    """A length in days as whole periods, rounded half up."""
    return (2 * length + every) // (2 * every)


def longest_gap(program: Program) -> int:
    """The longest gap between returns that does not break a run, in days."""
    returns = program.policy.version.returns
    return returns.stale_after if returns.longest_gap is None else returns.longest_gap
