"""The parents of an organisation under one framework, and their courses."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from engine.course import Course, course_of
from engine.parents._levels import ParentLevel
from engine.parents._making import COUNTRY, REGION, Line, Made, Source
from engine.walk import turns
from rules.decide import Deciders
from rules.library import Framework
from rules.model import Events, Organisation, Pdu

Notes = Mapping[datetime.date, Sequence[Mapping[str, Any]]]


def region_parent(region: str) -> str:
    """The id of a region as a parent."""
    return REGION + region


class Parent(NamedTuple):
    """A parent as a unit, the kind it is of, and the ids of the units below it."""

    pdu: Pdu
    level: ParentLevel
    units: tuple[str, ...]

    @property
    def counts(self) -> bool:
        """Whether some version counts the statuses of its children."""
        return any(self.level.rules(policy).parent.enters for policy in self.level.policies())


class Parents:
    """The parents that a framework gives a status to; none where no version has `rollup`."""

    def __init__(self, framework: Framework, organisation: Organisation) -> None:
        self._framework = framework
        self._organisation = organisation
        self._regions = ParentLevel("region", framework, organisation)
        self._country = ParentLevel("country", framework, organisation, self._regions)

    @cached_property
    def all(self) -> Mapping[str, Parent]:
        """The parents by id: regions in the order of their ids, then the whole."""
        found: dict[str, Parent] = {}
        if self._regions.framework is not None:
            for region in sorted(self._organisation.regions, key=lambda one: one.id):
                units = [pdu for pdu in self._organisation.pdus if pdu.region == region.id]
                if units:
                    id_ = region_parent(region.id)
                    found[id_] = _parent(id_, region.name, region.id, units, self._regions)
        if self._country.framework is not None and self._organisation.pdus:
            found[COUNTRY] = _parent(COUNTRY, self._name(), COUNTRY, self._organisation.pdus, self._country)
        return found

    def above(self, unit: str) -> list[str]:
        """The parents of a unit, regions first."""
        return [id_ for id_, parent in self.all.items() if unit in parent.units]

    def children(self, parent: Parent) -> list[str]:
        """The ids of a parent's children: of units, and of regions where some version has those below it."""
        regions = [id_ for id_ in self.all if id_ != COUNTRY] if self._regional(parent) else []
        return [*parent.units, *regions]

    def children_on(self, parent: Parent, day: datetime.date) -> list[str]:
        """The ids of those that a parent follows from on a day, in order; none where no version says how."""
        rules = parent.level.on(day)
        if rules is None:
            return []
        known = {id_: one.pdu for id_, one in self.all.items()} if rules.regions else self._pdus
        among = [id_ for id_ in known if id_ != COUNTRY] if rules.regions else parent.units
        return [id_ for id_ in among if known[id_].exists_on(day)]

    def _regional(self, parent: Parent) -> bool:
        level = parent.level
        return any(level.of_regions(policy) for policy in level.policies())

    def course(self, parent: Parent, made: Made, events: Events) -> Course:
        """Everything that the decisions of a parent depend on, from its returns as they were made."""
        return course_of(framework_of(parent), parent.pdu, made.returns, events)

    def courses(
        self,
        courses: Mapping[str, Course],
        events: Events,
        last: datetime.date,
        deciders: Deciders,
        only: Collection[str] = (),
    ) -> Iterable[tuple[Course, Notes]]:
        """Each parent's course up to a day (of all, or of some), and what its children lacked at each of its returns.

        `courses` are those of units by id; one that is not among them has returned nothing. Raises EngineError.
        """
        known = dict(courses)
        lines: dict[str, Line] = {}
        below = {child for id_ in only for child in self.children(self.all[id_])}
        for id_, parent in self.all.items():
            if only and id_ not in only and id_ not in below:
                continue
            made = Made(id_, parent.level)
            children = []
            for child in self.children(parent):
                if child not in known:
                    known[child] = course_of(self._framework, self._pdus[child], (), events)
                if parent.counts and child not in lines:
                    lines[child] = line_of(known[child], last, deciders)
                children.append(Source(known[child], lines.get(child, Line())))
            made.through(children, last)
            known[id_] = self.course(parent, made, events)
            if not only or id_ in only:
                yield known[id_], made.notes

    @cached_property
    def _pdus(self) -> Mapping[str, Pdu]:
        return {pdu.id: pdu for pdu in self._organisation.pdus}

    def _name(self) -> str:
        """What the whole is called: as the newest version says, or all of what its groups are called."""
        for policy in reversed(self._framework.policies):
            rollup = policy.version.rollup
            if rollup is not None and rollup.country is not None and rollup.country.title is not None:
                return rollup.country.title
        return f"All {self._organisation.group.many}"


def framework_of(parent: Parent) -> Framework:
    """The framework that a parent is decided by: its versions take figures that are made of the children's."""
    framework = parent.level.framework
    assert framework is not None, "a parent is only there where some version says how it is decided"
    return framework


def _parent(id_: str, name: str, region: str, units: Sequence[Pdu], level: ParentLevel) -> Parent:
    """A parent of some units: it begins with the first of them, and ends with the last."""
    begins = [pdu.from_ for pdu in units if pdu.from_ is not None]
    ends = [pdu.until for pdu in units if pdu.until is not None]
    facts: dict[str, Any] = {
        "id": id_,
        "name": name,
        "region": region,
        "from_": min(begins) if len(begins) == len(units) else None,
        "until": max(ends) if len(ends) == len(units) else None,
        "replaces": [],
        "code": None,
        "tags": [],
        "contact": None,
    }
    return Parent(units[0].model_copy(update=facts), level, tuple(sorted(pdu.id for pdu in units)))


def line_of(course: Course, last: datetime.date, deciders: Deciders) -> Line:
    """A child's calculated status over time, up to a day. Raises EngineError."""
    days: list[datetime.date] = []
    statuses: list[str | None] = []
    for day, standing in turns(course, datetime.date.min, last, deciders):
        status = None
        if standing is not None and standing.determinate and standing.calculated is not None:
            status = standing.policy.version.statuses[standing.calculated].id
        if not days or statuses[-1] != status:
            days.append(day)
            statuses.append(status)
    return Line(days, statuses)
