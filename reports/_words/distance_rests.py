"""Words for what an answer about another status rests on: which returns come, and what else is taken to be so."""

from __future__ import annotations

from reports._format import day, days, number
from reports.language import gettext as _
from reports.language import ngettext


def returns_come(first: str, every: int) -> str:
    if every == 1:
        return _("A return comes every day, the next one on {day}.").format(day=day(first))
    if every == 7:
        return _("A return comes every week, the next one on {day}.").format(day=day(first))
    # Translators: {days} is such as "14 days".
    text = _("A return comes every {days}, the next one on {day}.")
    return text.format(days=days(every), day=day(first))


def same_figures(as_of: str) -> str:
    text = _("Each says what the return of {day} said, but for the change. Nothing else changes.")
    return text.format(day=day(as_of))


def overdue(returns: int) -> str:
    return ngettext(
        "{number} return that was due before has not come.",
        "{number} returns that were due before have not come.",
        returns,
    ).format(number=number(str(returns)))


def carried_again(figures: str) -> str:
    return _("Figures that were carried forward are given again: {figures}.").format(figures=figures)


def version_begins(title_: str, on: str) -> str:
    return _("From {day} another version counts: {title}.").format(day=day(on), title=title_)


def version_ends(on: str) -> str:
    return _("From {day} no version is in force.").format(day=day(on))


def settings_begin(group: str, on: str) -> str:
    # Translators: {group} is what the organisation calls a group of units, such as "region".
    return _("From {day} other settings of the {group} count.").format(day=day(on), group=group)


def unit_ends(unit: str, on: str) -> str:
    # Translators: {unit} is what the organisation calls a unit, such as "PDU".
    return _("The {unit} ends on {day}.").format(unit=unit, day=day(on))


def looked_until(on: str, *, cut: bool) -> str:
    text = (
        _("Returns up to {day} were looked at. What comes later was not looked at.")
        if cut
        else _("Returns up to {day} were looked at. By then the status has come to rest.")
    )
    return text.format(day=day(on))


def illustrative() -> str:
    return _("Some of the numbers that the figures are compared with are illustrative.")


def proved() -> str:
    return _(
        "Each change was decided by both rule engines: with it the status comes, with one step less it does not."
    )
