"""The pipeline as people write it: what is already known of the weeks ahead.

Likelihoods, percentages and changes are kept as written here; `engine.forecast` judges them, in the same words
whether they stand in YAML, in JSON or in a table.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field

from rules.model._fields import Day, Document, Duration, Id, Name, Number, Text


class PipelineEvent(Document):
    """Something that is known to come, or likely to: a starter, a leaver, an absence that ends."""

    event: Id | None = Field(
        default=None, description="A name of its own, by which the event can be found again."
    )
    pdu: Id = Field(description="The unit whose figures change.")
    on: Day = Field(description="The first day on which the figures have the change.")
    kind: Id = Field(
        default="other",
        description="What it is, such as starter or leaver; effects are told together by kind.",
    )
    change: dict[Name, Any] = Field(
        min_length=1,
        description="By input, what is added to the figure; for an input per a list, one for each member.",
    )
    likelihood: Any = Field(
        default=None,
        description="How likely it is, such as 80%, with at most two decimals; without it, certain.",
    )
    until: Day | None = Field(
        default=None, description="The last day of the change; on the day after it is taken back."
    )
    spread: Duration = Field(default=0, description="By how much later than its day it may come.")
    basis: Text | None = Field(
        default=None, description="What the entry rests on; synthetic where it is made up."
    )
    note: Text | None = Field(default=None, description="Words for those who read the file.")


class PipelineTrend(Document):
    """How a figure moves each week, where its own past should not tell."""

    pdu: Id | None = Field(
        default=None,
        description="The unit whose figure moves; without a unit and a region it is everyone's.",
    )
    region: Id | None = Field(
        default=None,
        description="The region whose figures move; without a unit and a region it is everyone's.",
    )
    input: Text = Field(description="The figure that moves, such as caseload or in_post_fte[PO].")
    per_week: Number | None = Field(default=None, description="What is added each week.")
    percent: Any = Field(
        default=None,
        description="What is added each week, as a percentage of the last known figure, such as 0.2%.",
    )
    basis: Text | None = Field(
        default=None, description="What the entry rests on; synthetic where it is made up."
    )
    note: Text | None = Field(default=None, description="Words for those who read the file.")


class PipelineFile(Document):
    """What is already known of the weeks ahead: the content of a `--pipeline` file."""

    events: list[PipelineEvent] = Field(
        default_factory=list, description="What is known to come, or likely to, each on its day."
    )
    trends: list[PipelineTrend] = Field(
        default_factory=list, description="Figures that move each week in a known way."
    )
