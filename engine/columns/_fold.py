"""The fold of `engine.timeline` over whole columns: the calculated status of many units, row by row.

Within a stretch every unit goes by one version and one set of numbers. The runs that a version begins with are
counted anew from the rows before it, as far back as any of them can reach.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.columns._arrays import Days, Flags, Numbers
from engine.columns._frame import Frame
from engine.columns._judge import Judge, Kit
from engine.columns._reach import Reach
from engine.columns._stretches import Compiler, Stretch, starts, stretches
from engine.columns._truths import Conditions
from rules.decide import NONE
from rules.library import Framework
from rules.policy import Policy, mapped_level


class Steps(NamedTuple):
    """The steps of one row, or those that a version takes on its first day, by unit.

    `policy` is the version that judges. `taken` says whether a unit takes a step. Then its day, the level after it
    (NONE before the first determinate one), since when it is that, and whether the step was determinate. Level and
    since are those of all units, also of those that take no step here. `whens` says by reduction and unit whether
    the condition of the reduction holds, if that was asked for.
    """

    policy: Policy
    taken: Flags
    day: Days
    level: Numbers
    since: Days
    determinate: Flags
    whens: Flags | None = None


class Columns:
    """Folds frames under one framework. What is made for its versions is kept from frame to frame."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self.compiler = Compiler(framework)
        self._kits: dict[int, Kit] = {}

    def steps(self, frame: Frame, *, whens: bool = False) -> Iterator[Steps]:
        """Every step of every unit; a unit's own come in the order of their days.

        With `whens` the conditions of reductions are judged too.
        """
        state = _State.of(self.framework, frame)
        reach = Reach(frame)
        judge: Judge | None = None
        for stretch in stretches(self.framework, frozenset(frame.regions)):
            before, judge = judge, self.judge(stretch, frame, reach, whens=whens)
            yield from _Stretch(frame, state, stretch, judge, before).steps()

    def judge(self, stretch: Stretch, frame: Frame, reach: Reach, *, whens: bool = False) -> Judge:
        """What judges the returns of a frame within a stretch."""
        conditions = self.compiler.conditions(stretch, frame)
        return Judge(frame, reach, self.kit(stretch.policy, conditions), conditions, whens=whens)

    def kit(self, policy: Policy, conditions: Conditions) -> Kit:
        """What is made once for a version."""
        if id(policy) not in self._kits:
            self._kits[id(policy)] = Kit.of(conditions.program)
        return self._kits[id(policy)]


@dataclass(slots=True)
class _State:
    """Where each unit stands, and the first day that counts for it."""

    level: Numbers
    since: Days
    start: Days

    @classmethod
    def of(cls, framework: Framework, frame: Frame) -> _State:
        units = len(frame.units)
        return cls(np.full(units, NONE, np.int8), np.zeros(units, np.int32), starts(framework, frame))


class _Stretch:
    """One stretch of a fold."""

    def __init__(
        self, frame: Frame, state: _State, stretch: Stretch, judge: Judge, before: Judge | None
    ) -> None:
        self.frame, self.state, self.stretch = frame, state, stretch
        self.judge, self.before = judge, before
        first, last = stretch.first, stretch.last
        self.begin_day = np.maximum(state.start, first).astype(np.int32)
        starting = state.start < last
        self.pending: Flags = starting if stretch.begins else starting & (state.start >= first)
        self.latest_day = np.zeros(len(frame.units), np.int32)
        self.latest_case = np.zeros(len(frame.units), np.int32)
        self.latest_bare = np.zeros(len(frame.units), np.int32)
        self.latest_whens: Flags | None = None
        if judge.whens is not None:
            self.latest_whens = np.zeros((len(judge.whens), len(frame.units)), np.bool_)

    def steps(self) -> Iterator[Steps]:
        """The steps of the stretch, in order."""
        reach = self.judge.reach
        if self.pending.any():
            self._map(self.pending)
            newest = self.stretch.first - self.stretch.policy.version.returns.stale_after
            row, last = reach.rows(newest, self.stretch.last)
            row = self.judge.back(row)
        else:
            row, last = reach.rows(self.stretch.first, self.stretch.last)
            if self.before is not None and not self.stretch.begins:
                self.judge.follow(self.before, row)
        for start, end in self.judge.blocks(row, last):
            yield from self._block(start, end)
        if self.pending.any():
            yield self._begin(self.pending)

    def _block(self, start: int, end: int) -> Iterator[Steps]:
        day, has = self.frame.day[start:end], self.frame.has[start:end]
        bare = self.judge.conditions.program.at_once and bool((self.state.level == NONE).any())
        cases, bare_cases, whens = self.judge.judged(start, end, bare)
        present = has & (day >= self.begin_day) & (day < self.stretch.last)
        for row in range(end - start):
            now = present[row]
            if self.pending.any():
                ready = self.pending & now
                if ready.any():
                    yield self._begin(ready, day[row])
                earlier = has[row] & (day[row] < self.begin_day)
                np.copyto(self.latest_day, day[row], where=earlier)
                np.copyto(self.latest_case, cases[row], where=earlier)
                if bare:
                    np.copyto(self.latest_bare, bare_cases[row], where=earlier)
                if whens is not None and self.latest_whens is not None:
                    np.copyto(self.latest_whens, whens[row], where=earlier)
            if now.any():
                stepped = self._step(now, day[row], cases[row], bare_cases[row] if bare else None)
                yield stepped if whens is None else stepped._replace(whens=whens[row])

    def _begin(self, units: Flags, arriving: Days | None = None) -> Steps:
        """The version begins for some units: the newest return is judged by it.

        Where a return arrives on the very day, that is the step. A return that is too old is not judged.
        """
        state, version = self.state, self.stretch.policy.version
        self.pending = self.pending & ~units
        known = units & (self.latest_day > 0)
        known &= self.begin_day - self.latest_day <= version.returns.stale_after
        if arriving is not None:
            units = units & (arriving > self.begin_day)
            known &= units
        bare = self.latest_bare if self.judge.conditions.program.at_once else None
        stepped = self._step(known, self.begin_day, self.latest_case, bare)
        whens = None if self.latest_whens is None else self.latest_whens.copy()
        return stepped._replace(
            taken=units, determinate=stepped.determinate & known, level=state.level, whens=whens
        )

    def _map(self, units: Flags) -> None:
        """Find the status of the version before in this one."""
        policy = self.stretch.policy
        old = policy if self.before is None else self.before.conditions.program.policy
        if old is policy:
            return
        state = self.state
        ids = old.version.status_ids
        levels = [mapped_level(id_, old, policy) for id_ in ids]
        gone = [policy.version.status_ids[level] != id_ for id_, level in zip(ids, levels, strict=True)]
        stood = units & (state.level != NONE)
        at = np.where(stood, state.level, NONE) + 1
        renamed = np.array([False, *gone])[at]
        # steps that were given out before keep what they say, so new arrays are made
        state.level = np.where(stood, np.array([NONE, *levels], np.int8)[at], state.level)
        state.since = np.where(renamed, self.begin_day, state.since)

    def _step(self, units: Flags, day: Days, cases: Numbers, bare: Numbers | None) -> Steps:
        """Move the status of some units."""
        state = self.state
        level = state.level
        at = level + np.int32(1)
        if bare is not None:
            cases = np.where(level == NONE, bare, cases)
        stay_over = day - state.since >= self.judge.kit.minimum_stay[at]
        following = self.judge.kit.table.statuses[cases + 2 * at + stay_over]
        determinate = following != NONE
        moved = units & determinate & (following != level)
        state.level = np.where(moved, following, level)
        state.since = np.where(moved, day, state.since)
        return Steps(self.stretch.policy, units, day, state.level, state.since, determinate)
