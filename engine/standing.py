"""Where a unit stands on a day: the value that a decision is written from."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from engine.clocks import Key
from rules.decide import Outcome
from rules.figures import Return
from rules.library import Setting
from rules.model import Declaration, Suspension
from rules.policy import Policy
from rules.reading import Reader, Reading


@dataclass(frozen=True, slots=True)
class Active:
    """The active status: an id (or indeterminate, undeclared, suspended), since when, and what was before."""

    status: str
    since: datetime.date
    previous: str | None


class Declared(NamedTuple):
    """A declaration in force, its level in the version of the day, and for how many days there has been one."""

    declaration: Declaration | None
    level: int | None
    days_without_break: int


NOTHING_DECLARED = Declared(None, None, 0)


class Clear(NamedTuple):
    """The last clear day: its version, what was permitted on it, or before it, and the clocks as they were."""

    policy: Policy
    day: datetime.date
    permitted: frozenset[Key]
    starts: Mapping[Key, datetime.date]


class Step(NamedTuple):
    """The last step: what was read, under which setting, and what followed.

    `held` is what each run was, in periods, if its condition held.
    """

    day: datetime.date
    reading: Reading
    setting: Setting
    held: tuple[int, ...]
    outcome: Outcome
    first: bool


class Standing(NamedTuple):
    """Where a unit stands on one day, with everything that a decision tells.

    `calculated` is the level underneath (None before the first determinate step) and `calculated_since` its first
    day; `determinate` whether it is the answer on this day; `indeterminate_since` the first day of the present
    stretch, if not. `before` is the day of the return before the newest one, and `step` the last step under the
    version in force, if there was one. `outcome` is the outcome for the day itself; `permitted` the reductions that
    are permitted on it, or stand in grace; `lapsed` numbers those that have lapsed, with the day; `clocks` has the
    first day of each reduction that has one.
    """

    day: datetime.date
    policy: Policy
    reader: Reader
    setting: Setting
    step: Step | None
    newest: Return | None
    before: datetime.date | None
    stale: bool
    calculated: int | None
    calculated_since: datetime.date | None
    determinate: bool
    indeterminate_since: datetime.date | None
    last_determinate: tuple[str, datetime.date] | None
    mapped: tuple[str, str] | None
    active: Active
    active_level: int
    declared: Declared
    suspended: Suspension | None
    outcome: Outcome
    permitted: frozenset[Key]
    in_grace: bool
    lapsed: tuple[tuple[int, datetime.date], ...]
    clocks: Mapping[Key, datetime.date]
