"""What the rules make of futures: statuses and measures, week by week, counted."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from engine.columns import INDETERMINATE, NO_DECISION, Columns, Frame, MeasureRows, Numbers, daily
from engine.forecast._futures import Cause, Futures
from engine.forecast.values import Range, Week

CELLS = 1 << 20
"""About so many cells of a figure are worked on at a time, so that memory stays bounded."""
WEEK = 7


@dataclass(frozen=True, slots=True)
class Judged:
    """What futures come to. `codes` has the status of each by week and future; `measures` the values by measure.

    A measure's values are whole numbers, scaled by its decimals; `unknown` marks where there is none.
    """

    codes: Numbers
    measures: dict[str, tuple[Numbers, Numbers]]


def week_days(after: datetime.date, last: datetime.date) -> list[datetime.date]:
    """The days that are a whole number of weeks after a day."""
    weeks = (last - after).days // WEEK
    return [after + datetime.timedelta(weeks=week + 1) for week in range(weeks)]


def judge(
    columns: Columns,
    futures: Futures,
    *,
    first: int = 0,
    last: int | None = None,
    without: Cause | None = None,
    measures: bool = True,
) -> Judged:
    """Judge some of the futures; without one cause if that is asked for."""
    setup = futures.setup
    end = futures.times if last is None else last
    size = max(1, CELLS // (setup.past.rows + len(setup.days) + 1))
    parts = [
        _judged(columns, futures, futures.frame(start, min(end, start + size), without), measures)
        for start in range(first, end, size)
    ]
    names = list(parts[0].measures)
    return Judged(
        np.concatenate([part.codes for part in parts], axis=1),
        {
            name: (
                np.concatenate([part.measures[name][0] for part in parts], axis=1),
                np.concatenate([part.measures[name][1] for part in parts], axis=1),
            )
            for name in names
        },
    )


def _judged(columns: Columns, futures: Futures, frame: Frame, measures: bool) -> Judged:
    setup = futures.setup
    after, last = setup.way.day, setup.way.last
    days = week_days(after, last)
    beginning = setup.beginning.of(0, len(frame.units))
    found = daily(columns, frame, after + datetime.timedelta(days=1), last, None, beginning)
    rows = [(day - after).days - 1 for day in days]
    values = _measured(columns, futures, frame, days) if measures else {}
    return Judged(found.codes[rows], values)


def _measured(
    columns: Columns, futures: Futures, frame: Frame, days: Sequence[datetime.date]
) -> dict[str, tuple[Numbers, Numbers]]:
    """The values of the judging version's measures on some days: those of the newest return by then."""
    policy = futures.setup.way.judging
    if policy is None:
        return {}
    rows = MeasureRows(columns, frame, policy)
    at = np.searchsorted(frame.day[:, 0], [day.toordinal() for day in days], "right") - 1
    return {name: rows.on(name, at) for name in policy.measures}


def weeks_of(days: Sequence[datetime.date], judged: Judged, statuses: int) -> Iterator[Week]:
    """The counts of each week."""
    for day, codes in zip(days, judged.codes, strict=True):
        counts = np.bincount(codes - NO_DECISION, minlength=statuses - NO_DECISION)
        yield Week(
            day,
            tuple(counts[-NO_DECISION:].tolist()),
            int(counts[INDETERMINATE - NO_DECISION]),
            int(counts[0]),
        )


def ranges_of(values: Numbers, unknown: Numbers, decimals: int) -> Iterator[Range | None]:
    """Where a measure lies in each week: the values that a tenth, a half and nine tenths of futures are below."""
    for row, lacking in zip(values, unknown, strict=True):
        known = np.sort(row[~lacking]) if lacking.any() else np.sort(row)
        size = len(known)
        if not size:
            yield None
            continue
        low, middle, high = (
            scaled(int(known[min(size - 1, size * tenths // 10)]), decimals) for tenths in (1, 5, 9)
        )
        yield Range(low, middle, high, len(row) - size)


def scaled(number: int, decimals: int) -> Decimal:
    """A scaled whole number as a decimal with all its decimals."""
    return Decimal(number).scaleb(-decimals)
