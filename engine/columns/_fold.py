"""The fold of `engine.timeline` over whole columns: the calculated status of many units, row by row.

Within a stretch every unit goes by one version and one set of numbers. The runs that a version begins with are
counted anew from the rows before it, as far back as any of them can reach.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import numpy as np

from engine.columns._arrays import Days, Flags
from engine.columns._beginning import Beginning
from engine.columns._frame import Frame
from engine.columns._judge import Judge, Judged, Kit
from engine.columns._moves import Standing
from engine.columns._reach import Reach
from engine.columns._steps import Block, Steps
from engine.columns._stretches import Compiler, Stretch, starts
from engine.columns._truths import Conditions
from engine.columns._values import FrameReadings, Readings
from rules.decide import NONE
from rules.library import Framework
from rules.policy import Policy, mapped_level


class Columns:
    """Folds frames under one framework. What is made for its versions is kept from frame to frame."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self.compiler = Compiler(framework)
        self._kits: dict[int, Kit] = {}

    def steps(
        self, frame: Frame, *, whens: bool = False, beginning: Beginning | None = None
    ) -> Iterator[Steps]:
        """Every step of every unit; a unit's own come in the order of their days.

        With `whens` the conditions of reductions are judged too. With a beginning only the steps from its day on
        are taken, from where the units stood before.
        """
        for block in self.blocks(frame, whens=whens, beginning=beginning):
            yield from block.steps()

    def blocks(
        self, frame: Frame, *, whens: bool = False, beginning: Beginning | None = None
    ) -> Iterator[Block]:
        """The same steps, many rows at a time."""
        begins = Beginning.nowhere(len(frame.units)) if beginning is None else beginning
        standing, start = Standing(begins.at, begins.since), starts(self.framework, frame)
        reach = Reach(frame)
        judge: Judge | None = None
        for _, own in groupby(self.compiler.stretches(frozenset(frame.regions)), lambda one: id(one.policy)):
            ahead = [stretch for stretch in own if stretch.last > begins.day]
            if ahead:
                before, judge = judge, self.judge(ahead[-1], frame, reach, whens=whens)
                judge.begin_earlier(
                    [(one, self.conditions(one, frame)) for one in ahead[:-1]], ahead[-1].last
                )
                version = ahead[0]._replace(last=ahead[-1].last)
                yield from _Stretch(standing, start, version, judge, before, begins).blocks()

    def judge(self, stretch: Stretch, frame: Frame, reach: Reach, *, whens: bool = False) -> Judge:
        """What judges the returns of a frame within a stretch."""
        conditions = self.conditions(stretch, frame)
        kit = self.kit(stretch.policy, conditions)
        return Judge(frame, reach, kit, conditions, self.readings(stretch, frame, reach, kit), whens=whens)

    def conditions(self, stretch: Stretch, frame: Frame) -> Conditions:
        """The conditions of a stretch's version under each unit's numbers."""
        return self.compiler.conditions(stretch, frame)

    def readings(self, stretch: Stretch, frame: Frame, reach: Reach, kit: Kit) -> Readings:
        """What the version of a stretch reads in a frame."""
        _, end = reach.rows(stretch.first, stretch.ends)
        return FrameReadings(frame, reach, kit.figures, kit.measures, end)

    def kit(self, policy: Policy, conditions: Conditions) -> Kit:
        """What is made once for a version."""
        if id(policy) not in self._kits:
            self._kits[id(policy)] = Kit.of(conditions.program)
        return self._kits[id(policy)]


class _Stretch:
    """One stretch of a fold.

    `start` is the first day that counts for each unit, `begins` where the fold begins. `pending` marks the units
    that have not begun with the version; of these the day of the newest return before is kept, its case, and what
    it says of reductions.
    """

    def __init__(
        self,
        standing: Standing,
        start: Days,
        stretch: Stretch,
        judge: Judge,
        before: Judge | None,
        begins: Beginning,
    ) -> None:
        self.frame, self.standing, self.stretch = judge.frame, standing, stretch
        self.judge, self.before, self.begins = judge, before, begins
        self.first = max(stretch.first, begins.day)
        """The first day of the stretch that is lived through."""
        self.begin_day: Days = np.maximum(start, np.int32(self.first))
        starting = start < stretch.last
        newly = stretch.begins and self.first == stretch.first
        self.pending: Flags = starting if newly else starting & (start >= self.first)
        units = len(self.frame.units)
        self.latest_day = np.zeros(units, np.int32)
        self.latest = Judged(
            np.zeros((1, units), np.int32),
            np.zeros((1, units), np.int32) if judge.conditions.program.at_once else None,
            None if judge.roots.whens is None else np.zeros((1, len(judge.roots.whens), units), np.bool_),
        )

    def blocks(self) -> Iterator[Block]:
        """The steps of the stretch, in order."""
        reach = self.judge.reach
        if self.pending.any():
            self._map(self.pending)
            newest = self.first - self.stretch.policy.version.returns.stale_after
            row, last = reach.rows(newest, self.stretch.last)
            row = self.judge.back(row)
        else:
            row, last = reach.rows(self.first, self.stretch.last)
            row = self.judge.back(row)
        for start, end in self.judge.readings.blocks(row, last):
            yield from self._block(start, end)
        if self.pending.any():
            yield self._begin(self.pending)

    def _block(self, start: int, end: int) -> Iterator[Block]:
        day, has = self.frame.day[start:end], self.frame.has[start:end]
        counts = has & (day >= self.begin_day) & (day < self.stretch.last)
        pending = bool(np.count_nonzero(self.pending))
        bare = False
        if self.judge.conditions.program.at_once and not self.standing.at.all():
            # only units that have no level yet, and have returns here, ask for what holds without durations
            bare = bool((has.any(axis=0) & (self.standing.at == 0)).any())
        judged = self.judge.judged(start, end, bare, self.begin_day)
        if pending:
            self._note(day, has & (day < self.begin_day), judged)
            ready = self.pending & counts.any(axis=0)
            if ready.any():
                # nothing counts for a unit before it begins, so that all others may go on afterwards
                yield self._begin(ready, day[counts.argmax(axis=0), np.arange(len(ready))])
        waits = self.judge.reach.waits
        moved = self.standing.move(self.judge.kit, judged.cases, judged.bare, day, counts, waits, start)
        yield Block(self.stretch.policy, counts, day, *moved, judged.whens)

    def _note(self, day: Days, earlier: Flags, judged: Judged) -> None:
        """Keep of each unit the newest of some returns from before it begins."""
        units = np.flatnonzero(self.pending & earlier.any(axis=0))
        rows = len(day) - 1 - earlier[::-1, units].argmax(axis=0)
        self.latest_day[units] = day[rows, units]
        self.latest.cases[0, units] = judged.cases[rows, units]
        if self.latest.bare is not None and judged.bare is not None:
            self.latest.bare[0, units] = judged.bare[rows, units]
        if self.latest.whens is not None and judged.whens is not None:
            self.latest.whens[0][:, units] = judged.whens[rows, :, units].T

    def _begin(self, units: Flags, arriving: Days | None = None) -> Block:
        """The version begins for some units: the newest return is judged by it.

        Where a return arrives on the very day, that is the step. A return that is too old is not judged.
        """
        self.pending = self.pending & ~units
        known = units & (self.latest_day > 0)
        known &= self.begin_day - self.latest_day <= self.stretch.policy.version.returns.stale_after
        if arriving is not None:
            units = units & (arriving > self.begin_day)
            known &= units
        latest, day = self.latest, self.begin_day[None]
        waits = self.judge.reach.waits
        moved = self.standing.move(self.judge.kit, latest.cases, latest.bare, day, known[None], waits, 0)
        whens = None if latest.whens is None else latest.whens.copy()
        return Block(self.stretch.policy, units[None], day, *moved, whens)

    def _map(self, units: Flags) -> None:
        """Find the status of the version before in this one."""
        policy = self.stretch.policy
        old = self.begins.policy if self.before is None else self.before.conditions.program.policy
        if old is None or old is policy:
            return
        standing = self.standing
        ids = old.version.status_ids
        levels = [mapped_level(id_, old, policy) for id_ in ids]
        gone = [policy.version.status_ids[level] != id_ for id_, level in zip(ids, levels, strict=True)]
        stood = units & (standing.at != 0)
        level = np.where(stood, (standing.at >> 1) - 1, NONE) + 1
        renamed = np.array([False, *gone])[level]
        # steps that were given out before keep what they say, so new arrays are made
        standing.at = np.where(stood, 2 * np.array([0, *(one + 1 for one in levels)])[level], standing.at)
        standing.since = np.where(renamed, self.begin_day, standing.since)
