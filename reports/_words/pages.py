"""Words that only the pages of the service use."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reports._format import count, day, difference, listed

if TYPE_CHECKING:
    from reports.pages._shown import Shown

UNKNOWN: Final = "Not known"
TREND_COLUMNS: Final = ("Day", "Figure")
_COMPARATORS: Final = {
    "below": "below",
    "at_most": "at or below",
    "above": "above",
    "at_least": "at or above",
}


def trend_caption(title: str) -> str:
    return f"{title}, newest first"


def trend_line(status: str, kind: str, comparator: str, threshold: str) -> str:
    does = "starts" if kind == "enter" else "may end"
    return f"{status} {does} {_COMPARATORS.get(comparator, comparator)} {threshold}"


def trend_headline(
    title: str, value: str, on: datetime.date, away: str, sign: Decimal, line: str, unit: str | None
) -> str:
    if sign == 0:
        return f"{title}: {value} on {day(on)}, right on the line where {line}."
    where = "above" if sign > 0 else "below"
    return f"{title}: {value} on {day(on)}. That is {difference(away, unit)} {where} the line where {line}."


STRIP_CAPTION: Final = "Each status and its days, newest first"
STRIP_COLUMNS: Final = ("From", "To", "Status")


def strip_summary(first: str, last: str, changes: int) -> str:
    if not changes:
        return f"The status did not change from {first} to {last}."
    times = "once" if changes == 1 else f"{changes} times"
    return f"The status changed {times} from {first} to {last}."


ERROR_TITLES: Final = {
    "PF720": "Page not found",
    "PF721": "This page cannot be used in this way",
    "PF725": "You have asked too often",
    "PF726": "Sorry, there is a problem with the service",
    "PF727": "Sign in to see this page",
    "PF728": "You may not see this page",
    "PF733": "Sorry, the service is not ready",
}

NOT_SIGNED_IN: Final = "You are not signed in, or your session has ended."
NO_SIGN_IN: Final = "People cannot sign in to this service. It answers programs that bring an access token."


EVERYWHERE: Final = "The whole country"


def area_headline(counts: Sequence[tuple[str, Shown, int, int]], one: str, many: str) -> str:
    """How many units have each status, in one sentence."""
    found = [f"{number} {shown.word}" for _, shown, number, _ in counts if number]
    total = sum(number for _, _, number, _ in counts)
    return f"{count(total, one, many)}: {listed(found)}." if found else f"There are no {many} today."


def rows_shown(shown: int, whole: int, many: str) -> str:
    return f"All {whole} {many}" if shown == whole else f"{shown} of {whole} {many}"


def past(unit: str, stays: Sequence[tuple[str, str]]) -> str:
    """What a small strip shows, for whoever does not see it."""
    changes = len(stays) - 1
    times = "no change" if not changes else "1 change" if changes == 1 else f"{changes} changes"
    return f"{unit}: {times} of status since {day(stays[0][1])}"


FRAMEWORKS: Final = "Frameworks"


def no_day(example: str) -> str:
    return f"Write the day as in {example}: the year, the month and the day"


def no_version(on: datetime.date) -> str:
    return f"No version was in force on {day(on)}."


def version_on(on: datetime.date, title: str) -> str:
    return f"On {day(on)} this version was in force: {title}."


OTHER_WORK: Final = "Other work"
CHOOSE_ACTIVITY: Final = "Choose an activity"
NONE_AND_SOME: Final = "Choose the kinds of case that it is, or that it is none of them"
