"""Who there is: the units (PDUs) that are decided for, and the groups (regions) that they belong to."""

from __future__ import annotations

import datetime

from pydantic import Field

from rules.model._fields import Day, Document, Id, Text
from rules.model.version import Format


class Words(Document):
    """What a unit or a group is called on pages and in reports."""

    one: Text
    many: Text


class Region(Document):
    """A group of units."""

    id: Id
    name: Text
    contact: Text | None = None


class Pdu(Document):
    """A unit that has a status. `from` is its first day, `until` its last."""

    id: Id
    name: Text
    region: Id
    from_: Day | None = Field(None, alias="from")
    until: Day | None = None
    replaces: list[Id] = Field(default_factory=list)
    code: Text | None = None
    tags: list[Text] = Field(default_factory=list)
    contact: Text | None = None

    def exists_on(self, day: datetime.date) -> bool:
        """Whether the unit exists on a day."""
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day <= self.until)


class Organisation(Document):
    """The register of regions and units."""

    format: Format
    unit: Words = Words(one="PDU", many="PDUs")
    group: Words = Words(one="region", many="regions")
    as_at: Day | None = None
    regions: list[Region] = Field(min_length=1)
    pdus: list[Pdu]
