"""The documents of the rule language as values: versions, settings of regions, organisation, scenarios."""

from rules.model.measures import Band, Input, Measure, Points, TriggerPoint
from rules.model.organisation import Organisation, Pdu, Region
from rules.model.pipeline import PipelineEvent, PipelineFile, PipelineTrend
from rules.model.region import RegionSettings, SettingsEntry, UnitSettings
from rules.model.scenario import Declaration, Events, Expectation, Scenario, Scenarios, Suspension
from rules.model.version import Activity, Mandatory, Reduction, Source, Status, Version

__all__ = [
    "Activity",
    "Band",
    "Declaration",
    "Events",
    "Expectation",
    "Input",
    "Mandatory",
    "Measure",
    "Organisation",
    "Pdu",
    "PipelineEvent",
    "PipelineFile",
    "PipelineTrend",
    "Points",
    "Reduction",
    "Region",
    "RegionSettings",
    "Scenario",
    "Scenarios",
    "SettingsEntry",
    "Source",
    "Status",
    "Suspension",
    "TriggerPoint",
    "UnitSettings",
    "Version",
]
