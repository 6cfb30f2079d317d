"""The frontier is what no other candidate beats, by the definition taken word for word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.tune import frontier

AIMS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=40)


@given(AIMS)
def test_nothing_on_it_is_beaten_and_all_else_is(aims: list[tuple[int, int]]) -> None:
    found = frontier(aims)
    for place, (first, second) in enumerate(aims):
        beaten = any(
            one <= first and other <= second and (one, other) != (first, second) for one, other in aims
        )
        assert (place in found) is not beaten


def test_of_equals_all_are_kept() -> None:
    assert frontier([(1, 2), (2, 1), (1, 2), (2, 2)]) == {0, 1, 2}
