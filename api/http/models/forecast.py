"""Forecasts over HTTP. Chances are counts of futures, and percentages as text; measures are decimals as text."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from api.http.models.fields import Day, Told

_DECIMAL = r"^-?\d+(\.\d+)?$"
Chance = Annotated[str, Field(pattern=r"^\d+\.\d$", description="In percent, with one decimal.")]
Value = Annotated[str, Field(pattern=_DECIMAL)]


class JudgedBy(Told):
    """The framework that the futures were judged by."""

    id: str
    version: str | None = Field(description="The version in force on the day; null: none is.")
    pinned: bool = Field(description="Whether that version judges all weeks, because it was asked for.")


class ForecastWeek(Told):
    """What the futures come to on one day."""

    day: Day
    counts: dict[str, int] = Field(
        description="Futures by status, and under `indeterminate` and `undecided`; together all of them."
    )
    chances: dict[str, Chance] = Field(description="The same in percent.")


class MeasureRange(Told):
    """Where a measure may be on one day: eight futures in ten lie between `low` and `high`."""

    day: Day
    low: Value | None
    middle: Value | None
    high: Value | None
    unknown: int | None = Field(description="Futures in which it has no value; they are left out.")


class MeasureAhead(Told):
    """A measure over the weeks."""

    id: str
    title: str
    unit: str
    now: Value | None
    weeks: list[MeasureRange]


class ForecastTarget(Told):
    """What drivers are measured by: the chance of a status or a more severe one on the last day."""

    direction: Literal["worse", "stays"]
    status: str
    futures: int
    chance: Chance


class ForecastDriver(Told):
    """What something adds to that chance: the futures that are there with it, and without it."""

    kind: Literal["event", "trend", "rate"]
    id: str
    title: str
    with_: int = Field(alias="with")
    without: int
    of: int
    points: Value = Field(description="Percentage points; above 0 it makes the target likelier.")


class ForecastAssumption(Told):
    """Something that the forecast rests on: a code, with values of its own."""

    model_config = ConfigDict(extra="allow", frozen=True)

    code: str


class UnitForecast(Told):
    """The weeks ahead of one PDU."""

    pdu: str
    as_of: Day
    framework: JudgedBy
    futures: int
    seed: int
    rates: bool
    newest_return: Day | None
    status: str | None = Field(description="The calculated status on the day.")
    standing: str | None = Field(description="The last one that was clear.")
    statuses: list[str] = Field(description="The least severe first.")
    first_worse: Day | None = Field(
        description="The first day on which a more severe status than `standing` is likelier than not."
    )
    first_better: Day | None
    weeks: list[ForecastWeek]
    measures: list[MeasureAhead]
    target: ForecastTarget | None
    drivers: list[ForecastDriver]
    assumptions: list[ForecastAssumption]


class PipelineUsed(Told):
    """The pipeline that the service was given."""

    sha256: str = Field(description="The hash of its bytes.")
    synthetic: bool


class AskedFor(Told):
    """What the caller gave."""

    as_of: Day | None
    known_at: str | None


class Forecast(Told):
    """How likely each status is in the weeks ahead."""

    asked: AskedFor
    headline: str = Field(description="What was found, in a sentence.")
    forecast: UnitForecast
    pipeline: PipelineUsed | None = Field(description="Null: nothing is known of changes to come.")
    note: str
