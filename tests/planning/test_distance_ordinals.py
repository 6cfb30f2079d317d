"""Which return from now on brings a status."""

from __future__ import annotations

import pytest

from reports._words.distance import needed


@pytest.mark.parametrize(
    ("returns", "told"),
    [
        (0, "before another return"),
        (1, "with the next return"),
        (2, "with the second return from now"),
        (3, "with the third return from now"),
        (10, "with the tenth return from now"),
        (11, "with the 11th return from now"),
        (12, "with the 12th return from now"),
        (13, "with the 13th return from now"),
        (20, "with the 20th return from now"),
        (21, "with the 21st return from now"),
        (22, "with the 22nd return from now"),
        (23, "with the 23rd return from now"),
        (24, "with the 24th return from now"),
        (101, "with the 101st return from now"),
        (111, "with the 111th return from now"),
    ],
)
def test_returns_are_counted_from_now(returns: int, told: str) -> None:
    text = needed("Staff", "FTE", "80", "82.5", "2.5", "Green", "2022-09-05", returns)
    assert text == f"Staff: 2.5 FTE more (80 to 82.5 FTE). Green would come on 5 September 2022, {told}."
