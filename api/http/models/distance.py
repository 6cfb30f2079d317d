"""Distance over HTTP: what least change of the figures would bring the next status. Figures are decimals as text."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.http.models.fields import Day, Hash, Told

_NUMBER = r"^-?\d+(\.\d+)?$"


class DistanceFramework(Told):
    """The version in force on the day."""

    id: str
    version: str


class DistanceBecause(Told):
    """Why there is nothing to say, or why the status in force is another than the calculated one."""

    code: Literal[
        "suspended", "undeclared", "declared", "no_return", "stale", "unknown", "no_return_ahead", "no_levers"
    ]
    status: str | None = Field(default=None, description="With `declared`: the status that was declared.")
    as_of: Day | None = Field(default=None, description="With `stale`: the day of the newest return.")
    stale_after: int | None = Field(default=None, description="With `stale`: days after which it is too old.")
    missing: list[str] | None = Field(
        default=None, description="With `unknown`: the figures that are missing."
    )
    could_be: list[str] | None = Field(default=None, description="With `unknown`: the statuses left open.")


class DistanceAhead(Told):
    """A status that the figures give from a day on, if nothing changes."""

    day: Day
    status: str


class DistanceChange(Told):
    """A figure that is changed."""

    input: str = Field(description="The figure, such as `in_post_fte[PO]`.")
    title: str
    unit: str | None
    from_: str | None = Field(alias="from", pattern=_NUMBER, description="What it is now; null: not known.")
    to: str | None = Field(pattern=_NUMBER)
    change: str | None = Field(pattern=_NUMBER)
    steps: int | None = Field(description="How many of the framework's steps that is; below 0: downwards.")


class DistanceReason(Told):
    """Why a figure does not bring the status by itself."""

    code: Literal["not_given", "no_part", "cannot", "not_found"] = Field(
        description="`no_part`: no status rests on it; `cannot`: whatever it is; `not_found`: by none of the changes "
        "that were tried."
    )


class DistanceLever(DistanceChange):
    """The least change of one figure that brings the status by itself, if one does."""

    reaches: bool
    because: DistanceReason | None
    returns: int | None = Field(description="With which return from now the status would come.")
    earliest: Day | None = Field(description="The day on which the status would come.")


class DistanceJoint(Told):
    """The least change of several figures that bring the status together."""

    levers: list[DistanceChange]
    steps: int
    returns: int
    earliest: Day


class DistanceMeasure(Told):
    """A comparison that stands in the way of the status, or would bring it."""

    id: str
    title: str
    rule: str
    comparator: Literal["below", "at_most", "above", "at_least", "is", "one_of", "none_of"]
    threshold: str | list[str] | None
    value: str | None
    distance: str | None = Field(description="The value less the threshold; null: not known, or no number.")
    unit: str | None
    holds: bool | None
    run: int | None = Field(description="How many periods it has held for.")
    needs: int | None = Field(description="How many periods it has to hold for.")
    basis: Literal["published", "illustrative"]


class DistanceTarget(Told):
    """What would bring one status."""

    status: str
    direction: Literal["less_severe", "more_severe"]
    without_change: Day | None = Field(description="The day on which it comes if nothing changes.")
    levers: list[DistanceLever] = Field(description="Every figure that people can change.")
    joint: DistanceJoint | None = Field(description="Only where no figure brings it by itself.")
    joint_searched: int | None = Field(
        description="Where no change was found, and not all could be tried: all of up to so many steps were."
    )
    measures: list[DistanceMeasure]
    earliest: Day | None = Field(description="The first day on which any of this brings the status.")


class DistanceAssumption(Told):
    """What the answer rests on."""

    code: Literal[
        "returns_come",
        "same_figures",
        "overdue",
        "carried_again",
        "version_begins",
        "version_ends",
        "settings_begin",
        "unit_ends",
        "looked_until",
    ]
    first: Day | None = None
    every: int | None = None
    as_of: Day | None = None
    returns: int | None = None
    inputs: list[str] | None = None
    version: str | None = None
    title: str | None = None
    on: Day | None = None
    day: Day | None = None
    cut: bool | None = None


class Distance(Told):
    """What least change of the figures would bring the next less and the next more severe calculated status."""

    pdu: str
    decision: Hash
    as_of: Day
    framework: DistanceFramework
    status: str
    calculated: str
    because: list[DistanceBecause]
    ahead: list[DistanceAhead]
    targets: list[DistanceTarget]
    assumptions: list[DistanceAssumption]
