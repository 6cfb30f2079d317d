"""What a decider is given and what it answers: integers only."""

from __future__ import annotations

from typing import NamedTuple

TRUE, UNKNOWN, FALSE = 2, 1, 0
"""The three truths. Their order lets a rule set a truth and never lower it."""
NONE = -1
"""No status: before the first determinate step, or where no one status follows."""


class Situation(NamedTuple):
    """Where one unit stands at one step.

    `values` by slot (None is unknown); `runs` what each run would be, in periods, if its condition holds now;
    `standing` the level that the unit stands at (NONE before the first determinate step); `stay_over` whether
    the minimum stay there is over; `moves` whether the status is judged anew (else it stays at `standing`);
    `active` the active level for each calculated level, and last for an indeterminate one (NONE where nothing
    may be permitted); `blocked` whether each reduction is withheld or lapsed (0 or 1).
    """

    values: tuple[int | None, ...]
    runs: tuple[int, ...]
    standing: int
    stay_over: bool
    moves: bool
    first: bool
    active: tuple[int, ...]
    blocked: tuple[int, ...]


class Outcome(NamedTuple):
    """What follows.

    `truths` by node; `candidates` the levels that the unknown leaves possible; `status` the calculated level or
    NONE; `active` the active level or NONE; `permitted` the numbers of the reductions; `fired` the names of the
    rules in the order in which they fired (empty from the plain evaluator).
    """

    truths: tuple[int, ...]
    candidates: tuple[int, ...]
    status: int
    active: int
    permitted: tuple[int, ...]
    fired: tuple[str, ...]
