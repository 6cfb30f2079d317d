"""Declarations and suspensions: which is in force for a unit on a day, and what becomes of the status by it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rules.decide import NONE
from rules.model import Declaration, Events, Suspension
from rules.policy import Policy

Event = TypeVar("Event", Declaration, Suspension)
DAY = datetime.timedelta(days=1)
INDETERMINATE, UNDECLARED, SUSPENDED = "indeterminate", "undeclared", "suspended"


@dataclass(frozen=True, slots=True)
class UnitEvents:
    """The declarations and suspensions that apply to one unit."""

    declarations: tuple[Declaration, ...] = ()
    suspensions: tuple[Suspension, ...] = ()

    def days(self) -> Iterable[datetime.date]:
        """Every day on which one begins, or is over."""
        events: tuple[Declaration | Suspension, ...] = (*self.declarations, *self.suspensions)
        for event in events:
            yield event.from_
            if event.until is not None and event.until < datetime.date.max:
                yield event.until + DAY

    def declared(self, day: datetime.date) -> Declaration | None:
        """The declaration that goes first of those in force on a day."""
        return _first(self.declarations, day)

    def suspended(self, day: datetime.date) -> Suspension | None:
        """The suspension that goes first of those in force on a day."""
        return _first(self.suspensions, day)

    def renewed(self, day: datetime.date) -> frozenset[str]:
        """The activities whose reductions start again on a day."""
        return frozenset(
            activity for declared in self.declarations if declared.from_ == day for activity in declared.renew
        )

    def days_without_break(self, day: datetime.date) -> int:
        """How many days up to `day` some declaration has been in force, without a break."""
        last = day.toordinal()  # numbers, because there is no day after the last one of the calendar
        start = last + 1
        moved = True
        while moved:
            moved = False
            for declared in self.declarations:
                first = declared.from_.toordinal()
                if first < start <= declared.until.toordinal() + 1:
                    start, moved = first, True
        return last - start + 1


def unit_events(events: Events, pdu: str, region: str) -> UnitEvents:
    """The events that apply to a unit: its own, its region's and everyone's."""

    def applies(event: Declaration | Suspension) -> bool:
        if event.pdu is not None:
            return event.pdu == pdu
        return event.region is None or event.region == region

    return UnitEvents(
        tuple(filter(applies, events.declarations)),
        tuple(filter(applies, events.suspensions)),
    )


def _first(events: Sequence[Event], day: datetime.date) -> Event | None:
    """The unit's own before the region's before everyone's; then the later first day; then the later given."""
    found: Event | None = None
    best: tuple[int, datetime.date] | None = None
    for event in events:
        if event.in_force(day):
            rank = 2 if event.pdu is not None else 1 if event.region is not None else 0
            if best is None or (rank, event.from_) >= best:
                found, best = event, (rank, event.from_)
    return found


def active_levels(
    policy: Policy, declared_level: int | None, suspended: bool, last_level: int
) -> tuple[int, ...]:
    """The active level for each calculated level, and last for an indeterminate one (NONE: permits nothing).

    `declared_level` is that of the declaration in force, if any; `last_level` the last determinate level (NONE
    where there never was one).
    """
    version = policy.version
    levels = range(len(version.statuses))
    if suspended:
        return (NONE,) * (len(levels) + 1)
    if declared_level is None:
        automatic = version.activation == "automatic"
        return (*(level if automatic else NONE for level in levels), NONE)
    may = version.declarations.may if version.declarations is not None else ["raise", "lower"]
    binding = [status.binding for status in version.statuses]
    found = []
    for level in levels:
        active = declared_level
        if "raise" not in may:
            active = min(active, level)
        if "lower" not in may or binding[level]:
            active = max(active, level)
        found.append(active)
    standing = declared_level
    if last_level != NONE and binding[last_level]:
        standing = max(standing, last_level)
    return (*found, standing)
