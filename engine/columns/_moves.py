"""The status of many units moved from row to row: the one part of a fold that goes step by step."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from engine.columns._arrays import WIDE, Days, Flags, Numbers, accumulate
from engine.columns._judge import Kit
from engine.columns._waiting import WaitingTable, Waits

FEW = 4
"""From so many rows on, but for very many units, it pays to look up what follows in a table with waits."""


class Moved(NamedTuple):
    """Where units stand after each row, since when, and whether its step was determinate; by row and unit."""

    level: Numbers
    since: Days
    determinate: Flags


class Standing:
    """Where each unit stands under one version, as `StatusTable` has it, and since when (0 without a level)."""

    def __init__(self, at: Numbers, since: Days) -> None:
        self.at, self.since = at, since

    @classmethod
    def nowhere(cls, units: int) -> Standing:
        """No unit has a level."""
        return cls(np.zeros(units, np.intp), np.zeros(units, np.int32))

    def move(
        self, kit: Kit, cases: Numbers, bare: Numbers | None, day: Days, counts: Flags, waits: Waits, row: int
    ) -> Moved:
        """Move on row by row, from a row of the frame on.

        `cases` are those of the rows in the version's table, and `bare` those for units without a level, if some are
        others. Only rows that count for a unit move it. A single row may be one that is not in the frame.
        """
        cases = cases * counts
        if bare is not None:
            self._bare(kit, cases, bare, counts)
        few = len(day) < FEW or len(self.at) >= WIDE
        numbered = None if few else waits.codes(kit.kinds)
        table = None if numbered is None else kit.waiting(numbered[1])
        if numbered is None or table is None:
            return self._stepwise(kit, cases, day)
        codes, _ = numbered
        places = np.multiply(cases, table.combinations * table.states, dtype=np.intp)
        state = (self.at >> 1) * table.waits
        if kit.kinds:
            state += waits.first(row, self.since + kit.stays[self.at], day, counts)
        if codes is not None:
            places += np.multiply(codes[row : row + len(day)], table.states, dtype=np.int32)
        return self._at_once(table, state, places, day)

    def _bare(self, kit: Kit, cases: Numbers, bare: Numbers, counts: Flags) -> None:
        """Put in the bare cases for units without a level, up to the row that gives one to each."""
        units = np.flatnonzero(self.at == 0)
        own = bare.take(units, axis=1) * counts.take(units, axis=1)
        given = kit.table.following.take(np.multiply(own, kit.table.width, dtype=np.intp) + 1) != 0
        until = np.where(given.any(axis=0), given.argmax(axis=0), len(bare))
        usual = np.arange(len(bare))[:, None] > until
        cases[:, units] = np.where(usual, cases.take(units, axis=1), own)

    def _at_once(self, table: WaitingTable, state: Numbers, places: Numbers, day: Days) -> Moved:
        """Each row is one look-up of the state that follows."""
        states = np.empty_like(places)
        add, follow = np.add, table.following.take
        for place, after in zip(places, states, strict=True):
            add(place, state, place)
            follow(place, None, after, "clip")
            state = after
        stood = np.empty((len(day) + 1, len(self.at)), np.int8)
        stood[0] = self.at >> 1
        table.level.take(states, None, stood[1:], "clip")
        since = np.multiply(day, stood[1:] != stood[:-1], dtype=np.int32)
        np.maximum(since[0], self.since, out=since[0])
        accumulate(np.maximum, since)  # days only grow
        self.at, self.since = 2 * stood[-1].astype(np.intp), since[-1]
        return Moved(stood[1:] - np.int8(1), since, table.determinate.take(places))

    def _stepwise(self, kit: Kit, cases: Numbers, day: Days) -> Moved:
        """Each row is several steps, for versions with more cases and waits than a table should have."""
        places = np.multiply(cases, kit.table.width, dtype=np.intp)
        standing, since = np.empty(places.shape, np.intp), np.empty(places.shape, np.int32)
        add, times, differs, reaches = np.add, np.multiply, np.not_equal, np.greater_equal
        stays, following = kit.stays, kit.table.following
        at, held, stay = self.at, self.since, kit.stays[self.at]
        due, over, moved = np.empty_like(held), np.empty(at.shape, np.bool_), np.empty(at.shape, np.bool_)
        for place, today, after, began in zip(places, day, standing, since, strict=True):
            add(held, stay, due)
            reaches(today, due, over)
            add(place, at, place)
            add(place, over, place)
            following.take(place, None, after, "clip")
            differs(after, at, moved)
            times(today, moved, due)
            np.maximum(held, due, out=began)  # days only grow
            stays.take(after, None, stay, "clip")
            at, held = after, began
        self.at, self.since = at, held
        level = (standing.astype(np.int8) >> 1) - np.int8(1)
        return Moved(level, since, kit.table.determinate.take(places))
