"""What a comparison of two versions says, as values: every difference, and what it does to permissions."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from rules.policy import Policy
from rules.problems import Place
from rules.text import Path_, Source

if TYPE_CHECKING:
    from engine.compare.impact_values import Impact
    from rules.prove.told import CaseTold

Json = Any
"""A value of a document in its canonical form: texts, true and false, lists and mappings of them."""
Effect = Literal["loosens", "tightens", "mixed", "neutral"]
Kind = Literal["added", "removed", "changed", "moved", "renamed"]
Judged = Literal["proved", "activity", "rule", "scope", "nature", "together", "open"]
"""How an effect is known.

`proved`: this change by itself was tried on the older version, and the two compared for all figures; `activity`: the
same, with all changes of its activity; `rule`: it follows from what the rule means, without regard to figures;
`scope`: from the cohorts named; `nature`: it is of a kind that permits nothing and forbids nothing; `together`: it
cannot be tried by itself, and has the effect of all changes together; `open`: it could not be settled.
"""
Group = Literal[
    "about", "settings", "trigger_points", "statuses", "activities", "cohorts", "measures", "time",
    "parents", "guarantees", "sources",
]  # fmt: skip
GROUPS: tuple[Group, ...] = (
    "trigger_points", "statuses", "activities", "cohorts", "measures", "time", "settings", "parents",
    "guarantees", "sources", "about",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """One unit at which two versions differ, decided by both: as values, in a sentence with ids, and in its parts."""

    document: Mapping[str, Any]
    sentence: str
    told: CaseTold


@dataclass(frozen=True, slots=True)
class Found:
    """An activity that one version can permit to be reduced where the other does not.

    `why`: `permitted`: with the same figures and history; `scope`: for more cases, and `cohorts` names one
    (a case of none of the cohorts where it is empty); `rule`: for longer, or by a person's word: `rule` is then
    the path of the change, and it is about all that can be reduced.
    """

    activity: str | None
    from_: str | None
    why: Literal["permitted", "scope", "rule"]
    case: Case | None = None
    cohorts: tuple[str, ...] = ()
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved of two versions for all figures, states and settings, activity by activity.

    An activity that is not named is permitted in the same cases by both. `open_` says in words what stays open, and
    `doubtful` are the activities that this is about.
    """

    effects: Mapping[str, Effect]
    loosens: tuple[Found, ...] = ()
    tightens: tuple[Found, ...] = ()
    open_: tuple[str, ...] = ()
    doubtful: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Change:
    """One difference of two documents. The paths are those of the two documents; None where there is nothing.

    `keys` is the path by ids. `wording` is a difference of words only; `judge` says that a person must read both:
    what may be done, or for whom, is said in other words.
    """

    kind: Kind
    keys: tuple[str, ...]
    before: Json
    after: Json
    from_path: Path_ | None
    to_path: Path_ | None
    group: Group = "about"
    wording: bool = False
    judge: bool = False
    effect: Effect = "neutral"
    judged: Judged = "nature"
    case: Case | None = None
    places: tuple[Place | None, Place | None] = (None, None)
    where: Path_ = ()
    """Where the change would be made in the older document."""

    @property
    def path(self) -> str:
        """The path by ids as text: `trigger_points.amber_staffing.default`."""
        return ".".join(self.keys)

    @property
    def activity(self) -> str | None:
        """The activity that it is about."""
        return self.keys[1] if len(self.keys) > 1 and self.keys[0] == "activities" else None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions compared, with the text that it was read from.

    With a region the policy is as that region's settings resolve it on a day: its numbers are the defaults.
    `places` says where the region's numbers, and what it withholds, are written.
    """

    policy: Policy
    source: Source
    region: str | None = None
    day: datetime.date | None = None
    withhold: frozenset[str] = frozenset()
    places: Mapping[str, Place] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What all differences together do: what is permitted that was not, and the reverse.

    `own` is what the changes of the activities alone do, where that could be tried. `open_` says what could not be
    settled; `judge` are activities of which a person must read both versions.
    """

    effect: Effect
    loosens: tuple[Found, ...]
    tightens: tuple[Found, ...]
    activities: Mapping[str, Effect]
    open_: tuple[str, ...]
    judge: tuple[str, ...]
    own: Proof | None = None

    @property
    def proved(self) -> bool:
        """Whether nothing stays open."""
        return not self.open_


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions compared. `impact` is what it would mean for real units, where returns were given."""

    before: Side
    after: Side
    verdict: Verdict
    changes: tuple[Change, ...]
    impact: Impact | None = None


def joined(effects: Iterable[Effect]) -> Effect:
    """What several effects come to together."""
    given = set(effects)
    loosens = bool(given & {"loosens", "mixed"})
    tightens = bool(given & {"tightens", "mixed"})
    if loosens and tightens:
        return "mixed"
    return "loosens" if loosens else "tightens" if tightens else "neutral"
