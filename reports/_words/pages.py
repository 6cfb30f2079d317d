"""Words that only the pages of the service use."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reports._format import count, day, difference, listed, number
from reports.language import gettext as _
from reports.language import mark as N_
from reports.language import ngettext, pgettext

if TYPE_CHECKING:
    from reports.pages._shown import Shown

UNKNOWN: Final = N_("Not known")
TREND_COLUMNS: Final = (N_("Day"), N_("Figure"))
_LINES: Final = {
    # Translators: the name of a line in a chart. It also ends a sentence: "… 3 points above the line where …".
    ("enter", "below"): N_("{status} starts below {threshold}"),
    ("enter", "at_most"): N_("{status} starts at or below {threshold}"),
    ("enter", "above"): N_("{status} starts above {threshold}"),
    ("enter", "at_least"): N_("{status} starts at or above {threshold}"),
    ("enter", "is"): N_("{status} starts at {threshold}"),
    ("exit", "below"): N_("{status} may end below {threshold}"),
    ("exit", "at_most"): N_("{status} may end at or below {threshold}"),
    ("exit", "above"): N_("{status} may end above {threshold}"),
    ("exit", "at_least"): N_("{status} may end at or above {threshold}"),
    ("exit", "is"): N_("{status} may end at {threshold}"),
}


def trend_caption(title: str) -> str:
    return _("{title}, newest first").format(title=title)


def trend_line(status: str, kind: str, comparator: str, threshold: str) -> str:
    told = _LINES.get((kind, comparator), _LINES[kind, "is"])
    return _(told).format(status=status, threshold=threshold)


def trend_headline(
    title: str, value: str, on: datetime.date, away: str, sign: Decimal, line: str, unit: str | None
) -> str:
    if sign == 0:
        return _("{title}: {value} on {day}, right on the line where {line}.").format(
            title=title, value=value, day=day(on), line=line
        )
    if sign > 0:
        told = _("{title}: {value} on {day}. That is {difference} above the line where {line}.")
    else:
        told = _("{title}: {value} on {day}. That is {difference} below the line where {line}.")
    return told.format(title=title, value=value, day=day(on), difference=difference(away, unit), line=line)


STRIP_CAPTION: Final = N_("Each status and its days, newest first")
STRIP_COLUMNS: Final = (N_("From"), N_("To"), N_("Status"))


def strip_summary(first: str, last: str, changes: int) -> str:
    if not changes:
        return _("The status did not change from {first} to {last}.").format(first=first, last=last)
    return ngettext(
        "The status changed once from {first} to {last}.",
        "The status changed {number} times from {first} to {last}.",
        changes,
    ).format(number=number(str(changes)), first=first, last=last)


ERROR_TITLES: Final = {
    "PF708": N_("There is no such declaration or suspension"),
    "PF709": N_("It has ended already"),
    "PF720": N_("Page not found"),
    "PF721": N_("This page cannot be used in this way"),
    "PF722": N_("The request is too large"),
    "PF724": N_("The request is wrong"),
    "PF725": N_("You have asked too often"),
    "PF726": N_("Sorry, there is a problem with the service"),
    "PF727": N_("Sign in to see this page"),
    "PF728": N_("You may not see this page"),
    "PF731": N_("It took too long"),
    "PF733": N_("Sorry, the service is not ready"),
    "PF736": N_("The request cannot be met"),
}

NOT_SIGNED_IN: Final = N_("You are not signed in, or your session has ended.")
NO_SIGN_IN: Final = N_(
    "People cannot sign in to this service. It answers programs that bring an access token."
)


NAVIGATION: Final = (
    (N_("Home"), "/"),
    (N_("Country"), "/country"),
    (N_("Frameworks"), "/frameworks"),
    (N_("Try it"), "/try"),
)
"""The links that stand on every page."""
EVERYWHERE: Final = N_("The whole country")


def found(size: int, one: str, many: str) -> str:
    """How many units have a text in their names."""
    if not size:
        return _("No {unit} has this in its name").format(unit=one)
    return ngettext("{number} {unit} found", "{number} {units} found", size).format(
        number=number(str(size)), unit=one, units=many
    )


def area_headline(counts: Sequence[tuple[str, Shown, int, int]], one: str, many: str) -> str:
    """How many units have each status, in one sentence."""
    total = sum(size for *_rest, size, _width in counts)
    if not total:
        return _("There are no {units} today.").format(units=many)
    # Translators: how many have a status, as in "12 PDUs: 9 Green, 2 Amber and 1 Red."
    having = pgettext("how many have a status", "{number} {status}")
    statuses = [
        having.format(number=number(str(size)), status=shown.word)
        for _id, shown, size, _width in counts
        if size
    ]
    return _("{units}: {statuses}.").format(units=count(total, one, many), statuses=listed(statuses))


def rows_shown(shown: int, whole: int, many: str) -> str:
    if shown == whole:
        return _("All {whole} {units}").format(whole=number(str(whole)), units=many)
    return _("{number} of {whole} {units}").format(
        number=number(str(shown)), whole=number(str(whole)), units=many
    )


def past(unit: str, stays: Sequence[tuple[str, str]]) -> str:
    """What a small strip shows, for whoever does not see it."""
    changes, since = len(stays) - 1, day(stays[0][1])
    if not changes:
        return _("{unit}: no change of status since {day}").format(unit=unit, day=since)
    return ngettext(
        "{unit}: {number} change of status since {day}",
        "{unit}: {number} changes of status since {day}",
        changes,
    ).format(unit=unit, number=number(str(changes)), day=since)


FRAMEWORKS: Final = N_("Frameworks")


def no_day(example: str) -> str:
    return _("Write the day as in {example}: the year, the month and the day").format(example=example)


def no_version(on: datetime.date) -> str:
    return _("No version was in force on {day}.").format(day=day(on))


def version_on(on: datetime.date, title: str) -> str:
    return _("On {day} this version was in force: {title}.").format(day=day(on), title=title)


OTHER_WORK: Final = N_("Other work")
CHOOSE_ACTIVITY: Final = N_("Choose an activity")
NONE_AND_SOME: Final = N_("Choose the kinds of case that it is, or that it is none of them")
