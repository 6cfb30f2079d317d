"""Words for the tables of relief: what may be reduced, from what its hours are worked out, and how many they are."""

from __future__ import annotations

from typing import Final

from reports._format import number, quantity, singular
from reports._words import periods
from reports.language import gettext as _
from reports.language import mark as N_
from reports.language import ngettext, pgettext

ACTIVITY: Final = N_("May be reduced")
FROM: Final = N_("From")
WORKED_OUT: Final = N_("Worked out from")
HOURS: Final = N_("Hours a month")
MORE: Final = N_("More than now")
TOGETHER: Final = N_("Together")
STATUS: Final = N_("Status")
MISSING: Final = N_("Missing")
RELEASED: Final = N_("Released")
ENOUGH: Final = N_("Enough?")
ONE_UP: Final = N_("One status up")
NONE: Final = "-"


def not_known() -> str:
    # Translators: hours, in a table.
    return pgettext("hours", "not known")


def or_more(text: str) -> str:
    # Translators: hours, in a table.
    return pgettext("hours", "{number} or more").format(number=text)


def verdict(covers: bool | None) -> str:
    """Whether what is released is enough, in a table."""
    if covers is None:
        # Translators: in a table, below "Enough?".
        return pgettext("enough", "not known")
    # Translators: in a table, below "Enough?".
    return pgettext("enough", "yes") if covers else pgettext("enough", "no")


def no_figure() -> str:
    # Translators: in a table: the framework does not say how much time a reduction releases.
    return _("no time is stated")


def worked_out(minutes: str, figure: str | None, what: str, unit: str | None, every: str) -> str:
    """From what the hours of a reduction come, in a table: so many minutes, for so many of something."""
    # Translators: stands in "60 minutes each month for each of 120 cases".
    text = ngettext("{number} minute", "{number} minutes", 1 if minutes == "1" else 2)
    amount = text.format(number=number(minutes))
    if figure is None:
        # Translators: {amount} is such as "60 minutes", {often} such as "each month", {each} such as "case".
        text = _("{amount} {often} for each {each}; how many there are is not known")
        each = singular(unit) if unit and unit != "percent" else what
        return text.format(amount=amount, often=periods.each(every), each=each)
    if unit:
        # Translators: {amount} is such as "60 minutes", {often} such as "each month", {figure} such as "120 cases".
        text = _("{amount} {often} for each of {figure}")
        return text.format(amount=amount, often=periods.each(every), figure=quantity(figure, unit))
    # Translators: such as "60 minutes each month, 120 times (Caseload)"; the number may have decimals.
    text = _("{amount} {often}, {number} times ({figure})")
    return text.format(amount=amount, often=periods.each(every), number=number(figure), figure=what)


def from_status(status: str) -> str:
    # Translators: in a table: the status from which on something may be reduced.
    return _("{status} on").format(status=status)


def caption(status: str) -> str:
    return _("Further reductions at {status}").format(status=status)
