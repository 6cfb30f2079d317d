"""What a region sets: trigger points within bounds, and reductions it does not use."""

from __future__ import annotations

from pydantic import Field

from rules.model._fields import Day, Document, Id, Name, Number, Text
from rules.model.version import Format


class UnitSettings(Document):
    """What differs for one unit of the region."""

    trigger_points: dict[Name, Number] = Field(default_factory=dict)
    withhold: list[Id] = Field(default_factory=list)


class SettingsEntry(Document):
    """One set of settings. It replaces all earlier ones of its region entirely."""

    effective: Day
    set_by: Text
    reason: Text
    trigger_points: dict[Name, Number] = Field(default_factory=dict)
    withhold: list[Id] = Field(default_factory=list)
    pdus: dict[Id, UnitSettings] = Field(default_factory=dict)


class RegionSettings(Document):
    """The settings of one region for one framework, over time."""

    format: Format
    framework: Id
    region: Id
    settings: list[SettingsEntry] = Field(min_length=1)
