"""The figures of units as they were on each of some days: read as decisions read them, in whole numbers.

What counts on a day is the newest return up to it, if that is not too old. A figure that it does not give is the
newest earlier one within `carry_forward`, else the default, else unknown.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

import numpy as np

from engine.columns import Frame
from engine.columns._arrays import MOST_64, Flags, Numbers
from rules.check.names import default_figure
from rules.figures import figure_key
from rules.formula.totals import ALL, Total
from rules.framework import Framework
from rules.model import Input, Pdu, Version


class Series(NamedTuple):
    """Figures by day (rows) and unit (columns): scaled whole numbers, 0 where unknown.

    `carried` and `assumed` mark those for which an earlier figure or the default stands in. `asked` says of each day
    whether the version of that day has the input, and the member.
    """

    numbers: Numbers
    known: Flags
    carried: Flags
    assumed: Flags
    asked: Flags


class _Read(NamedTuple):
    """The figures of one key, return by return (rows) and unit (columns)."""

    numbers: Numbers
    known: Flags
    carried: Flags
    assumed: Flags


class _Moment(NamedTuple):
    """For each column of the frame the row of its newest return up to a day; whether there is one; whether it is fresh.

    Of several days, one after the other.
    """

    rows: Numbers
    there: Flags
    fresh: Flags


class Past:
    """The returns of some units under one framework. `units` may hold some that have no returns."""

    def __init__(self, framework: Framework, frame: Frame, units: Sequence[Pdu]) -> None:
        self.units = tuple(units)
        self._frame = frame
        self._versions = sorted((one.version for one in framework.policies), key=lambda one: one.effective)
        columns = {unit.id: column for column, unit in enumerate(frame.units)}
        self._columns = np.array([columns.get(unit.id, -1) for unit in units], np.intp)
        self._kept: dict[int, _Moment] = {}
        self._reads: dict[str, _Read] = {}
        self._moves: dict[tuple[str, str], Numbers] = {}
        self._having: dict[str, list[Version]] = {}
        self._begun: dict[str, Numbers] = {}

    def version(self, input_id: str, day: int) -> Version:
        """The version whose input counts on a day: the one in force, else the nearest that has it."""
        having = self._with(input_id)
        return having[self._place(self._effective(input_id), day)]

    def decimals(self, input_id: str) -> int:
        """How many decimals the scaled numbers of an input have: those of its finest figure."""
        written = [
            one.decimals for key, one in self._frame.numbers.items() if key.partition("[")[0] == input_id
        ]
        return max([*(version.inputs[input_id].decimals for version in self._with(input_id)), *written])

    def exists(self, days: Sequence[int]) -> Flags:
        """By day and unit: whether the unit exists."""
        return np.array(
            [[unit.exists_on(datetime.date.fromordinal(day)) for unit in self.units] for day in days],
            np.bool_,
        ).reshape(len(days), len(self.units))

    def keys(self, total: Total, list_id: str | None, member: str | None, day: int) -> tuple[str, ...] | None:
        """The figures that a total adds up on a day; None where the version of that day has no such member.

        `member` is the one of `list_id` that a row is about.
        """
        version = self.version(total.input, day)
        per = version.inputs[total.input].per
        known = version.lists.get(per, {}) if per is not None else {}
        follows = total.members is None and member is not None
        if per is None:
            return (figure_key(total.input),) if not follows and total.members in (None, ALL) else None
        wanted: Sequence[str] = tuple(known)
        if follows:
            wanted = [member] if per == list_id and member is not None else []
        elif total.members is not None and total.members != ALL:
            wanted = total.members
        if not wanted or any(one not in known for one in wanted):
            return None
        return tuple(figure_key(total.input, one) for one in wanted)

    def series(self, total: Total, list_id: str | None, member: str | None, days: Sequence[int]) -> Series:
        """A total of each unit on each of some days."""
        size = (len(days), len(self.units))
        numbers: Numbers = np.zeros(size, self._kind)
        known, carried, assumed = (np.zeros(size, np.bool_) for _ in range(3))
        asked = np.zeros(len(days), np.bool_)
        same: dict[tuple[str, ...] | None, list[int]] = {}
        for place, day in enumerate(days):
            same.setdefault(self.keys(total, list_id, member, day), []).append(place)
        for keys, places in same.items():
            if keys is None:
                continue
            asked[places], known[places] = True, True
            on = [days[place] for place in places]
            for key in keys:
                one = self._one(key, total, on)
                numbers[places] += one.numbers
                known[places] &= one.known
                carried[places] |= one.carried
                assumed[places] |= one.assumed
        numbers[~known] = 0
        return Series(numbers, known, carried, assumed, asked)

    def knows(self, key: str, total: Total, day: int) -> Flags:
        """For each unit whether one of a total's figures is known on a day."""
        known: Flags = self._one(key, total, [day]).known[0]
        return known

    def returned(self, day: int) -> tuple[Flags, Flags]:
        """For each unit: whether it has a return by a day, and whether the newest is fresh."""
        found = self._moments([day])
        return self._spread(found.there)[0], self._spread(found.fresh)[0]

    def _one(self, key: str, total: Total, days: Sequence[int]) -> _Read:
        """One figure of each unit on some days, or what it moved by since the days in the past."""
        read = self._read(key)
        then = self._moments([day - total.days for day in days])
        if total.function in ("", "before"):
            known = _picked(read.known, then) & then.fresh
            found = _Read(
                _picked(read.numbers, then),
                known,
                _picked(read.carried, then) & known,
                _picked(read.assumed, then) & known,
            )
        else:
            now, moved = self._moments(days), self._moved(key, total.function)
            told = read.known & ~read.assumed
            known = _picked(told, now) & now.fresh & _picked(told, then) & then.fresh
            numbers = _picked(moved, now) - _picked(moved, then)
            found = _Read(numbers, known, _picked(read.carried, now) & known, known & False)
        return _Read(*map(self._spread, found))

    # Rows of the frame ---------------------------------------------------------------------------------------------

    def _moments(self, days: Sequence[int]) -> _Moment:
        each = [self._moment(day) for day in days]
        return _Moment(*(np.stack(part) for part in zip(*each, strict=True)))

    def _moment(self, day: int) -> _Moment:
        if day not in self._kept:
            frame = self._frame
            up_to: Flags = frame.has & (frame.day <= day)
            rows, ages = np.zeros(up_to.shape[1], np.intp), np.zeros(up_to.shape[1], np.int64)
            there: Flags = np.any(up_to, axis=0)
            if frame.rows:
                rows = np.where(there, frame.rows - 1 - np.argmax(up_to[::-1], axis=0), 0)
                ages = day - frame.day[rows, np.arange(len(rows))].astype(np.int64)
            stale = self._versions[self._place(self._all_effective, day)].returns.stale_after
            self._kept[day] = _Moment(rows, there, there & (ages <= stale))
        return self._kept[day]

    def _spread(self, figures: Numbers) -> Numbers:
        """From the columns of the frame to the units; 0 for a unit that has no returns."""
        found = np.zeros((len(figures), len(self.units)), figures.dtype)
        have = self._columns >= 0
        found[:, have] = figures[:, self._columns[have]]
        return found

    def _read(self, key: str) -> _Read:
        """One key's figures, with what stands in for those that are not given."""
        if key in self._reads:
            return self._reads[key]
        frame, input_id = self._frame, key.partition("[")[0]
        scale = self.decimals(input_id)
        column = frame.numbers.get(key)
        given = np.zeros(frame.has.shape, np.bool_) if column is None else column.given & frame.has
        numbers: Numbers = np.zeros(frame.has.shape, self._kind)
        if column is not None:
            numbers = column.numbers.astype(self._kind) * 10 ** (scale - column.decimals)
        specs = [version.inputs[input_id] for version in self._with(input_id)]
        version = np.clip(np.searchsorted(self._effective(input_id), frame.day, "right") - 1, 0, None)
        last = np.maximum.accumulate(np.where(given, np.arange(frame.rows)[:, None], -1), axis=0)
        columns = np.arange(frame.has.shape[1])[None, :]
        carry = np.array([-1 if one.carry_forward is None else one.carry_forward for one in specs])[version]
        carried = frame.has & ~given & (last >= 0) & (frame.day - frame.day[last, columns] <= carry)
        numbers = np.where(carried, numbers[last, columns], np.where(given, numbers, 0)).astype(self._kind)
        defaults = [_default(self._with(input_id)[place], input_id, one) for place, one in enumerate(specs)]
        assumed = frame.has & ~given & ~carried & np.array([one is not None for one in defaults])[version]
        if assumed.any():
            whole = [0 if one is None else int(one.scaleb(scale)) for one in defaults]
            numbers = np.where(assumed, np.array(whole, self._kind)[version], numbers)
        self._reads[key] = _Read(numbers, given | carried | assumed, carried, assumed)
        return self._reads[key]

    def _moved(self, key: str, function: str) -> Numbers:
        """By how much a figure has fallen or risen in all, return by return, since the first that gives it."""
        if (key, function) not in self._moves:
            read = self._read(key)
            told = read.known & ~read.assumed
            last = np.maximum.accumulate(np.where(told, np.arange(self._frame.rows)[:, None], -1), axis=0)
            before = np.vstack([np.full((1, last.shape[1]), -1), last[:-1]]) if len(last) else last
            columns = np.arange(last.shape[1])[None, :]
            change = np.where(told & (before >= 0), read.numbers - read.numbers[before, columns], 0)
            change = -change if function == "fall" else change
            self._moves[key, function] = np.cumsum(np.where(change > 0, change, 0), axis=0).astype(self._kind)
        return self._moves[key, function]

    # Versions -------------------------------------------------------------------------------------------------------

    def _with(self, input_id: str) -> list[Version]:
        """The versions that have an input, in the order of their days."""
        if input_id not in self._having:
            self._having[input_id] = [one for one in self._versions if input_id in one.inputs]
        return self._having[input_id]

    def _effective(self, input_id: str) -> Numbers:
        if input_id not in self._begun:
            self._begun[input_id] = np.array([one.effective.toordinal() for one in self._with(input_id)])
        return self._begun[input_id]

    @cached_property
    def _all_effective(self) -> Numbers:
        return np.array([one.effective.toordinal() for one in self._versions])

    @staticmethod
    def _place(effective: Numbers, day: int) -> int:
        return max(0, int(np.searchsorted(effective, day, "right")) - 1)

    @cached_property
    def _kind(self) -> type[np.int64] | type[np.object_]:
        """Numbers of 64 bits where no sum can outgrow them, else Python's own."""
        most = max((max(-one.low, one.high) for one in self._frame.numbers.values()), default=0)
        for version in self._versions:
            for input_id, spec in version.inputs.items():
                default = _default(version, input_id, spec)
                most = max(most, 0 if default is None else int(abs(default)) + 1)
        finest = max(
            (one.decimals for version in self._versions for one in version.inputs.values()), default=0
        )
        shift = 10 ** max([finest, *(one.decimals for one in self._frame.numbers.values())])
        members = max((len(one) for version in self._versions for one in version.lists.values()), default=1)
        largest = most * shift * max(1, members) * max(1, len(self.units)) * max(1, self._frame.rows)
        return np.int64 if largest <= MOST_64 else np.object_


def _picked(figures: Numbers, at: _Moment) -> Numbers:
    """The figures of the newest returns; 0 where there is none."""
    if not len(figures):
        return np.zeros(at.rows.shape, figures.dtype)
    found: Numbers = figures[at.rows, np.arange(figures.shape[1])]
    found[~at.there] = 0
    return found


def _default(version: Version, input_id: str, spec: Input) -> Decimal | None:
    """The number that counts where an input is not given."""
    found = None if spec.values is not None else default_figure(version, input_id)
    return found if isinstance(found, Decimal) else None
