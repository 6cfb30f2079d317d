"""Views: figures that are worked out from the sums of many units, such as the vacancy rate of a region."""

from __future__ import annotations

from pydantic import Field

from rules.model._fields import Counted, Document, Id, Name, Text, Whole
from rules.model._words import Basis, Format


class ViewFigure(Document):
    """One figure of a view: a formula over sums, rounded half away from zero to `decimals`."""

    title: Text | None = Field(default=None, description="What the figure is called in tables and on pages.")
    unit: Text | None = Field(default=None, description="What the figure is counted in, such as percent.")
    decimals: Whole = Field(
        default=0, ge=0, le=9, description="To how many decimals the figure is rounded before it is shown."
    )
    formula: Text = Field(
        description="Arithmetic over the sums of inputs, as in 100 * absent_fte / in_post_fte."
    )
    note: Text | None = Field(default=None, description="What to mind when reading the figure.")


class View(Document):
    """Figures that belong together, and what they are split by unless something else is asked for."""

    format: Format = Field(description="The edition of this file format, which is 1.")
    framework: Id = Field(description="The id of the framework whose inputs the view sums up.")
    view: Id = Field(description="The id of the view, by which commands and calls name it.")
    title: Text = Field(description="What the view is called in tables and on pages.")
    note: Text | None = Field(
        default=None, description="What the view tells and does not tell, in a few sentences."
    )
    basis: Basis | None = Field(
        default=None, description="Whether the numbers in the formulas are published or illustrative."
    )
    figures: dict[Name, Counted[ViewFigure]] = Field(
        description="The figures of the view, by name, in the order in which they are shown."
    )
    by: list[Id] = Field(
        default_factory=list,
        description="What the view is split by: region, pdu, tag, week, or a list such as grade.",
    )
