"""Words that the pages of whole questions share: what they looked at, and their labels."""

from __future__ import annotations

from reports._format import day, days
from reports.language import gettext as _


def period(first: str, last: str, size: int) -> str:
    return _("Looked at: every day from {first} to {last}, {days}.").format(
        first=day(first), last=day(last), days=days(size)
    )


def version(name: str) -> str:
    return _("All days are judged by version {version}.").format(version=name)


def units(size: int, one: str, many: str) -> str:
    """All units that were looked at, as in `one ward` or `109 wards`."""
    return _("one {unit}").format(unit=one) if size == 1 else f"{size} {many}"


def total() -> str:
    # Translators: the last row of a table, with the sums of those above.
    return _("All together")


def illustrative() -> tuple[str, str]:
    return _("Illustrative numbers"), _("The trigger points are examples, not published policy.")


def synthetic(one: str) -> tuple[str, str]:
    return _("Synthetic figures"), _(
        "The figures are made up. They say nothing about any real {unit}."
    ).format(unit=one)
