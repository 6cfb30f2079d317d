"""Words of the page that says how good forecasts have been."""

from __future__ import annotations

from reports._format import number
from reports.language import gettext as _
from reports.language import ngettext


def title(name: str) -> str:
    return _("How good forecasts have been: {name}").format(name=name)


def link(name: str) -> str:
    return _("How good such forecasts have been in {name}").format(name=name)


def covers(name: str, many: str, futures: int) -> str:
    """What was tried, exactly."""
    return _(
        "This is about all {units} in {name} together: one of them alone has too few cases to tell. It is worked out "
        "from the returns that are recorded now, with {futures} futures for each forecast."
    ).format(units=many, name=name, futures=number(str(futures)))


def newest(size: int, weeks: int) -> str:
    """How many days are taken."""
    return ngettext(
        "Forecasts of {number} day are tried: the newest on which one could have been made and compared.",
        "Forecasts of at most {number} days are tried: the newest on which some could have been made and compared, "
        "{weeks} weeks apart.",
        size,
    ).format(number=number(str(size)), weeks=number(str(weeks)))
