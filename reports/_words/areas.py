"""Words of what a region and the country have of their own: who owes a return, and a status above the units."""

from __future__ import annotations

import datetime

from reports._format import count, day, days, number
from reports.language import gettext as _
from reports.language import ngettext


def nothing_owed() -> str:
    return _("None: every return that was due has come.")


def owed(size: int, whole: int, one: str, many: str) -> str:
    """How many units owe a return."""
    return ngettext("{number} of {units} owes a return", "{number} of {units} owe a return", size).format(
        number=number(str(size)), units=count(whole, one, many)
    )


def missing(first: datetime.date) -> str:
    return _("None has ever come. The first was due on {day}.").format(day=day(first))


def stale(due: datetime.date, late: int, newest: datetime.date) -> str:
    return _("Due on {due}, {days} ago. The newest is of {newest}, which is too old to count.").format(
        due=day(due), days=days(late), newest=day(newest)
    )


def late(due: datetime.date, late: int, newest: datetime.date) -> str:
    return _("Due on {due}, {days} ago. The newest is of {newest}.").format(
        due=day(due), days=days(late), newest=day(newest)
    )


def status_title(name: str) -> str:
    return _("{name}: its own status").format(name=name)


def status_about(many: str) -> str:
    """What a status above the units is."""
    return _("It follows from what the {units} have returned, by the same framework.").format(units=many)


def status_fault(name: str) -> str:
    return _("The status of {name} cannot be worked out now. Tell whoever runs this service.").format(
        name=name
    )


def tally(many: str) -> str:
    return _("How many {units} have each status").format(units=many)


def status() -> str:
    return _("Status")


def share() -> str:
    return _("Share")


def since() -> str:
    return _("Since")


def review_by() -> str:
    return _("Review by")
