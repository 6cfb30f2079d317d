"""Words for a comparison of two versions: what is different, what that does, and how it is known."""

from __future__ import annotations

from typing import Final

from reports._format import number
from reports.language import gettext as _
from reports.language import mark as N_
from reports.language import ngettext, pgettext

GROUPS: Final = {
    "trigger_points": N_("Trigger points"),
    "statuses": N_("Statuses"),
    "activities": N_("Activities"),
    "cohorts": N_("Cohorts"),
    "measures": N_("Measures and figures"),
    "time": N_("Returns, and what people may decide"),
    "settings": N_("What the region has set"),
    "parents": N_("Who gets a status from those below"),
    "guarantees": N_("Guarantees"),
    "sources": N_("Sources"),
    "about": N_("About the document"),
}
OTHER_PART: Final = N_("Of no part")
TOGETHER: Final = N_("This is the effect of it together with other changes.")
OF_ACTIVITY: Final = N_("This is the effect of all changes of this activity.")
WITH_THIS: Final = N_("the version with this change")
AS_WRITTEN: Final = N_("the version as written")
FEW: Final = 6
"""So many activities are named where more of them are counted."""


class Headings:
    """The headings of the page, in the language of the moment."""

    def __init__(self) -> None:
        self.first = _("What staff must know first")
        self.counts = _("All differences in numbers")
        self.changes = _("What is different")
        self.wording = _("In other words only")
        self.examples = _("One case for each")
        self.skip = _("Skip to the comparison")
        # Translators: what stood in the older version, and what stands in the newer one.
        self.was = pgettext("in the older version", "Was")
        self.now = pgettext("in the newer version", "Now")


def effect(word: str) -> str:
    """What a difference does, in a word."""
    return {
        "loosens": pgettext("what a difference does", "Loosens"),
        "tightens": pgettext("what a difference does", "Tightens"),
        "mixed": pgettext("what a difference does", "Does both"),
        "neutral": pgettext("what a difference does", "As it was"),
        "open": pgettext("what a difference does", "Not settled"),
    }[word]


def count_columns() -> tuple[str, ...]:
    """The headings of the table of differences; the first column has none."""
    return (
        "",
        pgettext("number of differences", "Loosens"),
        pgettext("number of differences", "Tightens"),
        pgettext("number of differences", "Both"),
        pgettext("number of differences", "As it was"),
        pgettext("number of differences", "Wording"),
        all_(),
    )


def all_() -> str:
    return pgettext("number of differences", "All")


def count_caption() -> str:
    return _("How many differences there are")


def title(before: str, after: str) -> str:
    return _("Compared: {before}, and {after}").format(before=before, after=after)


def region(name: str, region: str) -> str:
    # Translators: a version of a framework with the numbers that a region has set.
    return _("{version} as {region} sets it").format(version=name, region=region)


def same(before: str, after: str) -> str:
    return _("{after} and {before} are the same.").format(before=before, after=after)


def neutral(before: str, after: str) -> str:
    return _("{after} permits just what {before} permitted, in the same cases.").format(
        before=before, after=after
    )


def loosens(before: str, after: str, names: list[str]) -> str:
    return _("{after} permits all that {before} permitted. It also permits more: {names}.").format(
        before=before, after=after, names=_names(names)
    )


def tightens(before: str, after: str, names: list[str]) -> str:
    return _("{after} never permits what {before} did not. It permits less: {names}.").format(
        before=before, after=after, names=_names(names)
    )


def mixed(before: str, after: str, more: list[str]) -> str:
    return ngettext(
        "{after} never permits what {before} did not, but for this one: {names}.",
        "{after} never permits what {before} did not, but for these {number}: {names}.",
        len(more),
    ).format(before=before, after=after, number=len(more), names=_names(more))


def also_less(less: list[str]) -> str:
    names = _names(less) if len(less) <= FEW else _activities(len(less))
    return _("It also permits less, in some cases: {names}.").format(names=names)


def _names(names: list[str]) -> str:
    """Names may hold commas, so they do not part them."""
    return "; ".join(names)


def proved(settings: bool) -> str:
    if settings:
        return _(
            "This is proved for all figures and every status that a unit can be in, and whatever regions may set. "
            "It is not a sample. "
            "What lies beyond one return (such as who may declare a status) follows from what the rules mean."
        )
    return _(
        "This is proved for all figures and every status that a unit can be in, at these trigger points. "
        "It is not a sample. "
        "What lies beyond one return (such as who may declare a status) follows from what the rules mean."
    )


def unsettled(names: list[str]) -> str:
    return _("This could not be settled: {names}. Have a person look at it.").format(names=_names(names))


def differences(size: int, wording: int) -> str:
    text = (
        ngettext(
            "There is {number} difference, {wording} of them in wording only.",
            "There are {number} differences, {wording} of them in wording only.",
            size,
        )
        if wording
        else ngettext("There is {number} difference.", "There are {number} differences.", size)
    )
    return text.format(number=number(str(size)), wording=wording)


def left_out(names: list[str]) -> str:
    return _("The region has numbers that this version does not take, which are left out: {names}.").format(
        names=_names(names)
    )


def of_region(region: str, day: str) -> str:
    return _(
        "The settings of {region} are those of {day}. What it sets for single units is left out. "
        "Only its own numbers are compared."
    ).format(region=region, day=day)


def illustrative() -> tuple[str, str]:
    return _("Illustrative numbers"), _("Some thresholds are examples, not published policy.")


def may_newly(names: list[str]) -> str:
    return _("May be reduced in cases where it could not: {names}.").format(names=_names(names))


def may_less(names: list[str]) -> str:
    return _("May not be reduced any more, in some or all cases: {names}.").format(names=_names(names))


def spares_less(names: list[str]) -> str:
    return _("May be reduced for people who were spared: {names}.").format(names=_names(names))


def spares_more(names: list[str]) -> str:
    return _("Must spare more people: {names}.").format(names=_names(names))


def must_now(names: list[str]) -> str:
    return _("Must now always be done: {names}.").format(names=_names(names))


def must_no_more(names: list[str]) -> str:
    return _("No longer listed as what must always be done: {names}.").format(names=_names(names))


def reworded(names: list[str]) -> str:
    return _("What may be done has changed; read both: {names}.").format(names=_names(names))


def for_all(effect_: str, sentences: list[str], more: int) -> str:
    how = {
        "loosens": _("For all that can be reduced, this permits more."),
        "tightens": _("For all that can be reduced, this permits less."),
    }.get(effect_) or _("For all that can be reduced, this permits more in some cases and less in others.")
    rest = (
        ngettext(
            "{number} more difference of this kind is told below.",
            "{number} more differences of this kind are told below.",
            more,
        ).format(number=number(str(more)))
        if more
        else ""
    )
    return " ".join(filter(None, (how, *sentences, rest)))


def both_ways(before: str, after: str, more: int, less: int) -> str:
    return _(
        "{after} permits more than {before} in some cases ({more}), and less in others ({less})."
    ).format(before=before, after=after, more=_activities(more), less=_activities(less))


def _activities(size: int) -> str:
    return ngettext("{number} activity", "{number} activities", size).format(number=number(str(size)))


def nothing_first() -> str:
    return _("Nothing about what may be reduced, for whom, or what must be done.")


def everything(rules: list[str]) -> str:
    # Translators: in a list of activities: all of them, and in brackets the rules that move them.
    return _("All that can be reduced ({rules})").format(rules=", ".join(rules))


def case_of(case: str) -> str:
    return _("For example: {case}").format(case=case)


def for_cohorts(names: list[str]) -> str:
    if not names:
        return _("For example, a case that is in none of the cohorts named.")
    return ngettext(
        "For example, a case that is in: {names}.",
        "For example, a case that is at once in: {names}.",
        len(names),
    ).format(names=_names(names))


def gives(start: str, before: str, after: str, status: str, other: str) -> str:
    if status == other:
        return _("{start}: {before} and {after} both give {status}.").format(
            start=start, before=before, after=after, status=status
        )
    return _("{start}: {before} gives {status}, and {after} gives {other}.").format(
        start=start, before=before, after=after, status=status, other=other
    )
