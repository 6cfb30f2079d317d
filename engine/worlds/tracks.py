"""The same units in two worlds: decided under two frameworks, from the same returns and events.

Nothing is sampled. A day is decided whenever something can change on it, and a stretch says how long it holds.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from engine.course import Course, course_of
from engine.standing import Standing
from engine.walk import turns
from rules.decide import Deciders
from rules.figures import Return
from rules.library import Framework
from rules.model import Events, Pdu

DAY = datetime.timedelta(days=1)


class Stretch(NamedTuple):
    """Days in a row with one status. None: no version is in force, or the unit does not exist."""

    first: datetime.date
    last: datetime.date
    status: str | None

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Track:
    """Where one unit stands in one world, from a first to a last day.

    `turns` are the days on which that may change, with where the unit stands from then on.
    """

    course: Course
    first: datetime.date
    last: datetime.date
    turns: tuple[tuple[datetime.date, Standing | None], ...]

    def at(self, day: datetime.date) -> Standing | None:
        """Where the unit stands on a day; None where there is no decision."""
        index = bisect_right(self.turns, day, key=lambda turn: turn[0])
        return self.turns[index - 1][1] if index and self.course.pdu.exists_on(day) else None

    def status(self, day: datetime.date) -> str | None:
        """The status on a day."""
        return status_of(self.at(day))

    def stretches(self) -> tuple[Stretch, ...]:
        """The status over all days, in as few stretches as it takes."""
        return tuple(joined((piece.first, piece.last, piece.one) for piece in pieces([self])))


class Piece(NamedTuple):
    """Days in a row on which nothing changes in either world, with the status in each (or the only one)."""

    first: datetime.date
    last: datetime.date
    one: str | None
    other: str | None


class Unit(NamedTuple):
    """A unit and its returns."""

    pdu: Pdu
    returns: Sequence[Return]


class Pair(NamedTuple):
    """One unit in two worlds."""

    pdu: Pdu
    before: Track
    after: Track


def worlds(
    before: Framework,
    after: Framework,
    units: Iterable[Unit],
    events: Events,
    first: datetime.date,
    last: datetime.date,
    progress: Callable[[], None] = lambda: None,
) -> Iterator[Pair]:
    """Each unit in both worlds, in the order given. Raises DisagreementError.

    A region is decided in one world and then in the other, because its units share what is loaded for a world.
    """
    sides = (Deciders(), Deciders())
    try:
        for group in _by_region(units):
            tracks = []
            for framework, deciders in zip((before, after), sides, strict=True):
                own = []
                for unit in group:
                    own.append(track(course_of(framework, *unit, events), first, last, deciders))
                    progress()
                tracks.append(own)
            for unit, one, other in zip(group, *tracks, strict=True):
                yield Pair(unit.pdu, one, other)
    finally:
        for deciders in sides:
            deciders.close()


def _by_region(units: Iterable[Unit]) -> Iterator[list[Unit]]:
    group: list[Unit] = []
    for unit in units:
        if group and group[-1].pdu.region != unit.pdu.region:
            yield group
            group = []
        group.append(unit)
    if group:
        yield group


def track(course: Course, first: datetime.date, last: datetime.date, deciders: Deciders) -> Track:
    """Where a unit stands from a first to a last day. Raises DisagreementError."""
    return Track(course, first, last, tuple(turns(course, first, last, deciders)))


def pieces(tracks: Sequence[Track]) -> Iterator[Piece]:
    """The days of one track or two, cut wherever something may change in any of them."""
    first, last = tracks[0].first, tracks[0].last
    cuts = {first, *(day for one in tracks for day, _ in one.turns)}
    pdu = tracks[0].course.pdu
    if pdu.until is not None and pdu.until < last:
        cuts.add(pdu.until + DAY)
    days = sorted(day for day in cuts if first <= day <= last)
    for place, day in enumerate(days):
        end = days[place + 1] - DAY if place + 1 < len(days) else last
        yield Piece(day, end, tracks[0].status(day), tracks[-1].status(day))


def joined(given: Iterable[tuple[datetime.date, datetime.date, str | None]]) -> Iterator[Stretch]:
    """Stretches in a row with one status as one."""
    held: Stretch | None = None
    for first, last, status in given:
        if held is not None and held.status == status:
            held = held._replace(last=last)
            continue
        if held is not None:
            yield held
        held = Stretch(first, last, status)
    if held is not None:
        yield held


def status_of(standing: Standing | None) -> str | None:
    """The active status, or None where there is no decision."""
    return None if standing is None else standing.active.status


def permitted_of(standing: Standing | None) -> frozenset[str]:
    """The activities that may be reduced."""
    return frozenset() if standing is None else frozenset(key[0] for key in standing.permitted)
