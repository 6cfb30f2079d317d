"""What many units may reduce on every day of a span: section "Reductions" of the design, over whole columns.

It gives what the single path gives where nobody has declared or suspended anything. Only the days are visited on
which something can change: a step, another version or setting, a return that has become too old, a reduction that
lapses, the end of grace.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np

from engine.clocks import Key
from engine.columns._arrays import Days, Flags, Numbers
from engine.columns._fold import Columns
from engine.columns._frame import Frame
from engine.columns._steps import Steps
from engine.columns._stretches import NEVER
from rules.decide import NONE
from rules.framework import Framework
from rules.policy import Policy

NO_LEVEL = np.int8(127)
"""In place of a level that no status has."""


@dataclass(frozen=True, slots=True)
class Permits:
    """What is permitted, from a first to a last day.

    `flags` says by turn, reduction and unit whether the reduction is permitted from that turn's day to the next's.
    """

    keys: tuple[Key, ...]
    turns: tuple[int, ...]
    flags: Flags
    last: int

    def on(self, day: datetime.date) -> Flags:
        """By reduction and unit whether it is permitted on a day."""
        found: Flags = self.flags[bisect_right(self.turns, day.toordinal()) - 1]
        return found

    def spans(self) -> Iterator[tuple[int, int, Flags]]:
        """The stretches on which nothing changes: the first day, the day after the last, and what is permitted."""
        for place, first in enumerate(self.turns):
            after = self.turns[place + 1] if place + 1 < len(self.turns) else self.last + 1
            yield first, after, self.flags[place]

    def activities(self) -> tuple[str, ...]:
        """The activities that have a reduction, in the order in which the versions tell of them."""
        return tuple(dict.fromkeys(activity for activity, _ in self.keys))

    def of_activities(self, flags: Flags, activities: Sequence[str]) -> Flags:
        """By activity and unit whether one of its reductions is permitted."""
        found = np.zeros((len(activities), flags.shape[1]), np.bool_)
        place = {activity: number for number, activity in enumerate(activities)}
        for number, (activity, _) in enumerate(self.keys):
            if activity in place:
                found[place[activity]] |= flags[number]
        return found


def permits(
    columns: Columns,
    frame: Frame,
    first: datetime.date,
    last: datetime.date,
    steps: Iterable[Steps] | None = None,
) -> Permits:
    """What is permitted on every day from `first` to `last`, both included.

    `steps` are the steps of the frame with the conditions of reductions, if they are at hand already.
    """
    given = columns.steps(frame, whens=True) if steps is None else steps
    return _Days(columns.framework, frame, given).permits(first.toordinal(), last.toordinal())


class _Rules:
    """What one version says of the reductions of all versions; each row of an array is about one of them."""

    def __init__(self, policy: Policy, keys: Sequence[Key]) -> None:
        self.policy = policy
        self.automatic = policy.version.activation == "automatic"
        self.has = np.array([key in policy.numbers for key in keys], np.bool_)[:, None]
        levels = [policy.levels.get(status, int(NO_LEVEL)) for _, status in keys]
        own = [
            level if key in policy.numbers else int(NO_LEVEL) for key, level in zip(keys, levels, strict=True)
        ]
        self.level = np.array(own, np.int8)[:, None]
        # a version that has the activity and the status clears the clock, even if it has not the reduction
        known = [activity in policy.activity_ids and status in policy.levels for activity, status in keys]
        cleared = [level if one else NONE for level, one in zip(levels, known, strict=True)]
        self.clears = np.array(cleared, np.int8)[:, None]
        self.rows = np.array([policy.numbers.get(key, 0) for key in keys], np.intp)
        lapses = [
            policy.reductions[policy.numbers[key]].reduction.lapses_after if key in policy.numbers else None
            for key in keys
        ]
        self.lapses = np.array([NEVER if one is None else one for one in lapses], np.int64)[:, None]
        self.stale_after = policy.version.returns.stale_after
        self.grace = policy.version.returns.grace


class _Days:
    """The state of all units, carried from turn to turn."""

    def __init__(self, framework: Framework, frame: Frame, steps: Iterable[Steps]) -> None:
        self.framework, self.frame = framework, frame
        found = dict.fromkeys(one.key for policy in framework.policies for one in policy.reductions)
        self.keys: tuple[Key, ...] = tuple(found)
        self._rules: dict[int, _Rules] = {}
        self._withheld: dict[tuple[int, ...], Flags] = {}
        self.steps = _by_day(steps)
        self.returned = _returned(frame)
        shape, units = (len(self.keys), len(frame.units)), len(frame.units)
        self.rules: _Rules | None = None
        self.level = np.full(units, NONE, np.int8)
        self.judged: Flags = np.zeros(units, np.bool_)
        """Whether the last step under the version in force was determinate."""
        self.determinate: Flags = np.zeros(units, np.bool_)
        self.newest: Days = np.zeros(units, np.int32)
        self.clear_day: Days = np.zeros(units, np.int32)
        """The last determinate day; 0 where there was none."""
        self.clear: Flags = np.zeros(shape, np.bool_)
        """What was permitted on it."""
        self.whens: Flags = np.zeros(shape, np.bool_)
        self.clocks: Numbers = np.full(shape, NEVER, np.int64)
        self.permitted: Flags = np.zeros(shape, np.bool_)

    def permits(self, first: int, last: int) -> Permits:
        """What is permitted from a first to a last day."""
        ahead = sorted({day for day in self._turns() if day <= last} | {first})
        heapify(ahead)
        turns: list[int] = []
        flags: list[Flags] = []
        exists = _existence(self.frame)
        done = 0
        while ahead:
            day = heappop(ahead)
            if day == done:
                continue
            done = day
            self._visit(day)
            turn = self._own_turn(day)
            if turn <= last:
                heappush(ahead, turn)
            if day >= first:
                turns.append(day)
                flags.append(self.permitted & (exists[0] <= day) & (day <= exists[1]))
        return Permits(self.keys, tuple(turns), np.array(flags), last)

    def _turns(self) -> Iterator[int]:
        """The days on which something other than the passing of time may change what is permitted."""
        yield from self.steps
        yield from self.returned
        for unit in self.frame.units:
            yield from () if unit.from_ is None else [unit.from_.toordinal()]
            yield from () if unit.until is None else [unit.until.toordinal() + 1]
        for policy in () if self.framework.pinned else self.framework.policies:
            yield policy.version.effective.toordinal()
            if policy.version.until is not None:
                yield policy.version.until.toordinal() + 1
        for id_, settings in self.framework.regions.items():
            if id_ in self.frame.regions:
                yield from (entry.effective.toordinal() for entry in settings.settings)

    def _own_turn(self, day: int) -> int:
        """The first day after one on which something changes only because time passes."""
        if self.rules is None:
            return NEVER
        found: list[Numbers] = [
            self.newest[self.determinate] + self.rules.stale_after + 1,
            (self.clocks + self.rules.lapses)[self.permitted],
        ]
        if self.rules.grace:
            found.append((self.clear_day + self.rules.grace + 1)[~self.determinate & (self.clear_day > 0)])
        return min((int(days[days > day].min(initial=NEVER)) for days in found), default=NEVER)

    def _visit(self, day: int) -> None:
        """Live through one day for all units."""
        # what was determinate on the last turn was so until yesterday
        np.copyto(self.clear_day, day - 1, where=self.determinate)
        np.copyto(self.clear, self.permitted, where=self.determinate)
        arrived = self.returned.get(day)
        if arrived is not None:
            np.copyto(self.newest, day, where=arrived)
        date = datetime.date.fromordinal(day)
        policy = self.framework.in_force(date)
        if policy is None:
            self.rules = None
            self.judged[:] = self.determinate[:] = self.permitted[:] = False
            return
        if self.rules is None or self.rules.policy is not policy:
            self.rules = self._rules.setdefault(id(policy), _Rules(policy, self.keys))
            self.judged[:] = False
        rules = self.rules
        stepped = self._step(day)
        self.determinate = self.judged & (day - self.newest <= rules.stale_after)
        usable = rules.has & (day - self.clocks < rules.lapses) & ~self._held_back(policy, date)
        if rules.automatic:
            granted = self.determinate & (self.level >= rules.level) & self.whens & usable
        else:
            granted = np.zeros_like(self.permitted)
        if rules.automatic and arrived is not None:
            below = (arrived & stepped & self.determinate) & (self.level < rules.clears)
            np.copyto(self.clocks, NEVER, where=below)
        if rules.grace:
            graced = ~self.determinate & (self.clear_day > 0) & (day - self.clear_day <= rules.grace)
            granted |= graced & self.clear & usable
        self.permitted = granted
        np.copyto(self.clocks, day, where=granted & (self.clocks == NEVER))

    def _step(self, day: int) -> Flags:
        """Take the steps of a day; which units take one."""
        stepped = np.zeros(len(self.level), np.bool_)
        for steps, units in self.steps.get(day, ()):
            assert steps.whens is not None, "the conditions of reductions were asked for"
            assert self.rules is not None, "a step is taken under a version"
            np.copyto(self.level, steps.level, where=units)
            np.copyto(self.judged, steps.determinate, where=units)
            if steps.whens.size:
                np.copyto(self.whens, steps.whens[self.rules.rows], where=units)
            stepped |= units
        return stepped

    def _held_back(self, policy: Policy, day: datetime.date) -> Flags:
        """By reduction and unit whether its region or the unit itself withholds it on a day."""
        regions = self.frame.regions
        entries = {id_: self.framework.entry(id_, day) for id_ in regions}
        key = (id(policy), *(id(entry) for entry in entries.values()))
        found = self._withheld.get(key)
        if found is None:
            found = self._withheld[key] = np.zeros(self.permitted.shape, np.bool_)
            for region, columns in regions.items():
                entry = entries[region]
                for column in columns if entry is not None else ():
                    unit = self.frame.units[column]
                    withheld = self.framework.setting(policy, region, unit.id, day).withhold
                    found[:, column] = [activity in withheld for activity, _ in self.keys]
        return found


def _by_day(steps: Iterable[Steps]) -> Mapping[int, list[tuple[Steps, Flags]]]:
    """The steps of each day, with the units that take them."""
    found: dict[int, list[tuple[Steps, Flags]]] = {}
    for one in steps:
        for day in np.unique(one.day[one.taken]).tolist():
            found.setdefault(day, []).append((one, one.taken & (one.day == day)))
    return found


def _returned(frame: Frame) -> Mapping[int, Flags]:
    """The units that have a return on each day."""
    found: dict[int, Flags] = {}
    for days, has in zip(frame.day, frame.has, strict=True):
        for day in np.unique(days[has]).tolist():
            here = has & (days == day)
            found[day] = found[day] | here if day in found else here
    return found


def _existence(frame: Frame) -> tuple[Numbers, Numbers]:
    """The first and the last day of each unit."""
    first = [1 if unit.from_ is None else unit.from_.toordinal() for unit in frame.units]
    last = [NEVER if unit.until is None else unit.until.toordinal() for unit in frame.units]
    return np.array(first), np.array(last)
