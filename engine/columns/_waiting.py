"""The status table with minimum stays folded in, so that one look-up moves a unit on by a row.

A unit that has moved waits for so many of its returns until its stay is over. How many follows from the days of the
returns alone, and is known beforehand. So a *state* is where a unit stands together with the returns that it still
waits for, and the state that follows rests on nothing but the case of the return and the waits that would begin
there.
"""

from __future__ import annotations

import numpy as np

from engine.columns._arrays import Days, Flags, Numbers, fitting
from engine.columns._frame import Frame
from engine.columns._status import StatusTable

MOST = 2**20
"""Tables have so many places at most; beyond, units are moved on in smaller steps."""
LONGEST = 30
"""Waits that may go on for more rows are not looked up."""
NO_RETURN = 2**31 - 1
"""In place of a day, later than all days."""


class Waits:
    """How long units wait in a frame for a stay to be over; worked out once for each length of stay."""

    def __init__(self, frame: Frame) -> None:
        self._day, self._has = frame.day, frame.has
        first = np.where(frame.has, frame.day, NO_RETURN).min(axis=1, initial=NO_RETURN)
        self._ahead: Days = np.minimum.accumulate(first[::-1])[::-1]
        """By row the first day that a return has there or later."""
        self._found: dict[int, Numbers | None] = {}
        self._codes: dict[tuple[int, ...], tuple[Numbers | None, int] | None] = {}

    def codes(self, stays: tuple[int, ...]) -> tuple[Numbers | None, int] | None:
        """What waits begin at each return, one for each length of stay, and the longest; None if one is too long.

        Their combinations are numbered, with the wait for the first stay as the lowest digit to the base of one
        more than the longest. The numbers are None where there is nothing to wait for.
        """
        if stays not in self._codes:
            self._codes[stays] = self._numbered(stays)
        return self._codes[stays]

    def _numbered(self, stays: tuple[int, ...]) -> tuple[Numbers | None, int] | None:
        found = [self._waits(stay) for stay in stays]
        known = [one for one in found if one is not None]
        if len(known) < len(found):
            return None
        most = max((int(one.max(initial=0)) for one in known), default=0)
        kind = fitting((most + 1) ** len(stays))
        codes: Numbers | None = None
        for one in reversed(known) if most else ():
            codes = one.astype(kind) if codes is None else codes * kind(most + 1) + one
        return codes, most

    def _waits(self, stay: int) -> Numbers | None:
        """For how many returns after each a stay that begins with it is not over; None if for too many."""
        if stay not in self._found:
            due = self._day + np.int32(stay)
            rows = np.searchsorted(self._ahead, due.max(axis=1)) - np.arange(len(due))
            longest = int(rows.max(initial=0))
            found: Numbers | None = None
            if longest <= LONGEST:
                found = np.zeros(due.shape, np.int8)
                for ahead in range(1, longest):
                    within = self._day[ahead:] < due[:-ahead]
                    within &= self._has[ahead:]
                    found[:-ahead] += within.view(np.int8)
            self._found[stay] = found
        return self._found[stay]

    def first(self, row: int, due: Days, day: Days, counts: Flags) -> Numbers:
        """For how many returns from a row on units wait that have a stay which is over on a day.

        `day` and `counts` are the days of the rows from there on, and which of their returns count.
        """
        rows = slice(0, int(np.searchsorted(self._ahead[row : row + len(day)], due.max())))
        found: Numbers = np.count_nonzero((day[rows] < due) & counts[rows], axis=0)
        return found


class WaitingTable:
    """What follows each state. Units wait for up to `most` returns once they have moved, and for one more at first.

    A place is `(case * combinations + combination of waits) * states + state`. A state is `level * waits` and the
    returns to wait for, where a unit without a level is at 0 and the others are one up.
    """

    def __init__(self, table: StatusTable, stays: tuple[int, ...], stay_of: Numbers, most: int) -> None:
        self._table = table
        self.most, self.waits, self._levels = most, most + 2, table.width // 2
        self.states = self._levels * self.waits
        self.combinations = (most + 1) ** len(stays)
        self._begun = np.zeros((self.combinations, self._levels), np.intp)
        for place, stay in enumerate(stays):
            digit = np.arange(self.combinations) // (most + 1) ** place % (most + 1)
            self._begun[:, stay_of == stay] = digit[:, None]
        self.following: Numbers = np.zeros(0, np.intp)
        """The state afterwards, by place."""
        self.determinate: Flags = np.zeros(0, np.bool_)
        """Whether the status is determinate, by place."""
        self.level: Numbers = np.repeat(np.arange(self._levels, dtype=np.int8), self.waits)
        """The level of each state, one up."""

    @property
    def fits(self) -> bool:
        """Whether it is small enough."""
        size: int = self._table.known * self.combinations * self.states
        return size <= MOST

    def grow(self) -> None:
        """Take in the cases that have been met since."""
        done, met = len(self.following) // (self.combinations * self.states), self._table.known
        if done == met:
            return
        over = np.zeros(self.waits, np.intp)
        over[0] = 1  # nothing left to wait for
        shape = (met, self._levels, 2)
        level = self._table.following.reshape(shape)[done:, :, over] // 2
        left = np.broadcast_to(np.maximum(np.arange(self.waits) - 1, 0), level.shape).copy()
        if not done:
            left[0] = np.arange(self.waits)  # no return: the wait goes on
        moved = level != np.arange(self._levels)[:, None]
        begun = self._begun[:, level].transpose(1, 0, 2, 3)
        following = level[:, None] * self.waits + np.where(moved[:, None], begun, left[:, None])
        determinate = self._table.determinate.reshape(shape)[done:, None, :, over]
        self.following = np.concatenate((self.following, following.reshape(-1)))
        self.determinate = np.concatenate(
            (self.determinate, np.broadcast_to(determinate, following.shape).reshape(-1))
        )
