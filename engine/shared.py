"""Comparisons that come back: what is told of one by its value, so that decisions share it.

Week after week a unit's figures are much the same, and so are those of others. What a comparison with a fixed
threshold says follows from its value, whether it holds, and its run; it is told once and shared while it is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Generic, TypeVar

from engine.canonical import canonical_bytes
from engine.texts import Told
from rules.measures import scaled_text, short_text

MAX_SHARED = 256
"""How many values of one comparison are kept."""
Value = TypeVar("Value")
Telling = Callable[[Value], tuple[str | None, str | None]]
"""From a value to its text and its distance from the threshold."""


class Shared(dict[Value, Told], Generic[Value]):
    """By value, what is told of one comparison while it holds, does not, or may."""

    def __init__(self, tell: Telling[Value], told: Told) -> None:
        super().__init__()
        self._tell, self._told = tell, told

    def __missing__(self, value: Value) -> Told:
        if len(self) >= MAX_SHARED:
            self.clear()
        told = self[value] = self._told.copy()
        told["value"], told["distance"] = self._tell(value)
        return told


class SharedBytes(dict[Value, tuple[bytes, bytes]], Generic[Value]):
    """The canonical form of what is shared: all of it, or where there is a run, what is before and after it."""

    def __init__(self, shared: Shared[Value]) -> None:
        super().__init__()
        self._shared = shared

    def __missing__(self, value: Value) -> tuple[bytes, bytes]:
        if len(self) >= MAX_SHARED:
            self.clear()
        # within a text each quotation mark has a backslash, so this is the run itself
        before, run, after = canonical_bytes(self._shared[value]).partition(b'"run":0')
        written = self[value] = before + run[:-1], after
        return written


class ByNumber:
    """Tells of a measure's scaled value, with `decimals`, and of its distance from a number, with `places`."""

    def __init__(self, number: Decimal, decimals: int, places: int) -> None:
        self._less, self._decimals, self._places = int(number.scaleb(places)), decimals, places

    def __call__(self, value: int | None) -> tuple[str | None, str | None]:
        """The text and the distance."""
        if value is None:
            return None, None
        apart = value * 10 ** (self._places - self._decimals) - self._less
        return scaled_text(value, self._decimals), short_text(apart, self._places)


class ByText:
    """Tells of a figure's text: a number, and its distance from another one; or a category, which has none."""

    def __init__(self, number: Decimal | None, places: int) -> None:
        self._less = None if number is None else int(number.scaleb(places))
        self._places = places

    def __call__(self, text: str | None) -> tuple[str | None, str | None]:
        """The text and the distance."""
        if text is None or self._less is None:
            return text, None
        return text, short_text(int(Decimal(text).scaleb(self._places)) - self._less, self._places)
