"""Words for figures of many units: what they are about, what is missing, and how to read them."""

from __future__ import annotations

from typing import Final

from reports._format import count, day, listed, number
from reports.language import gettext as _
from reports.language import mark as N_
from reports.language import ngettext

UNKNOWN: Final = "–"
GAP: Final = "·"
MISSING: Final = N_("Missing")
DAY: Final = N_("Day")
TAG: Final = N_("Tag")
NO_TAG: Final = N_("no tag")
SUMS: Final = N_("Every figure is worked out from sums, and rounded once. None is a mean of rates.")
BRACKETS: Final = N_(
    "In brackets: some are missing, and this is what the others come to. The whole is not known."
)
DASH: Final = N_("A dash: not known.")
BARS: Final = N_(
    "The bars go from the first day to the last. Each row has its own scale, from its lowest figure to its highest; "
    "a dot is a day on which nothing is known."
)
TAGS_OVERLAP: Final = N_("Whoever has several tags counts under each of them.")
NOBODY: Final = N_("There is nobody to tell of here.")


class Headings:
    """The headings of the page, in the language of the moment."""

    def __init__(self) -> None:
        self.skip = _("Skip to the page")


def title(last: str) -> str:
    return _("Figures on {day}").format(day=day(last))


def headline(views: int, units: int, one: str, many: str, first: str, last: str, days: int) -> str:
    if days == 1 and units == 1:
        text = ngettext(
            "{number} view of one {one}, on {last}.", "{number} views of one {one}, on {last}.", views
        )
    elif days == 1:
        text = ngettext(
            "{number} view of {units} {many}, on {last}.",
            "{number} views of {units} {many}, on {last}.",
            views,
        )
    elif units == 1:
        text = ngettext(
            "{number} view of one {one}, week by week from {first} to {last}.",
            "{number} views of one {one}, week by week from {first} to {last}.",
            views,
        )
    else:
        text = ngettext(
            "{number} view of {units} {many}, week by week from {first} to {last}.",
            "{number} views of {units} {many}, week by week from {first} to {last}.",
            views,
        )
    return text.format(
        number=number(str(views)),
        units=number(str(units)),
        one=one,
        many=many,
        first=day(first),
        last=day(last),
    )


def everyone(many: str) -> str:
    return _("All {many}").format(many=many)


def whole_region(name: str) -> str:
    # Translators: a row for the whole of a region, among rows for its parts.
    return _("{region}, all").format(region=name)


def column(title_: str, unit: str) -> str:
    if not unit:
        return title_
    # Translators: the heading of a column: a figure and its unit.
    return _("{figure}, {unit}").format(figure=title_, unit="%" if unit == "percent" else unit)


def missing(size: int, units: int) -> str:
    if not size:
        return ""
    return _("{number} of {whole}").format(number=number(str(size)), whole=number(str(units)))


def not_split(figures: list[str], list_id: str, inputs: list[str]) -> str:
    return ngettext(
        "{figures} is not told by {list}: {inputs} cannot be split by it.",
        "{figures} are not told by {list}: {inputs} cannot be split by it.",
        len(figures),
    ).format(figures=listed(figures), list=list_id, inputs=listed(inputs))


def estimated(carried: int, assumed: int, one: str, many: str) -> list[str]:
    """What stands in for figures that were not given, of how many units at most."""
    found = []
    if carried:
        found.append(
            _("An earlier figure stands in for one that was not given in {units}.").format(
                units=count(carried, one, many)
            )
        )
    if assumed:
        found.append(
            _("The framework's default stands in for one in {units}.").format(units=count(assumed, one, many))
        )
    return found


def lacking(last: str, units: list[str], left: int) -> str:
    if not left:
        return _("Missing on {day}: {units}.").format(day=day(last), units="; ".join(units))
    return _("Missing on {day}: {units}; and {number} more, which --format json lists.").format(
        day=day(last), units="; ".join(units), number=number(str(left))
    )


def lacks(name: str, because: str, inputs: list[str]) -> str:
    text = {
        # Translators: one of a list of units, each with the reason why its figures are missing.
        "no_return": _("{unit} (no return yet)"),
        "stale": _("{unit} (the newest return is too old)"),
        "not_given": _("{unit} (not given: {inputs})"),
        "no_past": _("{unit} (not known so long ago: {inputs})"),
    }[because]
    return text.format(unit=name, inputs=listed(inputs))


def plot(figure: str, many: str, both: bool) -> str:
    text = (
        _("{figure}, week by week. The heavy line is all {many}. The numbers are in the table.")
        if both
        else _("{figure}, week by week. The numbers are in the table.")
    )
    return text.format(figure=figure, many=many)


def illustrative(view: str) -> tuple[str, str]:
    return _("Illustrative numbers"), _(
        "Numbers in the formulas of {view} are examples, not published policy."
    ).format(view=view)
