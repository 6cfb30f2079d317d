"""Who there is: the units (PDUs) that are decided for, and the groups (regions) that they belong to."""

from __future__ import annotations

import datetime

from pydantic import Field

from rules.model._fields import Day, Document, Id, Text
from rules.model._words import Format


class Words(Document):
    """What a unit or a group is called on pages and in reports."""

    one: Text = Field(description="The word for one, such as PDU.")
    many: Text = Field(description="The word for several, such as PDUs.")


class Region(Document):
    """A group of units."""

    id: Id = Field(description="The id of the region, by which files and calls name it.")
    name: Text = Field(description="What the region is called on pages and in reports.")
    contact: Text | None = Field(default=None, description="Whom to ask about the region.")


class Pdu(Document):
    """A unit that has a status. `from` is its first day, `until` its last."""

    id: Id = Field(description="The id of the unit, by which returns and calls name it.")
    name: Text = Field(description="What the unit is called on pages and in reports.")
    region: Id = Field(description="The region that the unit belongs to, by its id.")
    from_: Day | None = Field(
        default=None,
        alias="from",
        description="The unit's first day; without it the unit has always been there.",
    )
    until: Day | None = Field(default=None, description="The unit's last day; without it the unit goes on.")
    replaces: list[Id] = Field(
        default_factory=list,
        description="The units that this one replaces, by their ids; it starts without a status of its own.",
    )
    code: Text | None = Field(default=None, description="The unit's code in other registers.")
    tags: list[Text] = Field(
        default_factory=list, description="Words by which units can be grouped in figures and reports."
    )
    contact: Text | None = Field(default=None, description="Whom to ask about the unit.")

    def exists_on(self, day: datetime.date) -> bool:
        """Whether the unit exists on a day."""
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day <= self.until)


class Organisation(Document):
    """The register of regions and units."""

    format: Format = Field(description="The edition of this file format, which is 1.")
    unit: Words = Field(
        default=Words(one="PDU", many="PDUs"),
        description="The words for a unit on pages; files and calls always say pdu.",
    )
    group: Words = Field(
        default=Words(one="region", many="regions"),
        description="The words for a group of units on pages; files and calls always say region.",
    )
    as_at: Day | None = Field(default=None, description="The day as at which the register is right.")
    regions: list[Region] = Field(min_length=1, description="The groups of units.")
    pdus: list[Pdu] = Field(description="The units, also those that have ended.")
