"""Scenarios: the tests of a policy, and the declarations and suspensions that they (and `--events`) carry."""

from __future__ import annotations

import datetime
from typing import Any

from pydantic import Field

from rules.model._fields import Day, Document, Id, Name, Number, Text, VersionId
from rules.model.version import Format


class Declaration(Document):
    """A person's decision that sets a status for a time; both days are included."""

    from_: Day = Field(alias="from")
    until: Day
    status: Id
    by: Id
    reason: Text
    renew: list[Id] = Field(default_factory=list)
    pdu: Id | None = None
    region: Id | None = None

    def in_force(self, day: datetime.date) -> bool:
        """Whether the declaration is in force on a day."""
        return self.from_ <= day <= self.until


class Suspension(Document):
    """The framework set aside for a time; the last day may be left open."""

    from_: Day = Field(alias="from")
    until: Day | None = None
    by: Id
    reason: Text
    pdu: Id | None = None
    region: Id | None = None

    def in_force(self, day: datetime.date) -> bool:
        """Whether the suspension is in force on a day."""
        return self.from_ <= day and (self.until is None or day <= self.until)


class Events(Document):
    """What people decided: the content of an `--events` file."""

    declarations: list[Declaration] = Field(default_factory=list)
    suspensions: list[Suspension] = Field(default_factory=list)


class Expectation(Document):
    """What must come out, at the last return or on a given day."""

    as_of: Day | None = None
    error: Text | None = None
    status: Id | None = None
    calculated: Id | None = None
    since: Day | None = None
    previous: Any = None
    outstayed: Any = None
    permitted: list[Id] | None = None
    includes_permitted: list[Id] | None = None
    reductions: dict[Id, Id] | None = None
    ends: dict[Id, Day] | None = None
    protected: list[Id] | None = None
    measures: dict[Name, Any] | None = None
    because: list[Text] | None = None


class Scenario(Document):
    """One example of a policy: figures over time, and what must come of them."""

    name: Text
    todo: Text | None = None
    region: Id | None = None
    pdu: Id | None = None
    trigger_points: dict[Name, Number] = Field(default_factory=dict)
    inputs: dict[Name, Any] = Field(default_factory=dict)
    returns: list[dict[str, Any]] = Field(default_factory=list)
    declarations: list[Declaration] = Field(default_factory=list)
    suspensions: list[Suspension] = Field(default_factory=list)
    expect: Any

class Scenarios(Document):
    """A file of scenarios for one version, or for whichever is in force (`by-date`)."""

    format: Format
    framework: Id
    version: VersionId
    scenarios: list[Scenario] = Field(min_length=1)
