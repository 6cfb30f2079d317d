"""The fold of `engine.timeline` over whole columns: the calculated status of many units, row by row.

Within a stretch every unit goes by one version and one set of numbers. The runs that a stretch begins with are
counted anew from the rows before it, as far back as any of them can reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.active import mapped_level
from engine.columns._arrays import Days, Flags, Numbers, Truths, Whole
from engine.columns._figures import FigureColumns
from engine.columns._frame import Frame
from engine.columns._measures import MeasureColumns
from engine.columns._reach import Reach
from engine.columns._runs import RunColumns
from engine.columns._status import StatusTable
from engine.columns._stretches import Compiler, Stretch, starts, stretches
from engine.columns._truths import Conditions
from rules.decide import NONE
from rules.library import Framework
from rules.policy import Policy

BLOCK = 1 << 15
"""About so many returns are worked on at a time, so that what belongs to them stays close at hand."""


class Steps(NamedTuple):
    """The steps of one row, or those that a version takes on its first day, by unit.

    `taken` says whether there is one. Then its day, the level after it (NONE before the first determinate one),
    since when it is that, and whether the step was determinate.
    """

    taken: Flags
    day: Days
    level: Numbers
    since: Days
    determinate: Flags


@dataclass(frozen=True, slots=True)
class Kit:
    """What is made once for a version."""

    figures: FigureColumns
    measures: MeasureColumns
    table: StatusTable
    minimum_stay: Numbers
    """By level + 1, because NONE is -1."""


class Columns:
    """Folds frames under one framework. What is made for its versions is kept from frame to frame."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self.compiler = Compiler(framework)
        self._kits: dict[int, Kit] = {}

    def steps(self, frame: Frame) -> Iterator[Steps]:
        """Every step of every unit; a unit's own come in the order of their days."""
        state = _State.of(self.framework, frame)
        reach = Reach(frame)
        before: Policy | None = None
        for stretch in stretches(self.framework, frozenset(frame.regions)):
            conditions = self.compiler.conditions(stretch, frame)
            kit = self._kit(stretch.policy, conditions)
            yield from _Stretch(frame, state, reach, stretch, conditions, kit, before).steps()
            before = stretch.policy

    def _kit(self, policy: Policy, conditions: Conditions) -> Kit:
        if id(policy) not in self._kits:
            measures = MeasureColumns(conditions.program)
            stays = [0, *(status.minimum_stay or 0 for status in policy.version.statuses)]
            self._kits[id(policy)] = Kit(
                FigureColumns(policy.version, measures.keys),
                measures,
                StatusTable(conditions.program),
                np.array(stays, np.int32),
            )
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
        self,
        frame: Frame,
        state: _State,
        reach: Reach,
        stretch: Stretch,
        conditions: Conditions,
        kit: Kit,
        before: Policy | None,
    ) -> None:
        self.frame, self.state, self.reach = frame, state, reach
        self.stretch, self.conditions, self.kit, self.before = stretch, conditions, kit, before
        first, last = stretch.first, stretch.last
        self.begin_day = np.maximum(state.start, first).astype(np.int32)
        starting = state.start < last
        self.pending: Flags = starting if stretch.begins else starting & (state.start >= first)
        program = conditions.program
        self.ordinary = [None if nodes is None else nodes.node for nodes in program.enters]
        self.bare = [None if nodes is None else nodes.bare for nodes in program.enters]
        self.leaves = program.exits
        self.latest_day = np.zeros(len(frame.units), np.int32)
        self.latest_case = np.zeros(len(frame.units), np.int32)
        self.latest_first = np.zeros(len(frame.units), np.int32)

    def steps(self) -> Iterator[Steps]:
        """The steps of the stretch, in order."""
        self._map(self.pending)
        version = self.stretch.policy.version
        earliest = self.stretch.first - (version.returns.stale_after if self.pending.any() else 0)
        judged, last = self.reach.rows(earliest, self.stretch.last)
        roots = [node for node in (*self.ordinary, *self.leaves) if node is not None]
        needed = self.conditions.needed(roots)
        runs = RunColumns(self.conditions, needed, len(self.frame.units))
        begin = self.reach.back(judged, self.conditions, needed)
        rows = max(1, BLOCK // max(1, len(self.frame.units)))
        for start in range(begin, last, rows):
            yield from self._block(start, min(start + rows, last), needed, runs)
        if self.pending.any():
            yield self._begin(self.pending)

    def _block(self, start: int, end: int, needed: Sequence[int], runs: RunColumns) -> Iterator[Steps]:
        frame, state = self.frame, self.state
        day, has = frame.day[start:end], frame.has[start:end]
        runs.begin(day, has)
        first = self.conditions.program.at_once and bool((state.level == NONE).any())
        cases, first_cases = self._cases(start, end, needed, runs, first)
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
                if first:
                    np.copyto(self.latest_first, first_cases[row], where=earlier)
            if now.any():
                yield self._step(now, day[row], cases[row], first_cases[row] if first else None)

    def _cases(
        self, start: int, end: int, needed: Sequence[int], runs: RunColumns, first: bool
    ) -> tuple[Numbers, Numbers]:
        """The case of each return, and what it is where durations are left out, if that is wanted."""
        figures = self.kit.figures.read(self.frame, start, end, self.reach.days_back(start, self.kit.figures))
        shape = (end - start, len(self.frame.units))
        measures = self.kit.measures.work_out(figures, shape)
        slots: dict[int, Whole] = {}

        def value(slot: int) -> Whole:
            if slot not in slots:
                slots[slot] = self.kit.measures.slot(self.conditions.program.slots[slot], figures, measures)
            return slots[slot]

        wanted = needed
        if first:
            bare = self.conditions.needed([node for node in self.bare if node is not None])
            wanted = sorted({*needed, *bare})
        truths = self.conditions.judge(wanted, value, runs.reached, shape)

        def of(nodes: Sequence[int | None]) -> list[Truths | None]:
            return [None if node is None else truths[node] for node in nodes]

        table = self.kit.table
        cases = np.broadcast_to(table.cases(of(self.ordinary), of(self.leaves)), shape)
        if not first:
            return cases, cases
        return cases, np.broadcast_to(table.cases(of(self.bare), of(self.leaves)), shape)

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
        first_cases = self.latest_first if self.conditions.program.at_once else None
        stepped = self._step(known, self.begin_day, self.latest_case, first_cases)
        return stepped._replace(taken=units, determinate=stepped.determinate & known, level=state.level)

    def _map(self, units: Flags) -> None:
        """Find the status of the version before in this one."""
        policy = self.stretch.policy
        if self.before is None or self.before is policy:
            return
        state = self.state
        ids = self.before.version.status_ids
        levels = [mapped_level(id_, self.before, policy) for id_ in ids]
        gone = [policy.version.status_ids[level] != id_ for id_, level in zip(ids, levels, strict=True)]
        stood = units & (state.level != NONE)
        at = np.where(stood, state.level, NONE) + 1
        renamed = np.array([False, *gone])[at]
        np.copyto(state.level, np.array([NONE, *levels], np.int8)[at], where=stood)
        np.copyto(state.since, self.begin_day, where=renamed)

    def _step(self, units: Flags, day: Days, cases: Numbers, first_cases: Numbers | None) -> Steps:
        """Move the status of some units."""
        state = self.state
        level = state.level
        at = level + np.int32(1)
        if first_cases is not None:
            cases = np.where(level == NONE, first_cases, cases)
        stay_over = day - state.since >= self.kit.minimum_stay[at]
        following = self.kit.table.statuses[cases + 2 * at + stay_over]
        determinate = following != NONE
        moved = units & determinate & (following != level)
        state.level = np.where(moved, following, level)
        state.since = np.where(moved, day, state.since)
        return Steps(units, day, state.level, state.since, determinate)
