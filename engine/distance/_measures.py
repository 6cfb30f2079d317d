"""Which comparisons stand in the way of a goal, and how far each is off: taken from the decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.distance.values import Goal, Told

Node = Mapping[str, Any]


def standing_in_the_way(
    decision: Mapping[str, Any], goal: Goal, units: Mapping[str, tuple[str, str | None]]
) -> tuple[Told, ...]:
    """The comparisons that would have to come out otherwise, in the order of the document.

    For a more severe status those of its `enter`; for a less severe one those of the present status' `exit`, and
    those of its `enter` that hold. `units` has title and unit of each measure and input.
    """
    roots = {(root["kind"], root.get("status")): root for root in decision["conditions"]}
    found: list[tuple[Node, Node]] = []
    if goal.direction == "more_severe":
        root = roots.get(("enter", goal.status))
        found += [] if root is None else _off(root, True)
    else:
        now = decision["calculated"]
        leave, enter = roots.get(("exit", now)), roots.get(("enter", now))
        if leave is not None and not leave.get("implicit"):
            found += _off(leave, True)
        found += [] if enter is None else _off(enter, False)
    told: dict[str, Told] = {}
    for leaf, timed in found:
        told.setdefault(str(leaf["rule"]), _told(leaf, timed, units))
    return tuple(told.values())


def _off(node: Node, wanted: bool, timed: Node | None = None) -> Iterator[tuple[Node, Node]]:
    """The comparisons that keep a condition from being what is wanted; each with the node whose duration counts."""
    timed = node if node.get("needs") else timed
    if "comparator" in node:
        if node["holds"] is not wanted:
            yield node, timed or node
        return
    if node["holds"] is wanted:
        return
    inner = not wanted if node.get("op") == "none" else wanted
    parts = node.get("parts") or []
    off = [part for part in parts if part["holds"] is not inner]
    if off:
        for part in off:
            yield from _off(part, inner, timed)
    else:  # all parts are as they should be: only the group's own duration is not over
        for part in parts:
            yield from _leaves(part, timed or node)


def _leaves(node: Node, timed: Node) -> Iterator[tuple[Node, Node]]:
    if "comparator" in node:
        yield node, timed
    for part in node.get("parts") or ():
        yield from _leaves(part, timed)


def _told(leaf: Node, timed: Node, units: Mapping[str, tuple[str, str | None]]) -> Told:
    key = str(leaf["measure"])
    title, unit = units.get(key.partition("[")[0], (key, None))
    return {
        "id": key,
        "title": title,
        "rule": leaf["rule"],
        "comparator": leaf["comparator"],
        "threshold": leaf["threshold"],
        "value": leaf["value"],
        "distance": leaf["distance"],
        "unit": unit,
        "holds": leaf["holds"],
        "run": timed.get("run"),
        "needs": timed.get("needs"),
        "basis": leaf["basis"],
    }
