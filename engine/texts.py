"""Days and numbers as decisions write them. A long history tells the same ones again and again."""

from __future__ import annotations

import datetime
from functools import cache, lru_cache
from typing import Any

from rules.measures import scaled_text, short_text

Told = dict[str, Any]
"""A part of a decision."""
MAX_TEXTS = 1 << 12
"""How many texts of a kind are kept."""


@lru_cache(maxsize=MAX_TEXTS)
def day_text(day: datetime.date | None) -> str | None:
    """An ISO day, or None."""
    return None if day is None else day.isoformat()


class ShortTexts(dict[int, str]):
    """Scaled whole numbers in their shortest form, for one number of decimals."""

    def __init__(self, decimals: int) -> None:
        super().__init__()
        self._decimals = decimals

    def __missing__(self, value: int) -> str:
        if len(self) >= MAX_TEXTS:
            self.clear()
        told = self[value] = short_text(value, self._decimals)
        return told


class ScaledTexts(dict[int | None, str | None]):
    """Scaled whole numbers with all their decimals, for one number of decimals; None is None."""

    def __init__(self, decimals: int) -> None:
        super().__init__()
        self._decimals = decimals

    def __missing__(self, value: int | None) -> str | None:
        if len(self) >= MAX_TEXTS:
            self.clear()
        told = self[value] = None if value is None else scaled_text(value, self._decimals)
        return told


@cache
def short_texts(decimals: int) -> ShortTexts:
    """The one table of a number of decimals."""
    return ShortTexts(decimals)


@cache
def scaled_texts(decimals: int) -> ScaledTexts:
    """The one table of a number of decimals."""
    return ScaledTexts(decimals)
