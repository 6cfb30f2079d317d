"""Words for trigger points that were tried: what each came to, and what the frontier is."""

from __future__ import annotations

from typing import Final

from reports._format import count, day, days, listed, number

NOW: Final = "as set now"
NOW_SHORT: Final = "now"
CANDIDATE: Final = "No."
NUMBERS: Final = "Differs from now in"
FLIPS: Final = "Changes"
FRONTIER: Final = "Frontier"
YES: Final = "yes"
STAR: Final = "A star after the number: on the frontier."
SAME: Final = "Same as reference"
PERCENT: Final = "Same, of 100"
MILDER: Final = "Milder"
SHORT: Final = {NUMBERS: "Differs in", SAME: "Same", PERCENT: "Same %"}
"""Headings of columns, where there is little room."""
UNKNOWN_SHORT: Final = "Not known"
CALCULATED: Final = "These are calculated statuses: declarations and suspensions play no part in them."
ALWAYS: Final = "Each candidate is judged as if its numbers had counted on all of these days."
NOTHING: Final = "This recommends nothing: which numbers are right is for people to decide."
CAPTION: Final = "What was tried"
FRONTIER_COLUMNS: Final = ("Candidates", "Differs from now in", "Changes of status")


def title(region: str) -> str:
    return f"Trigger points tried: {region}"


def headline(size: int, units: str, span: int) -> str:
    return f"{count(size, 'candidate')} tried on {days(span)} of {units}."


def units(size: int, one: str, many: str) -> str:
    return f"one {one}" if size == 1 else f"{size} {many}"


def as_now(flips: int, second: int, aim: str) -> str:
    return f"As set now (candidate 0): {count(flips, 'change')} of status, and {number(str(second))} {aim}."


def efficient(size: int, aim: str) -> str:
    verb = "is" if size == 1 else "are"
    return (
        f"{count(size, 'candidate')} {verb} on the frontier: whatever has fewer changes of status has more {aim}, "
        "and the other way round."
    )


def agreement(same: int, compared: int, percent: str) -> str:
    return (
        f"As set now, {number(str(same))} of {number(str(compared))} days have the same status as the reference: "
        f"{percent}%."
    )


def days_above(one: str, first: str) -> str:
    return f"{one}-days above {first}"


def days_milder(one: str) -> str:
    return f"{one}-days milder than the reference"


def above_column(first: str) -> str:
    return f"Above {first}"


def period(first: str, last: str, size: int) -> str:
    return f"Looked at: every day from {day(first)} to {day(last)}, {days(size)}."


def version(name: str) -> str:
    return f"All days are judged by version {name}."


def declared(name: str, size: int, one: str) -> str:
    return f"The reference is what was declared ({name}), on {number(str(size))} {one}-days."


def given(name: str, size: int, one: str) -> str:
    return f"The reference is {name} in the returns, on {number(str(size))} {one}-days."


def own(name: str, units_: list[str]) -> str:
    return f"{name}: the number of its own stays for {listed(units_)}."


def partly(versions: list[str]) -> str:
    return (
        f"Where version {listed(versions, 'or')} does not allow a number, its own default counts on its days."
    )


def checked(candidates: list[str], size: int) -> str:
    again = f"were decided again one by one on {days(size)}, with the same result"
    return f"Checked: candidates {listed(candidates)} {again}."


def letters(names: list[str]) -> str:
    return f"The letters: {listed(names)}."


def several(numbers: list[int], most: int) -> str:
    shown = [str(one) for one in numbers[:most]]
    left = len(numbers) - most
    return ", ".join(shown) if left <= 0 else f"{', '.join(shown)} and {left} more"


def shortened(size: int, shown: int) -> str:
    return (
        f"Shown are {shown} of {number(str(size))} candidates: what is set now, and of those on the frontier one for "
        "each different outcome. All of them: --format csv."
    )


def plot(second: str) -> str:
    return f"Each dot is a candidate, or several. To the left: fewer changes of status. Further down: fewer {second}."


class Headings:
    """The headings of the page."""

    points: Final = "Trigger points"
    frontier: Final = "The frontier"
    frontier_caption: Final = "Candidates that no other beats in both"
    candidates: Final = "All candidates"
    shown: Final = "Candidates"
    points_caption: Final = "What was moved"
    points_columns: Final = ("Trigger point", "What it is", "Now", "Tried")
    skip: Final = "Skip to the page"


def tried(numbers: list[str], step: str) -> str:
    if len(numbers) == 1:
        return numbers[0]
    return f"{numbers[0]} to {numbers[-1]}, by {step}"
