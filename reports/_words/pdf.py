"""Words that only PDF uses."""

from __future__ import annotations

from reports.language import gettext as _
from reports.language import pgettext


def area_headings() -> dict[str, str]:
    """The headings and short sentences of a region's or the country's summary."""
    return {
        "counts": _("How many have each status"),
        "changes": _("Changes in the last seven days"),
        "no_changes": _("No status changed."),
        "reviews": _("Reviews due within seven days"),
        "outstayed": _("Statuses that have lasted longer than expected"),
        # Translators: there is no review, or no such status.
        "none": _("None."),
        # Translators: stands in a table for a unit without a status.
        "none_today": _("None today"),
        "illustrative": _(
            "These statuses rest on illustrative numbers, unless the framework names a source for them."
        ),
    }


def counts_columns(units: str) -> list[str]:
    """The heads of the table of how many units have each status; `units` is the word for them."""
    # Translators: the heading of a column: how many percent of the units have a status.
    return [pgettext("column", "Status"), units, pgettext("column", "Share")]


def units_columns() -> list[str]:
    """The heads of the columns that say something of a unit."""
    return [
        # Translators: the heading of a column.
        pgettext("column", "Status"),
        # Translators: the heading of a column.
        pgettext("column", "Since"),
        # Translators: the heading of a column.
        pgettext("column", "Review by"),
        # Translators: the heading of a column: the statuses of the last half year as a strip of colours.
        pgettext("column", "Last half year"),
    ]


def title(area: str, day: str) -> str:
    # Translators: {area} is the name of a region or of the whole.
    return _("{area}: statuses on {day}").format(area=area, day=day)


def share(percent: int) -> str:
    return _("{number}%").format(number=percent)


def reasons() -> str:
    return _("Why each of them differs is told on the page of this comparison.")


def past(summary: str, statuses: list[str]) -> str:
    """What a strip shows, for whoever does not see it."""
    told = "".join(statuses[:1])
    for status in statuses[1:]:
        # Translators: statuses that follow each other; {before} may be several: "Green, then Amber, then Red".
        told = _("{before}, then {after}").format(before=told, after=status)
    return f"{summary}: {told}"


def change(unit: str, before: str, after: str, day: str) -> str:
    text = _("{unit}: from {before} to {after} on {day}")
    return text.format(unit=unit, before=before, after=after, day=day)


def review(unit: str, status: str, day: str) -> str:
    return _("{unit}, {status}: review by {day}").format(unit=unit, status=status, day=day)


def outstayed(unit: str, status: str, day: str) -> str:
    return _("{unit}, {status} since {day}").format(unit=unit, status=status, day=day)


def page() -> str:
    """The number of a page, with the places `{page}` and `{pages}`, which the typesetter fills."""
    # Translators: at the foot of each page.
    return _("{page} of {pages}")
