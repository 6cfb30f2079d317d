"""Numbers and days as decisions write them."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Any

Told = dict[str, Any]
"""A part of a decision."""


@lru_cache(maxsize=1 << 12)
def short_text(value: int, decimals: int) -> str:
    """A scaled whole number in its shortest form: (1300, 2) is `13`."""
    whole, part = divmod(abs(value), 10**decimals)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{part:0{decimals}d}".rstrip("0") if part else f"{sign}{whole}"


@lru_cache(maxsize=1 << 12)
def day_text(day: datetime.date | None) -> str | None:
    """An ISO day, or None."""
    return None if day is None else day.isoformat()
