"""The calculated status of many units on every day of a span."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.columns._arrays import Numbers
from engine.columns._beginning import Beginning
from engine.columns._fold import Columns
from engine.columns._frame import Frame
from engine.columns._steps import Steps
from rules.library import Framework

INDETERMINATE, NO_DECISION = -1, -2
"""In place of a status: what is unknown leaves several open; no version is in force, or the unit does not exist."""
_UNSET = -3
Codes = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Daily:
    """The calculated status by day and unit.

    `codes` has the shape (days, units): positions in `ids`, or INDETERMINATE, or NO_DECISION. `first` is the day of
    the first row.
    """

    codes: Codes
    ids: tuple[str, ...]
    first: datetime.date

    def days_at(self) -> dict[str, Numbers]:
        """For each status, and `indeterminate`, the days that each unit spends there."""
        named = {"indeterminate": INDETERMINATE, **{id_: code for code, id_ in enumerate(self.ids)}}
        return {id_: np.count_nonzero(self.codes == code, axis=0) for id_, code in named.items()}

    def flips(self) -> Numbers:
        """How often each unit's status changes; what is indeterminate in between does not count."""
        held, count = self.codes[0].copy(), np.zeros(self.codes.shape[1], np.int64)
        for today in self.codes[1:]:
            count += (today >= 0) & (held >= 0) & (today != held)
            np.copyto(held, today, where=today >= 0)
        return count

    def longest(self) -> dict[str, Numbers]:
        """For each status the longest unbroken stay of each unit, in days."""
        found: dict[str, Numbers] = {}
        for code, id_ in enumerate(self.ids):
            run = np.zeros(self.codes.shape[1], np.int64)
            best = run.copy()
            for today in self.codes:
                run = (run + 1) * (today == code)
                np.maximum(best, run, out=best)
            found[id_] = best
        return found


def daily(
    columns: Columns,
    frame: Frame,
    first: datetime.date,
    last: datetime.date,
    steps: Iterable[Steps] | None = None,
    beginning: Beginning | None = None,
) -> Daily:
    """The calculated status on every day from `first` to `last`, both included.

    `steps` are the steps of the frame, if they are at hand already. With a `beginning` only those from its day on
    are taken, and `first` is not before it.
    """
    framework = columns.framework
    ids = status_ids(framework)
    number = {id_: code for code, id_ in enumerate(ids)}
    start, days, units = first.toordinal(), (last - first).days + 1, len(frame.units)
    codes = np.full((days, units), _UNSET, np.int8)
    # a version that judges all days has nothing to go by before the first return
    held = np.full(units, INDETERMINATE if framework.pinned else NO_DECISION, np.int8)
    every = np.arange(units)
    if beginning is not None and beginning.policy is not None:
        _stand(held, beginning, number)
    for step in columns.steps(frame, beginning=beginning) if steps is None else steps:
        levels = np.array([number[id_] for id_ in step.policy.version.status_ids], np.int8)
        code = np.where(step.determinate, levels[np.maximum(step.level, 0)], np.int8(INDETERMINATE))
        place = step.day - start
        before = step.taken & (place < 0)
        np.copyto(held, code, where=before)
        within = step.taken & (place >= 0) & (place < days)
        codes[place[within], every[within]] = code[within]
    returned = np.zeros((days, units), np.bool_)
    newest = np.zeros(units, np.int32)
    for day, has in zip(frame.day, frame.has, strict=True):
        np.copyto(newest, day, where=has & (day < start))
        place = day - start
        within = has & (place >= 0) & (place < days)
        returned[place[within], every[within]] = True
    _fill(codes, held, returned, newest, framework, first)
    _mark_absent(codes, frame, start)
    return Daily(codes, ids, first)


def _stand(held: Codes, beginning: Beginning, number: Mapping[str, int]) -> None:
    """The status of units that have one before the first step."""
    policy = beginning.policy
    assert policy is not None, "who stands somewhere does so under a version"
    levels = np.array([INDETERMINATE, *(number[id_] for id_ in policy.version.status_ids)], np.int8)
    code = np.where(beginning.determinate, levels[beginning.at >> 1], np.int8(INDETERMINATE))
    np.copyto(held, code, where=beginning.known)


def status_ids(framework: Framework) -> tuple[str, ...]:
    """Every status of any version, the oldest version's first."""
    return tuple(dict.fromkeys(id_ for policy in framework.policies for id_ in policy.version.status_ids))


def _fill(
    codes: Codes,
    held: Codes,
    returned: NDArray[np.bool_],
    newest: Numbers,
    framework: Framework,
    first: datetime.date,
) -> None:
    """Carry each status on to the next step, unless the newest return becomes too old for it."""
    for number, today in enumerate(codes):
        date = first + datetime.timedelta(days=number)
        np.copyto(newest, date.toordinal(), where=returned[number])
        np.copyto(held, today, where=today != _UNSET)
        policy = framework.in_force(date)
        if policy is None:
            # what begins afterwards takes a step of its own
            held[:] = NO_DECISION
            today[:] = NO_DECISION
            continue
        stale = (held >= 0) & (date.toordinal() - newest > policy.version.returns.stale_after)
        np.copyto(today, held)
        np.copyto(today, INDETERMINATE, where=stale)


def _mark_absent(codes: Codes, frame: Frame, start: int) -> None:
    """There is no decision on days on which a unit does not exist."""
    for column, unit in enumerate(frame.units):
        if unit.from_ is not None:
            codes[: max(0, unit.from_.toordinal() - start), column] = NO_DECISION
        if unit.until is not None:
            codes[max(0, unit.until.toordinal() + 1 - start) :, column] = NO_DECISION


def days_of(daily_: Daily) -> Sequence[datetime.date]:
    """The days of the rows."""
    return [daily_.first + datetime.timedelta(days=number) for number in range(len(daily_.codes))]
