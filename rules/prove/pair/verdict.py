"""What comes of comparing two versions: whether one permits a reduction where the other does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from rules.prove.told import CaseTold

Effect = Literal["loosens", "tightens", "mixed", "neutral"]
Direction = Literal["loosens", "tightens"]
Kind = Literal["permitted", "scope"]


class Label(NamedTuple):
    """A difference that can be: the reduction that stands under the version that permits more."""

    direction: Direction
    kind: Kind
    activity: str
    from_: str


@dataclass(frozen=True, slots=True)
class PairWitness:
    """A case in which two versions differ, decided by both deciders under each.

    `document` is made of plain values that can go into JSON: `figures` of the return by key, `earlier` ones that
    stand in for figures not given, `measures`, `trigger_points`, `state` and `outcome`, each of the first version
    (`from`) and of the second (`to`). `sentence` says it in one sentence, and `told` has the parts of that.
    """

    document: Mapping[str, Any]
    sentence: str
    told: CaseTold


@dataclass(frozen=True, slots=True)
class Difference:
    """An activity of which one version permits more than the other, as a witness shows.

    `permitted`: a reduction where the other permits none, or one from a more severe status. `scope`: the same one
    for cases for which the other does not. `from_` is the status that the reduction is permitted from.
    """

    activity: str
    from_: str
    kind: Kind
    witness: PairWitness


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a second version permits, held against the first, over all figures, states and settings.

    `activities` has the effect on each activity of both versions. `settled` is false where a question was left
    open; `unsettled` names these in words, and an activity with an open question is what it was shown to be.
    `words` are the reductions (activity, from) of both versions whose strength, text or floor differ, which is no
    effect. `beyond` names rules that differ and that lie beyond one step, such as `returns.grace`: what follows
    from these is not part of the verdict.
    """

    loosens: tuple[Difference, ...]
    tightens: tuple[Difference, ...]
    activities: Mapping[str, Effect]
    settled: bool
    unsettled: tuple[str, ...]
    words: tuple[tuple[str, str], ...] = ()
    beyond: tuple[str, ...] = ()

    @property
    def effect(self) -> Effect:
        """The effect as a whole."""
        return effect_of(bool(self.loosens), bool(self.tightens))


@dataclass(frozen=True, slots=True)
class StatusAnswer:
    """Whether two versions can give different statuses: a witness, or `proved` that they never do, or neither."""

    witness: PairWitness | None
    proved: bool


def effect_of(loosens: bool, tightens: bool) -> Effect:
    """The effect of something that can loosen, tighten, do both or neither."""
    if loosens and tightens:
        return "mixed"
    return "loosens" if loosens else "tightens" if tightens else "neutral"
