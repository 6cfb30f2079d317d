"""Forms: what is filled in as a value and what is filled in as canonical bytes is the same."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.canonical import canonical_bytes
from engine.forms import Form, listing
from engine.shared import MAX_SHARED, ByNumber, ByText

ODD = st.text() | st.sampled_from(['"run":0', '\\"run\\":0,', "é", "\u2028", "%d", "{x}"])
HOLDS = (False, None, True)


@given(fixed=st.dictionaries(ODD, ODD), one=ODD, two=st.integers(0, 10**6) | st.none(), truth=st.integers(0, 2))
def test_value_and_bytes_are_of_one_making(
    fixed: dict[str, Any], one: str, two: int | None, truth: int
) -> None:
    form = Form("one, two, truth")
    inner = form.mapping({}, {"one": form.single("one")})
    outer = form.mapping(
        {**fixed, "f": 1}, {"two": form.single("two"), "p": listing([inner])}, ("h", HOLDS, "truth")
    )
    whole = listing([outer, inner, listing([])])
    value, written = form.function([whole], written=True)(one, two, truth)
    assert value == [{**fixed, "f": 1, "two": two, "p": [{"one": one}], "h": HOLDS[truth]}, {"one": one}, []]
    assert written == canonical_bytes(value)
    assert form.function([whole, inner], written=False)(one, two, truth) == (value, {"one": one})


@given(
    note=ODD,
    seen=st.lists(
        st.tuples(
            st.none() | st.integers(-(10**15), 10**15), st.sampled_from([0, None, 1, 7]), st.integers(0, 2)
        )
    ),
)
def test_a_shared_comparison_tells_its_own_run(
    note: str, seen: list[tuple[int | None, int | None, int]]
) -> None:
    form = Form("value, run, truth")
    fixed = {"basis": note, "note": note, "run": None, "value": None, "distance": None}
    telling = ByNumber(Decimal("90.55"), 1, 2)
    with_run = form.shared(telling, fixed, ("holds", HOLDS, "truth"), "value", "run")
    without = form.shared(telling, fixed, ("holds", HOLDS, "truth"), "value", None)
    fill = form.function([with_run, without], written=True)
    for value, run, truth in [*seen, *seen]:
        one, other, *written = fill(value, run, truth)
        assert (one["run"], one["holds"], other["run"]) == (run, HOLDS[truth], None)
        apart = None if one["distance"] is None else Decimal(one["distance"])
        assert apart == (None if value is None else Decimal(value) / 10 - Decimal("90.55"))
        assert written == [canonical_bytes(one), canonical_bytes(other)]


def test_a_figure_is_told_as_it_was_written() -> None:
    assert ByText(Decimal("12.5"), 2)("13") == ("13", "0.5")
    assert ByText(Decimal("12.5"), 2)(None) == (None, None)
    assert ByText(None, 0)("very-high") == ("very-high", None)


def test_no_more_is_kept_than_there_is_room_for() -> None:
    form = Form("value")
    form.shared(ByNumber(Decimal(0), 0, 0), {"run": None}, ("holds", HOLDS, "1"), "value", None)
    part = form.shared(ByNumber(Decimal(0), 0, 0), {"run": None}, ("holds", HOLDS, "0"), "value", None)
    fill = form.function([part], written=False)
    told = [fill(value)["distance"] for value in range(3 * MAX_SHARED)]
    assert told == [str(value) for value in range(3 * MAX_SHARED)]
