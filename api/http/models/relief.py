"""Relief over HTTP: hours that are missing, hours that reductions release. Hours are decimals as text."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.http.models.fields import Day, Hash, Told

Hours = str
_HOURS = r"^-?\d+(\.\d+)?$"


class FigureRead(Told):
    """A figure as it was read."""

    value: str | None
    as_of: Day | None = Field(description="The day on which it was given.")
    how: Literal["given", "carried", "default", "missing", "unfit"]


class ReliefBecause(Told):
    """Why hours are not known."""

    code: Literal["not_stated", "no_return", "stale", "missing", "no_result"] = Field(
        description="`not_stated`: the framework does not say; `no_result`: it would take a division by zero."
    )
    missing: list[str] | None = Field(
        default=None, description="With `missing`: the figures that are not given."
    )
    as_of: Day | None = Field(default=None, description="With `stale`: the day of the newest return.")
    stale_after: int | None = Field(default=None, description="With `stale`: days after which it is too old.")


class ReliefShortfall(Told):
    """The hours a month that the PDU lacks; 0 or less: none."""

    hours: str = Field(pattern=_HOURS)
    formula: str
    inputs: dict[str, FigureRead]
    basis: Literal["published", "illustrative"]
    source: str | None
    note: str | None


class Released(Told):
    """A reduction with the hours a month that it releases."""

    activity: str
    title: str
    part: str | None
    from_: str = Field(alias="from")
    minutes: str | None = Field(
        description="Minutes for each unit of the figure; null: the framework says nothing."
    )
    per: str | None = Field(description="What is multiplied, such as `caseload`.")
    figure: str | None = Field(description="How many there are of it; null: not known.")
    every: Literal["day", "week", "month", "quarter", "year"] | None
    hours: str | None = Field(pattern=_HOURS, description="Hours a month; null: not known.")
    basis: Literal["published", "illustrative"] | None
    source: str | None
    inputs: dict[str, FigureRead]


class Added(Released):
    """A reduction that would stand at the next status."""

    instead_of: str | None = Field(
        description="The status of the reduction that stands for the activity now."
    )
    more: str | None = Field(
        pattern=_HOURS, description="So many hours a month more than now; null: not known."
    )


class UnknownRelease(Told):
    """A reduction whose hours are not known."""

    activity: str
    from_: str = Field(alias="from")
    because: ReliefBecause


class NextStatus(Told):
    """What would stand at the next more severe status, if conditions stayed as they are."""

    status: str
    adds: list[Added]
    hours: str = Field(
        pattern=_HOURS, description="What all reductions would release, as far as it is known."
    )
    covers: bool | None
    unknown: list[UnknownRelease]


class LeastSet(Told):
    """The fewest reductions that make up for what is missing."""

    activities: list[str]
    hours: str = Field(pattern=_HOURS)


class StoodIn(Told):
    """A figure that stands in for one that was not given."""

    input: str
    as_of: Day | None


class Assumption(Told):
    """What the hours rest on."""

    code: Literal[
        "used_in_full", "every_unit", "month_of_365_days_by_12", "carried", "default", "conditions_as_now"
    ]
    figures: list[StoodIn] | None = None


class Relief(Told):
    """Whether what a PDU may reduce releases as many hours a month as it lacks."""

    pdu: str
    decision: Hash
    as_of: Day
    status: str
    shortfall: ReliefShortfall | None = Field(description="Null: not known; `because` says why.")
    because: ReliefBecause | None
    reductions: list[Released] = Field(description="The one that stands for each activity.")
    released: str = Field(pattern=_HOURS, description="What they release together, as far as it is known.")
    covers: bool | None = Field(description="Whether that is enough; null: not known.")
    remaining: str | None = Field(pattern=_HOURS, description="What stays missing after all that is known.")
    least: LeastSet | None = Field(description="Null: all together are not enough, or it is not known.")
    next_status: NextStatus | None = Field(description="Null: there is none, or no status is active.")
    unknown: list[UnknownRelease]
    assumptions: list[Assumption]
