"""Tests of single figures, runs and truths; and in which ways a condition comes out as it does.

The ways of a small condition are told apart down to its figures and runs: a list of tests for each case. No two of
them ever fit together, so where it is true none of the ways in which it is unknown fits.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

from rules.decide.program import NEVER, Hold, Junction, Leaf
from rules.decide.situation import FALSE, TRUE, UNKNOWN

MAX_WAYS = 24
"""A condition that comes out in more ways than these is told truths of its parts instead."""
Test = dict[str, Any]
Named = tuple[Test, tuple[tuple[str, int], ...]]
"""A test, and the properties of the fact that it looks at, by kind and number."""
Way = list[Named]
"""Tests that all have to pass."""
Ways = tuple[list[Way], list[Way], list[Way]]
"""By truth the ways in which a condition comes out so."""
_WORDS = {"below": "$lt", "at_most": "$lte", "above": "$gt", "at_least": "$gte"}


def number(operator: str, kind: str, index: int, bound: int) -> Named:
    """A comparison of a property with a number."""
    return {_WORDS[operator]: {f"{kind}{index}": bound}}, ((kind, index),)


def equal(kind: str, index: int, value: int) -> Named:
    """That a property has a value."""
    return {f"{kind}{index}": value}, ((kind, index),)


def unknown(leaf: Leaf) -> Named:
    """That the figure of a comparison is unknown."""
    return {f"u{leaf.slot}": 1}, (("v", leaf.slot),)


def leaf_tests(leaf: Leaf) -> list[Way]:
    """The ways in which a comparison can be true."""
    if leaf.operator == "one_of":
        return [_between(leaf.slot, low, high) for low, high in _stretches(leaf.numbers)]
    if leaf.operator == "none_of":
        ends = [(-NEVER, -NEVER), *_stretches(leaf.numbers), (NEVER, NEVER)]
        gaps = [(low[1] + 1, high[0] - 1) for low, high in itertools.pairwise(ends)]
        return [_between(leaf.slot, low, high) for low, high in gaps if low <= high]
    return [[number(leaf.operator, "v", leaf.slot, leaf.numbers[0])]]


def leaf_ways(leaf: Leaf) -> Ways:
    """The ways in which a comparison comes out."""
    opposite = Leaf(leaf.slot, _OPPOSITES[leaf.operator], leaf.numbers)
    return leaf_tests(opposite), [[unknown(leaf)]], leaf_tests(leaf)


def hold_ways(hold: Hold, child: Ways) -> Ways:
    """The ways in which it comes out whether a condition has held long enough."""
    enough = number("at_least", "r", hold.run, hold.needs)
    short = number("at_most", "r", hold.run, hold.needs - 1)
    too_short = [[*way, short] for way in child[TRUE]]
    return [*child[FALSE], *too_short], child[UNKNOWN], [[*way, enough] for way in child[TRUE]]


def junction_ways(junction: Junction, children: Sequence[Ways]) -> Ways | None:
    """The ways in which a group comes out, or None where there are too many of them.

    Its parts are gone through in their order until it is clear how the group comes out.
    """
    size = len(children)
    needs = {"all": size, "count": junction.at_least}.get(junction.operator, 1)
    found: Ways = ([], [], [])
    waiting: list[tuple[Way, int, int, int]] = [([], 0, 0, 0)]
    while waiting:
        tests, looked_at, certain, possible = waiting.pop()
        enough = certain >= needs
        if enough or possible + size - looked_at < needs or looked_at == size:
            truth = TRUE if enough else UNKNOWN if possible >= needs and looked_at == size else FALSE
            found[TRUE - truth if junction.operator == "none" else truth].append(tests)
            continue
        for truth, ways in enumerate(children[looked_at]):
            counted = certain + (truth == TRUE), possible + (truth != FALSE)
            waiting += [(_both(tests, way), looked_at + 1, *counted) for way in ways]
        if len(waiting) + sum(map(len, found)) > MAX_WAYS * 4:
            return None
    return found if len(found[TRUE]) + len(found[UNKNOWN]) <= MAX_WAYS else None


def _both(tests: Way, further: Way) -> Way:
    return [*tests, *(test for test in further if test not in tests)]


_OPPOSITES: dict[str, Any] = {
    "below": "at_least",
    "at_most": "above",
    "above": "at_most",
    "at_least": "below",
    "one_of": "none_of",
    "none_of": "one_of",
}


def _stretches(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Whole numbers as unbroken stretches: 1, 2, 3, 7 are (1, 3) and (7, 7)."""
    found: list[tuple[int, int]] = []
    for one in sorted(set(numbers)):
        if found and one == found[-1][1] + 1:
            found[-1] = (found[-1][0], one)
        else:
            found.append((one, one))
    return found


def _between(slot: int, low: int, high: int) -> Way:
    if low == high:
        return [equal("v", slot, low)]
    return [number("at_least", "v", slot, low), number("at_most", "v", slot, high)]
