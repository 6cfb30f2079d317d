"""What a comparison would mean for real units: both versions judge all days of the same returns.

Statuses and permissions are worked out for all units at once; the day on which a unit first differs is decided one
by one, in both worlds, and so is a sample of all other days. People's decisions play no part.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing

import numpy as np

from engine.bulk import Bulk
from engine.columns import INDETERMINATE, NO_DECISION, Daily, Flags, Numbers
from engine.compare._firsts import first_differences
from engine.compare._hours import hours
from engine.compare._sample import sampled
from engine.compare._worlds import World, judging, world_of
from engine.compare.impact_values import (
    ActivityImpact,
    FirstDifference,
    Flips,
    Impact,
    Moved,
    RegionImpact,
    Status,
    Transition,
    Whom,
)
from rules.decide import Deciders
from rules.framework import Framework
from rules.model import Pdu

__all__ = ["Commands", "impact_of", "judging"]

UNKNOWN = "indeterminate"
Commands = Callable[[Pdu, datetime.date], tuple[str, str] | None]
"""The commands that open the two decisions on one unit and day."""


def impact_of(
    frameworks: tuple[Framework, Framework],
    bulk: Bulk,
    first: datetime.date,
    last: datetime.date,
    *,
    only: Sequence[str] = (),
    commands: Commands = lambda pdu, day: None,
) -> Impact:
    """What two versions, each pinned, make of the same returns from a first to a last day.

    `only` are the regions that the returns are limited to, if they are. Raises DisagreementError.
    """
    worlds = (
        world_of(frameworks[0], bulk.frame, first, last),
        world_of(frameworks[1], bulk.frame, first, last),
    )
    with closing(Deciders()) as deciders:
        return _Impact(worlds, bulk, first, last, deciders).impact(only, commands)


class _Impact:
    """Puts together what two worlds come to. A status is a number: its place in `statuses`, or a negative code."""

    def __init__(
        self,
        worlds: tuple[World, World],
        bulk: Bulk,
        first: datetime.date,
        last: datetime.date,
        deciders: Deciders,
    ) -> None:
        self.worlds, self.bulk, self.first, self.last = worlds, bulk, first, last
        self._deciders = deciders
        self.units = bulk.frame.units
        self.ids = _together(worlds[1].daily.ids, worlds[0].daily.ids)
        self.codes = tuple(_renumbered(world.daily, self.ids) for world in worlds)
        self.differ: Flags = self.codes[0] != self.codes[1]

    def impact(self, only: Sequence[str], commands: Commands) -> Impact:
        """All of it."""
        everyone = np.arange(len(self.units))
        return Impact(
            first=self.first,
            last=self.last,
            statuses=(*self.ids, UNKNOWN),
            units=self.units,
            transitions=self._transitions(everyone),
            matrix=tuple(self._matrix()),
            regions=tuple(self._regions()),
            first_differences=tuple(self._firsts(commands)),
            days=(self._days(0, everyone), self._days(1, everyone)),
            flips=tuple(self._flips()),
            activities=tuple(self._activities()),
            hours=hours(self.worlds, self.bulk.frame, self.last),
            only=tuple(only),
            synthetic=self.bulk.synthetic,
            sample=sampled(self.worlds, self.bulk, self._deciders),
        )

    def _status(self, code: int) -> Status:
        return self.ids[code] if code >= 0 else UNKNOWN if code == INDETERMINATE else None

    def _transitions(self, units: Numbers) -> tuple[Transition, ...]:
        """The units by their two statuses on the last day, from the least severe on."""
        found: dict[tuple[int, int], list[Pdu]] = {}
        for unit in units.tolist():
            cell = (int(self.codes[0][-1, unit]), int(self.codes[1][-1, unit]))
            if cell != (NO_DECISION, NO_DECISION):
                found.setdefault(cell, []).append(self.units[unit])
        return tuple(
            Transition(self._status(cell[0]), self._status(cell[1]), tuple(found[cell]))
            for cell in sorted(found, key=_order)
        )

    def _matrix(self) -> Iterator[Moved]:
        """The days of all units by their two statuses."""
        width = len(self.ids) + 2
        pairs = (self.codes[0].astype(np.int64) + 2) * width + self.codes[1] + 2
        counts = np.bincount(pairs.ravel(), minlength=width * width).tolist()
        cells = {divmod(place, width): days for place, days in enumerate(counts) if days}
        codes = {(before - 2, after - 2): days for (before, after), days in cells.items()}
        for cell in sorted(codes, key=_order):
            if cell != (NO_DECISION, NO_DECISION):
                yield Moved(self._status(cell[0]), self._status(cell[1]), codes[cell])

    def _regions(self) -> Iterator[RegionImpact]:
        for region, columns in sorted(self.bulk.frame.regions.items()):
            differ = self.differ[:, columns]
            yield RegionImpact(
                region,
                len(columns),
                int(differ[-1].sum()),
                int(differ.any(axis=0).sum()),
                self._transitions(columns),
                (self._days(0, columns), self._days(1, columns)),
            )

    def _days(self, world: int, units: Numbers) -> Mapping[str, int]:
        """Days at each status of some units, in one world."""
        codes = self.codes[world][:, units]
        named = [*enumerate(self.ids), (INDETERMINATE, UNKNOWN)]
        return {id_: int(np.count_nonzero(codes == code)) for code, id_ in named}

    def _firsts(self, commands: Commands) -> Iterator[FirstDifference]:
        """By day, then by the name of the unit."""
        found = []
        for unit, place, reason in first_differences(
            self.worlds, self.bulk.frame, self.differ, self._deciders
        ):
            pdu, day = self.units[unit], self.first + datetime.timedelta(days=place)
            before, after = (self._status(int(codes[place, unit])) for codes in self.codes)
            size = int(self.differ[:, unit].sum())
            found.append(FirstDifference(pdu, day, before, after, reason, size, commands(pdu, day)))
        return iter(sorted(found, key=lambda one: (one.day, one.pdu.name, one.pdu.id)))

    def _flips(self) -> Iterator[Flips]:
        before, after = (world.daily.flips().tolist() for world in self.worlds)
        for unit, pdu in enumerate(self.units):
            yield Flips(pdu, before[unit], after[unit])

    def _activities(self) -> Iterator[ActivityImpact]:
        """The activities that may be reduced in one world only, in the order of the newer version, then the older."""
        before, after = (world.permits for world in self.worlds)
        activities = tuple(dict.fromkeys((*after.activities(), *before.activities())))
        days = {"newly": np.zeros((len(activities), len(self.units)), np.int64)}
        days["withdrawn"] = days["newly"].copy()
        last: dict[str, Flags] = {}
        turns = sorted({*before.turns, *after.turns})
        for place, turn in enumerate(turns):
            day = datetime.date.fromordinal(turn)
            one, other = (found.of_activities(found.on(day), activities) for found in (before, after))
            size = (turns[place + 1] if place + 1 < len(turns) else self.last.toordinal() + 1) - turn
            last = {"newly": other & ~one, "withdrawn": one & ~other}
            for way, flags in last.items():
                days[way] += flags * size
        for number, activity in enumerate(activities):
            newly, withdrawn = (
                Whom(
                    self._named(days[way][number] > 0),
                    int(days[way][number].sum()),
                    self._named(last[way][number]),
                )
                for way in ("newly", "withdrawn")
            )
            if newly.days or withdrawn.days:
                yield ActivityImpact(activity, self._title(activity), newly, withdrawn)

    def _named(self, flags: Flags) -> tuple[Pdu, ...]:
        return tuple(self.units[unit] for unit in np.flatnonzero(flags).tolist())

    def _title(self, id_: str) -> str:
        """What an activity is called, by the newer version if it has it."""
        for world in reversed(self.worlds):
            for one in world.framework.policies[0].version.activities:
                if one.id == id_:
                    return one.title or id_
        return id_


def _together(ids: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """Statuses of two versions in one order: one of the others alone stands after the one before it there."""
    found = list(ids)
    for place, id_ in enumerate(others):
        if id_ not in found:
            found.insert(found.index(others[place - 1]) + 1 if place else 0, id_)
    return tuple(found)


def _renumbered(found: Daily, ids: Sequence[str]) -> Numbers:
    """The codes of days as places among the statuses of both versions."""
    # the codes that are no status come last here, and a negative number finds them there
    numbers = np.array([*(ids.index(id_) for id_ in found.ids), NO_DECISION, INDETERMINATE], np.int8)
    codes: Numbers = numbers[found.codes]
    return codes


def _order(cell: tuple[int, int]) -> tuple[int, ...]:
    """Statuses by severity, then what is none."""
    return tuple(code if code >= 0 else 127 - code for code in cell)
