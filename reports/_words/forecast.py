"""Words for the weeks ahead: how likely each status is, what drives it, and what it rests on."""

from __future__ import annotations

import datetime
from typing import Final, Literal

from reports._format import day, listed, number, plain, quantity, weeks
from reports.language import gettext as _
from reports.language import mark as N_
from reports.language import month, ngettext, pgettext

UNDECIDED: Final = N_("No decision")
NO_CHANCE, BARS = "·", "▁▂▃▄▅▆▇█"
NO_DRIVERS: Final = N_("Nothing that was tried makes the chance another one.")
CALCULATED: Final = N_("These are calculated statuses: declarations and suspensions play no part in them.")
PAGE_NOTE: Final = N_(
    "A forecast says how likely something is, if figures go on as they have and what is known comes about. "
    "It is no decision, and nobody is bound by it."
)

Nothing = Literal["no_version", "no_returns", "not_clear"]
"""Why nothing can be told: no version is in force then, no returns to go by, a status that would not be known."""


class Headings:
    """The headings of the page, in the language of the moment."""

    def __init__(self) -> None:
        self.units = _("All of them")
        self.units_caption = _("Chance of a more severe status than today's, in percent")
        self.weeks = _("Chance of each status by week")
        self.measures = _("Where the measures may be")
        self.drivers = _("What drives it")
        self.score = _("How good such forecasts have been")
        self.score_caption = _("Forecasts compared with what came")
        self.coverage_caption = _("How often a measure was within its range")
        self.bins_caption = _("How often it came as told")
        self.assumptions = _("What it rests on")
        self.table_caption = _("Chance of each status by week, in percent")
        self.measures_caption = _("Measures")
        self.drivers_caption = _("What drives it")
        self.skip = _("Skip to the page")


class Notes:
    """What is said beside tables and drawings, in the language of the moment."""

    def __init__(self) -> None:
        self.futures = _("Each week adds up to 100%, but for rounding.")
        self.strip = _(
            "A column is a week. The higher the bar, the likelier the status; a dot is no chance at all."
        )
        self.bands = _("The height of a band is the chance of its status in that week.")
        self.range = _(
            "Half of the futures are below the first number; eight in ten lie between the other two."
        )
        self.score = _(
            "The numbers are Brier scores: 0 is always right, 2 is always wrong, and less is better. "
            "Nothing changes: the status stays as it is. Straight line: the measures go on as in the last weeks."
        )
        self.coverage = _(
            "Eight in ten (80%) would be as told; less means that the future was more open than told."
        )


class Columns:
    """The headings of columns, in the language of the moment."""

    def __init__(self) -> None:
        self.now = pgettext("heading of a column", "Now")
        self.week = _("Week")
        self.day = _("Day")
        self.measure = _("Measure")
        self.likeliest = _("Likeliest at the end")
        self.first = _("Likelier than not from")
        self.drivers = (
            pgettext("heading of a table of what drives a forecast", "What"),
            pgettext("heading of a table of what drives a forecast", "With it"),
            pgettext("heading of a table of what drives a forecast", "Without it"),
            pgettext("heading of a table of what drives a forecast", "Makes it"),
        )
        ahead, cases = _("Weeks ahead"), pgettext("how many forecasts were tried", "Cases")
        self.horizon = (
            ahead,
            cases,
            pgettext("how good one way to tell the future was", "Forecast"),
            pgettext("how good one way to tell the future was", "Nothing changes"),
            pgettext("how good one way to tell the future was", "Straight line"),
            _("Better than nothing changes"),
        )
        self.coverage = (self.measure, ahead, cases, _("Within the range of eight in ten"))
        self.bins = (
            ahead,
            pgettext("a range of chances", "Chance that was told"),
            cases,
            pgettext("a chance", "Told on average"),
            pgettext("how often it came", "Came true"),
        )


def title(name: str | None, size: int, many: str) -> str:
    if name is not None:
        return _("The weeks ahead: {name}").format(name=name)
    return _("The weeks ahead: {number} {many}").format(number=size, many=many)


def under(version: str) -> str:
    return _("Under {version}").format(version=version)


def worse(name: str, status: str, only: bool, first: str, chance: str, week: int) -> str:
    text = (
        _(
            "{name} is likelier than not to be at {status} from {day}, {weeks} from now: "
            "{chance} of the futures are there on that day."
        )
        if only
        else _(
            "{name} is likelier than not to be at {status} or a more severe status from {day}, {weeks} from now: "
            "{chance} of the futures are there on that day."
        )
    )
    return text.format(name=name, status=status, day=day(first), weeks=weeks(week), chance=_percent(chance))


def better(name: str, status: str, first: str, chance: str, week: int) -> str:
    return _(
        "{name} is likelier than not to be less severe than {status} from {day}, {weeks} from now: "
        "{chance} of the futures are there on that day."
    ).format(name=name, status=status, day=day(first), weeks=weeks(week), chance=_percent(chance))


def stays(name: str, status: str, last: str, chance: str) -> str:
    return _(
        "{name} is likely to be {status} still on {day}: {chance} of the futures are there on that day."
    ).format(name=name, status=status, day=day(last), chance=_percent(chance))


def open_(name: str, last: str, likeliest: str, chance: str) -> str:
    return _(
        "It is open where {name} will stand on {day}: "
        "the likeliest is {status}, with {chance} of the futures."
    ).format(name=name, day=day(last), status=likeliest, chance=_percent(chance))


def nothing(name: str, why: Nothing) -> str:
    text = {
        "no_version": _(
            "Nothing can be told of the weeks ahead of {name}: no version of the framework is in force then."
        ),
        "no_returns": _("Nothing can be told of the weeks ahead of {name}: there are no returns to go by."),
        "not_clear": _("Nothing can be told of the weeks ahead of {name}: its status would not be known."),
    }[why]
    return text.format(name=name)


def chances(last: str, parts: list[str]) -> str:
    # Translators: stands between the statuses in “On 3 May 2023: Green 92.0%, Amber 8.0%.”
    between = pgettext("between chances", ", ")
    return _("On {day}: {chances}.").format(day=day(last), chances=between.join(parts))


def not_known_now(name: str, standing: str | None) -> str:
    if standing is None:
        return _("The status of {name} is not known today.").format(name=name)
    return _("The status of {name} is not known today. It was {status} when it was last known.").format(
        name=name, status=standing
    )


def most_driven(kind: str, id_: str, title_: str, points_: str, status: str, only: bool) -> str:
    if kind == "event":
        text = (
            _("What makes {status} likelier most: known events: {what} ({number} points).")
            if only
            else _("What makes {status} or worse likelier most: known events: {what} ({number} points).")
        )
    elif kind == "trend":
        text = (
            _("What makes {status} likelier most: the trend that was given for {what} ({number} points).")
            if only
            else _(
                "What makes {status} or worse likelier most: the trend that was given for {what} "
                "({number} points)."
            )
        )
    else:
        text = (
            _("What makes {status} likelier most: how {what} usually moves ({number} points).")
            if only
            else _("What makes {status} or worse likelier most: how {what} usually moves ({number} points).")
        )
    return text.format(status=status, what=_driver(kind, id_, title_), number=number(points_))


def several(size: int, of: int, many: str, last: str) -> str:
    if not size:
        text = _("None of {whole} {many} is likelier than not to have a more severe status by {day}.")
    else:
        text = ngettext(
            "{number} of {whole} {many} is likelier than not to have a more severe status by {day}.",
            "{number} of {whole} {many} are likelier than not to have a more severe status by {day}.",
            size,
        )
    return text.format(number=size, whole=of, many=many, day=day(last))


def first_of(names: list[str]) -> str:
    return _("First: {names}.").format(names=listed(names))


def from_day(name: str, first: str) -> str:
    # Translators: one of a list of units, each with the day from which something is likelier than not.
    return pgettext("a unit and a day", "{name} from {day}").format(name=name, day=day(first))


def better_of(size: int, of: int, many: str) -> str:
    return ngettext(
        "{number} of {whole} {many} is likelier than not to have a less severe one.",
        "{number} of {whole} {many} are likelier than not to have a less severe one.",
        size,
    ).format(number=size, whole=of, many=many)


def details_left_out(most: int, many: str) -> str:
    return _(
        "Of more than {number} {many} each is told in the table only. Ask for some of them to see them whole."
    ).format(number=most, many=many)


def strip_caption(name: str) -> str:
    return _("Chance of each status by week: {name}").format(name=name)


def drawing(name: str, first: str, last: str, statuses: list[str]) -> str:
    return _(
        "Bands from {first} to {last} for {name}, from bottom to top: {statuses}. "
        "The height of a band is the chance of its status in that week. The table has the same numbers."
    ).format(first=day(first), last=day(last), name=name, statuses=listed(statuses))


def at_end(word: str, chance: str) -> str:
    # Translators: a status and its chance on a day, as in “Amber 45%”.
    return pgettext("a status and its chance", "{status} {chance}").format(
        status=word, chance=_percent(chance)
    )


def target(status: str, only: bool, last: str, chance: str) -> str:
    text = (
        _("The chance of {status} on {day} is {chance}. This is what makes it more or less likely:")
        if only
        else _(
            "The chance of {status} or a more severe status on {day} is {chance}. "
            "This is what makes it more or less likely:"
        )
    )
    return text.format(status=status, day=day(last), chance=_percent(chance))


def drivers_note(of: int, futures: int) -> str:
    if of == futures:
        return _(
            "Each line leaves out one thing and counts the same futures again. The lines need not add up."
        )
    return _(
        "Each line leaves out one thing and counts {number} of the futures again. The lines need not add up."
    ).format(number=number(str(of)))


def driver(kind: str, id_: str, title_: str) -> str:
    text = {
        "event": _("Known events: {what}"),
        "trend": _("The trend that was given for {what}"),
    }.get(kind) or _("How {what} usually moves")
    return text.format(what=_driver(kind, id_, title_))


def _driver(kind: str, id_: str, title_: str) -> str:
    return plain(id_) if kind == "event" else _lower(title_)


def _lower(title_: str) -> str:
    """A title within a sentence; one that begins with an abbreviation stays."""
    return title_ if title_[1:2].isupper() else f"{title_[:1].lower()}{title_[1:]}"


def points(text: str) -> str:
    if text == "0.0":
        return _("no difference")
    if text.startswith("-"):
        return _("{number} points less likely").format(number=number(text[1:]))
    return _("{number} points likelier").format(number=number(text))


def short_day(value: datetime.date) -> str:
    # Translators: a day at the axis of a drawing, as in “3 Jan”.
    return _("{day} {month}").format(day=value.day, month=month(value))


def range_cell(middle: str, low: str, high: str) -> str:
    # Translators: in a table: the middle of a range, and its ends in brackets.
    return _("{middle} ({low} to {high})").format(middle=middle, low=low, high=high)


def bin_cell(low: int, high: int) -> str:
    return _("{low} to {high}").format(low=_percent(str(low)), high=_percent(str(high)))


def week_column(week: int) -> str:
    # Translators: the heading of a column: so many weeks later.
    return _("+{weeks}").format(weeks=weeks(week))


def _percent(text: str) -> str:
    return quantity(text, "percent")
