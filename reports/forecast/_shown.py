"""What statuses and figures of forecasts are called, and how they look."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from engine.forecast.document import UNDECIDED, counts
from engine.forecast.values import INDETERMINATE, Forecast, percent
from reports._format import quantity
from reports._names import Names
from reports._page import Level
from reports._words import forecast as words
from reports.language import gettext as _
from reports.preview._shown import in_force_between, levels_of
from rules.framework import Framework
from rules.model import Organisation, Version

MILESTONES = (1, 2, 4, 13, 26, 39, 52, 78, 104)
"""The weeks that are told where there is no room for all."""


class Shown:
    """The names of some forecasts' things. What the newest version calls them goes first."""

    def __init__(self, forecasts: Sequence[tuple[Forecast, Framework]], organisation: Organisation) -> None:
        self.organisation = organisation
        self.versions: list[Version] = []
        used: set[str | None] = set()
        for forecast, framework in forecasts:
            last = forecast.weeks[-1].day
            policies = reversed(in_force_between(framework.policies, forecast.as_of, last))
            self.versions += [one.version for one in policies if one.version not in self.versions]
            used |= {*forecast.statuses, forecast.now}
            for week in forecast.weeks:
                used |= {INDETERMINATE} if week.indeterminate else set()
                used |= {None} if week.undecided else set()
        self.names = [Names({}, version, organisation) for version in self.versions]
        self.levels = levels_of(self.names, used)

    @classmethod
    def of(cls, version: Version, organisation: Organisation) -> Shown:
        """The names of a version's things, without a forecast."""
        shown = cls((), organisation)
        shown.versions = [version]
        shown.names = [Names({}, version, organisation)]
        return shown

    def status(self, status: str | None) -> str:
        """The word for a status, or for none."""
        return self.level(status).word

    def level(self, status: str | None) -> Level:
        """How a status is shown."""
        return self.levels[None if status == UNDECIDED else status]

    def figures(self, keys: Sequence[str]) -> str:
        """Several figures in one phrase."""
        names = next(
            (one for one in self.names if all(one.measured(key) is not None for key in keys)), self.names[0]
        )
        return names.figures(list(keys))

    def version_title(self, version: str | None) -> str:
        """What a version is called."""
        return next(
            (one.title for one in self.versions if one.version == version), version or _(words.UNDECIDED)
        )

    @staticmethod
    def percent(count: int, of: int) -> str:
        """A chance in a table."""
        return quantity(str(percent(count, of)), "percent")


def rows_of(forecast: Forecast, shown: Shown) -> list[tuple[Level, str, list[int]]]:
    """For each status that has futures, or is that of today: how it is shown, its id, its count in each week."""
    weeks = [counts(forecast, week) for week in forecast.weeks]
    found = []
    for status in weeks[0] if weeks else ():
        row = [week[status] for week in weeks]
        if status in forecast.statuses or any(row):
            found.append((shown.level(status), status, row))
    return found


def worse_count(forecast: Forecast, week: int) -> int | None:
    """How many futures are more severe than now in a week; None where there is no status to compare with."""
    return _beside(forecast, week, worse=True)


def better_count(forecast: Forecast, week: int) -> int | None:
    """How many futures are less severe than now in a week."""
    return _beside(forecast, week, worse=False)


def _beside(forecast: Forecast, week: int, *, worse: bool) -> int | None:
    if forecast.standing not in forecast.statuses:
        return None
    place = forecast.statuses.index(forecast.standing)
    found = forecast.weeks[week].counts
    return sum(found[place + 1 :] if worse else found[:place])


def measured(value: Decimal, unit: str, decimals: int) -> str:
    """A measure's value with its unit."""
    return quantity(f"{value:.{decimals}f}", unit)
