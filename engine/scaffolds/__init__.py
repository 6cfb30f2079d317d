"""Scaffolds: texts to begin a version, the settings of a region, scenarios or a register with.

They are built from what is in force, are valid as they are written, and teach the format in comments.
"""

from engine.scaffolds._region import region_scaffold
from engine.scaffolds._scenario import scenario_scaffold
from engine.scaffolds._version import blank_version, register_scaffold, version_scaffold

__all__ = [
    "blank_version",
    "region_scaffold",
    "register_scaffold",
    "scenario_scaffold",
    "version_scaffold",
]
