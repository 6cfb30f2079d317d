"""Why a unit stands elsewhere in the other world: the comparisons that turn out otherwise, with their numbers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from engine.decision import Decision, Scribe
from engine.worlds.tracks import Pair, Track
from engine.worlds.values import Compared, Direction, Reason, Side
from rules.policy import Policy

Node = Mapping[str, Any]
Leaves = dict[str, Node]
Kept = tuple[Node | None, Node | None]


class Reasons:
    """Tells why two worlds differ on a day. Keeps what the decisions of each world share."""

    def __init__(self) -> None:
        self._scribes = (Scribe(), Scribe())

    def why(self, pair: Pair, day: datetime.date) -> Reason:
        """Why the unit has another status in the world after than in the one before."""
        before, after = self._decisions(pair, day)
        if before is None or after is None:
            return Reason("no_decision")
        unknown = [one for one in (before, after) if one["status"] == "indeterminate"]
        if unknown:
            return Reason("unknown", (), tuple(unknown[0]["indeterminate_because"]))
        statuses = between(pair, day, before["status"], after["status"])
        for kind in ("enter", "exit"):
            found = _differing(_roots(before, kind, statuses), _roots(after, kind, statuses))
            if found:
                return Reason("conditions", tuple(_compared(*found_one) for found_one in found))
        return Reason(
            "earlier", tuple(_compared(one, other) for one, other in _alike(before, after, statuses))
        )

    def _decisions(self, pair: Pair, day: datetime.date) -> tuple[Decision | None, Decision | None]:
        before, after = self._scribes
        return _decision(pair.before, day, before), _decision(pair.after, day, after)


def _decision(track: Track, day: datetime.date, scribe: Scribe) -> Decision | None:
    standing = track.at(day)
    return None if standing is None else scribe.value(track.course, standing)


def direction(pair: Pair, day: datetime.date) -> Direction | None:
    """Whether the status after is more or less severe than the one before; None where they cannot be compared."""
    policies = _policies(pair, day)
    before, after = pair.before.status(day), pair.after.status(day)
    for policy in reversed(policies):
        low, high = (policy.levels.get(status or "") for status in (before, after))
        if low is not None and high is not None:
            return "more_severe" if high > low else "less_severe"
    return None


def between(pair: Pair, day: datetime.date, before: str, after: str) -> frozenset[str]:
    """The statuses whose conditions set two apart: those above the milder one, up to the more severe one."""
    for policy in reversed(_policies(pair, day)):
        levels = [policy.levels.get(status) for status in (before, after)]
        known = sorted(level for level in levels if level is not None)
        if len(known) == 2:
            return frozenset(policy.version.status_ids[known[0] + 1 : known[1] + 1])
    return frozenset(id_ for policy in _policies(pair, day) for id_ in policy.version.status_ids)


def _policies(pair: Pair, day: datetime.date) -> list[Policy]:
    standings = (pair.before.at(day), pair.after.at(day))
    return [standing.policy for standing in standings if standing is not None]


def _roots(decision: Decision, kind: str, statuses: frozenset[str]) -> Leaves:
    return {
        root["rule"]: root
        for root in decision["conditions"]
        if root["kind"] == kind and root["status"] in statuses
    }


def _leaves(node: Node) -> Iterator[tuple[str, Node]]:
    """The comparisons of a condition. A duration of a group is told at each of its parts that has none."""
    if "comparator" in node:
        yield node["rule"], node
    for part in node.get("parts") or ():
        for rule, leaf in _leaves(part):
            own = leaf["needs"] is None and node["needs"] is not None
            yield rule, {**leaf, "run": node["run"], "needs": node["needs"]} if own else leaf


def _differing(before: Leaves, after: Leaves) -> list[Kept]:
    """The comparisons that differ, of the conditions that are met in one world only."""
    found: list[Kept] = []
    for rule in dict.fromkeys((*after, *before)):
        one, other = before.get(rule), after.get(rule)
        if (one and one["holds"]) == (other and other["holds"]):
            continue
        pairs = _matched(one, other)
        found += (
            [pair for pair in pairs if _holds(pair[0]) != _holds(pair[1])]
            or [pair for pair in pairs if _threshold(pair[0]) != _threshold(pair[1])]
            or [pair for pair in pairs if True in (_holds(pair[0]), _holds(pair[1]))]
            or pairs
        )
    return found


def _matched(one: Node | None, other: Node | None) -> list[Kept]:
    """The comparisons of a condition in both worlds, by their rule and what they look at."""
    before = {(rule, leaf["measure"], leaf["comparator"]): leaf for rule, leaf in _leaves(one or _NOTHING)}
    after = {(rule, leaf["measure"], leaf["comparator"]): leaf for rule, leaf in _leaves(other or _NOTHING)}
    return [(before.get(key), after.get(key)) for key in dict.fromkeys((*after, *before))]


_NOTHING: Node = {"needs": None}


def _alike(before: Decision, after: Decision, statuses: frozenset[str]) -> list[Kept]:
    """Where no condition differs: what is met of those that begin the statuses in question, in either world."""
    pairs: list[Kept] = []
    ones, others = _roots(before, "enter", statuses), _roots(after, "enter", statuses)
    for rule in dict.fromkeys((*others, *ones)):
        pairs += _matched(ones.get(rule), others.get(rule))
    return [pair for pair in pairs if True in (_holds(pair[0]), _holds(pair[1]))]


def _holds(node: Node | None) -> bool | None:
    holds: bool | None = False if node is None else node["holds"]
    return holds


def _threshold(node: Node | None) -> Any:
    return None if node is None else (node["threshold"], node["needs"])


def _compared(before: Node | None, after: Node | None) -> Compared:
    known = after or before
    assert known is not None, "a comparison is of one world at least"
    return Compared(known["rule"], known["measure"], known["comparator"], _side(before), _side(after))


def _side(node: Node | None) -> Side | None:
    if node is None:
        return None
    return Side(
        node["value"],
        node["threshold"],
        node["from"],
        node["holds"],
        node["run"],
        node["needs"],
        node["basis"],
    )
