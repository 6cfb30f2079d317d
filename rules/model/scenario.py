"""Scenarios: the tests of a policy, and the declarations and suspensions that they (and `--events`) carry."""

from __future__ import annotations

import datetime
from typing import Any

from pydantic import Field

from rules.model._fields import Counted, Day, Document, Id, Name, Number, Text, VersionId
from rules.model._words import Format


class Declaration(Document):
    """A person's decision that sets a status for a time; both days are included."""

    from_: Day = Field(alias="from", description="The first day on which the declaration is in force.")
    until: Day = Field(description="The last day on which the declaration is in force.")
    status: Id = Field(description="The status that is declared.")
    by: Id = Field(description="The role of the person who declares.")
    reason: Text = Field(description="Why the status is declared.")
    renew: list[Id] = Field(
        default_factory=list, description="Activities whose reductions start again with the declaration."
    )
    pdu: Id | None = Field(
        default=None,
        description="The unit that the declaration is for; without a unit and a region it is for everyone.",
    )
    region: Id | None = Field(
        default=None,
        description="The region that the declaration is for; without a unit and a region it is for everyone.",
    )

    def in_force(self, day: datetime.date) -> bool:
        """Whether the declaration is in force on a day."""
        return self.from_ <= day <= self.until


class Suspension(Document):
    """The framework set aside for a time; the last day may be left open."""

    from_: Day = Field(alias="from", description="The first day on which the framework is set aside.")
    until: Day | None = Field(
        default=None,
        description="The last day on which the framework is set aside; without it, until further notice.",
    )
    by: Id = Field(description="The role of the person who suspends.")
    reason: Text = Field(description="Why the framework is set aside.")
    pdu: Id | None = Field(
        default=None,
        description="The unit that the suspension is for; without a unit and a region it is for everyone.",
    )
    region: Id | None = Field(
        default=None,
        description="The region that the suspension is for; without a unit and a region it is for everyone.",
    )

    def in_force(self, day: datetime.date) -> bool:
        """Whether the suspension is in force on a day."""
        return self.from_ <= day and (self.until is None or day <= self.until)


class Events(Document):
    """What people decided: the content of an `--events` file."""

    declarations: list[Declaration] = Field(
        default_factory=list, description="The statuses that people declared."
    )
    suspensions: list[Suspension] = Field(
        default_factory=list, description="The times for which the framework was set aside."
    )


class Expectation(Document):
    """What must come out, at the last return or on a given day."""

    as_of: Day | None = Field(
        default=None,
        description="The day that is looked at, with a return or without; if left out, the last return's.",
    )
    error: Text | None = Field(
        default=None,
        description="The code for which the scenario must be refused, such as PF508 or PF5xx.",
    )
    status: Id | None = Field(default=None, description="The active status.")
    calculated: Id | None = Field(default=None, description="The calculated status.")
    since: Day | None = Field(default=None, description="The day on which the active status began.")
    previous: Any = Field(default=None, description="The active status before this one.")
    outstayed: Any = Field(default=None, description="Whether the status has lasted longer than it should.")
    permitted: list[Id] | None = Field(
        default=None, description="The activities of which a reduction is permitted: exactly these."
    )
    includes_permitted: list[Id] | None = Field(
        default=None, description="Activities that are among those of which a reduction is permitted."
    )
    reductions: dict[Id, Id] | None = Field(
        default=None,
        description="For an activity, the status from which the reduction that stands is permitted.",
    )
    ends: dict[Id, Day] | None = Field(
        default=None, description="For an activity, the first day without its reduction."
    )
    protected: list[Id] | None = Field(
        default=None, description="Activities that are among the mandatory ones."
    )
    measures: dict[Name, Any] | None = Field(
        default=None, description="For a measure its value, or the word unknown."
    )
    because: list[Text] | None = Field(default=None, description="Rules that fired, such as enter.amber.")


class Scenario(Document):
    """One example of a policy: figures over time, and what must come of them."""

    name: Text = Field(description="What the scenario shows, in a sentence.")
    todo: Text | None = Field(default=None, description="Why the scenario is skipped for now.")
    region: Id | None = Field(default=None, description="The region whose settings count.")
    pdu: Id | None = Field(default=None, description="The unit whose settings count.")
    trigger_points: dict[Name, Number] = Field(
        default_factory=dict,
        description="Trigger points to try out, with numbers within the version's bounds.",
    )
    inputs: dict[Name, Any] = Field(
        default_factory=dict,
        description="The figures that each return has unless it says otherwise, member by member.",
    )
    returns: list[Counted[dict[str, Any]]] = Field(
        default_factory=list,
        description="The returns in the order of their days, each with what differs from inputs.",
    )
    declarations: list[Declaration] = Field(
        default_factory=list, description="The statuses that people declare in the scenario."
    )
    suspensions: list[Suspension] = Field(
        default_factory=list, description="The times for which the framework is set aside in the scenario."
    )
    expect: Any = Field(
        description="What must come out at the last return, or a list of what must come out on several days."
    )


class Scenarios(Document):
    """A file of scenarios for one version, or for whichever is in force (`by-date`)."""

    format: Format = Field(description="The edition of this file format, which is 1.")
    framework: Id = Field(
        description="The id of the framework, which is the name of the folder above the file's."
    )
    version: VersionId = Field(
        description="The version that judges, or by-date for whichever is in force on each day."
    )
    scenarios: list[Scenario] = Field(min_length=1, description="The scenarios, each with a name of its own.")
