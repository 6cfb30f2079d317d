"""Words for a backtest: how long each status held, who changed most, and what was checked."""

from __future__ import annotations

from typing import Final

from reports._format import capital, count, day, days, listed

CALCULATED: Final = "These are calculated statuses: declarations and suspensions play no part."
FLIPS: Final = "Changes"
LONGEST: Final = "Longest stay"
SHARE: Final = "Indeterminate"
DAYS_NOTE: Final = "Each cell is a number of days."
UNKNOWN_SHORT: Final = "Not known"
MISSING: Final = "-"


def title(framework: str) -> str:
    return f"How long each status held: {framework}"


def headline(units: str, shares: list[str]) -> str:
    return f"Of all days of {units}: {listed(shares)}."


def nothing(units: str) -> str:
    return f"There is no decision for {units} on any of these days: no version is in force."


def share(status: str, percent: str) -> str:
    return f"{status} on {percent}%"


def units(size: int, one: str, many: str) -> str:
    return f"one {one}" if size == 1 else f"{size} {many}"


def longest(name: str, status: str, size: int) -> str:
    return f"The longest stay at one status: {name}, {status} for {days(size)}."


def flips(size: int, name: str, most: int) -> str:
    if not size:
        return "No status ever changed."
    return f"Statuses changed {count(size, 'time')}. Most often in {name}: {count(most, 'time')}."


def indeterminate(size: int, name: str, most: str) -> str:
    if not size:
        return "There were figures enough to decide each day."
    return f"On {days(size)} the figures did not decide. The most in {name}: {most}% of its days."


def version(name: str) -> str:
    return f"All days are judged by version {name}."


def period(first: str, last: str, size: int) -> str:
    return f"Looked at: every day from {day(first)} to {day(last)}, {days(size)}."


def checked(names: list[str], size: int) -> str:
    return f"Decided again one by one, on {days(size)} in all, with the same result: {'; '.join(names)}."


def legend(levels: str) -> str:
    return f"Each letter is the status at the end of one week: {levels}."


def table(many: str) -> str:
    return f"{capital(many)}: days at each status, changes and longest stay"


def stay(status: str, size: int) -> str:
    return f"{days(size)}, {status}"


def short_stay(status: str, size: int) -> str:
    return f"{size} {status}"


def weeks(size: int) -> str:
    return count(size, "week")


def stretch(status: str, first: str, size: int) -> str:
    return f"{status} for {weeks(size)} from {day(first)}"


class Headings:
    """The headings of the page."""

    regions: Final = "By {}"
    strips: Final = "Week by week"
    table: Final = "In numbers"
    words: Final = "These weeks in words"
    skip: Final = "Skip to the page"
