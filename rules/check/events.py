"""What declarations and suspensions must be, beyond their shape."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from rules.model import Declaration, Events, Organisation, Suspension, Version
from rules.problems import Place, Problem, did_you_mean
from rules.said import said, said_of
from rules.suggestions import Suggestions, safe
from rules.text import Path_

Places = Callable[[Path_], Place]
"""Where the value at a path of an events document stands, such as ("declarations", 0, "status")."""


def check_scopes(events: Events, organisation: Organisation | None, places: Places) -> Iterator[Problem]:
    """What needs no framework: the order of days (PF523), and whom an event is for (PF520, PF524, PF515).

    Without an organisation, because its register could not be read, only the days are looked at.
    """
    scopes = None if organisation is None else _Scopes(organisation, places)
    for path, event in _each(events):
        if event.until is not None and event.until < event.from_:
            message = said(
                "The last day {last} is before the first, {first}.", last=event.until, first=event.from_
            )
            hint = said("Swap the two days.")
            yield Problem("PF523", message, places((*path, "until")), hint)
        if scopes is not None:
            yield from scopes.check(event, path)


def check_events(
    events: Events, versions: Iterable[Version], places: Places, *, pinned: bool = False
) -> Iterator[Problem]:
    """What a framework says of events (PF521, PF522, PF525), by its version in force on the first day.

    `versions` are those of one framework; with `pinned` it is one version that counts as always in force.
    """
    by_day = sorted(versions, key=lambda version: version.effective)
    for index, declaration in enumerate(events.declarations):
        path: Path_ = ("declarations", index)
        version = _in_force(by_day, declaration.from_, pinned)
        if version is None:
            message = said("No version of the framework is in force on {day}.", day=declaration.from_)
            hint = said("Declare for a day on which there is a framework.")
            yield Problem("PF522", message, places((*path, "from")), hint)
        else:
            yield from _against(declaration, version, path, places)


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
            message = said(
                "An event is for one {unit} or one {group}, not for both.",
                unit=self._unit,
                group=self._group,
            )
            place = self._places((*path, "region"))
            yield Problem("PF520", message, place, said("Remove one of the two."))
        if region is not None and region not in self._regions:
            hint = self._region_hints.hint(region) or said("Look up its id in the organisation's file.")
            message = said("There is no {group} {id}.", group=self._group, id=repr(safe(region)))
            yield Problem("PF524", message, self._places((*path, "region")), hint)
        if pdu is None:
            return
        place = self._places((*path, "pdu"))
        unit = self._pdus.get(pdu)
        if unit is None:
            hint = self._pdu_hints.hint(pdu) or said("Look up its id in the organisation's file.")
            message = said("There is no {unit} {id}.", unit=self._unit, id=repr(safe(pdu)))
            yield Problem("PF524", message, place, hint)
        elif (unit.until is not None and unit.until < event.from_) or (
            unit.from_ is not None and event.until is not None and event.until < unit.from_
        ):
            if event.until is None:
                message = said(
                    "{pdu} does not exist on any day from {first} until further notice.",
                    pdu=pdu,
                    first=event.from_,
                )
            else:
                message = said(
                    "{pdu} does not exist on any day from {first} until {last}.",
                    pdu=pdu,
                    first=event.from_,
                    last=event.until,
                )
            yield Problem("PF515", message, place, said("Correct the days or the {unit}.", unit=self._unit))


def _in_force(versions: list[Version], day: datetime.date, pinned: bool) -> Version | None:
    if pinned:
        return versions[-1] if versions else None
    current = next((version for version in reversed(versions) if version.effective <= day), None)
    return current if current is not None and (current.until is None or day <= current.until) else None


def _against(declaration: Declaration, version: Version, path: Path_, places: Places) -> Iterator[Problem]:
    """What one version says of one declaration."""
    rules = version.declarations
    if rules is None:
        message = said("Version {version} of the framework knows no declarations.", version=version.version)
        yield Problem("PF522", message, places(path), said("Remove it. The calculated status holds."))
    else:
        if declaration.by != rules.by:
            message = said(
                "{by} may not declare a status under version {version} of the framework. Only {role} may.",
                by=repr(safe(declaration.by)),
                version=version.version,
                role=rules.by,
            )
            advice = said("Write {role}, if that is who decided.", role=rules.by)
            yield Problem("PF522", message, places((*path, "by")), advice)
        days = (declaration.until - declaration.from_).days + 1
        if rules.at_most is not None and days > rules.at_most:
            message = said_of(
                days,
                "The declaration lasts {days} day, and version {version} of the framework allows {limit}.",
                "The declaration lasts {days} days, and version {version} of the framework allows {limit}.",
                days=days,
                version=version.version,
                limit=rules.at_most,
            )
            last = declaration.from_ + datetime.timedelta(days=rules.at_most - 1)
            advice = said("End it on {day}. A renewal is a new declaration with its own reason.", day=last)
            yield Problem("PF522", message, places((*path, "until")), advice)
    if declaration.status not in version.status_ids:
        message = said(
            "Version {version} of the framework has no status {status}.",
            version=version.version,
            status=repr(safe(declaration.status)),
        )
        hint = did_you_mean(declaration.status, version.status_ids)
        yield Problem("PF521", message, places((*path, "status")), hint)
    known = {activity.id for activity in version.activities}
    for position, activity in enumerate(declaration.renew):
        if activity not in known:
            message = said(
                "Version {version} of the framework has no activity {activity}.",
                version=version.version,
                activity=repr(safe(activity)),
            )
            yield Problem("PF525", message, places((*path, "renew", position)), did_you_mean(activity, known))
