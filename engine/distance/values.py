"""What a distance says, as values: nothing here is worked out."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, NamedTuple

Direction = Literal["less_severe", "more_severe"]
Told = dict[str, Any]
Why = Literal["not_given", "no_part", "cannot", "not_found"]
"""Why a lever does not reach: its figure is not known; no status rests on it; no figure of it would do; none of the
steps that were tried would do, and further ones were not."""


class Lever(NamedTuple):
    """A figure that people can change, and how far.

    `start` is what the way ahead takes it for; None where it is not known. `down` and `up` say by how many steps it
    can be changed each way; only multiples of `stride` give figures that the input takes. `free` is false where
    nothing that a status asks rests on it, and `whole` where it can be changed by more steps than are tried.
    """

    key: str
    title: str
    unit: str | None
    decimals: int
    step: Decimal
    start: Decimal | None
    down: int
    up: int
    stride: int
    free: bool
    whole: bool

    def at(self, steps: int) -> Decimal:
        """The figure after so many steps. It must be known."""
        assert self.start is not None, "a figure that is not known cannot be changed"
        return self.start + steps * self.step


@dataclass(frozen=True, slots=True)
class Goal:
    """A status to be reached: the next one, less or more severe, by the version of the day asked."""

    status: str
    direction: Direction


@dataclass(frozen=True, slots=True)
class Reach:
    """How a lever reaches a goal, or that it does not.

    `steps` is the least change; `on` the day on which the goal is reached then, after so many `returns`. Where the
    lever does not reach, `why` says why not.
    """

    lever: Lever
    steps: int = 0
    on: datetime.date | None = None
    returns: int | None = None
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Joint:
    """The least change of several levers together; `changes` has the steps of each that is changed."""

    changes: tuple[tuple[Lever, int], ...]
    on: datetime.date
    returns: int


@dataclass(frozen=True, slots=True)
class Target:
    """What would bring a goal. `by_itself` is the day on which it comes if nothing changes, if it does.

    `searched` is the most steps in all that were tried of several levers together, where that was not all.
    """

    goal: Goal
    by_itself: datetime.date | None
    levers: tuple[Reach, ...]
    joint: Joint | None
    searched: int | None
    measures: tuple[Mapping[str, Any], ...]

    @property
    def earliest(self) -> datetime.date | None:
        """The first day on which any of this brings the goal."""
        joint = None if self.joint is None else self.joint.on
        days = [self.by_itself, joint, *(one.on for one in self.levers)]
        return min((day for day in days if day is not None), default=None)
