"""For which cases a reduction may be used: what its cohorts let in that another one's leave out."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

from engine.compare.values import Effect, joined
from rules.model import Reduction


class Scope(NamedTuple):
    """The cohorts that a reduction must not touch, or those that it is limited to."""

    excepted: frozenset[str]
    only: frozenset[str]

    def takes(self, case: frozenset[str]) -> bool:
        """Whether the reduction may be used for a case that belongs to some cohorts."""
        return not case & self.excepted and (not self.only or bool(case & self.only))


def scope_of(reduction: Reduction) -> Scope:
    """The scope of a reduction."""
    return Scope(frozenset(reduction.except_), frozenset(reduction.only))


def lets_in(before: Scope, after: Scope) -> frozenset[str] | None:
    """A case, by its cohorts, that the second takes and the first does not; None where there is none.

    A case can belong to several cohorts, also to such as only one version knows. Of whatever case there is, two of
    its cohorts show the same: one that the second wants and one that the first must not touch.
    """
    known = sorted(before.excepted | before.only | after.excepted | after.only)
    cases = [frozenset(case) for size in range(3) for case in combinations(known, size)]
    return next((case for case in cases if after.takes(case) and not before.takes(case)), None)


def scope_effect(before: Scope, after: Scope) -> Effect:
    """What it does when the one scope becomes the other."""
    return joined(
        {
            "loosens" if lets_in(before, after) is not None else "neutral",
            "tightens" if lets_in(after, before) is not None else "neutral",
        }
    )
