"""Whatever is read: a document, or problems with codes and places, and nothing else, comes of it, in little time.

2,000 documents in an ordinary run, 100,000 with `make fuzz`.
"""

from __future__ import annotations

import time
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.policy import Policy
from tests.fuzz.counting import READ
from tests.fuzz.hostile import SNIPPETS
from tests.fuzz.mutations import crossed, known_keys, mutated
from tests.fuzz.reading import KINDS, decide, faults, read

SECONDS = 20
"""On the clock, for one small document, on a machine that may be busy. Worst cases are measured elsewhere."""


def share(parts: int) -> settings:
    """So many of the 20 parts that the documents are shared out in: 100 each, or 5,000 with `make fuzz`."""
    return settings(max_examples=parts * settings().max_examples, deadline=None)


def check(kind: str, data: bytes) -> None:
    """Read a text; decide a step by it where it is a version without a fault."""
    began = time.perf_counter()
    outcome = read(kind, data)
    if isinstance(outcome.found, Policy):
        decide(outcome.found)
    took = time.perf_counter() - began
    wrong = faults(kind, data, outcome)
    if wrong or took > SECONDS:
        pytest.fail(
            f"{kind}, {took:.1f} s, {wrong[:3]}:\n{data.decode('utf-8', 'backslashreplace')}", pytrace=False
        )
    READ.note(kind, len(data), took, accepted=outcome.found is not None)


@share(1)
@given(st.sampled_from(KINDS), st.binary(max_size=400))
def test_any_bytes(kind: str, data: bytes) -> None:
    check(kind, data)


YAMLISH = st.lists(st.sampled_from([*SNIPPETS, *"ab1.-:", "key: ", "all"]), max_size=60).map("".join)


@share(2)
@given(st.sampled_from(KINDS), st.one_of(st.text(max_size=300), YAMLISH))
def test_any_text(kind: str, text: str) -> None:
    check(kind, text.encode("utf-8", "surrogatepass"))


TREES: st.SearchStrategy[object] = st.recursive(
    st.sampled_from(
        ["1", "x", "", "amber", "7 days", "2022-08-01", "true", "9" * 20, "points + 1", "90", "any"]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(known_keys()), inner, max_size=6)
    ),
    max_leaves=25,
)


def flow(tree: object) -> str:
    """A tree in brackets."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key}: {flow(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(flow, tree)) + "]"
    return str(tree)


@share(3)
@given(st.sampled_from(KINDS), TREES)
def test_any_tree(kind: str, tree: object) -> None:
    check(kind, flow(tree).encode())


WEIGHTED = [kind for kind, weight in zip(KINDS, (6, 2, 2, 2, 2), strict=True) for _ in range(weight)]
SEEDS = st.integers(0, 2**64)
"""What Hypothesis draws: the documents are made from it by other means, which are faster for large trees."""


@share(11)
@given(st.sampled_from(WEIGHTED), SEEDS)
def test_documents_with_accidents(kind: str, seed: int) -> None:
    check(kind, mutated(kind, Random(seed)).encode("utf-8", "surrogatepass"))


@share(3)
@given(st.sampled_from(WEIGHTED), SEEDS)
def test_documents_crossed_with_others(kind: str, seed: int) -> None:
    check(kind, crossed(kind, Random(seed)).encode("utf-8", "surrogatepass"))
