"""Many units, many days: returns and events in, decisions out. Nothing is stored."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.course import Course, course_of
from engine.decision import Decision, Scribe
from engine.parents import Notes, Parents, is_parent
from engine.standing import Standing
from engine.timeline import standings
from engine.walk import Walk
from rules.decide import Deciders
from rules.figures import Return
from rules.library import Framework
from rules.model import Events, Organisation, Pdu
from rules.said import said


@dataclass(frozen=True, slots=True)
class Undecided:
    """A unit without a decision on a day, and why there is none."""

    pdu: str
    as_of: datetime.date
    message: str


class Engine:
    """Decides units under one framework. Keeps loaded rulesets between decisions; safe for many threads.

    Close it, or use it in a `with` statement, to free them.
    """

    def __init__(self, framework: Framework, organisation: Organisation) -> None:
        self.framework = framework
        self.organisation = organisation
        self._deciders = Deciders()
        self._scribe = Scribe()

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Free the loaded rulesets."""
        self._deciders.close()

    @cached_property
    def parents(self) -> Parents:
        """The regions and the whole, as far as the framework gives them a status of their own."""
        return Parents(self.framework, self.organisation)

    @property
    def deciders(self) -> Deciders:
        """The two deciders, with the rulesets that are loaded; for what is decided beside decisions."""
        return self._deciders

    def parents_over(
        self, courses: Mapping[str, Course], events: Events, last: datetime.date, only: Collection[str] = ()
    ) -> Iterable[tuple[Course, Notes]]:
        """The course of each parent (or of some) over those of units, and what its children lacked at each return.

        Raises EngineError.
        """
        return self.parents.courses(courses, events, last, self._deciders, only)

    def course(self, pdu: Pdu, returns: Iterable[Return], events: Events) -> Course:
        """Everything that a unit's decisions depend on."""
        return course_of(self.framework, pdu, returns, events)

    def standings(self, course: Course, days: Iterable[datetime.date]) -> Iterator[Standing]:
        """Where a unit stands on each of some days. Raises DisagreementError."""
        return standings(course, days, self._deciders)

    def decision(
        self,
        course: Course,
        day: datetime.date,
        *,
        asked: datetime.date | None = None,
        notes: Iterable[Mapping[str, Any]] = (),
    ) -> Decision | Undecided:
        """The decision for one unit on one day, or why there is none. Raises DisagreementError."""
        pdu = course.pdu
        if not pdu.exists_on(day):
            return no_unit(pdu, day)
        for standing in self.standings(course, [day]):
            return self._scribe.write(course, standing, asked_as_of=asked, notes=notes)
        return no_version(self.framework, pdu, day)

    def walk(self, course: Course) -> Walk:
        """A unit's way through time, from its beginning; it is kept, and taken further as facts arrive."""
        return Walk(course, self._deciders)

    def write(
        self,
        course: Course,
        standing: Standing,
        *,
        decided_at: str | None = None,
        notes: Iterable[Mapping[str, Any]] = (),
    ) -> Decision:
        """The decision on where a unit stands."""
        return self._scribe.write(course, standing, decided_at=decided_at, notes=notes)


def no_unit(pdu: Pdu, day: datetime.date) -> Undecided:
    """That a unit has no decision on a day, since there is no such unit then."""
    return Undecided(pdu.id, day, said("{pdu} does not exist on {day}.", pdu=pdu.name, day=day))


def no_version(framework: Framework, pdu: Pdu, day: datetime.date) -> Undecided:
    """That a unit, or a parent, has no decision on a day, since no version gives it one."""
    message = said("No version of {framework} is in force on {day}.", framework=framework.id, day=day)
    if is_parent(pdu.id) and framework.in_force(day) is not None:
        message = said(
            "The version of {framework} in force on {day} gives {parent} no status of its own.",
            framework=framework.id,
            day=day,
            parent=pdu.name,
        )
    return Undecided(pdu.id, day, message)


def by_unit(
    organisation: Organisation, returns: Iterable[Return], only: Sequence[str] = ()
) -> list[tuple[Pdu, list[Return]]]:
    """The returns of each unit that has some, and of each of `only`; units in the order of their ids."""
    units = {pdu.id: pdu for pdu in organisation.pdus}
    grouped: dict[str, list[Return]] = {id_: [] for id_ in only}
    for one in returns:
        if not only or one.pdu in grouped:
            grouped.setdefault(one.pdu, []).append(one)
    return [(units[id_], grouped[id_]) for id_ in sorted(grouped)]


def decide_all(
    engine: Engine,
    returns: Sequence[Return],
    events: Events,
    *,
    as_of: datetime.date | None = None,
    only: Sequence[str] = (),
    notes: Mapping[str, list[dict[str, Any]]] | None = None,
    progress: Callable[[], None] = lambda: None,
) -> tuple[list[Decision], list[Undecided]]:
    """The decision of each unit on one day, in the order of ids; and those that have none.

    `as_of` is the day of the newest return unless given; returns after it are left out. `notes` are further
    notes on the data of a unit. Raises DisagreementError.
    """
    day = as_of if as_of is not None else max((one.as_of for one in returns), default=None)
    if day is None:
        return [], []
    kept = [one for one in returns if one.as_of <= day]
    units = by_unit(engine.organisation, kept, only or tuple({one.pdu for one in returns}))
    found: list[tuple[str, Decision | Undecided]] = []
    for pdu, own in sorted(
        units, key=lambda unit: (unit[0].region, unit[0].id)
    ):  # a region shares its rulesets
        course = engine.course(pdu, own, events)
        further = (notes or {}).get(pdu.id, ())
        found.append((pdu.id, engine.decision(course, day, asked=as_of, notes=further)))
        progress()
    found.sort(key=lambda pair: pair[0])
    decisions = [one for _, one in found if not isinstance(one, Undecided)]
    return decisions, [one for _, one in found if isinstance(one, Undecided)]


def decide_parents(
    engine: Engine,
    returns: Sequence[Return],
    events: Events,
    *,
    as_of: datetime.date | None = None,
    only: Sequence[str] = (),
) -> tuple[list[Decision], list[Undecided]]:
    """The decision of each parent on one day, regions first; and those that have none.

    As `decide_all`, for all units of the organisation: one without a return is not left out of its parents. Raises
    EngineError.
    """
    day = as_of if as_of is not None else max((one.as_of for one in returns), default=None)
    if day is None or not engine.parents.all:
        return [], []
    grouped = by_unit(engine.organisation, [one for one in returns if one.as_of <= day])
    courses = {pdu.id: engine.course(pdu, own, events) for pdu, own in grouped}
    found: list[Decision | Undecided] = []
    for course, notes in engine.parents_over(courses, events, day, only):
        newest = max(course.days, default=day)
        found.append(engine.decision(course, day, asked=as_of, notes=notes.get(newest, ())))
    decisions = [one for one in found if not isinstance(one, Undecided)]
    return decisions, [one for one in found if isinstance(one, Undecided)]
