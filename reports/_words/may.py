"""Words for the answer to "may this be reduced for this case?": the answer first, then why, then the limits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reports._format import day, sentence

ANSWERS: Final = {"yes": "Yes", "no": "No", "limited": "Yes, within limits"}
NEVER_LESS: Final = "Never less than"
NOT_FOR: Final = "Not for"
ONLY_FOR: Final = "Only for"
LAST_DAY: Final = "Last day"
REVIEW: Final = "Review by"
USUALLY: Final = "Usually"
SOURCE: Final = "Source"
DECISION: Final = "Decision"


def headline(answer: str, title: str, name: str, as_of: str) -> str:
    return f"{ANSWERS[answer]}. {title}, {name}, {day(as_of)}."


def status(word: str, since: str) -> str:
    return f"The status is {word}, since {day(since)}."


def mandatory(because: str) -> str:
    return f"This must always be done in full, whatever the status. {sentence(because)}"


def excepted(cohorts: str) -> str:
    return f"It may be reduced for others, but never for this case: {cohorts}. Do it in full."


def not_among(cohorts: str) -> str:
    return f"It may be reduced only for these cases, and this is none of them: {cohorts}. Do it in full."


def no_reduction() -> str:
    return "The framework has no reduction for it. Do it in full."


def refused(reason: str) -> str:
    return f"{reason} Do it in full."


def none_spared() -> str:
    return "This case is none of those that must be spared."


def among() -> str:
    return "This case is one of those that it is for."


def look_first(spares: bool) -> str:
    if spares:
        return "Look first whether the case is one of those below. If so, do it in full."
    return "Look first whether the case is one of those below. If not, do it in full."


def last_day(until: str, reasons: Sequence[str]) -> str:
    return " ".join([f"{day(until)}.", *reasons[:1], "After that, do it in full."])


LAST_BECAUSE: Final = {
    "lapses": "Its time is over then.",
    "grace": "While the status is not known, it stands no longer.",
    "declared": "The declaration ends then.",
}


def while_status(word: str) -> str:
    return (
        f"As long as the status stays {word} or becomes more severe, and the reduction's own conditions hold."
    )


def review(on: str) -> str:
    return f"{day(on)}."
