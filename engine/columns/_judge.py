"""Judges returns: from a frame's rows to the truths of a version's conditions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.columns._arrays import Flags, Numbers, Truths, Whole
from engine.columns._figures import FigureColumns
from engine.columns._frame import Frame
from engine.columns._measures import MeasureColumns
from engine.columns._reach import Reach
from engine.columns._runs import RunColumns
from engine.columns._status import StatusTable
from engine.columns._truths import Conditions
from rules.decide import TRUE, Program

BLOCK = 1 << 15
"""About so many returns are worked on at a time, so that what belongs to them stays close at hand."""


@dataclass(frozen=True, slots=True)
class Kit:
    """What is made once for a version. `minimum_stay` is in days by level + 1, because no level is -1."""

    figures: FigureColumns
    measures: MeasureColumns
    table: StatusTable
    minimum_stay: Numbers

    @classmethod
    def of(cls, program: Program) -> Kit:
        """The kit of a version, from its program under any numbers."""
        version = program.policy.version
        measures = MeasureColumns(program)
        stays = [0, *(status.minimum_stay or 0 for status in version.statuses)]
        figures = FigureColumns(version, measures.keys)
        return cls(figures, measures, StatusTable(program), np.array(stays, np.int32))


class Judged(NamedTuple):
    """The returns of some rows as a version judges them.

    `cases` has the case of each return, and `bare` what it is where durations are left out, if that is wanted.
    `whens` says by row, reduction and unit whether the condition of the reduction holds, if that is wanted.
    """

    cases: Numbers
    bare: Numbers
    whens: Flags | None


class Judge:
    """Judges the returns of a frame under one version and each unit's numbers, and keeps their runs.

    With `whens` the conditions of reductions are judged too.
    """

    def __init__(
        self, frame: Frame, reach: Reach, kit: Kit, conditions: Conditions, *, whens: bool = False
    ) -> None:
        self.frame, self.reach, self.kit, self.conditions = frame, reach, kit, conditions
        program = conditions.program
        self.whens = program.whens if whens else None
        self.enters = [None if nodes is None else nodes.node for nodes in program.enters]
        self.bare = [None if nodes is None else nodes.bare for nodes in program.enters]
        self.exits = program.exits
        roots = (*self.enters, *self.exits, *(self.whens or ()))
        self.needed = conditions.needed([node for node in roots if node is not None])
        self._with_bare = sorted(
            {*self.needed, *conditions.needed([node for node in self.bare if node is not None])}
        )
        self.runs = RunColumns(conditions, self.needed, len(frame.units))

    def blocks(self, first: int, last: int) -> list[tuple[int, int]]:
        """The rows from `first` up to `last` in blocks of a handy size."""
        rows = max(1, BLOCK // max(1, len(self.frame.units)))
        return [(start, min(start + rows, last)) for start in range(first, last, rows)]

    def back(self, row: int) -> int:
        """The row to begin at so that all durations are known from `row` on."""
        return self.reach.back(row, self.conditions, self.needed)

    def judged(self, start: int, end: int, bare: bool) -> Judged:
        """The rows from `start` up to `end`, with what follows where durations are left out if `bare`."""
        truths = self.truths(start, end, bare)
        shape = (end - start, len(self.frame.units))

        def of(nodes: Sequence[int | None]) -> list[Truths | None]:
            return [None if node is None else truths[node] for node in nodes]

        table = self.kit.table
        cases = np.broadcast_to(table.cases(of(self.enters), of(self.exits)), shape)
        without = cases
        if bare:
            without = np.broadcast_to(table.cases(of(self.bare), of(self.exits)), shape)
        return Judged(cases, without, self._whens(truths, shape))

    def _whens(self, truths: dict[int, Truths], shape: tuple[int, int]) -> Flags | None:
        """Where the condition of each reduction holds; one without a condition holds always."""
        if self.whens is None:
            return None
        found = np.ones((shape[0], len(self.whens), shape[1]), np.bool_)
        for number, node in enumerate(self.whens):
            if node is not None:
                found[:, number] = truths[node] == TRUE
        return found

    def truths(self, start: int, end: int, bare: bool = False) -> dict[int, Truths]:
        """The truths of the rows from `start` up to `end`; the rows before must have been judged."""
        frame = self.frame
        self.runs.begin(frame.day[start:end], frame.has[start:end])
        needed = self._with_bare if bare else self.needed
        shape = (end - start, len(frame.units))
        return self.conditions.judge(needed, self.values(start, end), self.runs.reached, shape)

    def values(self, start: int, end: int) -> Callable[[int], Whole]:
        """What gives the numbers of a slot, for the rows from `start` up to `end`."""
        frame, kit = self.frame, self.kit
        slots = self.conditions.program.slots
        figures = kit.figures.read(frame, start, end, self.reach.days_back(start, kit.figures))
        measures = kit.measures.work_out(figures, (end - start, len(frame.units)))
        known: dict[int, Whole] = {}

        def value(slot: int) -> Whole:
            if slot not in known:
                known[slot] = kit.measures.slot(slots[slot], figures, measures)
            return known[slot]

        return value

    def follow(self, before: Judge, row: int) -> None:
        """Take on the runs from under other numbers of the same version, up to `row`.

        For the units whose numbers have changed they are counted anew.
        """
        self.runs = before.runs
        changed = self.conditions.changed(before.conditions)
        if not changed.size:
            return
        start = self.back(row)
        earliest = self.reach.days_back(start, self.kit.figures)
        part = self.frame.part(earliest, row, changed)
        conditions = self.conditions.part(changed)
        again = Judge(part, Reach(part), self.kit, conditions, whens=self.whens is not None)
        for first, last in again.blocks(start - earliest, row - earliest):
            again.truths(first, last)
        self.runs.replace(changed, again.runs)
