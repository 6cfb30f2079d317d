"""Words for a comparison of two versions: what is different, what that does, and how it is known."""

from __future__ import annotations

from typing import Final

from reports._format import count

EFFECTS: Final = {
    "loosens": "Loosens",
    "tightens": "Tightens",
    "mixed": "Does both",
    "neutral": "As it was",
    "open": "Not settled",
}
GROUPS: Final = {
    "trigger_points": "Trigger points",
    "statuses": "Statuses",
    "activities": "Activities",
    "cohorts": "Cohorts",
    "measures": "Measures and figures",
    "time": "Returns, and what people may decide",
    "settings": "What the region has set",
    "parents": "Who gets a status from those below",
    "guarantees": "Guarantees",
    "sources": "Sources",
    "about": "About the document",
}
WAS, NOW = "Was", "Now"
COUNT_COLUMNS: Final = ("", "Loosens", "Tightens", "Both", "As it was", "Wording", "All")
COUNT_CAPTION: Final = "How many differences there are"
ALL: Final = "All"
OTHER_PART: Final = "Of no part"
TOGETHER: Final = "This is the effect of it together with other changes."
OF_ACTIVITY: Final = "This is the effect of all changes of this activity."
WITH_THIS: Final = "the version with this change"
AS_WRITTEN: Final = "the version as written"


class Headings:
    """The headings of the page."""

    first: Final = "What staff must know first"
    counts: Final = "All differences in numbers"
    changes: Final = "What is different"
    wording: Final = "In other words only"
    examples: Final = "One case for each"
    skip: Final = "Skip to the comparison"


def title(before: str, after: str) -> str:
    return f"Compared: {before}, and {after}"


def region(name: str, region: str) -> str:
    return f"{name} as {region} sets it"


def same(before: str, after: str) -> str:
    return f"{after} and {before} are the same."


def neutral(before: str, after: str) -> str:
    return f"{after} permits just what {before} permitted, in the same cases."


def loosens(before: str, after: str, names: list[str]) -> str:
    return f"{after} permits all that {before} permitted. It also permits more: {_names(names)}."


def tightens(before: str, after: str, names: list[str]) -> str:
    return f"{after} never permits what {before} did not. It permits less: {_names(names)}."


def mixed(before: str, after: str, more: list[str]) -> str:
    these = "this one" if len(more) == 1 else f"these {len(more)}"
    return f"{after} never permits what {before} did not, but for {these}: {_names(more)}."


def also_less(less: list[str]) -> str:
    size = count(len(less), "activity", "activities")
    return f"It also permits less, in some cases: {_names(less) if len(less) <= 6 else size}."


def _names(names: list[str]) -> str:
    """Names may hold commas, so they do not part them."""
    return "; ".join(names)


def proved(settings: bool) -> str:
    which = "and whatever regions may set" if settings else "at these trigger points"
    return (
        f"This is proved for all figures and every status that a unit can be in, {which}. It is not a sample. "
        "What lies beyond one return (such as who may declare a status) follows from what the rules mean."
    )


def unsettled(names: list[str]) -> str:
    return f"This could not be settled: {_names(names)}. Have a person look at it."


def differences(size: int, wording: int) -> str:
    only = f", {wording} of them in wording only" if wording else ""
    return f"There {'is' if size == 1 else 'are'} {count(size, 'difference')}{only}."


def left_out(names: list[str]) -> str:
    return f"The region has numbers that this version does not take, which are left out: {_names(names)}."


def of_region(region: str, day: str) -> str:
    return (
        f"The settings of {region} are those of {day}. What it sets for single units is left out. "
        "Only its own numbers are compared."
    )


def illustrative() -> tuple[str, str]:
    return ("Illustrative numbers", "Some thresholds are examples, not published policy.")


def may_newly(names: list[str]) -> str:
    return f"May be reduced in cases where it could not: {_names(names)}."


def may_less(names: list[str]) -> str:
    return f"May not be reduced any more, in some or all cases: {_names(names)}."


def spares_less(names: list[str]) -> str:
    return f"May be reduced for people who were spared: {_names(names)}."


def spares_more(names: list[str]) -> str:
    return f"Must spare more people: {_names(names)}."


def must_now(names: list[str]) -> str:
    return f"Must now always be done: {_names(names)}."


def must_no_more(names: list[str]) -> str:
    return f"No longer listed as what must always be done: {_names(names)}."


def reworded(names: list[str]) -> str:
    return f"What may be done has changed; read both: {_names(names)}."


def for_all(effect: str, sentences: list[str], more: int) -> str:
    how = {
        "loosens": "For all that can be reduced, this permits more",
        "tightens": "For all that can be reduced, this permits less",
    }.get(effect, "For all that can be reduced, this permits more in some cases and less in others")
    rest = (
        f" {count(more, 'more difference')} of this kind {'is' if more == 1 else 'are'} told below."
        if more
        else ""
    )
    return f"{how}. {' '.join(sentences)}{rest}"


def both_ways(before: str, after: str, more: int, less: int) -> str:
    return (
        f"{after} permits more than {before} in some cases ({count(more, 'activity', 'activities')}), "
        f"and less in others ({count(less, 'activity', 'activities')})."
    )


def nothing_first() -> str:
    return "Nothing about what may be reduced, for whom, or what must be done."


def everything() -> str:
    return "All that can be reduced"


def case_of(case: str) -> str:
    return f"For example: {case}"


def for_cohorts(names: list[str]) -> str:
    if not names:
        return "For example, a case that is in none of the cohorts named."
    both = "at once " if len(names) > 1 else ""
    return f"For example, a case that is {both}in: {_names(names)}."


def gives(start: str, before: str, after: str, status: str, other: str) -> str:
    if status == other:
        return f"{start}: {before} and {after} both give {status}."
    return f"{start}: {before} gives {status}, and {after} gives {other}."
