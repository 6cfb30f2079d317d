"""Which differences there can be between two versions: as claims of the text, and as seen in two outcomes.

Of the reductions of an activity that are permitted, the one from the most severe status stands. A version permits
more than the other where its reduction starts from a more severe status, or where the other permits none; and
where both start from the same one, where it may touch more cases.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from rules.decide import NONE, Outcome
from rules.model import Reduction
from rules.policy import Policy, mapped_level
from rules.prove.pair.text import PairText
from rules.prove.pair.verdict import Direction, Label
from rules.prove.terms import Claim, all_of, any_of, negated

STATUS = "differ"
"""The name of the claim that the two versions give different statuses."""


class Ranks:
    """The reductions of two versions in one order: by the level of the second version that each starts from.

    A status that the second version does not have counts as the nearest less severe one that it has.
    """

    def __init__(self, first: Policy, second: Policy) -> None:
        self.policies = first, second
        both = (*first.version.activities, *second.version.activities)
        self.activities = tuple(dict.fromkeys(activity.id for activity in both))
        levels = [mapped_level(status, first, second) for status in first.version.status_ids]
        self.ranks: tuple[list[int], list[int]] = (
            [levels[one.level] for one in first.reductions],
            [one.level for one in second.reductions],
        )
        self._numbers: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})
        self._scopes: dict[tuple[int, int], frozenset[Label]] = {}
        for policy, found in zip(self.policies, self._numbers, strict=True):
            for number in sorted(range(len(policy.reductions)), key=lambda one: policy.reductions[one].level):
                found.setdefault(policy.reductions[number].activity.id, []).append(number)

    def of(self, side: int, activity: str) -> list[int]:
        """The numbers of a version's reductions of an activity, least severe first."""
        return self._numbers[side].get(activity, [])

    def reduction(self, side: int, number: int) -> Reduction:
        """A reduction."""
        return self.policies[side].reductions[number].reduction

    def label(self, side: int, kind: str, number: int) -> Label:
        """The label of a difference in which a reduction of the version that permits more stands."""
        one = self.policies[side].reductions[number]
        direction: Direction = "loosens" if side else "tightens"
        return Label(direction, "scope" if kind == "scope" else "permitted", *one.key)

    def pairs(self, activity: str) -> Iterator[tuple[int, int]]:
        """The reductions of both versions that start from the same status."""
        for number in self.of(0, activity):
            for other in self.of(1, activity):
                if self.ranks[0][number] == self.ranks[1][other]:
                    yield number, other

    def shown(self, outcomes: tuple[Outcome, Outcome]) -> set[Label]:
        """The differences that show in two outcomes."""
        return {label for activity in self.activities for label in self._shown_of(activity, outcomes)}

    def shows(self, label: Label, outcomes: tuple[Outcome, Outcome]) -> bool:
        """Whether one difference shows in two outcomes."""
        return label in self._shown_of(label.activity, outcomes)

    def _shown_of(self, activity: str, outcomes: tuple[Outcome, Outcome]) -> frozenset[Label]:
        mine, theirs = (self._standing(side, activity, outcomes[side]) for side in (0, 1))
        ranks = (
            NONE if mine == NONE else self.ranks[0][mine],
            NONE if theirs == NONE else self.ranks[1][theirs],
        )
        if ranks[0] != ranks[1]:
            side = int(ranks[1] > ranks[0])
            return frozenset([self.label(side, "permitted", (mine, theirs)[side])])
        return frozenset() if mine == NONE else self.scopes(mine, theirs)

    def _standing(self, side: int, activity: str, outcome: Outcome) -> int:
        """The number of the reduction of an activity that stands."""
        numbers = reversed(self.of(side, activity))
        return next((number for number in numbers if number in outcome.permitted), NONE)

    def scopes(self, number: int, other: int) -> frozenset[Label]:
        """How the cases differ that two reductions may touch."""
        if (number, other) not in self._scopes:
            one, two = self.reduction(0, number), self.reduction(1, other)
            found = set()
            if touches_more(two, one):
                found.add(self.label(1, "scope", other))
            if touches_more(one, two):
                found.add(self.label(0, "scope", number))
            self._scopes[number, other] = frozenset(found)
        return self._scopes[number, other]


def touches_more(one: Reduction, other: Reduction) -> bool:
    """Whether there is a case, of some cohorts or none, that the first may touch and the other may not."""
    cohorts = sorted({*one.except_, *one.only, *other.except_, *other.only})
    # two cohorts are enough: one that lets the first touch the case, and one that keeps the other from it
    cases = [set[str](), *({cohort} for cohort in cohorts), *(set(pair) for pair in combinations(cohorts, 2))]
    return any(_touches(one, case) and not _touches(other, case) for case in cases)


def _touches(reduction: Reduction, case: set[str]) -> bool:
    limited = not reduction.only or not case.isdisjoint(reduction.only)
    return limited and case.isdisjoint(reduction.except_)


def difference_claims(text: PairText, ranks: Ranks) -> dict[Label, Claim]:
    """The claim of each difference that can be thought of, in the order of activities."""
    found: dict[Label, list[Claim]] = {}
    for activity in ranks.activities:
        stands = [
            {number: _stands(text, ranks, side, activity, number) for number in ranks.of(side, activity)}
            for side in (0, 1)
        ]
        for side in (1, 0):
            for number, claim in stands[side].items():
                rank, other = ranks.ranks[side][number], 1 - side
                no_less = any_of(
                    theirs for one, theirs in stands[other].items() if ranks.ranks[other][one] >= rank
                )
                label = ranks.label(side, "permitted", number)
                found.setdefault(label, []).append(all_of([claim, negated(no_less)]))
        for number, beside in ranks.pairs(activity):
            for label in sorted(ranks.scopes(number, beside)):
                found.setdefault(label, []).append(all_of([stands[0][number], stands[1][beside]]))
    return {label: any_of(claims) for label, claims in found.items()}


def _stands(text: PairText, ranks: Ranks, side: int, activity: str, number: int) -> Claim:
    """That a reduction is permitted, and none of the activity from a more severe status."""
    numbers = ranks.of(side, activity)
    above = numbers[numbers.index(number) + 1 :]
    may = text.sides[side].may
    return all_of([may(number), *(negated(may(one)) for one in above)])


def status_claim(text: PairText) -> Claim:
    """That the two versions give different statuses; indeterminate is one of its own."""
    one, other = text.sides
    first, second = text.policies
    same = [
        all_of([one.step.status(level), other.step.status(there)])
        for level, id_ in enumerate(first.version.status_ids)
        if (there := second.level(id_)) is not None
    ]
    none = [
        all_of(negated(side.step.status(level)) for level in range(side.program.levels))
        for side in text.sides
    ]
    return negated(any_of([*same, all_of(none)]))


def statuses_differ(policies: tuple[Policy, Policy], outcomes: tuple[Outcome, Outcome]) -> bool:
    """Whether two outcomes have different statuses."""
    ids = [
        None if outcome.status == NONE else policy.version.status_ids[outcome.status]
        for policy, outcome in zip(policies, outcomes, strict=True)
    ]
    return ids[0] != ids[1]
