"""Words for a version of a framework as a document."""

from __future__ import annotations

import datetime
from typing import Final

from reports._format import capital, count, day, days, listed, sentence

ILLUSTRATIVE: Final = "Illustrative number"
NO_UPPER: Final = "no later version"
TRIGGERS_CAPTION: Final = "Trigger points: the numbers that statuses depend on"
MEASURES_CAPTION: Final = "Measures: how figures are worked out"
MEASURES_COLUMNS: Final = ("Measure", "How it is worked out", "Rounded to")
STRENGTHS: Final = {
    "may": "You may do this instead:",
    "should": "You should do this instead:",
    "must": "You must do this instead:",
    "consider": "Consider doing this instead:",
}
_GROUPS: Final = {"any": "any one of these holds", "all": "all of these hold", "none": "none of these holds"}
_COMPARED: Final = {
    "below": "{0} is below {1}",
    "at_most": "{0} is {1} or less",
    "above": "{0} is above {1}",
    "at_least": "{0} is {1} or more",
    "is": "{0} is {1}",
    "one_of": "{0} is {1}",
    "none_of": "{0} is not {1}",
}


def in_force(first: datetime.date, last: datetime.date | None) -> str:
    until = "" if last is None else f" to {day(last)}"
    return f"In force from {day(first)}{until}"


def approved(by: str, on: datetime.date) -> str:
    return f"Approved by {by} on {day(on)}."


def basis(*, published: bool, source: str | None) -> str:
    if published:
        return f"Published: {source}" if source else "Published number"
    return ILLUSTRATIVE


def compared(figure: str, comparator: str, threshold: str, wait: str | None) -> str:
    text = _COMPARED.get(comparator, "{0} is {1}").format(figure, threshold)
    return f"{text}, for {wait}" if wait else text


def choices(values: list[str]) -> str:
    return listed(values, "or")


def trigger(default: str, *, moves: bool, group: str) -> str:
    return f"{default} (unless the {group} sets another number)" if moves else default


def group(operator: str, at_least: int, wait: str | None) -> str:
    text = _GROUPS.get(operator) or f"at least {at_least} of these hold"
    return capital(f"{text}, for {wait}" if wait else text)


def first_status() -> str:
    return "Nothing else has begun."


def implicit_exit() -> str:
    return "What begins it no longer holds."


def minimum_stay(size: int) -> tuple[str, str]:
    return "Lasts at least", days(size)


def review(size: int) -> tuple[str, str]:
    return "Is reviewed every", days(size)


def outstays(size: int) -> tuple[str, str]:
    return "Is longer than expected after", days(size)


def binding() -> tuple[str, str]:
    return "Declarations", "Nobody may declare less than this while the figures give it."


def returns(every: int, stale_after: int, grace: int) -> list[tuple[str, str]]:
    found = [
        ("Figures are due", f"every {days(every)}"),
        ("Figures count for", f"{days(stale_after)}; after that the status is not known"),
    ]
    if grace:
        found.append(("When figures are missing", f"what was permitted stands for {days(grace)}"))
    return found


def activation(declared: bool) -> tuple[str, str]:
    if declared:
        return "Activation", "A person declares the status. What the figures give is advice."
    return "Activation", "The status follows from the figures."


def declarations(by: str, may: list[str], at_most: int | None) -> tuple[str, str]:
    limit = "" if at_most is None else f", for {days(at_most)} at most"
    return "A person may", f"{listed(may, 'or')} the status by a declaration ({capital(by)}{limit})"


def steps(down: int | None, up: int | None) -> list[tuple[str, str]]:
    found = []
    if down is not None:
        found.append(("Comes down", f"{count(down, 'status', 'statuses')} at a time"))
    if up is not None:
        found.append(("Goes up", f"{count(up, 'status', 'statuses')} at a time"))
    return found


def trigger_columns(group: str) -> tuple[str, ...]:
    return ("Trigger point", "Default", f"What a {group} may set", "In force now", "Basis")


def bounds(low: str, high: str) -> str:
    return f"{low} to {high}"


def nobody_moves() -> str:
    return "Nobody may move it"


def set_by(entries: list[tuple[str, str]]) -> str:
    """The regions that have set a number of their own."""
    return "; ".join(f"{name} {value}" for name, value in entries) if entries else "The default everywhere"


def duties(size: int) -> str:
    return f"{count(size, 'activity', 'activities')} must always be done. No status reduces them."


def from_status(status: str) -> str:
    return f"From {status} on"


def limits(
    floor: str | None, spared: str, only: str, review: int | None, lapses: int | None, released: str | None
) -> list[tuple[str, str]]:
    found = []
    if floor:
        found.append(("Never less than", sentence(floor)))
    if spared:
        found.append(("Not for", sentence(spared)))
    if only:
        found.append(("Only for", sentence(only)))
    if review:
        found.append(("Is reviewed every", days(review)))
    if lapses:
        found.append(("Ends after", f"{days(lapses)}, unless it is renewed"))
    if released:
        found.append(("Time released", released))
    return found


def decimals(size: int) -> str:
    return "whole numbers" if not size else count(size, "decimal")


def points(of: str) -> str:
    return f"Points by bands of {of}"


def label_illustrative() -> tuple[str, str]:
    return (
        "Illustrative numbers",
        "A number without a published source is an example. The real thresholds were never published.",
    )


HEADINGS: Final = {
    "changes": "What the authors say changed",
    "duties": "What must always be done",
    "reduce": "What may be reduced",
    "statuses": "When each status begins and ends",
    "triggers": "Trigger points",
    "measures": "Measures",
    "rules": "Other rules",
    "sources": "Sources",
    "source": "Source",
    "usual": "Usually",
    "when": "Only while:",
    "enter": "It begins when:",
    "exit": "It may end when:",
    "implicit": "It may end when what begins it no longer holds.",
    "yaml": "The document itself (YAML)",
    "pdf": "This version as PDF",
    "contents": "On this page",
}
