"""Forms: what is filled in as a value and what is filled in as canonical bytes is the same."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.canonical import canonical_bytes
from engine.forms import Form, listing

ODD = st.text() | st.sampled_from(['"run":0', '\\"run\\":0,', "é", "\u2028", "%d", "{x}"])
HOLDS = (False, None, True)


@given(
    fixed=st.dictionaries(ODD, ODD), one=ODD, two=st.integers(0, 10**6) | st.none(), truth=st.integers(0, 2)
)
def test_value_and_bytes_are_of_one_making(
    fixed: dict[str, Any], one: str, two: int | None, truth: int
) -> None:
    def filled(written: bool) -> Any:
        form = Form("one, two, truth", written=written)
        inner = form.mapping({}, {"one": form.single("one")})
        outer = form.mapping(
            {**fixed, "f": 1}, {"two": form.single("two"), "p": listing([inner])}, ("h", HOLDS, "truth")
        )
        return form.function([listing([outer, inner, listing([])])])(one, two, truth)

    value, written = filled(True)
    assert value == [{**fixed, "f": 1, "two": two, "p": [{"one": one}], "h": HOLDS[truth]}, {"one": one}, []]
    assert written == canonical_bytes(value)
    assert filled(False) == value
