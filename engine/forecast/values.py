"""What a forecast says, as values: chances are counts of futures, and nothing here is worked out.

Of so many possible courses of a unit's figures (*futures*) each is judged by the rules. A chance is how many of
them come to a status, out of all: two whole numbers, so that the same question has the same bytes everywhere.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

INDETERMINATE = "indeterminate"


class Week(NamedTuple):
    """What the futures come to on one day.

    `counts` has how many are at each status, in the order of `Forecast.statuses`; `indeterminate` those of which
    the status cannot be told; `undecided` those without a decision, as no version is in force on the day, or the
    unit does not exist. All together are `Forecast.futures`.
    """

    day: datetime.date
    counts: tuple[int, ...]
    indeterminate: int
    undecided: int


class Range(NamedTuple):
    """Where a measure lies on a day.

    A tenth of the futures is below `low`, half are below `middle`, nine tenths below `high`. They are values that the
    measure takes in some future, with all its decimals. `unknown` futures have none, and are left out.
    """

    low: Decimal
    middle: Decimal
    high: Decimal
    unknown: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure over the weeks, one for each of `Forecast.weeks`; None where no future has a value.

    `now` is its value at the newest return, if it has one. `title`, `unit` and `decimals` are as the version has
    them that is in force on the day asked.
    """

    id: str
    title: str
    unit: str
    decimals: int
    now: Decimal | None
    weeks: tuple[Range | None, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """What drivers are measured by: the chance, on the last day, of `status` or a more severe one.

    `worse`: that is more severe than now. `stays`: the unit is at the most severe one already. `count` of `of`
    futures are there.
    """

    direction: Literal["worse", "stays"]
    status: str
    count: int
    of: int


class Driver(NamedTuple):
    """What something adds to the chance of the target: futures with it there, less those without it, of `of`.

    `kind` says what was left out for comparison. `event`: all events of the pipeline of one kind. `trend`: the
    pipeline's trend of a figure (`id` is the figure's key). `rate`: how an input usually moves (`id` is the input).
    Both counts are of the same draws.
    """

    kind: Literal["event", "trend", "rate"]
    id: str
    title: str
    with_it: int
    without: int
    of: int

    @property
    def points(self) -> Decimal:
        """The effect in percentage points, to one decimal; above nought it makes the target likelier."""
        return percent(self.with_it - self.without, self.of)


class Assumption(NamedTuple):
    """Something that the forecast rests on, or that limits it: a code and its values."""

    code: str
    values: Mapping[str, str | int | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Forecast:
    """The weeks ahead of one unit, as known on `as_of`.

    `statuses` are the ids of the versions in force from `as_of` to the last week, least severe first. `now` is the
    calculated status on `as_of`: an id, `indeterminate`, or None without a decision; `standing` is the status
    underneath, which also an indeterminate unit has once it had a clear one. `first_worse` is the first of the
    weeks on which a status more severe than `standing` is likelier than not, `first_better` a less severe one.
    """

    pdu: str
    as_of: datetime.date
    framework: str
    version: str | None
    pinned: bool
    futures: int
    seed: int
    rates: bool
    newest: datetime.date | None
    statuses: tuple[str, ...]
    now: str | None
    standing: str | None
    weeks: tuple[Week, ...]
    measures: tuple[Measure, ...]
    first_worse: datetime.date | None
    first_better: datetime.date | None
    target: Target | None
    drivers: tuple[Driver, ...]
    assumptions: tuple[Assumption, ...]

    def chance(self, week: int, status: str) -> Decimal:
        """The chance of a status in a week (by its place), in percent to one decimal."""
        found = self.weeks[week]
        count = found.indeterminate if status == INDETERMINATE else found.counts[self.statuses.index(status)]
        return percent(count, self.futures)

    def likeliest(self, week: int) -> str | None:
        """The status with the most futures in a week; the less severe of two alike; None if nothing is decided."""
        found = self.weeks[week]
        pairs = [*zip(found.counts, self.statuses, strict=True), (found.indeterminate, INDETERMINATE)]
        most = max((count for count, _ in pairs), default=0)
        return next((id_ for count, id_ in pairs if count == most), None) if most else None


class Coverage(NamedTuple):
    """How often a measure was where four of five futures were: `inside` of `cases`. 80% is as it should be."""

    inside: int
    cases: int

    @property
    def percent(self) -> Decimal:
        """In percent, to one decimal."""
        return percent(self.inside, self.cases)


class Bin(NamedTuple):
    """Statuses that were given a chance from `low` up to `high` percent (left out but for 100): how many came true."""

    low: int
    high: int
    cases: int
    happened: int
    mean: Decimal


@dataclass(frozen=True, slots=True)
class HorizonScore:
    """How good forecasts were so many weeks ahead. Brier scores are from 0 (always right) to 2; less is better.

    `persistence` says that the status stays; `trend` goes on in a straight line from the last weeks. `left_out`
    are cases without a clear status on the day itself. `coverage` is by measure.
    """

    weeks: int
    cases: int
    left_out: int
    forecast: Decimal
    persistence: Decimal
    trend: Decimal
    coverage: Mapping[str, Coverage]
    reliability: tuple[Bin, ...]

    @property
    def beats_persistence(self) -> bool:
        """Whether the forecast was better than saying that nothing changes."""
        return self.cases > 0 and self.forecast < self.persistence

    @property
    def beats_trend(self) -> bool:
        """Whether the forecast was better than a straight line."""
        return self.cases > 0 and self.forecast < self.trend


@dataclass(frozen=True, slots=True)
class Score:
    """How good the forecasts of some units would have been, each made with what was known on its day."""

    framework: str
    units: int
    origins: tuple[datetime.date, ...]
    futures: int
    seed: int
    horizons: tuple[HorizonScore, ...]
    synthetic: bool


def percent(count: int, of: int) -> Decimal:
    """A share in percent, to one decimal, halves away from nought; 0 of nothing."""
    if not of:
        return Decimal("0.0")
    return (Decimal(100 * count) / of).quantize(Decimal("0.1"), ROUND_HALF_UP)
