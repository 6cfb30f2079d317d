"""Judges returns: from a frame's rows to the truths of a version's conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.columns._arrays import Flags, Numbers, Whole
from engine.columns._figures import FigureColumns
from engine.columns._frame import Frame
from engine.columns._measures import MeasureColumns
from engine.columns._reach import Reach
from engine.columns._runs import RunColumns
from engine.columns._status import StatusTable
from engine.columns._tree import Roots
from engine.columns._truths import Conditions, Truth
from engine.columns._values import Readings
from rules.decide import Program


@dataclass(frozen=True, slots=True)
class Kit:
    """What is made once for a version.

    `roots` is what its steps ask for, without and with the conditions of reductions. `stays` is the minimum stay
    in days by where a unit stands, as `StatusTable` has it.
    """

    figures: FigureColumns
    measures: MeasureColumns
    table: StatusTable
    roots: tuple[Roots, Roots]
    stays: Numbers

    @classmethod
    def of(cls, program: Program) -> Kit:
        """The kit of a version, from its program under any numbers."""
        version = program.policy.version
        measures = MeasureColumns(program)
        stays = [0, *(status.minimum_stay or 0 for status in version.statuses)]
        return cls(
            FigureColumns(version, measures.keys),
            measures,
            StatusTable(program),
            (Roots.of(program, whens=False), Roots.of(program, whens=True)),
            np.repeat(np.array(stays, np.int32), 2),
        )


class Judged(NamedTuple):
    """The returns of some rows as a version judges them.

    `cases` has the case of each return, and `bare` what it is where durations are left out, if that is wanted.
    `whens` says by row, reduction and unit whether the condition of the reduction holds, if that is wanted.
    """

    cases: Numbers
    bare: Numbers | None
    whens: Flags | None


class Judge:
    """Judges the returns of a frame under one version and each unit's numbers, and keeps their runs.

    With `whens` the conditions of reductions are judged too.
    """

    def __init__(
        self,
        frame: Frame,
        reach: Reach,
        kit: Kit,
        conditions: Conditions,
        readings: Readings,
        *,
        whens: bool = False,
    ) -> None:
        self.frame, self.reach, self.kit, self.conditions = frame, reach, kit, conditions
        self.readings = readings
        self.roots = kit.roots[whens]
        self.runs = RunColumns(conditions.program, self.roots.layers, len(frame.units))
        self.done = 0
        """The row after the last that was judged."""

    def back(self, row: int) -> int:
        """The row to begin at so that all durations are known from `row` on."""
        return self.reach.back(row, self.conditions.program, self.roots.chain)

    def judged(self, start: int, end: int, bare: bool) -> Judged:
        """The rows from `start` up to `end`, with what follows where durations are left out if `bare`."""
        truths, roots, table = self.truths(start, end, bare), self.roots, self.kit.table
        shape = (end - start, len(self.frame.units))

        def cases(enters: Sequence[int | None]) -> Numbers:
            own = [None if node is None else truths[node] for node in enters]
            leave = [None if node is None else truths[node] for node in roots.exits]
            found = table.cases(own, leave)
            return found if found.shape == shape else np.broadcast_to(found, shape)

        return Judged(
            cases(roots.enters), cases(roots.bare) if bare else None, _whens(roots.whens, truths, shape)
        )

    def truths(self, start: int, end: int, bare: bool) -> dict[int, Truth]:
        """The truths of the rows from `start` up to `end`; the rows before must have been judged."""
        self.runs.begin(self.frame.day[start:end], self.frame.has[start:end])
        self.done = end
        layers = self.roots.with_bare if bare else self.roots.layers
        return self.conditions.judge(
            layers, lambda slot: self.readings.slot(slot, start, end), self.runs.reached
        )

    def follow(self, before: Judge, row: int) -> None:
        """Take on the runs from under other numbers of the same version, up to `row`.

        For the units whose numbers have changed they are counted anew.
        """
        self.runs, self.done = before.runs, before.done
        units = self.conditions.changed(before.conditions)
        if before.done > row + 1:
            # of several rows that were judged before, and will be again, the runs cannot be told
            units = np.arange(len(self.frame.units))
        if not units.size:
            return
        conditions, layers = self.conditions.part(units), self.roots.run_layers
        runs = RunColumns(conditions.program, layers, len(units))
        for start, end in self.readings.blocks(self.back(row), row):
            day, has = self.frame.day[start:end], self.frame.has[start:end]
            runs.begin(day.take(units, axis=1), has.take(units, axis=1))

            def values(slot: int, first: int = start, last: int = end) -> Whole:
                return self.readings.slot(slot, first, last).units(units)

            conditions.judge(layers, values, runs.reached)
        self.runs.replace(units, runs)


def _whens(
    nodes: Sequence[int | None] | None, truths: dict[int, Truth], shape: tuple[int, int]
) -> Flags | None:
    """Where the condition of each reduction holds; one without a condition holds always."""
    if nodes is None:
        return None
    found = np.ones((shape[0], len(nodes), shape[1]), np.bool_)
    for number, node in enumerate(nodes):
        if node is not None:
            found[:, number] = truths[node].certain
    return found
