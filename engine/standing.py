"""Where a unit stands on a day: the value that a decision is written from."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from rules.decide import Outcome
from rules.figures import Return
from rules.library import Setting
from rules.model import Declaration, Suspension
from rules.policy import Policy
from rules.reading import Reader, Reading

Key = tuple[str, str]
"""A reduction across versions: its activity and the status that it starts from."""


@dataclass(frozen=True, slots=True)
class Active:
    """The active status: an id (or indeterminate, undeclared, suspended), since when, and what was before."""

    status: str
    since: datetime.date
    previous: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """The last step: what was read, under which setting, and what followed.

    `held` is what each run was, in periods, if its condition held.
    """

    day: datetime.date
    reading: Reading
    setting: Setting
    held: tuple[int, ...]
    outcome: Outcome
    first: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands on one day, with everything that a decision tells.

    `calculated` is the level underneath (None before the first determinate step) and `calculated_since` its first
    day; `determinate` whether it is the answer on this day; `indeterminate_since` the first day of the present
    stretch, if not. `step` is the last step under the version in force, if there was one. `outcome` is the
    outcome for the day itself; `permitted` the reductions that are permitted on it, or stand in grace; `clocks`
    the first day of each reduction that has one.
    """

    day: datetime.date
    policy: Policy
    reader: Reader
    setting: Setting
    step: Step | None
    newest: Return | None
    stale: bool
    calculated: int | None
    calculated_since: datetime.date | None
    determinate: bool
    indeterminate_since: datetime.date | None
    last_determinate: tuple[str, datetime.date] | None
    mapped: tuple[str, str] | None
    active: Active
    active_level: int
    declared: Declaration | None
    suspended: Suspension | None
    declared_level: int | None
    days_declared: int
    outcome: Outcome
    permitted: frozenset[Key]
    in_grace: bool
    clocks: Mapping[Key, datetime.date]
