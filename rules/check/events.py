"""What declarations and suspensions must be, beyond their shape."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from rules.model import Declaration, Events, Organisation, Suspension, Version
from rules.problems import Place, Problem, did_you_mean
from rules.suggestions import Suggestions, safe
from rules.text import Path_

Places = Callable[[Path_], Place]
"""Where the value at a path of an events document stands, such as ("declarations", 0, "status")."""


def check_scopes(events: Events, organisation: Organisation | None, places: Places) -> list[Problem]:
    """What needs no framework: the order of days (PF523), and whom an event is for (PF520, PF524, PF515).

    Without an organisation, because its register could not be read, only the days are looked at.
    """
    scopes = None if organisation is None else _Scopes(organisation, places)
    problems: list[Problem] = []
    for path, event in _each(events):
        if event.until is not None and event.until < event.from_:
            message = f"The last day {event.until} is before the first, {event.from_}."
            problems.append(Problem("PF523", message, places((*path, "until")), "Swap the two days."))
        problems += () if scopes is None else scopes.check(event, path)
    return problems


def check_events(
    events: Events, versions: Iterable[Version], places: Places, *, pinned: bool = False
) -> list[Problem]:
    """What a framework says of events (PF521, PF522, PF525), by its version in force on the first day.

    `versions` are those of one framework; with `pinned` it is one version that counts as always in force.
    """
    by_day = sorted(versions, key=lambda version: version.effective)
    problems: list[Problem] = []
    for index, declaration in enumerate(events.declarations):
        path: Path_ = ("declarations", index)
        version = _in_force(by_day, declaration.from_, pinned)
        if version is None:
            message = f"No version of the framework is in force on {declaration.from_}."
            place = places((*path, "from"))
            problems.append(
                Problem("PF522", message, place, "Declare for a day on which there is a framework.")
            )
        else:
            problems += _against(declaration, version, path, places)
    return problems


def _each(events: Events) -> Iterator[tuple[Path_, Declaration | Suspension]]:
    for index, declaration in enumerate(events.declarations):
        yield ("declarations", index), declaration
    for index, suspension in enumerate(events.suspensions):
        yield ("suspensions", index), suspension


class _Scopes:
    """Whom an event may be for."""

    def __init__(self, organisation: Organisation, places: Places) -> None:
        self._places = places
        self._organisation = organisation
        self._unit, self._group = organisation.unit.one, organisation.group.one
        self._pdus = {pdu.id: pdu for pdu in organisation.pdus}
        self._regions = {region.id for region in organisation.regions}

    @cached_property
    def _pdu_hints(self) -> Suggestions:
        units = self._organisation.pdus
        names = {name: pdu.id for pdu in units for name in (pdu.name, pdu.code) if name}
        return Suggestions(self._pdus, names)

    @cached_property
    def _region_hints(self) -> Suggestions:
        names = {region.name: region.id for region in self._organisation.regions}
        return Suggestions(self._regions, names)

    def check(self, event: Declaration | Suspension, path: Path_) -> Iterator[Problem]:
        """What is wrong with whom one event is for."""
        pdu, region = event.pdu, event.region
        if pdu is not None and region is not None:
            message = f"An event is for one {self._unit} or one {self._group}, not for both."
            yield Problem("PF520", message, self._places((*path, "region")), "Remove one of the two.")
        if region is not None and region not in self._regions:
            hint = self._region_hints.hint(region) or "Look up its id in the organisation's file."
            message = f"There is no {self._group} {safe(region)!r}."
            yield Problem("PF524", message, self._places((*path, "region")), hint)
        if pdu is None:
            return
        place = self._places((*path, "pdu"))
        unit = self._pdus.get(pdu)
        if unit is None:
            hint = self._pdu_hints.hint(pdu) or "Look up its id in the organisation's file."
            yield Problem("PF524", f"There is no {self._unit} {safe(pdu)!r}.", place, hint)
        elif (unit.until is not None and unit.until < event.from_) or (
            unit.from_ is not None and event.until is not None and event.until < unit.from_
        ):
            until = event.until or "further notice"
            message = f"{pdu} does not exist on any day from {event.from_} until {until}."
            yield Problem("PF515", message, place, f"Correct the days or the {self._unit}.")


def _in_force(versions: list[Version], day: datetime.date, pinned: bool) -> Version | None:
    if pinned:
        return versions[-1] if versions else None
    current = next((version for version in reversed(versions) if version.effective <= day), None)
    return current if current is not None and (current.until is None or day <= current.until) else None


def _against(declaration: Declaration, version: Version, path: Path_, places: Places) -> Iterator[Problem]:
    """What one version says of one declaration."""
    rules = version.declarations
    if rules is None:
        message = f"Version {version.version} of the framework knows no declarations."
        yield Problem("PF522", message, places(path), "Remove it. The calculated status holds.")
    else:
        if declaration.by != rules.by:
            message = (
                f"{safe(declaration.by)!r} may not declare a status "
                f"under version {version.version} of the framework. Only {rules.by} may."
            )
            yield Problem(
                "PF522", message, places((*path, "by")), f"Write {rules.by}, if that is who decided."
            )
        days = (declaration.until - declaration.from_).days + 1
        if rules.at_most is not None and days > rules.at_most:
            message = (
                f"The declaration lasts {days} days, "
                f"and version {version.version} of the framework allows {rules.at_most}."
            )
            last = declaration.from_ + datetime.timedelta(days=rules.at_most - 1)
            hint = f"End it on {last}. A renewal is a new declaration with its own reason."
            yield Problem("PF522", message, places((*path, "until")), hint)
    if declaration.status not in version.status_ids:
        message = f"Version {version.version} of the framework has no status {safe(declaration.status)!r}."
        hint = did_you_mean(declaration.status, version.status_ids)
        yield Problem("PF521", message, places((*path, "status")), hint)
    known = {activity.id for activity in version.activities}
    for position, activity in enumerate(declaration.renew):
        if activity not in known:
            message = f"Version {version.version} of the framework has no activity {safe(activity)!r}."
            yield Problem("PF525", message, places((*path, "renew", position)), did_you_mean(activity, known))
