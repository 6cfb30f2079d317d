"""The measures of tiny policies, worked out in the plainest way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

Value = int | str | Fraction | None
Figures = Mapping[str, Value]

OF_X = {
    "m": "{formula: x}",
    "half": "{formula: x / 2}",
    "score": "{points: {of: x, bands: [{below: 2, give: 3}, {below: 4, give: 1}], otherwise: 0}}",
}
"""Measures of one figure, as they are written."""
OF_BOTH = {
    "gap": "{formula: x - y}",
    "top": '{formula: "max(x, y)"}',
    "share": "{decimals: 1, formula: x / y}",
}
"""Measures of two figures; the last is unknown where the second is 0."""
NAMES = ("x", "y", *OF_X, *OF_BOTH)


def worked(figures: Figures) -> Figures:
    """The figures of one return with the measures of them."""
    x, y = figures["x"], figures.get("y")
    found = dict(figures)
    for name, work in _OF_X.items():
        found[name] = work(x) if isinstance(x, int) else None
    for name, work_both in _OF_BOTH.items():
        found[name] = work_both(x, y) if isinstance(x, int) and isinstance(y, int) else None
    return found


_OF_X: dict[str, Callable[[int], Value]] = {
    "m": lambda x: x,
    "half": lambda x: (x + 1) // 2,  # half away from zero, and no figure is below it
    "score": lambda x: 3 if x < 2 else 1 if x < 4 else 0,
}
_OF_BOTH: dict[str, Callable[[int, int], Value]] = {
    "gap": lambda x, y: x - y,
    "top": max,
    "share": lambda x, y: Fraction(x, y) if y else None,  # of 1 or 2 there is no more than one decimal
}
