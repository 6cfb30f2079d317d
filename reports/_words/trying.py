"""Words for the page on which people try figures and trigger points."""

from __future__ import annotations

from typing import Final

from reports._format import day, number
from reports.language import gettext as _
from reports.language import mark as N_
from reports.language import ngettext

POINTS_HINT: Final = N_("Empty fields keep the numbers in force.")


def bounds(low: str, high: str, now: str) -> str:
    return _("{now} now. From {low} to {high}.").format(now=now, low=low, high=high)


def result(unit: str, status: str, since: str) -> str:
    return _("{unit} would be {status}, since {day}.").format(unit=unit, status=status, day=day(since))


def same(status: str) -> str:
    return _("That is as it is today: {status}.").format(status=status)


def differs(status: str) -> str:
    return _("Today it is {status}.").format(status=status)


def moves(group: str, size: int, whole: int, many: str) -> str:
    places = {"group": group, "whole": number(str(whole)), "units": many}
    if not size:
        told = _("None of the {whole} {units} in {group} would have another status today.")
        return told.format(**places)
    return ngettext(
        "{number} of the {whole} {units} in {group} would have another status today.",
        "{number} of the {whole} {units} in {group} would have another status today.",
        size,
    ).format(number=number(str(size)), **places)


def points_group(group: str) -> str:
    return _("Trigger points of the {group}").format(group=group)
