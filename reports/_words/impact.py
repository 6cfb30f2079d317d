"""Words for what a comparison would mean for real units: who moves, when first and why, days, reductions, hours."""

from __future__ import annotations

from typing import Final

from reports._format import capital, count, day, days, number
from reports.language import gettext as _
from reports.language import mark as N_
from reports.language import ngettext, pgettext

PLACEHOLDERS: Final = ("PDU", "DAY")
CALCULATED: Final = N_(
    "Both versions judge all of these days. "
    "These are calculated statuses: declarations and suspensions play no part."
)
UNKNOWN: Final = N_("Not known")


class Headings:
    """The headings of this part, in the language of the moment."""

    def __init__(self) -> None:
        self.impact = _("Impact on real returns")
        self.matrix = _("Statuses on the last day")
        self.regions = _("By region")
        self.first = _("Where the versions first part")
        self.days = _("Days at each status")
        self.activities = _("What could be reduced")
        self.hours = _("Time released")
        self.decisions = _("Open both decisions")


def sides() -> tuple[str, str]:
    """What the versions are called where their names do not tell them apart."""
    return _("the first version"), _("the second version")


def region_columns() -> tuple[str, str]:
    # Translators: headings of columns: how many differ on the last day, and on some day.
    return _("That day"), _("Some day")


def days_columns(names: tuple[str, str]) -> tuple[str, ...]:
    return _("Status"), *map(capital, names), _("Change")


def days_caption() -> str:
    return _("Days at each status, of all together")


def moved(size: int, of: int, one: str, many: str, last: str) -> str:
    if not size and of == 1:
        text = _("The one {one} has the same status under both versions on {day}.")
    elif not size:
        text = _("Each of the {whole} {many} has the same status under both versions on {day}.")
    else:
        text = ngettext(
            "{number} of {whole} {many} has another status on {day}.",
            "{number} of {whole} {many} have another status on {day}.",
            size,
        )
    return text.format(one=one, number=size, whole=of, many=many, day=day(last))


def ways(milder: int, severer: int) -> str:
    return _("A milder one: {milder}. A more severe one: {severer}.").format(milder=milder, severer=severer)


def ever(size: int, of: int, many: str) -> str:
    if not size:
        return _("No status differs on any other day either.")
    return ngettext(
        "On some day, {number} of {whole} {many} has another status.",
        "On some day, {number} of {whole} {many} have another status.",
        size,
    ).format(number=size, whole=of, many=many)


def only(names: list[str]) -> str:
    return _(
        "Looked at: the returns of {regions} alone, with the numbers that are told here on all days."
    ).format(regions="; ".join(names))


def settings(group: str) -> str:
    return _("What a {group} has set counts under both, as it is in force on each day.").format(group=group)


def checked(size: int, units: str) -> str:
    return _(
        "All days were worked out at once. Each first difference was then decided by itself, and so were "
        "{days} of {units} under both versions. All came out the same."
    ).format(days=days(size), units=units)


def matrix_caption(before: str, after: str) -> str:
    return _("Down: the status under {before}. Across: the status under {after}.").format(
        before=before, after=after
    )


def cell(before: str, after: str, names: tuple[str, str], size: int) -> str:
    if before == after:
        return _("{status} under both ({number})").format(status=before, number=size)
    return _("{before} under {first}, {after} under {second} ({number})").format(
        before=before, first=names[0], after=after, second=names[1], number=size
    )


def regions_caption(last: str, many: str, group: str, before: str, after: str) -> str:
    return _(
        "How many {many} of each {group} have another status on {day} (that day), and on some day. Then the "
        "days at each status: under {before}, and after the stroke under {after}."
    ).format(many=many, group=group, day=day(last), before=before, after=after)


def share(size: int, of: int) -> str:
    return _("{number} of {whole}").format(number=size, whole=of)


def pair(before: int, after: int) -> str:
    return number(str(before)) if before == after else f"{number(str(before))} / {number(str(after))}"


def first(name: str, on: str, before: str, after: str, size: int) -> str:
    return ngettext(
        "{name}, {day}: {after} instead of {before}. {number} day in all.",
        "{name}, {day}: {after} instead of {before}. {number} days in all.",
        size,
    ).format(name=name, day=day(on), after=after, before=before, number=number(str(size)))


def comparison(exit_: bool, status: str, figure: str, value: str, told: list[str]) -> str:
    text = (
        _("What ends {status}: {figure} is {value}. {sides}")
        if exit_
        else _("What begins {status}: {figure} is {value}. {sides}")
    )
    return text.format(status=status, figure=figure, value=value, sides=" ".join(told))


def other_values(exit_: bool, status: str, figure: str, told: list[str]) -> str:
    text = (
        _("What ends {status}: {figure}. {sides}") if exit_ else _("What begins {status}: {figure}. {sides}")
    )
    return text.format(status=status, figure=figure, sides=" ".join(told))


def side(version: str, told: str) -> str:
    # Translators: the name of a version, and what it asks of a figure.
    return _("{version}: {told}.").format(version=capital(version), told=told)


def valued(value: str, told: str) -> str:
    return _("it is {value}; {rest}").format(value=value, rest=told)


def unknown(version: str) -> str:
    return _("{version}: the figures do not decide which status holds.").format(version=capital(version))


def opening(version: str) -> str:
    return _("To open a decision under {version}, put the id of the {unit} and the day into this:").format(
        version=version, unit=PLACEHOLDERS[0]
    )


def no_commands() -> str:
    return _("A version in a file, or as a region sets it, has no command that opens its decisions.")


def no_first() -> str:
    return _("They never part: the status is the same on each day.")


def flips(before: int, after: int, names: tuple[str, str]) -> str:
    return _("Statuses changed {before} under {first}, and {after} under {second}.").format(
        before=times(before), first=names[0], after=times(after), second=names[1]
    )


def flips_most(name: str, before: int, after: int, names: tuple[str, str]) -> str:
    return _("The greatest difference: {name}, {before} under {first} and {after} under {second}.").format(
        name=name, before=times(before), first=names[0], after=after, second=names[1]
    )


def times(size: int) -> str:
    """How often something happened."""
    # Translators: how often something happened, as in “Statuses changed 3 times”.
    return ngettext("{number} time", "{number} times", size).format(number=number(str(size)))


def newly(size: int, length: int, one: str, many: str) -> str:
    return _("Can also be reduced in {units}, on {days} in all.").format(
        units=count(size, one, many), days=days(length)
    )


def withdrawn(size: int, length: int, one: str, many: str) -> str:
    return _("Can no longer be reduced in {units}, on {days} in all.").format(
        units=count(size, one, many), days=days(length)
    )


def last_day(on: str, newly_: list[str], withdrawn_: list[str]) -> str:
    if newly_ and withdrawn_:
        text = _("On {day}: also in {newly}, and no longer in {withdrawn}.")
    elif newly_:
        text = _("On {day}: also in {newly}.")
    else:
        text = _("On {day}: no longer in {withdrawn}.")
    return text.format(day=day(on), newly="; ".join(newly_), withdrawn="; ".join(withdrawn_))


def no_activities() -> str:
    return _("The same activities can be reduced on each day.")


def hours(every: str, before: str, after: str, change: str, names: tuple[str, str], on: str) -> str:
    size = number(change.lstrip("-").removesuffix(".0"))
    if size == "0":
        text = _(
            "What is permitted on {day} releases {before} hours {every} under {first} and {after} under "
            "{second}: no change."
        )
    elif change.startswith("-"):
        text = _(
            "What is permitted on {day} releases {before} hours {every} under {first} and {after} under "
            "{second}: {number} less."
        )
    else:
        text = _(
            "What is permitted on {day} releases {before} hours {every} under {first} and {after} under "
            "{second}: {number} more."
        )
    return text.format(
        day=day(on),
        before=number(before.removesuffix(".0")),
        after=number(after.removesuffix(".0")),
        every=_every(every),
        first=names[0],
        second=names[1],
        number=size,
    )


def _every(period: str) -> str:
    # Translators: these stand after a number of hours, as in “120 hours a week”.
    return {
        "day": pgettext("hours in a period", "a day"),
        "week": pgettext("hours in a period", "a week"),
        "month": pgettext("hours in a period", "a month"),
        "quarter": pgettext("hours in a period", "a quarter"),
        "year": pgettext("hours in a period", "a year"),
    }[period]


def illustrative_hours(whole: bool) -> str:
    if whole:
        return _("All of it rests on illustrative numbers, not on published ones.")
    return _("Some of it rests on illustrative numbers, not on published ones.")


def unknown_hours(version: str, size: int) -> str:
    return ngettext(
        "{version}: the figure is not known for {number} reduction, left out.",
        "{version}: the figure is not known for {number} reductions, left out.",
        size,
    ).format(version=capital(version), number=number(str(size)))


def unsaid_hours(version: str, size: int) -> str:
    return ngettext(
        "{version}: for {number} reduction the version does not say what time is released.",
        "{version}: for {number} reductions the version does not say what time is released.",
        size,
    ).format(version=capital(version), number=number(str(size)))


def no_hours() -> str:
    return _("The versions do not say what time their reductions release.")
