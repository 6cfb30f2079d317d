"""What kind of difference a change is: where it is told, and how its effect comes to be known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from engine.compare.values import Change, Group

Way = Literal["none", "step", "activity", "scope", "rule", "definition", "withheld"]
"""How the effect is found.

`none`: it has none by its nature; `step`: by trying the change alone; `activity`: by trying it on the activity
alone; `scope`: by the cohorts; `rule`: by what a rule means that lies beyond one step; `definition`: it has none
while nothing uses it; `withheld`: by what a region leaves unused.
"""


class Nature(NamedTuple):
    """The kind of a difference."""

    group: Group
    way: Way = "none"
    wording: bool = False
    judge: bool = False


_REMARKS = ("source", "basis", "note")
_TITLES = ("title", "unit", "basis", "source")
_BEYOND = Nature("time", "rule")


def nature_of(change: Change) -> Nature:
    """The kind of a change, by its path."""
    first, rest = change.keys[0], change.keys[1:]
    found = _BY_KEY[first](change, rest) if first in _BY_KEY else _plain(first)
    if change.kind == "moved" and change.keys != ("statuses",):
        # The order of statuses is their severity; any other order changes no answer.
        return Nature(found.group, wording=True)
    return found._replace(wording=True) if change.wording else found


def _plain(first: str) -> Nature:
    if first in ("effective", "until"):
        return Nature("about")
    return Nature("sources" if first == "sources" else "about", wording=True)


def _returns(change: Change, rest: tuple[str, ...]) -> Nature:
    return Nature("time", "step") if rest[-1:] in (("every",), ("longest_gap",)) else _BEYOND


def _stepped(change: Change, rest: tuple[str, ...]) -> Nature:
    return Nature("time", "step")


def _lists(change: Change, rest: tuple[str, ...]) -> Nature:
    if change.kind == "changed":
        return Nature("measures", wording=True)
    return Nature("measures", "definition" if len(rest) < 2 else "step")


def _inputs(change: Change, rest: tuple[str, ...]) -> Nature:
    if len(rest) < 2:
        return _defined(change, "measures")
    if rest[1] in _TITLES:
        return Nature("measures", wording=True)
    if rest[1] == "lever":
        return Nature("measures")
    return Nature("measures", "step")


def _measures(change: Change, rest: tuple[str, ...]) -> Nature:
    if len(rest) < 2:
        return _defined(change, "measures")
    return Nature("measures", wording=True) if rest[1] in _TITLES else Nature("measures", "step")


def _trigger_points(change: Change, rest: tuple[str, ...]) -> Nature:
    if len(rest) < 2:
        return _defined(change, "trigger_points")
    if rest[1] in _TITLES:
        return Nature("trigger_points", wording=True)
    return Nature("trigger_points", "step")


def _defined(change: Change, group: Group) -> Nature:
    """A definition that is new, gone, renamed, or stands elsewhere."""
    return Nature(group, "definition")


def _statuses(change: Change, rest: tuple[str, ...]) -> Nature:
    if len(rest) < 2:
        return Nature("statuses", "step")
    if rest[1] in ("title", "colour", "meaning") or _remark(rest[2:]):
        return Nature("statuses", wording=True)
    if rest[1] in ("review_every", "outstays_after"):
        return Nature("statuses")
    return Nature("statuses", "rule" if rest[1] == "binding" else "step")


def _remark(rest: tuple[str, ...]) -> bool:
    return bool(rest) and rest[-1] in _REMARKS


def _cohorts(change: Change, rest: tuple[str, ...]) -> Nature:
    if change.kind == "changed":
        return Nature("cohorts", wording=True, judge=True)
    return Nature("cohorts")


def _activities(change: Change, rest: tuple[str, ...]) -> Nature:
    if len(rest) < 2:
        return Nature("activities", "activity", judge=change.kind == "removed")
    key, inner = rest[1], rest[2:]
    if key == "reductions":
        return _reduction(change, inner)
    if key == "mandatory" and not inner:
        return Nature("activities", "activity")
    if key == "id":
        return Nature("activities")
    return Nature("activities", wording=True, judge=inner == ("because",))


def _reduction(change: Change, inner: tuple[str, ...]) -> Nature:
    if len(inner) < 2:
        return Nature("activities", "activity")
    key = inner[1]
    if key in ("do", "floor", "strength"):
        return Nature("activities", wording=key != "strength", judge=True)
    if key in ("except", "only"):
        return Nature("activities", "scope")
    if key == "source" or _remark(inner[2:]):
        return Nature("activities", wording=True)
    return Nature("activities", "activity" if key in ("when", "from", "lapses_after") else "none")


def _beyond(change: Change, rest: tuple[str, ...]) -> Nature:
    return _BEYOND


def _parts(change: Change, rest: tuple[str, ...]) -> Nature:
    return Nature("activities", wording=True)


def _guarantees(change: Change, rest: tuple[str, ...]) -> Nature:
    return Nature("guarantees")


def _relief(change: Change, rest: tuple[str, ...]) -> Nature:
    """No decision rests on the hours that are missing."""
    return Nature("measures", wording=_remark(rest))


def _rollup(change: Change, rest: tuple[str, ...]) -> Nature:
    """What a parent is decided by moves no unit."""
    return Nature("parents", wording=rest[-1:] == ("title",) or _remark(rest))


def _settings(change: Change, rest: tuple[str, ...]) -> Nature:
    return Nature("settings", "withheld")


_BY_KEY: dict[str, Callable[[Change, tuple[str, ...]], Nature]] = {
    "returns": _returns,
    "activation": _beyond,
    "declarations": _beyond,
    "first_return": _stepped,
    "steps": _stepped,
    "lists": _lists,
    "inputs": _inputs,
    "measures": _measures,
    "trigger_points": _trigger_points,
    "statuses": _statuses,
    "parts": _parts,
    "cohorts": _cohorts,
    "activities": _activities,
    "guarantees": _guarantees,
    "relief": _relief,
    "rollup": _rollup,
    "settings": _settings,
}
