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


class Counting:
    """Counts the runs of one program."""

    def __init__(self, program: Program) -> None:
        self._every = program.policy.version.returns.every
        self._longest = longest_gap(program)
        self._held = tuple(program.held)
        self.none = Runs((0,) * len(program.runs), None)
        """No return has been judged."""

    def if_held(self, runs: Runs, day: datetime.date) -> tuple[int, ...]:
        """How long each run would be in days if its condition holds at a return on `day`."""
        every, gap = self._every, self._longest + 1
        if runs.as_of is not None:
            gap = (day - runs.as_of).days
        if gap > self._longest:
            return (every,) * len(runs.lengths)
        added = min(gap, every)
        return tuple([length + added if length else every for length in runs.lengths])

    def counted(self, lengths: Sequence[int]) -> tuple[int, ...]:
        """Lengths in days as whole periods."""
        every, half = self._every, self._every // 2
        return tuple([(length + half) // every for length in lengths])

    def after(self, day: datetime.date, held: Sequence[int], truths: Sequence[int]) -> Runs:
        """The runs once the return on `day` is judged: `held` where the condition was true, else none."""
        return Runs(
            tuple(
                [length if truths[node] == TRUE else 0 for length, node in zip(held, self._held, strict=True)]
            ),
            day,
        )


def periods(length: int, every: int) -> int:
    """A length in days as whole periods, rounded half up."""
    return (length + every // 2) // every


def longest_gap(program: Program) -> int:
    """The longest gap between returns that does not break a run, in days."""
    returns = program.policy.version.returns
    return returns.stale_after if returns.longest_gap is None else returns.longest_gap
