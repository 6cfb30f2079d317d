"""The colours of statuses: a background and a text colour for each that a framework may name.

Every pair has a contrast of at least 4.5 to 1. The status' word stands beside its colour everywhere.
"""

from __future__ import annotations

from typing import Final

PALETTE: Final[dict[str, tuple[str, str]]] = {
    "green": ("#00663a", "#ffffff"),
    "yellow": ("#ffe14d", "#1a1a1a"),
    "amber": ("#ffbf00", "#1a1a1a"),
    "orange": ("#f47738", "#1a1a1a"),
    "red": ("#b3150d", "#ffffff"),
    "purple": ("#5b2a86", "#ffffff"),
    "black": ("#0b0c0c", "#ffffff"),
    "blue": ("#1d4f91", "#ffffff"),
    "grey": ("#50575c", "#ffffff"),
}
"""Background and text, by the colour's name in the framework."""

NEUTRAL: Final = ("#e6e8ea", "#1a1a1a")
"""For a status without a colour, and for no status at all (indeterminate, suspended, undeclared)."""


def pair(colour: str | None) -> tuple[str, str]:
    """The background and the text colour of a status."""
    return PALETTE.get(colour or "", NEUTRAL)
