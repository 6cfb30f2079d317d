"""Reductions that are the same in two versions and begin at another status.

The prover compares the reductions that stand by the status from which each begins: one from a more severe status is
a further one. That is right where it says something else. Where it says the same, only where it begins is different:
so a version that has it from a milder status on is given it from the more severe one too, which permits nothing new.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rules.formula import Condition, Group
from rules.model import Reduction
from rules.policy import Policy, ReductionOf

Copies = dict[tuple[str, str], str]
"""By activity and status of a copy, the status of what was copied."""


def aligned(policy: Policy, other: Policy) -> tuple[Policy, Copies]:
    """A policy with the copies that the other one calls for."""
    copies: Copies = {}
    added: list[ReductionOf] = []
    for theirs in other.reductions:
        level = policy.level(theirs.reduction.from_)
        if level is None or theirs.key in policy.numbers:
            continue
        below = [
            one for one in policy.reductions if one.activity.id == theirs.activity.id and one.level < level
        ]
        nearest = max(below, key=lambda one: one.level, default=None)
        if nearest is None or _said(nearest.reduction) != _said(theirs.reduction):
            continue
        if nearest.reduction.lapses_after is not None or theirs.reduction.lapses_after is not None:
            continue  # each has a clock of its own, and they do not run alike
        copies[theirs.key] = nearest.reduction.from_
        added.append(_copy(nearest, theirs.reduction.from_, level))
    if not added:
        return policy, copies
    activities = [
        activity.model_copy(update={"reductions": [*(activity.reductions or ()), *_of(added, activity.id)]})
        if any(one.activity.id == activity.id for one in added)
        else activity
        for activity in policy.version.activities
    ]
    version = policy.version.model_copy(update={"activities": activities})
    return replace(policy, version=version, reductions=(*policy.reductions, *added)), copies


def _said(reduction: Reduction) -> tuple[object, ...]:
    cohorts = (frozenset(reduction.except_), frozenset(reduction.only))
    return (reduction.strength, reduction.do, reduction.floor, *cohorts)


def _copy(one: ReductionOf, from_: str, level: int) -> ReductionOf:
    reduction = one.reduction.model_copy(update={"from_": from_})
    rules = (f"when.{one.activity.id}.{one.reduction.from_}", f"when.{one.activity.id}.{from_}")
    when = None if one.when is None else _under(one.when, *rules)
    return ReductionOf(one.activity, reduction, level, when)


def _under(condition: Condition, old: str, new: str) -> Condition:
    """A condition under the name of another rule."""
    rule = new + condition.rule.removeprefix(old)
    if isinstance(condition, Group):
        return replace(condition, rule=rule, parts=tuple(_under(part, old, new) for part in condition.parts))
    return replace(condition, rule=rule)


def _of(added: list[ReductionOf], activity: str) -> Iterator[Reduction]:
    yield from (one.reduction for one in added if one.activity.id == activity)
