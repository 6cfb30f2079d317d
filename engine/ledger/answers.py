"""When two decisions give the same answer, and what a change from one to the next is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.decision import Decision

_PASSING = frozenset(["id", "decided_at", "asked", "as_of", "fired"])
"""What tells of the asking or of the day itself: it makes no new answer."""
_OWN = frozenset(["framework", "settings", "declared", "last_determinate", "conditions"])
"""What is compared by parts."""


def same_answer(one: Decision, other: Decision, *, lines: bool = True) -> bool:
    """Whether two decisions on one unit say the same, but for the passing of days and the hashes of documents.

    Without `lines` the places at which conditions are written do not count either: a policy that was only written
    differently gives no new answers for the past.
    """
    if one.keys() != other.keys():
        return False
    for key, value in one.items():
        if key not in _PASSING and key not in _OWN and value != other[key]:
            return False
    return (
        one["framework"]["version"] == other["framework"]["version"]
        and _without(one["settings"], "sha256") == _without(other["settings"], "sha256")
        and _without(one["declared"], "days_without_break")
        == _without(other["declared"], "days_without_break")
        and _last_clear(one) == _last_clear(other)
        and (
            one["conditions"] == other["conditions"]
            or (not lines and _unplaced(one["conditions"]) == _unplaced(other["conditions"]))
        )
    )


def _without(told: Mapping[str, Any] | None, key: str) -> Mapping[str, Any] | None:
    return None if told is None else {name: value for name, value in told.items() if name != key}


def _last_clear(decision: Decision) -> Any:
    """When the status was last clear; while it is, that moves with the days."""
    last = decision["last_determinate"]
    return last if last is None or decision["calculated"] == "indeterminate" else last["status"]


def _unplaced(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {key: _unplaced(value) for key, value in node.items() if key != "line"}
    return [_unplaced(child) for child in node] if isinstance(node, list) else node


def change(before: Decision | None, after: Decision) -> dict[str, Any] | None:
    """What changes for those who look: None where only reasons, figures or days of review do.

    `kinds` is a list of words: first, status, since, version, permitted.
    """
    kinds = ["first"] if before is None else _kinds(before, after)
    if not kinds:
        return None
    return {
        "kinds": " ".join(kinds),
        "from_status": None if before is None else before["status"],
        "to_status": after["status"],
        "from_id": None if before is None else before["id"],
    }


def _kinds(before: Decision, after: Decision) -> list[str]:
    kinds = [key for key in ("status", "since") if before[key] != after[key]]
    if before["framework"]["version"] != after["framework"]["version"]:
        kinds.append("version")
    if _permitted(before) != _permitted(after):
        kinds.append("permitted")
    return kinds


def _permitted(decision: Decision) -> set[tuple[str, str]]:
    return {(one["activity"], one["from"]) for one in decision["permitted"]}
