"""Words for what a comparison would mean for real units: who moves, when first and why, days, reductions, hours."""

from __future__ import annotations

from typing import Final

from reports._format import capital, count, day, days, number

NO_DECISION: Final = "No decision"
SIDES: Final = ("the first version", "the second version")
PLACEHOLDERS: Final = ("PDU", "DAY")
STATUS: Final = "Status"
REGION_COLUMNS: Final = ("That day", "Some day")
UNKNOWN: Final = "Not known"
CHANGE: Final = "Change"
DAYS_CAPTION: Final = "Days at each status, of all together"
NOBODY: Final = "Nobody"
MONTH: Final = {
    "day": "a day",
    "week": "a week",
    "month": "a month",
    "quarter": "a quarter",
    "year": "a year",
}
CALCULATED: Final = (
    "Both versions judge all of these days. "
    "These are calculated statuses: declarations and suspensions play no part."
)
VERDICTS: Final = {True: "met", False: "not met", None: "not known"}


class Headings:
    """The headings of this part."""

    impact: Final = "Impact on real returns"
    matrix: Final = "Statuses on the last day"
    regions: Final = "By region"
    first: Final = "Where the versions first part"
    days: Final = "Days at each status"
    activities: Final = "What could be reduced"
    hours: Final = "Time released"
    decisions: Final = "Open both decisions"


def moved(size: int, of: int, one: str, many: str, last: str) -> str:
    if not size:
        whom = f"The one {one}" if of == 1 else f"Each of the {of} {many}"
        return f"{whom} has the same status under both versions on {day(last)}."
    verb = "has" if size == 1 else "have"
    return f"{size} of {of} {many} {verb} another status on {day(last)}."


def ways(milder: int, severer: int) -> str:
    return f"A milder one: {milder}. A more severe one: {severer}."


def ever(size: int, of: int, many: str) -> str:
    if not size:
        return "No status differs on any other day either."
    return f"On some day, {size} of {of} {many} {'has' if size == 1 else 'have'} another status."


def period(first: str, last: str, size: int) -> str:
    return f"Looked at: every day from {day(first)} to {day(last)}, {days(size)}."


def only(names: list[str]) -> str:
    return f"Looked at: the returns of {'; '.join(names)} alone, with the numbers that are told here on all days."


def settings(group: str) -> str:
    return f"What a {group} has set counts under both, as it is in force on each day."


def checked(size: int, units: int, one: str, many: str) -> str:
    whom = f"one {one}" if units == 1 else f"{units} {many}"
    return (
        "All days were worked out at once. Each first difference was then decided by itself, and so were "
        f"{days(size)} of {whom} under both versions. All came out the same."
    )


def synthetic(one: str) -> tuple[str, str]:
    return ("Synthetic figures", f"The figures are made up. They say nothing about any real {one}.")


def matrix_caption(before: str, after: str) -> str:
    return f"Down: the status under {before}. Across: the status under {after}."


def cell(before: str, after: str, names: tuple[str, str], size: int) -> str:
    if before == after:
        return f"{before} under both ({size})"
    return f"{before} under {names[0]}, {after} under {names[1]} ({size})"


def regions_caption(last: str, many: str, group: str, before: str, after: str) -> str:
    return (
        f"How many {many} of each {group} have another status on {day(last)} (that day), and on some day. Then the "
        f"days at each status: under {before}, and after the stroke under {after}."
    )


def share(size: int, of: int) -> str:
    return f"{size} of {of}"


def pair(before: int, after: int) -> str:
    return number(str(before)) if before == after else f"{number(str(before))} / {number(str(after))}"


def first(name: str, on: str, before: str, after: str, size: int) -> str:
    return f"{name}, {day(on)}: {after} instead of {before}. {capital(days(size))} in all."


def comparison(begins: str, figure: str, value: str, sides: list[str]) -> str:
    return f"{begins}{figure} is {value}. {' '.join(sides)}"


def other_values(begins: str, figure: str, sides: list[str]) -> str:
    return f"{begins}{figure}. {' '.join(sides)}"


def side(version: str, told: str) -> str:
    return f"{capital(version)}: {told}."


def valued(value: str, told: str) -> str:
    return f"it is {value}; {told}"


def unknown(version: str) -> str:
    return f"{capital(version)}: the figures do not decide which status holds."


def opening(version: str) -> str:
    return f"To open a decision under {version}, put the id of the {PLACEHOLDERS[0]} and the day into this:"


def no_commands() -> str:
    return "A version in a file, or as a region sets it, has no command that opens its decisions."


def no_first() -> str:
    return "They never part: the status is the same on each day."


def flips(before: int, after: int, names: tuple[str, str]) -> str:
    return f"Statuses changed {count(before, 'time')} under {names[0]}, and {count(after, 'time')} under {names[1]}."


def flips_most(name: str, before: int, after: int, names: tuple[str, str]) -> str:
    return f"The greatest difference: {name}, {count(before, 'time')} under {names[0]} and {after} under {names[1]}."


def newly(size: int, length: int, one: str, many: str) -> str:
    return f"Can also be reduced in {count(size, one, many)}, on {days(length)} in all."


def withdrawn(size: int, length: int, one: str, many: str) -> str:
    return f"Can no longer be reduced in {count(size, one, many)}, on {days(length)} in all."


def last_day(on: str, newly: list[str], withdrawn: list[str]) -> str:
    told = [f"also in {'; '.join(newly)}"] if newly else []
    told += [f"no longer in {'; '.join(withdrawn)}"] if withdrawn else []
    return f"On {day(on)}: {', and '.join(told)}."


def no_activities() -> str:
    return "The same activities can be reduced on each day."


def hours(every: str, before: str, after: str, change: str, names: tuple[str, str], on: str) -> str:
    less = change.startswith("-")
    before, after, size = (number(one.removesuffix(".0")) for one in (before, after, change.lstrip("-")))
    how = "no change" if size == "0" else f"{size} {'less' if less else 'more'}"
    return (
        f"What is permitted on {day(on)} releases {before} hours {MONTH[every]} under {names[0]} and {after} under "
        f"{names[1]}: {how}."
    )


def illustrative_hours(whole: bool) -> str:
    return f"{'All' if whole else 'Some'} of it rests on illustrative numbers, not on published ones."


def unknown_hours(version: str, size: int) -> str:
    return f"{capital(version)}: the figure is not known for {count(size, 'reduction')}, left out."


def unsaid_hours(version: str, size: int) -> str:
    return (
        f"{capital(version)}: for {count(size, 'reduction')} the version does not say what time is released."
    )


def no_hours() -> str:
    return "The versions do not say what time their reductions release."
