"""One version of a framework, as it is written in YAML (design of the format: `docs/`).

Conditions are kept as written here (`enter`, `exit`, `when`); `rules.formula` reads them into a tree.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from rules.model._fields import Day, Document, Duration, Flag, Id, Name, Number, Text, VersionId, Whole
from rules.text import Scalar


def _word(value: Any) -> Any:
    return value.text if isinstance(value, Scalar) else value



Condition = Annotated[Any, WithJsonSchema({"$ref": "#/$defs/Condition"})]
Basis = Annotated[Literal["published", "illustrative"], BeforeValidator(_word)]
Colour = Annotated[
    Literal["green", "yellow", "amber", "orange", "red", "purple", "black", "blue", "grey"], BeforeValidator(_word)
]
Strength = Annotated[Literal["may", "should", "must", "consider"], BeforeValidator(_word)]
Period = Annotated[Literal["day", "week", "month", "quarter", "year"], BeforeValidator(_word)]
Format = Annotated[Literal[1], BeforeValidator(lambda value: 1 if _word(value) == "1" else value)]


class Source(Document):
    """Where something comes from: a law, a policy, a published text."""

    title: Text
    published: Day | None = None
    url: Text | None = None


class Approval(Document):
    """Who approved the version, and when."""

    by: Text
    on: Day


class ReturnRules(Document):
    """How often a return is due, and how long one stays good."""

    every: Duration = Field(description="How often a return is due; the period that durations count in.")
    stale_after: Duration = Field(description="A return older than this makes the status indeterminate.")
    longest_gap: Duration | None = Field(None, description="A longer gap breaks a run; `stale_after` if left out.")
    grace: Duration = Field(0, description="How long reductions stand once the status is indeterminate.")


class DeclarationRules(Document):
    """Who may declare a status, in which direction and for how long."""

    by: Id
    may: list[Annotated[Literal["raise", "lower"], BeforeValidator(_word)]] = Field(min_length=1)
    at_most: Duration | None = None


class Steps(Document):
    """How many levels a status may move at one return."""

    down: Whole | None = Field(None, ge=1)
    up: Whole | None = Field(None, ge=1)


class Lever(Document):
    """An input that people can change, and the step in which they can."""

    step: Number


class Input(Document):
    """A figure that a return may carry."""

    title: Text | None = None
    unit: Text | None = None
    decimals: Whole = Field(0, ge=0, le=9)
    per: Name | None = Field(None, description="The list whose members each have a figure of their own.")
    minimum: Number | None = None
    maximum: Number | None = None
    carry_forward: Duration | None = Field(None, description="How long an earlier figure stands in for a missing one.")
    default: Any = Field(None, description="What counts when the figure is not given.")
    lever: Lever | None = None
    values: list[Id] | None = Field(None, min_length=1, description="The categories, for an input that is no number.")


class Band(Document):
    """One band of a points measure."""

    below: Number | None = None
    at_most: Number | None = None
    above: Number | None = None
    at_least: Number | None = None
    give: Number


class Points(Document):
    """Points by band: the first band that fits gives its points."""

    of: Text
    bands: list[Band] = Field(min_length=1)
    otherwise: Number


class Measure(Document):
    """A figure computed from inputs, rounded half away from zero to `decimals`."""

    title: Text | None = None
    unit: Text | None = None
    decimals: Whole = Field(0, ge=0, le=9)
    formula: Text | None = None
    points: Points | None = None


class Bounds(Document):
    """Between which numbers a region may set a trigger point, both included."""

    from_: Number = Field(alias="from")
    to: Number


class TriggerPoint(Document):
    """A named number that conditions compare with."""

    title: Text | None = None
    default: Number
    unit: Text | None = None
    regions: Bounds | None = Field(None, description="The bounds for regions; without them no region may move it.")
    basis: Basis | None = None
    source: Id | None = None


class Status(Document):
    """One level of the framework."""

    id: Id
    title: Text | None = None
    colour: Colour | None = None
    meaning: Text | None = None
    enter: Condition | None = None
    exit: Condition | None = None
    minimum_stay: Duration = 0
    review_every: Duration | None = None
    outstays_after: Duration | None = None
    binding: Flag = False


class Releases(Document):
    """The time that a reduction releases: so many minutes for each unit of an input, every period."""

    minutes: Number
    per: Text
    every: Period
    basis: Basis | None = None
    source: Id | None = None


class Reduction(Document):
    """What may be done instead, from which status on, under which condition, and for whom not."""

    from_: Id = Field(alias="from")
    strength: Strength
    do: Text
    floor: Text | None = None
    when: Condition | None = None
    except_: list[Id] = Field(default_factory=list, alias="except")
    only: list[Id] = Field(default_factory=list)
    releases: Releases | None = None
    review_every: Duration | None = None
    lapses_after: Duration | None = None
    source: Id | None = None


class Mandatory(Document):
    """Why an activity must always be done, and the law or policy that says so."""

    because: Text
    source: Id | None = None


class Activity(Document):
    """A piece of work: either mandatory, or with reductions."""

    id: Id
    title: Text | None = None
    part: Id | None = None
    usual: Text | None = None
    mandatory: Mandatory | None = None
    reductions: list[Reduction] | None = Field(None, min_length=1)


class Guarantee(Document):
    """Something that holds for all figures, states and settings."""

    name: Text
    when: Condition | None = None
    never: Annotated[Any, WithJsonSchema({"$ref": "#/$defs/Outcome"})] | None = None
    always: Annotated[Any, WithJsonSchema({"$ref": "#/$defs/Outcome"})] | None = None
    where: Annotated[Any, WithJsonSchema({"$ref": "#/$defs/Outcome"})] | None = None


class Version(Document):
    """A version of a framework, in force from `effective` until the next one's day."""

    format: Format
    framework: Id
    version: VersionId
    title: Text
    effective: Day
    until: Day | None = Field(None, description="The last day, for a version that ends without a successor.")
    approved: Approval | None = None
    summary: Text | None = None
    changes: list[Text] = Field(default_factory=list)
    sources: dict[Id, Source] = Field(default_factory=dict)
    returns: ReturnRules
    first_return: Annotated[Literal["at_once", "after_duration"], BeforeValidator(_word)]
    activation: Annotated[Literal["automatic", "declared"], BeforeValidator(_word)]
    declarations: DeclarationRules | None = None
    steps: Steps = Field(default_factory=Steps)
    lists: dict[Name, dict[Name, Text]] = Field(default_factory=dict)
    inputs: dict[Name, Input] = Field(default_factory=dict)
    measures: dict[Name, Measure] = Field(default_factory=dict)
    trigger_points: dict[Name, TriggerPoint] = Field(default_factory=dict)
    statuses: list[Status] = Field(min_length=1)
    parts: dict[Id, Text] = Field(default_factory=dict)
    cohorts: dict[Id, Text] = Field(default_factory=dict)
    activities: list[Activity]
    guarantees: list[Guarantee] = Field(default_factory=list)

    @property
    def status_ids(self) -> tuple[str, ...]:
        """The ids of the statuses, least to most severe."""
        return tuple(status.id for status in self.statuses)
