"""The first day on which each unit stands elsewhere under the other version, decided one by one, and why."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from engine.active import UnitEvents
from engine.columns import Back, Flags, Frame, returns_of
from engine.compare._worlds import World
from engine.course import Course
from engine.single_step import Before, step_from
from engine.worlds import Pair, Reason, Track
from engine.worlds.reasons import Reasons
from rules.decide import NONE, Deciders
from rules.figures import Return
from rules.model import Pdu
from rules.problems import DisagreementError, Place, Problem


class First(NamedTuple):
    """The first day on which a unit differs, as a place among the days, and why."""

    unit: int
    place: int
    reason: Reason


def first_differences(
    worlds: tuple[World, World], frame: Frame, differ: Flags, deciders: Deciders
) -> Iterator[First]:
    """For each unit that differs on some day the first such day, decided in both worlds.

    Its step is decided by both deciders, and the returns before it, from which runs are counted, by the plain one.
    `differ` says by day and unit where they do. Raises DisagreementError, also (PF902) where a decision is another
    than that which all units judged at once came to.
    """
    given = _Given(frame)
    singles = [_Singles(world, frame, given, deciders) for world in worlds]
    reasons = Reasons()
    for unit in np.flatnonzero(differ.any(axis=0)).tolist():
        place = int(differ[:, unit].argmax())
        before, after = (single.track(unit, place) for single in singles)
        pair = Pair(frame.units[unit], before, after)
        yield First(unit, place, reasons.why(pair, before.first))


class _Given:
    """The returns of the unit that is looked at, made once for both worlds."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._unit = -1
        self._rows: dict[int, Return] = {}

    def of(self, unit: int, first: int, last: int) -> tuple[Return, ...]:
        """The unit's returns in the rows from `first` to `last`, with both."""
        if unit != self._unit:
            self._unit, self._rows = unit, {}
        rows = first + np.flatnonzero(self._frame.has[first : last + 1, unit])
        for row in rows.tolist():
            if row not in self._rows:
                (self._rows[row],) = returns_of(self._frame, unit, row, row + 1)
        return tuple(self._rows[row] for row in rows.tolist())


class _Singles:
    """Decides single days of single units in one world, from where columns say that they stood."""

    def __init__(self, world: World, frame: Frame, given: _Given, deciders: Deciders) -> None:
        self._world, self._frame, self._given = world, frame, given
        self._back = Back(world.columns, frame)
        self._deciders = deciders
        self._starts: dict[int, int] = {}

    def track(self, unit: int, place: int) -> Track:
        """Where a unit stands on a day. Raises DisagreementError."""
        day = self._world.daily.first + datetime.timedelta(days=place)
        frame, pdu = self._frame, self._frame.units[unit]
        rows = np.flatnonzero(frame.has[:, unit] & (frame.day[:, unit] <= day.toordinal()))
        row = int(rows[-1])
        if row not in self._starts:
            self._starts[row] = self._back.row(row)
        returns = self._given.of(unit, self._starts[row], row)
        days = tuple(one.as_of for one in returns)
        course = Course(self._world.framework, pdu, returns, UnitEvents(), days)
        standing = step_from(course, self._before(unit, int(frame.day[row, unit])), day, self._deciders)
        assert standing is not None, "a version that is pinned is in force on every day"
        known = standing.calculated if standing.determinate else None
        single = None if known is None else standing.policy.version.status_ids[known]
        code = int(self._world.daily.codes[place, unit])
        together = self._world.daily.ids[code] if code >= 0 else None
        if single != together:
            raise differs(pdu, day, together, single)
        return Track(course, day, day, ((day, standing),))

    def _before(self, unit: int, day: int) -> Before:
        """Where a unit stood before its step of a day."""
        held = Before(None, None)
        for steps in self._world.steps:
            if steps.taken[unit] and steps.day[unit] >= day:
                break
            if steps.taken[unit] and steps.level[unit] != NONE:
                held = Before(int(steps.level[unit]), datetime.date.fromordinal(int(steps.since[unit])))
        return held


def differs(
    pdu: Pdu, day: datetime.date, together: str | Sequence[str] | None, single: str | Sequence[str] | None
) -> DisagreementError:
    """What is told where one unit judged alone comes out otherwise than with all others."""
    message = (
        f"{pdu.id} is {_word(together)} on {day} when all units are judged at once, and {_word(single)} when it is "
        "judged alone."
    )
    hint = "Nothing was written. Keep the returns and the policy folder, and report this."
    return DisagreementError([Problem("PF902", message, Place("engine"), hint)])


def _word(found: str | Sequence[str] | None) -> str:
    if found is None:
        return "indeterminate"
    if isinstance(found, str):
        return found
    return f"permitted {', '.join(found) or 'nothing'}"
