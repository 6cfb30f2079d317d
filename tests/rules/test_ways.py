"""The ways in which a condition comes out: of all of them exactly one fits, and it says what the plain decider says."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import pytest

from rules.decide import FALSE, TRUE, UNKNOWN, Hold, Junction, Leaf
from rules.decide.program import LIMIT, NEVER
from rules.decide.ways import MAX_WAYS, Named, Way, Ways, hold_ways, junction_ways, leaf_ways

NEEDS = 2
LEAVES = [
    Leaf(0, "below", (5,)),
    Leaf(0, "at_most", (5,)),
    Leaf(0, "above", (5,)),
    Leaf(0, "at_least", (5,)),
    Leaf(0, "one_of", (5,)),
    Leaf(0, "one_of", (1, 2, 3, 7)),
    Leaf(0, "one_of", (NEVER,)),
    Leaf(0, "none_of", (5, 6)),
]
FIGURES = [None, -LIMIT, 0, 1, 2, 3, 4, 5, 6, 7, 8, LIMIT]


def _passes(test: Named, fact: Mapping[str, int]) -> bool:
    """Whether a fact passes a test, as the library reads it: what is missing passes none."""
    ((word, told),) = test[0].items()
    if not isinstance(told, dict):
        return bool(fact.get(word) == told)
    ((name, bound),) = told.items()
    if name not in fact:
        return False
    value = fact[name]
    passed = {"$lt": value < bound, "$lte": value <= bound, "$gt": value > bound, "$gte": value >= bound}
    return bool(passed[word])


def _fact(figures: Sequence[int | None], runs: Sequence[int]) -> dict[str, int]:
    told = {f"u{slot}": 1 for slot, figure in enumerate(figures) if figure is None}
    told |= {f"v{slot}": figure for slot, figure in enumerate(figures) if figure is not None}
    return told | {f"r{run}": length for run, length in enumerate(runs)}


def _fitting(ways: Ways, fact: Mapping[str, int]) -> list[int]:
    """The truth of each way that fits."""

    def fits(way: Way) -> bool:
        return all(_passes(test, fact) for test in way)

    return [truth for truth in (FALSE, UNKNOWN, TRUE) for way in ways[truth] if fits(way)]


def _leaf_truth(leaf: Leaf, figure: int | None) -> int:
    if figure is None:
        return UNKNOWN
    first = leaf.numbers[0]
    holds = {
        "below": figure < first,
        "at_most": figure <= first,
        "above": figure > first,
        "at_least": figure >= first,
        "one_of": figure in leaf.numbers,
        "none_of": figure not in leaf.numbers,
    }[leaf.operator]
    return TRUE if holds else FALSE


def _group_truth(group: Junction, truths: Sequence[int]) -> int:
    """The truth of a group by what could become of it: unknown where that differs."""
    outcomes = set()
    for certain in itertools.product(*(((FALSE, TRUE) if one == UNKNOWN else (one,)) for one in truths)):
        size = certain.count(TRUE)
        enough = {"any": size > 0, "all": size == len(certain), "none": size == 0}
        outcomes.add(enough.get(group.operator, size >= group.at_least))
    return UNKNOWN if len(outcomes) == 2 else TRUE if outcomes == {True} else FALSE


@pytest.mark.parametrize("leaf", LEAVES, ids=str)
def test_a_comparison_comes_out_in_one_way(leaf: Leaf) -> None:
    for figure in FIGURES:
        assert _fitting(leaf_ways(leaf), _fact([figure], [])) == [_leaf_truth(leaf, figure)], figure


@pytest.mark.parametrize("leaf", LEAVES, ids=str)
def test_a_duration_comes_out_in_one_way(leaf: Leaf) -> None:
    ways = hold_ways(Hold(0, 0, NEEDS), leaf_ways(leaf))
    for figure, run in itertools.product(FIGURES, (0, 1, NEEDS, NEEDS + 1)):
        now = _leaf_truth(leaf, figure)
        held = FALSE if now == TRUE and run < NEEDS else now
        assert _fitting(ways, _fact([figure], [run])) == [held], (figure, run)


GROUPS = [
    *(Junction(operator, tuple(range(size)), 0) for operator in ("any", "all", "none") for size in (1, 2, 3)),
    *(Junction("count", tuple(range(size)), most) for size in (1, 2, 3) for most in range(1, size + 2)),
]


@pytest.mark.parametrize("group", GROUPS, ids=str)
def test_a_group_comes_out_in_one_way(group: Junction) -> None:
    leaves = [Leaf(slot, "below", (5,)) for slot in group.children]
    ways = junction_ways(group, [leaf_ways(leaf) for leaf in leaves])
    assert ways is not None
    for figures in itertools.product((None, 4, 5), repeat=len(leaves)):
        truth = _group_truth(group, [_leaf_truth(*pair) for pair in zip(leaves, figures, strict=True)])
        assert _fitting(ways, _fact(figures, [])) == [truth], figures


def test_a_group_of_groups_comes_out_in_one_way() -> None:
    """Two comparisons of one figure, one of them twice, and a duration: ways that cannot be fit nothing."""
    low_leaf, high_leaf = Leaf(0, "below", (5,)), Leaf(0, "above", (2,))
    other = leaf_ways(high_leaf)
    held = hold_ways(Hold(0, 0, NEEDS), leaf_ways(low_leaf))
    either, both = Junction("any", (0, 1), 0), Junction("all", (0, 1), 0)
    inner = junction_ways(either, [held, other])
    assert inner is not None
    ways = junction_ways(both, [inner, other])
    assert ways is not None
    for figure, run in itertools.product(FIGURES, (1, NEEDS)):
        low, high = _leaf_truth(low_leaf, figure), _leaf_truth(high_leaf, figure)
        lasted = FALSE if low == TRUE and run < NEEDS else low
        truth = _group_truth(both, [_group_truth(either, [lasted, high]), high])
        assert _fitting(ways, _fact([figure], [run])) == [truth], (figure, run)


def test_a_large_group_is_not_told_apart() -> None:
    leaves = [leaf_ways(Leaf(slot, "below", (5,))) for slot in range(MAX_WAYS)]
    assert junction_ways(Junction("count", tuple(range(MAX_WAYS)), MAX_WAYS // 2), leaves) is None
    assert junction_ways(Junction("all", tuple(range(MAX_WAYS)), 0), leaves) is None
