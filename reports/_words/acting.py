"""Words for the pages on which people send figures and decide."""

from __future__ import annotations

import datetime
from typing import Final

from reports._format import day

DAY: Final = "The day that the figures are about"
DAY_HINT: Final = "The year, the month and the day, as in 2022-08-29"
NOTE: Final = "A note (optional)"
NOTE_HINT: Final = "It explains the figures and decides nothing. Name nobody."
NOT_GIVEN: Final = "Not given"
OTHERS: Final = "Other figures"
CHECK_COLUMNS: Final = ("Figure", "What you send")
CORRECT_COLUMNS: Final = ("Figure", "What you send", "What is recorded now")
DONE: Final = {
    "return": "The figures are recorded, and the status is decided anew.",
    "upload": "The file is recorded, and every status is decided anew.",
    "declared": "The declaration is recorded.",
    "suspended": "The suspension is recorded.",
    "ended": "The end is recorded.",
}
"""What has been done, by the word that the address carries."""
NO_DAY: Final = "Write the day as in 2022-08-29"
NO_NUMBER: Final = "Write digits, as in 82.5, or leave it empty"


def corrects(on: datetime.date) -> str:
    return (
        f"A return for {day(on)} is recorded. What you send replaces it wholly; the old one stays on record."
    )


def check_caption(unit: str, on: datetime.date) -> str:
    return f"{unit}, {day(on)}"


def unit_hint(unit: str | None, *, has_default: bool) -> str | None:
    told = f"In {unit}." if unit else ""
    missing = "An empty field counts as none." if has_default else "Leave a field empty if you do not know."
    return f"{told} {missing}".strip()


def last_time(value: str, on: datetime.date) -> str:
    return f"{value} on {day(on)}"
