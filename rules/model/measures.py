"""What a version measures: inputs, measures and the trigger points that they are compared with."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from rules.model._fields import Document, Duration, Id, Name, Number, Text, Whole
from rules.model._words import Basis


class Lever(Document):
    """An input that people can change, and the step in which they can."""

    step: Number = Field(description="The smallest change that people can make to the figure, such as 0.1.")


class Input(Document):
    """A figure that a return may carry."""

    title: Text | None = Field(default=None, description="What the figure is called on pages and in reports.")
    unit: Text | None = Field(
        default=None, description="What the figure is counted in, such as FTE, points or cases."
    )
    decimals: Whole = Field(
        default=0, ge=0, le=9, description="How many decimals a figure may have; one with more is refused."
    )
    per: Name | None = Field(
        default=None, description="The list whose members each have a figure of their own."
    )
    minimum: Number | None = Field(default=None, description="The smallest figure that is taken.")
    maximum: Number | None = Field(default=None, description="The largest figure that is taken.")
    carry_forward: Duration | None = Field(
        default=None, description="How long an earlier figure stands in for a missing one."
    )
    default: Any = Field(default=None, description="What counts when the figure is not given.")
    lever: Lever | None = Field(
        default=None, description="Says that people can change this figure, and in which step."
    )
    values: list[Id] | None = Field(
        default=None, min_length=1, description="The categories, for an input that is no number."
    )


class Band(Document):
    """One band of a points measure."""

    below: Number | None = Field(
        default=None, description="The band fits where the value is below this number."
    )
    at_most: Number | None = Field(
        default=None, description="The band fits where the value is this number or less."
    )
    above: Number | None = Field(
        default=None, description="The band fits where the value is above this number."
    )
    at_least: Number | None = Field(
        default=None, description="The band fits where the value is this number or more."
    )
    give: Number = Field(description="The points that the band gives.")


class Points(Document):
    """Points by band: the first band that fits gives its points."""

    of: Text = Field(description="The measure or input whose value is looked at.")
    bands: list[Band] = Field(
        min_length=1, description="The bands in order; the first that fits gives its points."
    )
    otherwise: Number = Field(description="The points where no band fits.")


class Measure(Document):
    """A figure computed from inputs, rounded half away from zero to `decimals`."""

    title: Text | None = Field(
        default=None, description="What the measure is called on pages and in reports."
    )
    unit: Text | None = Field(default=None, description="What the measure is counted in, such as percent.")
    decimals: Whole = Field(
        default=0,
        ge=0,
        le=9,
        description="To how many decimals the measure is rounded, before it is compared and shown.",
    )
    formula: Text | None = Field(
        default=None,
        description="Arithmetic over inputs and measures, as in 100 * wmt_points / wmt_available.",
    )
    points: Points | None = Field(default=None, description="Points by band, in place of a formula.")


class Bounds(Document):
    """Between which numbers a region may set a trigger point, both included."""

    from_: Number = Field(alias="from", description="The smallest number that a region may set.")
    to: Number = Field(description="The largest number that a region may set.")


class TriggerPoint(Document):
    """A named number that conditions compare with."""

    title: Text | None = Field(
        default=None, description="What the trigger point is called on pages and in reports."
    )
    default: Number = Field(description="The number that counts where no region has set another.")
    unit: Text | None = Field(default=None, description="What the number is counted in, such as percent.")
    regions: Bounds | None = Field(
        default=None, description="The bounds for regions; without them no region may move it."
    )
    basis: Basis | None = Field(
        default=None, description="Whether the number is published or illustrative; illustrative if left out."
    )
    source: Id | None = Field(
        default=None, description="The source in which the number is published, by its id under sources."
    )
