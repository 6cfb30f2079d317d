"""Words for labels: illustrative numbers that decided something, synthetic and public figures."""

from __future__ import annotations

from reports._format import number, plain, sentence
from reports.language import gettext as _
from reports.language import ngettext


def illustrative(items: list[str], *, decided: bool) -> tuple[str, str]:
    heading = (
        _("Illustrative numbers decided this") if decided else _("Illustrative numbers would decide this")
    )
    # Translators: {numbers} is a list, set apart by semicolons, such as "Amber staffing 88%, for 2 weeks".
    text = _("They are examples, not published policy: {numbers}.")
    return heading, text.format(numbers="; ".join(items))


def more_numbers(size: int) -> str:
    # Translators: ends a list of numbers that is set apart by semicolons; 1 is among the cases.
    return ngettext("and {number} more", "and {number} more", size).format(number=number(str(size)))


def number_of(title: str, value: str, wait: str | None) -> str:
    if not wait:
        return f"{title} {value}"
    # Translators: a number with its name, in a list: "Amber staffing 88%, for 2 weeks".
    return _("{title} {value}, for {length}").format(title=title, value=value, length=wait)


def number_of_group(wait: str | None, at_least: int | None) -> str:
    if at_least and wait:
        # Translators: a number of the framework, in a list; {length} is such as "2 weeks"; 1 is among the cases.
        text = ngettext(
            "at least {number} conditions at once, for {length}",
            "at least {number} conditions at once, for {length}",
            at_least,
        )
        return text.format(number=number(str(at_least)), length=wait)
    if at_least:
        # Translators: a number of the framework, in a list; 1 is among the cases.
        text = ngettext(
            "at least {number} conditions at once", "at least {number} conditions at once", at_least
        )
        return text.format(number=number(str(at_least)))
    if wait:
        # Translators: a number of the framework, in a list; {length} is such as "2 weeks".
        return _("conditions that must hold, for {length}").format(length=wait)
    # Translators: a number of the framework, in a list.
    return _("conditions that must hold")


def number_of_stay(length: str) -> str:
    # Translators: a number of the framework, in a list; {length} is such as "14 days".
    return _("the shortest stay, {length}").format(length=length)


def number_of_age(length: str) -> str:
    # Translators: a number of the framework, in a list; {length} is such as "14 days".
    return _("how long a return counts, {length}").format(length=length)


def number_of_limit(activity: str) -> str:
    # Translators: a number of the framework, in a list.
    return _("the time limit for {activity}").format(activity=activity)


def figures_label(
    basis: str | None, source: str | None, note: str | None, unit: str
) -> tuple[str, str] | None:
    named = [_("Source: {source}").format(source=sentence(source))] if source else []
    rest = [*named, *([sentence(note)] if note else [])]
    if basis == "synthetic":
        return (_("Synthetic figures"), " ".join([synthetic(unit), *rest]))
    if basis == "public":
        return (_("Public figures"), " ".join(rest or [_("Source: not named.")]))
    if basis:
        return (_("Figures: {basis}").format(basis=plain(basis)), " ".join(rest))
    return (_("Figures"), " ".join(rest)) if rest else None


def synthetic(unit: str) -> str:
    # Translators: {unit} is what the organisation calls a unit, such as "PDU".
    text = _("The figures of this return are made up. They say nothing about the real {unit}.")
    return text.format(unit=unit)
