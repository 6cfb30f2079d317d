"""Words for the pages on which people send figures and decide."""

from __future__ import annotations

import datetime
from typing import Final

from reports._format import day, number
from reports.language import gettext as _
from reports.language import mark as N_
from reports.language import ngettext, pgettext

DAY: Final = N_("The day that the figures are about")
DAY_HINT: Final = N_("The year, the month and the day, as in 2022-08-29")
NOTE: Final = N_("A note (optional)")
THE_NOTE: Final = N_("The note")
NOTE_HINT: Final = N_("It explains the figures and decides nothing. Name nobody.")
NOT_GIVEN: Final = N_("Not given")
OTHERS: Final = N_("Other figures")
CHECK_COLUMNS: Final = (N_("Figure"), N_("What you send"))
CORRECT_COLUMNS: Final = (N_("Figure"), N_("What you send"), N_("What is recorded now"), N_("Compared"))
CHANGED: Final = N_("changed")
SAME: Final = N_("the same")
DONE: Final = {
    "return": N_("The figures are recorded, and the status is decided anew."),
    "upload": N_("The file is recorded, and every status is decided anew."),
    "declared": N_("The declaration is recorded."),
    "suspended": N_("The suspension is recorded."),
    "ended": N_("The end is recorded."),
}
"""What has been done, by the word that the address carries."""
NO_DAY: Final = N_("Write the day as in 2022-08-29")


def corrects(on: datetime.date) -> str:
    return _(
        "A return for {day} is recorded. What you send replaces it wholly; the old one stays on record."
    ).format(day=day(on))


def changed(size: int) -> str:
    """How many figures are others than those that are recorded."""
    if not size:
        return _("No figure is another than the one that is recorded.")
    return ngettext("{number} figure is changed.", "{number} figures are changed.", size).format(
        number=number(str(size))
    )


def check_caption(unit: str, on: datetime.date) -> str:
    # Translators: of the figures of a unit for a day.
    return _("{unit}, {day}").format(unit=unit, day=day(on))


def unit_hint(unit: str | None, *, has_default: bool) -> str | None:
    told = _("In {unit}.").format(unit=unit) if unit else ""
    empty = N_("An empty field counts as none."), N_("Leave a field empty if you do not know.")
    missing = _(empty[0] if has_default else empty[1])
    return f"{told} {missing}".strip()


def last_time(value: str, on: datetime.date) -> str:
    # Translators: a figure as it was the last time, below the field for the new one.
    return _("{value} on {day}").format(value=value, day=day(on))


NO_FILE: Final = N_("Choose a file")


def line(place: int, problem: str) -> str:
    # Translators: the line of a file, and what is wrong there.
    return _("Line {number}: {problem}").format(number=place, problem=problem)


def refused(problems: int) -> str:
    return ngettext(
        "{number} problem was found. Nothing has been recorded.",
        "{number} problems were found. Nothing has been recorded.",
        problems,
    ).format(number=number(str(problems)))


def more_problems(more: int) -> str:
    return ngettext(
        "There is {number} more problem. Mend these first, and send the file again.",
        "There are {number} more problems. Mend these first, and send the file again.",
        more,
    ).format(number=number(str(more)))


CHOOSE: Final = N_("Choose a status")
STATUS: Final = N_("Status")
FROM: Final = N_("First day")
UNTIL: Final = N_("Last day")
BY: Final = N_("Decided by")
BY_HINT: Final = N_("The role of the person who decided, not a name")
REASON: Final = N_("Reason")
REASON_HINT: Final = N_("Others will read it. Name nobody.")
OPEN: Final = N_("Until further notice")
OPEN_HINT: Final = N_("As in 2022-08-29. Leave it empty if it is not known yet.")
RENEWS: Final = N_("Starts again")
EVERYONE: Final = N_("Everyone")
RECORD: Final = {"declaration": N_("Record the declaration"), "suspension": N_("Record the suspension")}


def everyone(units: str) -> str:
    # Translators: for whom it is, as in "Set the framework aside for all wards".
    return pgettext("whom", "all {units}").format(units=units)


def event_title(kind: str, whom: str) -> str:
    if kind == "declaration":
        return _("Declare a status for {whom}").format(whom=whom)
    return _("Set the framework aside for {whom}").format(whom=whom)


def event_intro(kind: str) -> str:
    if kind == "declaration":
        return _(
            "A declaration sets the status for a time, whatever the figures give, as far as the framework allows."
        )
    return _(
        "While the framework is set aside nothing may be reduced under it, and mandatory work stays protected. "
        "The status is worked out all the same, and counts again afterwards."
    )


def check_title(kind: str, whom: str) -> str:
    if kind == "declaration":
        return _("Check the declaration for {whom}").format(whom=whom)
    return _("Check the suspension for {whom}").format(whom=whom)


def event_stands(kind: str, whom: str) -> str:
    if kind == "declaration":
        return _("{whom}: status declared").format(whom=whom)
    return _("{whom}: framework set aside").format(whom=whom)


NEEDED: Final = {
    "status": N_("Choose the status"),
    "from": N_("Write the first day, as in 2022-08-29"),
    "until": N_("Write the last day, as in 2022-08-29"),
    "reason": N_("Write the reason"),
}
"""What is said where a field that must be filled in is empty."""
LAST_DAY: Final = N_("Its last day in force")
LAST_DAY_HINT: Final = N_(
    "As in 2022-08-29. Yesterday if you leave it empty, so that it no longer holds today."
)
END_REASON: Final = N_("Why it ends")
