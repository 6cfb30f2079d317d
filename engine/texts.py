"""Numbers and days as decisions write them."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Any

from rules.measures import scaled_text

Told = dict[str, Any]
"""A part of a decision."""


@lru_cache(maxsize=1 << 16)
def short_text(value: int, decimals: int) -> str:
    """A scaled whole number in its shortest form: (1300, 2) is `13`."""
    text = scaled_text(value, decimals)
    return text.rstrip("0").rstrip(".") if decimals else text


@lru_cache(maxsize=1 << 16)
def day_text(day: datetime.date | None) -> str | None:
    """An ISO day, or None."""
    return None if day is None else day.isoformat()
