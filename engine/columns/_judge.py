"""Judges returns: from a frame's rows to the truths of a version's conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.columns._arrays import Numbers, Truths, Whole
from engine.columns._figures import FigureColumns
from engine.columns._frame import Frame
from engine.columns._measures import MeasureColumns
from engine.columns._reach import Reach
from engine.columns._runs import RunColumns
from engine.columns._status import StatusTable
from engine.columns._truths import Conditions
from rules.decide import Program

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


class Judge:
    """Judges the returns of a frame under one version and each unit's numbers, and keeps their runs."""

    def __init__(self, frame: Frame, reach: Reach, kit: Kit, conditions: Conditions) -> None:
        self.frame, self.reach, self.kit, self.conditions = frame, reach, kit, conditions
        program = conditions.program
        self.enters = [None if nodes is None else nodes.node for nodes in program.enters]
        self.bare = [None if nodes is None else nodes.bare for nodes in program.enters]
        self.exits = program.exits
        self.needed = conditions.needed([node for node in (*self.enters, *self.exits) if node is not None])
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

    def cases(self, start: int, end: int, bare: bool) -> tuple[Numbers, Numbers]:
        """The case of each return, and what it is where durations are left out, if that is wanted."""
        truths = self.truths(start, end, bare)
        shape = (end - start, len(self.frame.units))

        def of(nodes: Sequence[int | None]) -> list[Truths | None]:
            return [None if node is None else truths[node] for node in nodes]

        table = self.kit.table
        cases = np.broadcast_to(table.cases(of(self.enters), of(self.exits)), shape)
        if not bare:
            return cases, cases
        return cases, np.broadcast_to(table.cases(of(self.bare), of(self.exits)), shape)

    def truths(self, start: int, end: int, bare: bool = False) -> dict[int, Truths]:
        """The truths of the rows from `start` up to `end`; the rows before must have been judged."""
        frame, kit = self.frame, self.kit
        slots = self.conditions.program.slots
        self.runs.begin(frame.day[start:end], frame.has[start:end])
        figures = kit.figures.read(frame, start, end, self.reach.days_back(start, kit.figures))
        shape = (end - start, len(frame.units))
        measures = kit.measures.work_out(figures, shape)
        known: dict[int, Whole] = {}

        def value(slot: int) -> Whole:
            if slot not in known:
                known[slot] = kit.measures.slot(slots[slot], figures, measures)
            return known[slot]

        needed = self._with_bare if bare else self.needed
        return self.conditions.judge(needed, value, self.runs.reached, shape)

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
        again = Judge(part, Reach(part), self.kit, self.conditions.part(changed))
        for first, last in again.blocks(start - earliest, row - earliest):
            again.truths(first, last)
        self.runs.replace(changed, again.runs)
