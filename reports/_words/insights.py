"""Words for figures of many units: what they are about, what is missing, and how to read them."""

from __future__ import annotations

from typing import Final

from reports._format import count, day, listed, number

UNKNOWN: Final = "–"
GAP: Final = "·"
MISSING: Final = "Missing"
DAY: Final = "Day"
TAG: Final = "Tag"
NO_TAG: Final = "no tag"
SUMS: Final = "Every figure is worked out from sums, and rounded once. None is a mean of rates."
BRACKETS: Final = (
    "In brackets: some are missing, and this is what the others come to. The whole is not known."
)
DASH: Final = "A dash: not known."
BARS: Final = (
    "The bars go from the first day to the last. Each row has its own scale, from its lowest figure to its highest; "
    "a dot is a day on which nothing is known."
)
TAGS_OVERLAP: Final = "Whoever has several tags counts under each of them."
NOBODY: Final = "There is nobody to tell of here."


def title(last: str) -> str:
    return f"Figures on {day(last)}"


def headline(views: int, units: int, one: str, many: str, first: str, last: str, days: int) -> str:
    whose = f"one {one}" if units == 1 else f"{number(str(units))} {many}"
    when = f"on {day(last)}" if days == 1 else f"week by week from {day(first)} to {day(last)}"
    return f"{count(views, 'view')} of {whose}, {when}."


def everyone(many: str) -> str:
    return f"All {many}"


def whole_region(name: str) -> str:
    return f"{name}, all"


def column(title_: str, unit: str) -> str:
    if not unit:
        return title_
    return f"{title_}, {'%' if unit == 'percent' else unit}"


def missing(size: int, units: int) -> str:
    return f"{number(str(size))} of {number(str(units))}" if size else ""


def not_split(figures: list[str], list_id: str, inputs: list[str]) -> str:
    verb = "is" if len(figures) == 1 else "are"
    return f"{listed(figures)} {verb} not told by {list_id}: {listed(inputs)} cannot be split by it."


def estimated(carried: int, assumed: int, one: str, many: str) -> list[str]:
    """What stands in for figures that were not given, of how many units at most."""
    found = []
    if carried:
        found.append(
            f"An earlier figure stands in for one that was not given in {count(carried, one, many)}."
        )
    if assumed:
        found.append(f"The framework's default stands in for one in {count(assumed, one, many)}.")
    return found


def lacking(last: str, units: list[str], left: int) -> str:
    more = f"; and {number(str(left))} more, which --format json lists" if left else ""
    return f"Missing on {day(last)}: {'; '.join(units)}{more}."


def lacks(name: str, because: str, inputs: list[str]) -> str:
    why = {
        "no_return": "no return yet",
        "stale": "the newest return is too old",
        "not_given": f"not given: {listed(inputs)}",
        "no_past": f"not known so long ago: {listed(inputs)}",
    }[because]
    return f"{name} ({why})"


def plot(figure: str, many: str, both: bool) -> str:
    heavy = f" The heavy line is all {many}." if both else ""
    return f"{figure}, week by week.{heavy} The numbers are in the table."


def illustrative(view: str) -> tuple[str, str]:
    return ("Illustrative numbers", f"Numbers in the formulas of {view} are examples, not published policy.")


class Headings:
    """The headings of the page."""

    skip: Final = "Skip to the page"
