"""What rules beyond one step do to permissions: it follows from what they mean, for all figures alike.

A step is what is proved. When returns go stale, and what people may declare, is no part of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.compare.values import Change, Effect, joined
from rules.model._fields import read_duration
from rules.policy import Policy


def rule_effect(change: Change, a: Policy, b: Policy) -> Effect:
    """What a change of a rule does."""
    if not (a.reductions or b.reductions):
        return "neutral"
    key = change.keys[-1]
    if change.keys[0] == "declarations":
        return _declarations(change, a, b)
    if key == "activation":
        return "tightens" if change.after == "declared" else "loosens"
    if key == "binding":
        if not any("lower" in _may(policy) for policy in (a, b)):
            return "neutral"
        return "loosens" if change.after is True else "tightens"
    # What was permitted stands for longer, or less long, while no newer figures come.
    return "loosens" if (_days(change.after) or 0) > (_days(change.before) or 0) else "tightens"


def _days(value: object) -> int | None:
    return read_duration(value) if isinstance(value, str) else None


def _may(policy: Policy) -> list[str]:
    rules = policy.version.declarations
    return [] if rules is None else list(rules.may)


def _declarations(change: Change, a: Policy, b: Policy) -> Effect:
    """More room for people's decisions: to raise a status lets more be reduced, to lower it less."""
    inner = change.keys[1:]
    if not inner:
        old, new = _ways(a), _ways(b)
        return joined({_given(one) for one in new - old} | {_taken(one) for one in old - new})
    if inner[0] == "may":
        if change.kind == "moved":
            return "neutral"
        word = inner[1]
        return _given(word) if change.kind == "added" else _taken(word)
    if inner[0] == "at_most":
        endless = 10**9
        longer = (_days(change.after) or endless) > (_days(change.before) or endless)
        return _all(_ways(a) & _ways(b), longer)
    return "neutral"


def _ways(policy: Policy) -> set[str]:
    """In which way people may move what is permitted. Where only what is declared counts, they can but add to it."""
    ways = set(_may(policy))
    return {"raise"} if ways and policy.version.activation == "declared" else ways


def _given(word: str) -> Effect:
    return "loosens" if word == "raise" else "tightens"


def _taken(word: str) -> Effect:
    return "tightens" if word == "raise" else "loosens"


def _all(words: Iterable[str], given: bool) -> Effect:
    return joined({_given(word) if given else _taken(word) for word in words})
