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


NO_FILE: Final = "Choose a file"


def line(number: int) -> str:
    return f"Line {number}"


def refused(problems: int) -> str:
    many = "1 problem was found" if problems == 1 else f"{problems} problems were found"
    return f"{many}. Nothing has been recorded."


def more_problems(more: int) -> str:
    return f"There are {more} more problems. Mend these first, and send the file again."


CHOOSE: Final = "Choose a status"
STATUS: Final = "Status"
FROM: Final = "First day"
UNTIL: Final = "Last day"
BY: Final = "Decided by"
BY_HINT: Final = "The role of the person who decided, not a name"
REASON: Final = "Reason"
REASON_HINT: Final = "Others will read it. Name nobody."
OPEN: Final = "Until further notice"
OPEN_HINT: Final = "As in 2022-08-29. Leave it empty if it is not known yet."
RENEWS: Final = "Starts again"
EVERYONE: Final = "Everyone"
RECORD: Final = {"declaration": "Record the declaration", "suspension": "Record the suspension"}


def event_title(kind: str, whom: str) -> str:
    return f"Declare a status for {whom}" if kind == "declaration" else f"Set the framework aside for {whom}"


def event_intro(kind: str) -> str:
    if kind == "declaration":
        return "A declaration sets the status for a time, whatever the figures give, as far as the framework allows."
    return (
        "While the framework is set aside nothing may be reduced under it, and mandatory work stays protected. "
        "The status is worked out all the same, and counts again afterwards."
    )


def check_title(kind: str, whom: str) -> str:
    what = "declaration" if kind == "declaration" else "suspension"
    return f"Check the {what} for {whom}"


def event_stands(kind: str, whom: str) -> str:
    return f"{whom}: status declared" if kind == "declaration" else f"{whom}: framework set aside"


NEEDED: Final = {
    "status": "Choose the status",
    "from": "Write the first day, as in 2022-08-29",
    "until": "Write the last day, as in 2022-08-29",
    "reason": "Write the reason",
}
"""What is said where a field that must be filled in is empty."""
END_TITLE: Final = "End it"
LAST_DAY: Final = "Its last day in force"
LAST_DAY_HINT: Final = "As in 2022-08-29. Yesterday if you leave it empty, so that it no longer holds today."
END_REASON: Final = "Why it ends"
