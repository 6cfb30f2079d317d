"""Words for relief: how many hours a month are missing, what the reductions release, and what would be enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reports._format import count, day, listed, number
from reports.language import gettext as _
from reports.language import mark as N_
from reports.language import ngettext

SHORTFALL_NUMBERS: Final = N_("how the hours that are missing are worked out")
RELEASE_NUMBERS: Final = N_("the minutes that reductions release")
ALL_NOTE: Final = N_(
    "Hours a month. Missing hours below 0 are to spare. The last column has what the reductions would release "
    "one status up."
)
NOW: Final = N_("What the reductions release")


def headings() -> dict[str, str]:
    """The headings of the page."""
    return {
        "skip": _("Skip to the hours"),
        "now": _(NOW),
        "ahead": _("One status up"),
        "rests": _("What this rests on"),
    }


def title(name: str, as_of: str) -> str:
    return _("Are the reductions enough? {unit}, {day}").format(unit=name, day=day(as_of))


def hours(text: str) -> str:
    size = 1 if text in ("1", "1.0") else 2  # one form is for one hour, the other for any other number
    # Translators: stands in sentences: "Amber: 200.0 hours a month are missing."
    return ngettext("{number} hour a month", "{number} hours a month", size).format(number=number(text))


def lacks(status: str, text: str) -> str:
    # Translators: {hours} is such as "200.0 hours a month".
    return _("{status}: {hours} are missing.").format(status=status, hours=hours(text))


def lacks_nothing(status: str, spare: str | None) -> str:
    told = _("{status}: no hours are missing.").format(status=status)
    if spare is None:
        return told
    # Translators: {hours} is such as "200.0 hours a month".
    more = _("There are {hours} to spare.").format(hours=hours(spare))
    return f"{told} {more}"


def released(text: str, size: int, *, partly: bool) -> str:
    if not size:
        return _("Nothing may be reduced now, so nothing is released.")
    if partly and not text.strip("0."):
        return _("What the reductions release that are allowed now is not known.")
    told = (
        # Translators: {hours} is such as "200.0 hours a month".
        _("What may be reduced now releases at least {hours}, if all of it is used.")
        if partly
        # Translators: {hours} is such as "200.0 hours a month".
        else _("What may be reduced now releases {hours}, if all of it is used.")
    )
    return told.format(hours=hours(text))


def enough() -> str:
    return _("That is enough.")


def not_enough(left: str) -> str:
    # Translators: {hours} is such as "200.0 hours a month".
    return _("That is not enough: {hours} stay missing.").format(hours=hours(left))


def perhaps_enough(left: str, size: int) -> str:
    # Translators: {hours} is such as "200.0 hours a month".
    told = ngettext(
        "It is not known whether that is enough: {hours} stay missing, "
        "and what one reduction releases is not known.",
        "It is not known whether that is enough: {hours} stay missing, "
        "and what {number} reductions release is not known.",
        size,
    )
    return told.format(hours=hours(left), number=number(str(size)))


def least(names: Sequence[str], text: str) -> str:
    # Translators: {activities} names them, {hours} is such as "200.0 hours a month".
    told = ngettext(
        "One reduction would be enough by itself: {activities} ({hours}).",
        "The fewest that would be enough are {number}: {activities} ({hours}).",
        len(names),
    )
    return told.format(number=number(str(len(names))), activities=listed(names), hours=hours(text))


def ahead(status: str, size: int, text: str, covers: bool | None, *, partly: bool) -> str:
    if not size:
        return _("At {status} nothing further may be reduced.").format(status=status)
    if partly and not text.strip("0."):
        return _("What the reductions would release at {status} is not known.").format(status=status)
    told = _ahead_at_least(covers) if partly else _ahead(covers)
    return told.format(status=status, hours=hours(text))


def _ahead(covers: bool | None) -> str:
    if covers is None:
        # Translators: {hours} is such as "200.0 hours a month".
        return _("At {status} the reductions would release {hours}.")
    if covers:
        # Translators: {hours} is such as "200.0 hours a month".
        return _("At {status} the reductions would release {hours}, which is enough.")
    # Translators: {hours} is such as "200.0 hours a month".
    return _("At {status} the reductions would release {hours}, which is not enough.")


def _ahead_at_least(covers: bool | None) -> str:
    if covers is None:
        # Translators: {hours} is such as "200.0 hours a month".
        return _("At {status} the reductions would release at least {hours}.")
    if covers:
        # Translators: {hours} is such as "200.0 hours a month".
        return _("At {status} the reductions would release at least {hours}, which is enough.")
    # Translators: {hours} is such as "200.0 hours a month".
    return _("At {status} the reductions would release at least {hours}, which is not enough.")


def because(code: str, unit: str, figures: str, as_of: str | None) -> str:
    match code:
        case "not_stated":
            return _(
                "How many hours are missing is not known: this version of the framework does not say how to tell."
            )
        case "no_return":
            # Translators: {unit} is what the organisation calls a unit, such as "PDU".
            text = _("How many hours are missing is not known: this {unit} has sent no figures.")
            return text.format(unit=unit)
        case "stale":
            text = _("How many hours are missing is not known: the figures of {day} are too old.")
            return text.format(day=day(as_of or ""))
        case "missing":
            text = _("How many hours are missing is not known. Not given: {figures}.")
            return text.format(figures=figures)
        case _:
            return _("How many hours are missing is not known: it would take a division by zero.")


def unknown(activity: str, code: str, figures: str) -> str:
    if code == "not_stated":
        text = _(
            "{activity}: the framework does not say what time it releases. It is not counted as nothing."
        )
    elif code == "missing":
        text = _("{activity}: what it releases is not known. Not given: {figures}.")
    else:
        text = _("{activity}: what it releases is not known, since it would take a division by zero.")
    return text.format(activity=activity, figures=figures)


_ASSUMPTIONS: Final = {
    "used_in_full": N_("Each reduction is used to the full."),
    "every_unit": N_(
        "The minutes count for each of all cases, those that a reduction spares among them. "
        "They are an average that the framework gives."
    ),
    "month_of_365_days_by_12": N_("A month is the twelfth part of 365 days."),
    "carried": N_("Earlier figures stand in for missing ones: {figures}."),
    "default": N_("The framework's own figures stand in for missing ones: {figures}."),
    "conditions_as_now": N_(
        "One status up, the conditions of each reduction are taken to be as they are now."
    ),
}


def assumption(code: str, figures: str) -> str:
    return _(_ASSUMPTIONS[code]).format(figures=figures)


def rounding() -> str:
    return _("Hours are exact until they are rounded at the end, so parts may not quite add up to their sum.")


def formula(text: str) -> str:
    return _("The hours that are missing are worked out as {formula}.").format(formula=text)


def note(text: str) -> str:
    return _("The framework says of it: {note}").format(note=text)


def illustrative(what: Sequence[str]) -> tuple[str, str]:
    # Translators: {what} is one or both of "how the hours that are missing are worked out" and "the minutes that …".
    text = _("Examples, not published policy: {what}.")
    return (_("Illustrative numbers"), text.format(what=listed([_(one) for one in what])))


def all_summary(enough_: int, short: int, open_: int, one: str, many: str) -> str:
    # Translators: stands in "Of 12 PDUs, for 3 they are enough and for 9 they are not."; 1 is among the cases.
    text = ngettext("for {number} they are enough", "for {number} they are enough", enough_)
    told = [text.format(number=enough_)]
    # Translators: stands in "Of 12 PDUs, for 3 they are enough and for 9 they are not."; 1 is among the cases.
    text = ngettext("for {number} they are not", "for {number} they are not", short)
    told.append(text.format(number=short))
    if open_:
        # Translators: stands in "Of 12 PDUs, for 3 they are enough, for 8 they are not and for 1 it is not known."
        text = ngettext("for {number} it is not known", "for {number} it is not known", open_)
        told.append(text.format(number=open_))
    # Translators: {units} is such as "12 PDUs", {verdicts} such as "for 3 they are enough and for 9 they are not".
    return _("Of {units}, {verdicts}.").format(
        units=count(enough_ + short + open_, one, many), verdicts=listed(told)
    )
