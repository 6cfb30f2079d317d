"""Figures of many units over HTTP."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.http.models.fields import Told
from api.http.models.status import ISO_DAY

_VALUE = "As a decimal with the figure's decimals; null where it is not known."


class WiderFigure(Told):
    """The same figure of the region, or of all units."""

    value: str | None = Field(description=_VALUE)
    of_known: str | None = Field(description="What those come to that are not missing.")


class FigureTold(Told):
    """One figure of some units on one day."""

    value: str | None = Field(description=f"{_VALUE} It is not known where any unit is missing.")
    of_known: str | None = Field(description="What those come to that are not missing.")
    units: int = Field(description="How many units it is about.")
    missing: int = Field(description="How many of them are missing.")
    because: Literal["missing", "undefined", "not_asked"] | None = Field(
        description="Why it is not known: units are missing; it would divide by zero; the version of the day does "
        "not ask for it."
    )
    carried: int = Field(description="Of how many units an earlier figure stands in.")
    assumed: int = Field(description="Of how many units the framework's default stands in.")
    region: WiderFigure | None = Field(
        description="To compare with: the region. Null where that is the row itself."
    )
    country: WiderFigure | None = Field(description="To compare with: all units.")


class InsightRow(Told):
    """The figures of some units on one day; null for what it is not split by."""

    day: str = Field(pattern=ISO_DAY)
    region: str | None
    pdu: str | None
    tag: str | None = Field(description="Empty for units without a tag.")
    member: str | None = Field(description="The member of the list that is split by.")
    figures: dict[str, FigureTold] = Field(description="By the figure's id.")


class InsightFigure(Told):
    """What a figure is."""

    id: str
    title: str
    unit: str | None
    decimals: int
    formula: str = Field(description="Over sums of inputs.")
    note: str | None


class NotSplit(Told):
    """A figure that is left out, because some of its inputs are not by the list that is split by."""

    figure: str
    inputs: list[str]


class MissingUnit(Told):
    """A unit that is missing on the last day, and why."""

    pdu: str
    because: Literal["no_return", "stale", "not_given", "no_past"]
    inputs: list[str] = Field(description="What is not known of it, as the formulas write it.")


class InsightView(Told):
    """One view."""

    id: str
    title: str
    note: str | None
    basis: Literal["published", "illustrative"] | None
    by: list[str] = Field(description="What it is split by.")
    member_of: str | None = Field(
        description="The list among these, if there is one: rows are about its members."
    )
    figures: list[InsightFigure]
    not_split: list[NotSplit]
    rows: list[InsightRow]
    missing: list[MissingUnit]


class Insights(Told):
    """Figures of many units, worked out from sums."""

    framework: str
    as_of: str = Field(pattern=ISO_DAY, description="The last day.")
    first: str = Field(pattern=ISO_DAY, description="The first day.")
    days: list[str] = Field(description="Every day that is told of, a week apart.")
    units: int = Field(description="How many units are asked for, on the last day.")
    views: list[InsightView]
