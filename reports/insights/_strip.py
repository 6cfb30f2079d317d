"""A course as a strip of bars, for a cell of a table."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reports._words.insights import GAP

BARS = "▁▂▃▄▅▆▇█"
MOST = 13
"""So many bars at most: of more days some are left out, never the last."""


def strip(texts: Sequence[str | None]) -> str:
    """Figures as bars between their lowest and their highest; a dot where one is not known."""
    kept = [texts[place] for place in _kept(len(texts))]
    numbers = [None if text is None else Decimal(text) for text in kept]
    known = [one for one in numbers if one is not None]
    if not known:
        return GAP * len(kept)
    low, span = min(known), max(known) - min(known)
    return "".join(
        GAP if one is None else BARS[int((one - low) * (len(BARS) - 1) / span) if span else 0]
        for one in numbers
    )


def _kept(size: int) -> list[int]:
    """The places of so many days as there is room for, evenly spread, the last among them."""
    if size <= MOST:
        return list(range(size))
    return [(size - 1) * place // (MOST - 1) for place in range(MOST)]
