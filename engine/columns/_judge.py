"""Judges returns: from a frame's rows to the truths of a version's conditions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from engine.columns._arrays import Days, Flags, Numbers, Whole
from engine.columns._figures import FigureColumns
from engine.columns._frame import Frame
from engine.columns._measures import MeasureColumns
from engine.columns._reach import Reach
from engine.columns._runs import RunColumns
from engine.columns._status import StatusTable
from engine.columns._stretches import Stretch
from engine.columns._tree import Roots
from engine.columns._truths import Conditions, Limits, Truth
from engine.columns._values import Readings
from engine.columns._waiting import WaitingTable
from rules.decide import Program

TOGETHER = 20_000
"""Stretches with up to so many returns are judged side by side: each call takes about as long for few as for many."""
IN_ONE = 3_000
"""Up to so many are judged in one go with those under the last numbers."""


@dataclass(frozen=True, slots=True)
class Kit:
    """What is made once for a version.

    `roots` is what its steps ask for, without and with the conditions of reductions. `stays` is the minimum stay
    in days by where a unit stands, as `StatusTable` has it, and `kinds` are those above 0 that there are. `beside`
    keeps what several stretches compare with that are judged side by side.
    """

    figures: FigureColumns
    measures: MeasureColumns
    table: StatusTable
    roots: tuple[Roots, Roots]
    stays: Numbers
    kinds: tuple[int, ...]
    beside: dict[tuple[Limits, ...], Limits] = field(default_factory=dict)
    _waiting: dict[int, WaitingTable] = field(default_factory=dict)

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
            tuple(sorted({*stays} - {0})),
        )

    def waiting(self, most: int) -> WaitingTable | None:
        """The table for waits of up to so many returns; None where it would be too large."""
        if most not in self._waiting:
            self._waiting[most] = WaitingTable(self.table, self.kinds, self.stays[::2], most)
        found = self._waiting[most]
        if not found.fits:
            return None
        found.grow()
        return found


class Judged(NamedTuple):
    """The returns of some rows as a version judges them.

    `cases` has the case of each return, and `bare` what it is where durations are left out, if that is wanted.
    `whens` says by row, reduction and unit whether the condition of the reduction holds, if that is wanted.
    """

    cases: Numbers
    bare: Numbers | None
    whens: Flags | None

    def columns(self, columns: slice) -> Judged:
        """The same of some columns."""
        return Judged(
            self.cases[:, columns],
            None if self.bare is None else self.bare[:, columns],
            None if self.whens is None else self.whens[:, :, columns],
        )


class Span(NamedTuple):
    """Columns of units under the numbers of some days, from the first up to the last, which is left out."""

    columns: slice
    units: Numbers
    first: int
    last: int


class Earlier(NamedTuple):
    """Units under the numbers that they went by earlier, side by side, for the rows from `first` up to `last`."""

    units: Numbers
    conditions: Conditions
    runs: RunColumns
    first: int
    last: int
    spans: tuple[Span, ...]


Piece = tuple[Stretch, Conditions, Numbers]
"""A stretch, the conditions of its units, and those that go by other numbers in the end."""


class Judge:
    """Judges the returns of a frame under one version and each unit's numbers, and keeps their runs.

    With `whens` the conditions of reductions are judged too. `conditions` has the numbers that count in the end;
    `begin_earlier` adds those that counted before.
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
        self._earlier: list[Earlier] = []
        self._beside(conditions, None, ())

    def _beside(self, conditions: Conditions, columns: Numbers | None, spans: tuple[Span, ...]) -> None:
        """Judge all returns of some columns in one go: by default of the units, else of the units of `columns`."""
        self._all, self._columns, self._spans = conditions, columns, spans
        size = len(self.frame.units) if columns is None else len(columns)
        self._runs = RunColumns(conditions.program, self.roots.layers, size)

    def back(self, row: int) -> int:
        """The row to begin at so that all durations are known from `row` on."""
        return self.reach.back(row, self.conditions.program, self.roots.chain)

    def begin_earlier(self, stretches: Sequence[tuple[Stretch, Conditions]], end: int) -> None:
        """Take in the stretches of the version before the last, which are judged by numbers of their own.

        `end` is the day on which the last one ends. Few returns are judged together with those under the last
        numbers, more of them by themselves, and many stretch by stretch.
        """
        pieces = [(one, own, own.changed(self.conditions)) for one, own in stretches]
        pieces = [piece for piece in pieces if piece[2].size]
        if not pieces:
            return
        if self._cells(pieces, end) <= IN_ONE:
            every = [np.arange(len(self.frame.units)), *(own for *_, own in pieces)]
            parts = [self.conditions, *(one.part(own) for _, one, own in pieces)]
            conditions = Conditions.beside(parts, self.kit.beside)
            self._beside(conditions, np.concatenate(every), _spans(pieces))
            return
        joined: list[Piece] = []
        for piece in pieces:
            if joined and self._cells([*joined, piece], piece[0].last) > TOGETHER:
                self._join(joined)
                joined = []
            joined.append(piece)
        self._join(joined)

    def _rows(self, pieces: Sequence[Piece], end: int) -> tuple[int, int]:
        """The rows that count for some stretches up to a day, but for what goes back further."""
        first = pieces[0][0]
        return self.reach.rows(first.first - first.policy.version.returns.stale_after, end)

    def _cells(self, pieces: Sequence[Piece], end: int) -> int:
        """How many returns are judged where stretches are judged side by side."""
        first, last = self._rows(pieces, end)
        return (last - first) * sum(units.size for *_, units in pieces)

    def _join(self, pieces: Sequence[Piece]) -> None:
        """Judge some stretches side by side."""
        first, last = self._rows(pieces, pieces[-1][0].last)
        units = np.concatenate([own for *_, own in pieces])
        conditions = Conditions.beside([one.part(own) for _, one, own in pieces], self.kit.beside)
        runs = RunColumns(conditions.program, self.roots.layers, len(units))
        self._earlier.append(Earlier(units, conditions, runs, self.back(first), last, _spans(pieces)))

    def judged(self, start: int, end: int, bare: bool, begin: Days) -> Judged:
        """The rows from `start` up to `end`, with what follows where durations are left out if `bare`.

        The rows before must have been judged. Returns from before the day on which a unit begins are judged by the
        numbers of that day.
        """
        day = self.frame.day[start:end]
        units, columns = (
            len(self.frame.units),
            len(self.frame.units if self._columns is None else self._columns),
        )
        found = self._judged(self.truths(start, end, bare), (end - start, columns), bare)
        if self._columns is not None:
            found, own = found.columns(slice(units)), found.columns(slice(units, None))
            _overlay(found, self._spans, own, slice(None), np.maximum(day, begin))
        for one in self._earlier:
            first, last = max(start, one.first), min(end, one.last)
            if first < last:
                rows = slice(first - start, last - start)
                own = self._judged_earlier(one, first, last, bare)
                _overlay(found, one.spans, own, rows, np.maximum(day[rows], begin))
        return found

    def truths(self, start: int, end: int, bare: bool) -> dict[int, Truth]:
        """The truths of some rows; the rows before must have been judged."""
        return self._truths(self._all, self._runs, self._columns, (start, end), bare)

    def _judged_earlier(self, one: Earlier, start: int, end: int, bare: bool) -> Judged:
        """What earlier numbers make of some rows."""
        truths = self._truths(one.conditions, one.runs, one.units, (start, end), bare)
        return self._judged(truths, (end - start, len(one.units)), bare)

    def _truths(
        self,
        conditions: Conditions,
        runs: RunColumns,
        columns: Numbers | None,
        rows: tuple[int, int],
        bare: bool,
    ) -> dict[int, Truth]:
        """The truths of conditions in some rows for the units of some columns; None for all units."""
        day, has = self.frame.day[slice(*rows)], self.frame.has[slice(*rows)]
        if columns is not None:
            day, has = day.take(columns, axis=1), has.take(columns, axis=1)
        runs.begin(day, has)

        def values(slot: int) -> Whole:
            found = self.readings.slot(slot, *rows)
            return found if columns is None else found.units(columns)

        layers = self.roots.with_bare if bare else self.roots.layers
        return conditions.judge(layers, values, runs.reached)

    def _judged(self, truths: Mapping[int, Truth], shape: tuple[int, int], bare: bool) -> Judged:
        """What follows from the truths of some rows."""
        roots, table = self.roots, self.kit.table
        leave = [None if node is None else truths[node] for node in roots.exits]

        def cases(enters: Sequence[int | None]) -> Numbers:
            found = table.cases([None if node is None else truths[node] for node in enters], leave)
            return found if found.shape == shape else np.broadcast_to(found, shape).copy()

        return Judged(
            cases(roots.enters), cases(roots.bare) if bare else None, _whens(roots.whens, truths, shape)
        )


def _spans(pieces: Sequence[Piece]) -> tuple[Span, ...]:
    """The spans of some stretches, of which the columns follow one another."""
    found, first = [], 0
    for stretch, _, units in pieces:
        found.append(Span(slice(first, first + units.size), units, stretch.first, stretch.last))
        first += units.size
    return tuple(found)


def _overlay(found: Judged, spans: Sequence[Span], own: Judged, rows: slice, day: Days) -> None:
    """Put what earlier numbers make of some rows over what the last ones do, on the days on which they counted.

    `day` is the day by which each return is judged.
    """
    for span in spans:
        units, columns = span.units, span.columns
        days = day.take(units, axis=1)
        counts = (days >= span.first) & (days < span.last)
        for whole, part in zip(found[:2], own[:2], strict=True):
            if whole is not None and part is not None:
                whole[rows, units] = np.where(counts, part[:, columns], whole[rows, units])
        if found.whens is not None and own.whens is not None:
            old = found.whens[rows, :, units]
            found.whens[rows, :, units] = np.where(counts[:, None], own.whens[:, :, columns], old)


def _whens(
    nodes: Sequence[int | None] | None, truths: Mapping[int, Truth], shape: tuple[int, int]
) -> Flags | None:
    """Where the condition of each reduction holds; one without a condition holds always."""
    if nodes is None:
        return None
    found = np.ones((shape[0], len(nodes), shape[1]), np.bool_)
    for number, node in enumerate(nodes):
        if node is not None:
            found[:, number] = truths[node].certain
    return found
