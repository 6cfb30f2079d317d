"""A checked version: the document with its formulas and conditions read into trees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from rules.formula import Condition, Formula, Subject
from rules.model import Activity, Reduction, Version
from rules.model.rollup import ParentRules

Level = Literal["region", "country"]
"""The kinds of parents: the groups of units, and the whole."""


@dataclass(frozen=True, slots=True)
class PointsOf:
    """A measure by points: what is looked at, and the bands as (comparator, number) pairs with their points."""

    subject: Subject
    bands: tuple[tuple[tuple[tuple[str, Decimal], ...], Decimal], ...]
    otherwise: Decimal


@dataclass(frozen=True, slots=True)
class ReductionOf:
    """A reduction with its activity, and the level of the status that it starts from."""

    activity: Activity
    reduction: Reduction
    level: int
    when: Condition | None
    key: tuple[str, str] = field(init=False)
    """Activity and status: what its clock is kept by, across versions."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", (self.activity.id, self.reduction.from_))


@dataclass(frozen=True, slots=True)
class StatusStated:
    """What a guarantee says of the status: that one of some levels begins (`enter`) or follows (`status`).

    `at_least` and `at_most` are read into the levels that they take in.
    """

    word: Literal["enter", "status", "at_least", "at_most"]
    levels: frozenset[int]


@dataclass(frozen=True, slots=True)
class PermittedStated:
    """What a guarantee says of activities: that a reduction of them is permitted."""

    activities: tuple[str, ...]


Stated = StatusStated | PermittedStated


@dataclass(frozen=True, slots=True)
class GuaranteeOf:
    """A guarantee: under `when`, of the outcomes `where`, none is as `never` says, or all are as `always` says.

    One of `never` and `always` is None. `index` is its position in the document.
    """

    index: int
    name: str
    when: Condition | None
    where: Stated | None
    never: Stated | None
    always: Stated | None


@dataclass(frozen=True, slots=True)
class ParentOf:
    """How the status of one kind of parent follows from its children, with weights and conditions read.

    `weights` are what a child weighs in the mean of each measure; None: all weigh the same. `enters` and `exits` are
    by level where children are counted, and empty where they are not.
    """

    level: Level
    rules: ParentRules
    weights: Mapping[str, Subject | None]
    enters: tuple[Condition | None, ...] = ()
    exits: tuple[Condition | None, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Policy:
    """One version of a framework, checked and read. Two are the same only if they are the same object.

    `measures` are in the order in which they can be worked out. `enters` and `exits` are by level (the
    position of the status, least severe first); a level without an own exit has None.
    """

    version: Version
    file: str
    text: str
    sha256: str
    measures: dict[str, Formula | PointsOf]
    enters: tuple[Condition | None, ...]
    exits: tuple[Condition | None, ...]
    reductions: tuple[ReductionOf, ...]
    guarantees: tuple[GuaranteeOf, ...] = ()
    shortfall: Formula | None = None
    """The hours a month that a unit lacks. No decision rests on it."""
    parents: tuple[ParentOf, ...] = ()
    """Who gets a status that follows from others', regions first."""
    levels: dict[str, int] = field(init=False)
    """The level of each status, by its id."""
    numbers: dict[tuple[str, str], int] = field(init=False)
    """The position of each reduction, by its key."""
    activity_ids: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        levels = {status: level for level, status in enumerate(self.version.status_ids)}
        object.__setattr__(self, "levels", levels)
        object.__setattr__(self, "numbers", {one.key: index for index, one in enumerate(self.reductions)})
        object.__setattr__(self, "activity_ids", frozenset(one.id for one in self.version.activities))

    @property
    def id(self) -> str:
        """The version's name with its framework's: `sentence-management@phase-3-v8`."""
        return f"{self.version.framework}@{self.version.version}"

    def level(self, status: str) -> int | None:
        """The level of a status, or None where this version has no such status."""
        return self.levels.get(status)

    def conditions(self) -> Iterator[Condition]:
        """The root of every condition."""
        yield from (condition for condition in self.enters if condition is not None)
        yield from (condition for condition in self.exits if condition is not None)
        yield from (reduction.when for reduction in self.reductions if reduction.when is not None)


def mapped_level(status: str, old: Policy, new: Policy) -> int:
    """The level of a status under a new version: its own, or the nearest less severe that exists in both."""
    ids = old.version.status_ids
    for candidate in reversed(ids[: ids.index(status) + 1] if status in ids else ()):
        level = new.level(candidate)
        if level is not None:
            return level
    return 0
