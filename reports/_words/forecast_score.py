"""Words for how good forecasts have been."""

from __future__ import annotations

from typing import Final

from reports._format import capital, day, days, listed, weeks
from reports.language import gettext as _
from reports.language import mark as N_
from reports.language import pgettext

NOT_SCORED: Final = N_(
    "How good such forecasts have been was not worked out here. `prioritise forecast --score` does it."
)
NO_PAST: Final = N_("The past is too short to tell how good such forecasts have been.")
SYNTHETIC: Final = N_("They were tried on made-up figures, which are more regular than real ones.")


def better(beats: bool) -> str:
    """Whether forecasts were better than saying that nothing changes."""
    if beats:
        return pgettext("better than nothing changes", "yes")
    return pgettext("better than nothing changes", "no")


def scored(size: int, units: int, many: str, first: str, last: str) -> str:
    return _(
        "Forecasts were made for {number} {many} as they would have been made on {days} from {first} to {last}, "
        "each from what was known on its day, and compared with what came."
    ).format(number=units, many=many, days=days(size), first=day(first), last=day(last))


def beaten(lengths: list[int]) -> str:
    return _("{weeks} ahead they were better than saying that nothing changes.").format(weeks=_all(lengths))


def not_beaten(lengths: list[int]) -> str:
    return _(
        "{weeks} ahead they were no better than saying that nothing changes: "
        "so far ahead, go by the status of today."
    ).format(weeks=_all(lengths))


def trend_not_beaten(lengths: list[int]) -> str:
    return _("{weeks} ahead a straight line through the last weeks was as good or better.").format(
        weeks=_all(lengths)
    )


def _all(lengths: list[int]) -> str:
    return capital(listed([weeks(one) for one in lengths]))
