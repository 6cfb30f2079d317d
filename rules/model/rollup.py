"""What a version says of parents: how the status of a region, or of the whole country, follows from its units'."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from rules.model._fields import Document, Id, Name, Text, Whole
from rules.model._words import Condition, word

Way = Annotated[Literal["sum", "largest", "smallest", "most_severe"], BeforeValidator(word)]
"""How the figures of several children become one."""


class MeanOf(Document):
    """A measure that is the weighted mean of the children's."""

    weight: Text = Field(
        description="What each child weighs: a measure or input, such as required_fte[PO, PSO], or 1 for all alike."
    )


class ParentStatus(Document):
    """The conditions of one status of a parent that counts its children."""

    enter: Condition | None = Field(
        default=None, description="The condition under which the status begins, over counts of the children."
    )
    exit: Condition | None = Field(
        default=None,
        description="The condition under which the status may end; if left out, that enter no longer holds.",
    )


class ParentRules(Document):
    """How the status of a parent follows from its children."""

    by: Annotated[Literal["sums", "mean", "count"], BeforeValidator(word)] = Field(
        description="Whether the children's figures are summed, their measures averaged, or their statuses counted."
    )
    complete: Whole = Field(
        default=100,
        ge=1,
        le=100,
        description="Of how many percent of the children a figure is needed; with fewer the parent has none.",
    )
    combine: dict[Name, Way] = Field(
        default_factory=dict,
        description="How the figures of an input become one: sum, largest or smallest; most_severe for categories.",
    )
    means: dict[Name, MeanOf] = Field(
        default_factory=dict,
        description="By mean: the measures that are the weighted mean of the children's.",
    )
    statuses: dict[Id, ParentStatus] = Field(
        default_factory=dict,
        description="By count: the conditions of each status but the first, over counts of the children.",
    )


class CountryRules(ParentRules):
    """How the status of the whole country follows from its children."""

    of: Annotated[Literal["units", "regions"], BeforeValidator(word)] = Field(
        default="units", description="Whether its children are all units, or the regions."
    )
    title: Text | None = Field(default=None, description="What the whole is called on pages and in reports.")


class Rollup(Document):
    """Who gets a status that follows from others'."""

    region: ParentRules | None = Field(
        default=None, description="How the status of a region follows from its units."
    )
    country: CountryRules | None = Field(
        default=None, description="How the status of the whole country follows from units or regions."
    )
