"""Many changes at once: which of them brings a goal, and on which day, by columns.

Each change is a column of one frame: the past of the unit, and the returns to come with the change in them. Of changes
that make all comparisons come out alike only the first is followed: the others go the same way.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

import numpy as np

from engine.columns import Columns, Days, Frame, NumberColumn, Numbers, frame_of, number_column
from engine.columns._beginning import Beginning
from engine.columns._reach import Reach
from engine.columns._stretches import Stretch
from engine.distance._ahead import Changes, Way
from engine.distance._goals import Bounds
from engine.distance.values import Goal, Told
from rules.decide import NONE, Leaf

BITS = 30
"""So many comparisons are put into one number, beside what was counted before."""


class Followed(NamedTuple):
    """What came of each change: for each goal the day (an ordinal) on which it was reached, 0 for never.

    `path` is how the status goes by the first change, step by step.
    """

    days: tuple[Numbers, ...]
    path: tuple[Told, ...]


class Ahead:
    """One unit's way ahead as columns."""

    def __init__(self, columns: Columns, way: Way, goals: Sequence[Goal]) -> None:
        self._columns, self._way, self._goals = columns, way, goals
        every = way.policy.version.returns.every
        course = way.changed({})
        self._whole = frame_of([(course.pdu, course.returns)], every)
        first = way.dues[0].toordinal()
        self._from = int(np.flatnonzero(self._whole.day[:, 0] >= first)[0])
        self._one = self._whole.part(self._from, self._from + 1, np.zeros(1, np.intp))

    def signatures(self, keys: Sequence[str], values: Sequence[Numbers], decimals: Sequence[int]) -> Numbers:
        """How all comparisons come out for some figures; equal numbers stand for alike.

        `values` has for each of the keys one figure a column, as whole numbers with so many decimals.
        """
        size = len(values[0])
        frame = _repeated(self._one, size)
        numbers = dict(frame.numbers)
        given = np.ones((1, size), np.bool_)
        for key, own, places in zip(keys, values, decimals, strict=True):
            numbers[key] = number_column(own.reshape(1, size), given, places, frame.has)
        frame = replace(frame, numbers=numbers)
        reach, rows = Reach(frame), []
        for stretch in self._stretches():
            judge = self._columns.judge(stretch, frame, reach)
            truths = judge.truths(0, 1, True)
            nodes = judge.conditions.program.nodes
            for index, truth in truths.items():
                if isinstance(nodes[index], Leaf):
                    rows += [np.broadcast_to(one, (1, size))[0] for one in truth]
        kinds: Numbers = np.zeros(size, np.int64)
        for start in range(0, len(rows), BITS):
            for row in rows[start : start + BITS]:
                kinds = kinds * 2 + row
            # counted anew, so that the next ones find room
            kinds = np.unique(kinds, return_inverse=True)[1].reshape(-1).astype(np.int64)
        return kinds

    def follow(self, changes: Sequence[Changes]) -> Followed:
        """What comes of some changes, each from the next return on."""
        way = self._way
        size = len(changes)
        frame = self._changed(changes)
        start = Beginning.nowhere(size)._replace(
            day=way.day.toordinal() + 1,
            at=np.full(size, 2 * (way.level + 1), np.intp),
            since=np.full(size, way.since.toordinal(), np.int32),
            policy=way.policy,
            known=np.ones(size, np.bool_),
            determinate=np.ones(size, np.bool_),
        )
        found = tuple(np.zeros(size, np.int32) for _ in self._goals)
        path: list[Told] = []
        last = way.last.toordinal()
        for step in self._columns.steps(frame, beginning=start):
            taken = step.taken & (step.day <= last)
            for own, goal in zip(found, self._goals, strict=True):
                low, high = Bounds.of(goal, way.policy, step.policy)
                there = (step.level >= low) & (step.level <= high) & (step.level != NONE)
                np.copyto(own, step.day, where=taken & step.determinate & there & (own == 0))
            if taken[0]:
                ids = step.policy.version.status_ids
                status = ids[int(step.level[0])] if step.determinate[0] else "indeterminate"
                day = datetime.date.fromordinal(int(step.day[0])).isoformat()
                path.append({"day": day, "status": status})
        return Followed(found, tuple(path))

    def _stretches(self) -> Iterator[Stretch]:
        """The stretches in which a return is to come."""
        days = [due.toordinal() for due in self._way.dues]
        for stretch in self._columns.compiler.stretches(frozenset([self._way.course.pdu.region])):
            if any(stretch.first <= day < stretch.last for day in days):
                yield stretch

    def _changed(self, changes: Sequence[Changes]) -> Frame:
        """The whole frame once for each change."""
        base, size = self._whole, len(changes)
        frame = _repeated(base, size)
        numbers: dict[str, NumberColumn] = dict(frame.numbers)
        for key in dict.fromkeys(key for change in changes for key in change):
            numbers[key] = self._column(key, changes, frame)
        return replace(frame, numbers=numbers)

    def _column(self, key: str, changes: Sequence[Changes], frame: Frame) -> NumberColumn:
        """The column of a figure that is changed."""
        base = frame.numbers.get(key)
        given_now = self._way.figures.get(key)
        figures = [change.get(key, given_now) for change in changes]
        decimals = max(
            0 if base is None else base.decimals,
            *(-int(one.as_tuple().exponent) for one in figures if isinstance(one, Decimal)),
            0,
        )
        scaled = [int(one.scaleb(decimals)) if isinstance(one, Decimal) else 0 for one in figures]
        numbers = np.zeros(
            frame.has.shape, np.int64 if max(map(abs, scaled), default=0) < 2**62 else np.object_
        )
        given = np.zeros(frame.has.shape, np.bool_)
        if base is not None:
            numbers[:] = base.numbers.astype(numbers.dtype) * 10 ** (decimals - base.decimals)
            given[:] = base.given
        numbers[self._from :] = scaled
        given[self._from :] = [isinstance(one, Decimal) for one in figures]
        given &= frame.has
        return number_column(numbers * given, given, decimals, frame.has)


class _OneUnit(Frame):
    """A frame all of whose columns are of one unit, so that nobody need go through them."""

    @cached_property
    def places(self) -> Mapping[str, Numbers]:
        """The columns of the unit."""
        return {self.units[0].id: np.arange(len(self.units))}

    @cached_property
    def regions(self) -> Mapping[str, Numbers]:
        """The columns of its region."""
        return {self.units[0].region: np.arange(len(self.units))}

    @cached_property
    def began(self) -> Days:
        """The first day of the unit, in each column."""
        first = self.units[0].from_
        return np.full(len(self.units), 1 if first is None else first.toordinal(), np.int32)


def _repeated(frame: Frame, times: int) -> Frame:
    """A frame of one unit with its column so many times."""

    def wide(values: Numbers) -> Numbers:
        return np.repeat(values, times, axis=1)

    return _OneUnit(
        frame.units * times,
        wide(frame.day),
        wide(frame.has),
        {
            key: replace(one, numbers=wide(one.numbers), given=wide(one.given))
            for key, one in frame.numbers.items()
        },
        {key: replace(one, codes=wide(one.codes)) for key, one in frame.categories.items()},
    )
