"""Words for a backtest: how long each status held, who changed most, and what was checked."""

from __future__ import annotations

from typing import Final

from reports._format import capital, day, days, listed, number, quantity, weeks
from reports.language import gettext as _
from reports.language import mark as N_
from reports.language import ngettext, pgettext

CALCULATED: Final = N_("These are calculated statuses: declarations and suspensions play no part.")
FLIPS: Final = N_("Changes")
LONGEST: Final = N_("Longest stay")
UNKNOWN_SHORT: Final = N_("Not known")
MISSING: Final = "-"


class Headings:
    """The headings of the page, in the language of the moment."""

    def __init__(self) -> None:
        self.strips = _("Week by week")
        self.table = _("In numbers")
        self.words = _("These weeks in words")
        self.skip = _("Skip to the page")


def regions_heading(group: str) -> str:
    return _("By {group}").format(group=group)


def title(framework: str) -> str:
    return _("How long each status held: {framework}").format(framework=framework)


def headline(units_: str, shares: list[str]) -> str:
    return _("Of all days of {units}: {shares}.").format(units=units_, shares=listed(shares))


def nothing(units_: str) -> str:
    return _("There is no decision for {units} on any of these days: no version is in force.").format(
        units=units_
    )


def share(status: str, percent: str) -> str:
    # Translators: a status and the share of days on which it held, as in “Amber on 45%”.
    return pgettext("a status and its share of days", "{status} on {share}").format(
        status=status, share=quantity(percent, "percent")
    )


def longest(name: str, status: str, size: int) -> str:
    return _("The longest stay at one status: {name}, {status} for {days}.").format(
        name=name, status=status, days=days(size)
    )


def flips(size: int, name: str, most: int) -> str:
    if not size:
        return _("No status ever changed.")
    return _("Statuses changed {all}. Most often in {name}: {most}.").format(
        all=times(size), name=name, most=times(most)
    )


def times(size: int) -> str:
    """How often something happened."""
    # Translators: how often something happened, as in “Statuses changed 3 times”.
    return ngettext("{number} time", "{number} times", size).format(number=number(str(size)))


def indeterminate(size: int, name: str, most: str) -> str:
    if not size:
        return _("There were figures enough to decide each day.")
    return _("On {days} the figures did not decide. The most in {name}: {share} of its days.").format(
        days=days(size), name=name, share=quantity(most, "percent")
    )


def checked(names: list[str], size: int) -> str:
    return _("Decided again one by one, on {days} in all, with the same result: {names}.").format(
        days=days(size), names="; ".join(names)
    )


def legend(levels: str) -> str:
    return _("Each letter is the status at the end of one week: {levels}.").format(levels=levels)


def table(many: str) -> str:
    return _("{units}: days at each status, changes and longest stay").format(units=capital(many))


def stay(status: str, size: int) -> str:
    # Translators: the longest stay of a unit at one status, as in “14 days, Amber”.
    return pgettext("the length of a stay and its status", "{days}, {status}").format(
        days=days(size), status=status
    )


def short_stay(status: str, size: int) -> str:
    return f"{size} {status}"


def summary(shares: list[str]) -> str:
    # Translators: a list of statuses, each with its share of days, as a sentence.
    return _("{shares}.").format(shares=capital(listed(shares)))


def stretch(status: str, first: str, size: int) -> str:
    return _("{status} for {weeks} from {day}.").format(status=status, weeks=weeks(size), day=day(first))
