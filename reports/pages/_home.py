"""The home page: every unit by region, or those that were looked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from reports._words import pages as words
from reports.pages._shown import Shown, Statuses
from rules.model import Organisation, Pdu, Version


class UnitLine(NamedTuple):
    """A unit and its status; None where it has no answer today."""

    id: str
    name: str
    status: Shown | None


class Group(NamedTuple):
    """The units of a region."""

    id: str
    name: str
    units: tuple[UnitLine, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """What was looked for, how much of it was found, and the units by region."""

    query: str
    found: str
    groups: tuple[Group, ...]


def home(
    version: Version,
    organisation: Organisation,
    units: Iterable[Pdu],
    statuses: Mapping[str, str],
    query: str = "",
) -> Home:
    """The page of some units. `statuses` has the status of each that has one today, by its id."""
    shown = Statuses(version, organisation)
    lines: dict[str, list[UnitLine]] = {}
    for unit in sorted(units, key=lambda unit: unit.name.casefold()):
        status = statuses.get(unit.id)
        line = UnitLine(unit.id, unit.name, None if status is None else shown[status])
        lines.setdefault(unit.region, []).append(line)
    groups = tuple(
        Group(region.id, region.name, tuple(lines[region.id]))
        for region in sorted(organisation.regions, key=lambda region: region.name.casefold())
        if region.id in lines
    )
    number = sum(len(group.units) for group in groups)
    found = words.found(number, organisation.unit.one, organisation.unit.many)
    return Home(query, found, groups)
