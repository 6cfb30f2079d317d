"""Days as decisions write them."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Any

Told = dict[str, Any]
"""A part of a decision."""


@lru_cache(maxsize=1 << 12)
def day_text(day: datetime.date | None) -> str | None:
    """An ISO day, or None."""
    return None if day is None else day.isoformat()
