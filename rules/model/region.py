"""What a region sets: trigger points within bounds, and reductions it does not use."""

from __future__ import annotations

from pydantic import Field

from rules.model._fields import Day, Document, Id, Name, Number, Text
from rules.model._words import Format


class UnitSettings(Document):
    """What differs for one unit of the region."""

    trigger_points: dict[Name, Number] = Field(
        default_factory=dict, description="The trigger points that differ for this unit, with their numbers."
    )
    withhold: list[Id] = Field(
        default_factory=list,
        description="Activities whose reductions this unit does not use, besides those of its region.",
    )


class SettingsEntry(Document):
    """One set of settings. It replaces all earlier ones of its region entirely."""

    effective: Day = Field(description="The day from which on these settings are in force.")
    set_by: Text = Field(description="The role of the person who decided on these settings.")
    reason: Text = Field(description="Why these settings were chosen.")
    trigger_points: dict[Name, Number] = Field(
        default_factory=dict,
        description="The trigger points that the region moves, with numbers within the version's bounds.",
    )
    withhold: list[Id] = Field(
        default_factory=list, description="Activities whose reductions this region does not use."
    )
    pdus: dict[Id, UnitSettings] = Field(
        default_factory=dict, description="What differs for single units, by their ids."
    )


class RegionSettings(Document):
    """The settings of one region for one framework, over time."""

    format: Format = Field(description="The edition of this file format, which is 1.")
    framework: Id = Field(
        description="The id of the framework, which is the name of the folder above the file's."
    )
    region: Id = Field(description="The id of the region whose settings these are.")
    settings: list[SettingsEntry] = Field(
        min_length=1,
        description="The sets of settings in the order of their days; each replaces the one before entirely.",
    )
