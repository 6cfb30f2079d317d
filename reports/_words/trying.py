"""Words for the page on which people try figures and trigger points."""

from __future__ import annotations

from typing import Final

from reports._format import day

NO_UNIT: Final = "Choose one"
POINTS_HINT: Final = "Empty fields keep the numbers in force."


def bounds(low: str, high: str, now: str) -> str:
    return f"{now} now. From {low} to {high}."


def result(unit: str, status: str, since: str) -> str:
    return f"{unit} would be {status}, since {day(since)}."


def same(status: str) -> str:
    return f"That is as it is today: {status}."


def differs(status: str) -> str:
    return f"Today it is {status}."


def moves(group: str, size: int, whole: int, many: str) -> str:
    if not size:
        return f"None of the {whole} {many} of the {group} would have another status today."
    return f"{size} of the {whole} {many} of the {group} would have another status today."


def points_group(group: str) -> str:
    return f"Trigger points of the {group}"
