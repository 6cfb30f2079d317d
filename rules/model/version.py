"""One version of a framework, as it is written in YAML (design of the format: `docs/`).

Conditions are kept as written here (`enter`, `exit`, `when`); `rules.formula` reads them into a tree.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from rules.model._fields import (
    Counted,
    Day,
    Document,
    Duration,
    Flag,
    Id,
    Name,
    Number,
    Text,
    VersionId,
    Whole,
)
from rules.model._words import Basis, Colour, Condition, Format, Period, Strength, word
from rules.model.measures import Input, Measure, TriggerPoint
from rules.model.rollup import Rollup


class Source(Document):
    """Where something comes from: a law, a policy, a published text."""

    title: Text = Field(description="What the source is called.")
    published: Day | None = Field(default=None, description="The day on which the source was published.")
    url: Text | None = Field(
        default=None, description="Where the source can be read; the address begins with https://."
    )


class Approval(Document):
    """Who approved the version, and when."""

    by: Text = Field(description="Who approved the version.")
    on: Day = Field(description="The day of the approval.")


class ReturnRules(Document):
    """How often a return is due, and how long one stays good."""

    every: Duration = Field(description="How often a return is due; the period that durations count in.")
    stale_after: Duration = Field(description="A return older than this makes the status indeterminate.")
    longest_gap: Duration | None = Field(
        None, description="A longer gap breaks a run; `stale_after` if left out."
    )
    grace: Duration = Field(0, description="How long reductions stand once the status is indeterminate.")


class DeclarationRules(Document):
    """Who may declare a status, in which direction and for how long."""

    by: Id = Field(description="The role that may declare a status, such as regional-director.")
    may: list[Counted[Annotated[Literal["raise", "lower"], BeforeValidator(word)]]] = Field(
        min_length=1, description="Which way a declaration may move the status: raise, lower, or both."
    )
    at_most: Duration | None = Field(
        default=None,
        description="How long one declaration may last; a renewal is a new one with its own reason.",
    )


class Steps(Document):
    """How many levels a status may move at one return."""

    down: Whole | None = Field(
        default=None,
        ge=1,
        description="How many levels less severe a status may become at one return; without it, any number.",
    )
    up: Whole | None = Field(
        default=None,
        ge=1,
        description="How many levels more severe a status may become at one return; without it, any number.",
    )


class Status(Document):
    """One level of the framework."""

    id: Id = Field(description="The id of the status, by which everything else names it.")
    title: Text | None = Field(default=None, description="What the status is called on pages and in reports.")
    colour: Colour | None = Field(default=None, description="The colour in which the status is shown.")
    meaning: Text | None = Field(
        default=None, description="What the status means for the people who work in it."
    )
    enter: Condition | None = Field(
        default=None,
        description="The condition under which the status begins; every status but the first has one.",
    )
    exit: Condition | None = Field(
        default=None,
        description="The condition under which the status may end; if left out, that enter no longer holds.",
    )
    minimum_stay: Duration = Field(
        default=0, description="How long the status lasts at least before it may become less severe."
    )
    review_every: Duration | None = Field(default=None, description="How often the status is to be reviewed.")
    outstays_after: Duration | None = Field(
        default=None, description="After how long the status is said to have outstayed; it still holds."
    )
    binding: Flag = Field(
        default=False,
        description="Whether no declaration may lower below this status while it is calculated.",
    )


class Releases(Document):
    """The time that a reduction releases: so many minutes for each unit of an input, every period."""

    minutes: Number = Field(description="How many minutes are released for each unit of the input.")
    per: Text = Field(description="The input that is multiplied, such as caseload.")
    every: Period = Field(description="The period in which the minutes are released once.")
    basis: Basis | None = Field(
        default=None, description="Whether the number is published or illustrative; illustrative if left out."
    )
    source: Id | None = Field(
        default=None, description="The source in which the number is published, by its id under sources."
    )


class Reduction(Document):
    """What may be done instead, from which status on, under which condition, and for whom not."""

    from_: Id = Field(alias="from", description="The status from which on the reduction is permitted.")
    strength: Strength = Field(
        description="How strongly the reduction is meant: may, should, must or consider."
    )
    do: Text = Field(description="What is done instead of the usual work.")
    floor: Text | None = Field(default=None, description="What is done at the least, whatever the pressure.")
    when: Condition | None = Field(
        default=None, description="A further condition; where it is unknown, the reduction is not permitted."
    )
    except_: list[Id] = Field(
        default_factory=list,
        alias="except",
        description="The cohorts whose cases the reduction must not touch.",
    )
    only: list[Id] = Field(
        default_factory=list, description="The cohorts to whose cases the reduction is limited."
    )
    releases: Releases | None = Field(default=None, description="The time that the reduction releases.")
    review_every: Duration | None = Field(
        default=None, description="How often the reduction is to be reviewed."
    )
    lapses_after: Duration | None = Field(
        default=None,
        description="After how long the reduction ends, until it is renewed or the status has been below it.",
    )
    source: Id | None = Field(
        default=None, description="The source that the reduction rests on, by its id under sources."
    )


class Mandatory(Document):
    """Why an activity must always be done, and the law or policy that says so."""

    because: Text = Field(description="Why the activity must always be done.")
    source: Id | None = Field(
        default=None, description="The law or policy that says so, by its id under sources."
    )


class Activity(Document):
    """A piece of work: either mandatory, or with reductions."""

    id: Id = Field(description="The id of the activity, by which settings and scenarios name it.")
    title: Text | None = Field(
        default=None, description="What the activity is called on pages and in reports."
    )
    part: Id | None = Field(
        default=None, description="The part of the work that the activity belongs to, by its id under parts."
    )
    usual: Text | None = Field(default=None, description="How the activity is done when nothing is reduced.")
    mandatory: Mandatory | None = Field(
        default=None, description="Why the activity must always be done; nothing reduces it."
    )
    reductions: list[Reduction] | None = Field(
        default=None,
        min_length=1,
        description="What may be done instead, one for each status from which something changes.",
    )


class Guarantee(Document):
    """Something that holds for all figures, states and settings."""

    name: Text = Field(description="The guarantee in a sentence.")
    when: Condition | None = Field(
        default=None,
        description="The condition under which the guarantee is given; if left out, for any figures.",
    )
    never: Annotated[Any, WithJsonSchema({"$ref": "#/$defs/Outcome"})] | None = Field(
        default=None, description="An outcome that must never come of a return."
    )
    always: Annotated[Any, WithJsonSchema({"$ref": "#/$defs/Outcome"})] | None = Field(
        default=None, description="An outcome that must come of every return."
    )
    where: Annotated[Any, WithJsonSchema({"$ref": "#/$defs/Outcome"})] | None = Field(
        default=None, description="Limits the guarantee to these outcomes."
    )


class Shortfall(Document):
    """The hours a month that a unit lacks for its work."""

    formula: Text = Field(
        description="Arithmetic over inputs and measures that gives the hours a month; 0 or less: none are missing."
    )
    decimals: Whole = Field(default=1, ge=0, le=9, description="To how many decimals the hours are rounded.")
    basis: Basis = Field(description="Whether the numbers of the formula are published or illustrative.")
    source: Id | None = Field(
        default=None, description="The source in which they are published, by its id under sources."
    )
    note: Text | None = Field(default=None, description="A remark for the reader.")


class Relief(Document):
    """What is compared with the time that reductions release. It decides nothing."""

    shortfall: Shortfall = Field(description="The hours a month that a unit lacks for its work.")


class Version(Document):
    """A version of a framework, in force from `effective` until the next one's day."""

    format: Format = Field(description="The edition of this file format, which is 1.")
    framework: Id = Field(description="The id of the framework, which is the name of the file's folder.")
    version: VersionId = Field(
        description="The name of this version, unlike that of any other of the framework."
    )
    title: Text = Field(description="What the version is called on pages and in reports.")
    effective: Day = Field(description="The day from which on the version is in force.")
    until: Day | None = Field(
        default=None, description="The last day, for a version that ends without a successor."
    )
    approved: Approval | None = Field(default=None, description="Who approved the version, and when.")
    summary: Text | None = Field(default=None, description="What this version is for, in a paragraph.")
    changes: list[Text] = Field(
        default_factory=list, description="What has changed since the version before, as its author says."
    )
    sources: dict[Id, Source] = Field(
        default_factory=dict,
        description="The laws, policies and published texts that the version names, by id.",
    )
    returns: ReturnRules = Field(description="How often a return is due, and how long one stays good.")
    first_return: Annotated[Literal["at_once", "after_duration"], BeforeValidator(word)] = Field(
        description="Whether the first figures set the status at_once, or after_duration as all later ones."
    )
    activation: Annotated[Literal["automatic", "declared"], BeforeValidator(word)] = Field(
        description="Whether the calculated status is active by itself, or only what a person has declared."
    )
    declarations: DeclarationRules | None = Field(
        default=None, description="Who may declare a status and for how long; without it nobody may."
    )
    steps: Steps = Field(
        default_factory=Steps, description="How many levels a status may move at one return."
    )
    lists: dict[Name, Counted[dict[Name, Text]]] = Field(
        default_factory=dict,
        description="Lists such as grades, each with its members and their titles.",
    )
    inputs: dict[Name, Input] = Field(
        default_factory=dict, description="The figures that a return may carry, by name."
    )
    measures: dict[Name, Measure] = Field(
        default_factory=dict, description="The figures that are computed from inputs, by name."
    )
    trigger_points: dict[Name, TriggerPoint] = Field(
        default_factory=dict,
        description="The named numbers that conditions compare with; regions may move those with bounds.",
    )
    statuses: list[Status] = Field(
        min_length=1,
        description="The statuses from least to most severe; in the first nothing is triggered.",
    )
    parts: dict[Id, Text] = Field(
        default_factory=dict,
        description="The parts of the work that activities are grouped by, with their titles.",
    )
    cohorts: dict[Id, Text] = Field(
        default_factory=dict,
        description="The classes of cases that a reduction may spare or be limited to, with their titles.",
    )
    activities: list[Activity] = Field(
        description="The pieces of work, each either mandatory or with reductions."
    )
    relief: Relief | None = Field(
        default=None,
        description="What is compared with the time that reductions release; it decides nothing.",
    )
    rollup: Rollup | None = Field(
        default=None,
        description="How a region or the whole country gets a status of its own from those below it.",
    )
    guarantees: list[Guarantee] = Field(
        default_factory=list,
        description="What holds for all figures and settings; it is proved when the version is checked.",
    )

    @property
    def status_ids(self) -> tuple[str, ...]:
        """The ids of the statuses, least to most severe."""
        return tuple(status.id for status in self.statuses)
