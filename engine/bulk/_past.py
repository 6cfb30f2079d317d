"""What many statuses come to: days at each status, flips and longest stays, by unit, region and in all."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from engine.bulk._read import Bulk
from engine.columns import INDETERMINATE, Columns, Daily, Frame, daily
from engine.course import MOST_DAYS
from rules.framework import Framework
from rules.model import Pdu
from rules.problems import UsageError
from rules.said import said

UNKNOWN = "indeterminate"
DAY = datetime.timedelta(days=1)
WEEK = 7


class Stay(NamedTuple):
    """The longest time at one status without a break: whose, at which, and how many days."""

    pdu: Pdu
    status: str
    days: int


class Sum(NamedTuple):
    """Days at each status (and indeterminate ones), how often a status changed, and the longest stay."""

    days: Mapping[str, int]
    flips: int
    longest: Stay | None

    @property
    def judged(self) -> int:
        """The days with a decision."""
        return sum(self.days.values())

    def share(self, status: str) -> str | None:
        """How many of a hundred days a status holds, to one decimal; None without a day."""
        if not self.judged:
            return None
        tenths = (2000 * self.days[status] + self.judged) // (2 * self.judged)  # half up
        return f"{tenths // 10}.{tenths % 10}"


class UnitPast(NamedTuple):
    """One unit: its sum, and the status at the end of each week (None where there is no decision)."""

    pdu: Pdu
    sum: Sum
    weeks: Sequence[str | None]


class RegionPast(NamedTuple):
    """The units of one region together."""

    region: str
    units: int
    sum: Sum


class Checked(NamedTuple):
    """What was decided again with the single path, and gave the same."""

    units: tuple[str, ...]
    days: int


NOTHING_CHECKED = Checked((), 0)


@dataclass(frozen=True, slots=True)
class Past:
    """The calculated statuses of many units from a first to a last day. Units are in the order of their ids."""

    framework: Framework
    first: datetime.date
    last: datetime.date
    statuses: tuple[str, ...]
    units: tuple[UnitPast, ...]
    synthetic: bool
    checked: Checked = NOTHING_CHECKED

    @property
    def version(self) -> str | None:
        """The version that judges all days, if one was named."""
        return self.framework.policies[0].version.version if self.framework.pinned else None

    @property
    def days(self) -> int:
        """How many days are looked at."""
        return (self.last - self.first).days + 1

    @property
    def total(self) -> Sum:
        """All units together."""
        return self._together(self.units)

    def regions(self) -> list[RegionPast]:
        """The regions, in the order of their ids."""
        found: dict[str, list[UnitPast]] = {}
        for unit in self.units:
            found.setdefault(unit.pdu.region, []).append(unit)
        return [RegionPast(id_, len(own), self._together(own)) for id_, own in sorted(found.items())]

    def _together(self, units: Iterable[UnitPast]) -> Sum:
        sums = [unit.sum for unit in units]
        days = {status: sum(one.days[status] for one in sums) for status in self.statuses}
        stays = [one.longest for one in sums if one.longest is not None]
        # of several as long the first by id
        longest = max(stays, key=lambda stay: stay.days, default=None)
        return Sum(days, sum(one.flips for one in sums), longest)


def period(
    framework: Framework,
    frame: Frame,
    begins: datetime.date | None = None,
    ends: datetime.date | None = None,
) -> tuple[datetime.date, datetime.date]:
    """The first and the last day to look at.

    Unless they are given: from the first return that a version judges to the end of the week (or whatever the
    period is) of the last one. Raises UsageError where there is no such day, or too many.
    """
    known = frame.day[frame.has]
    first, last = (datetime.date.fromordinal(int(day)) for day in (known.min(), known.max()))
    if begins is None:
        effective = first if framework.pinned else framework.policies[0].version.effective
        begins = max(first, effective) if effective <= last else first
    if ends is None:
        policy = framework.in_force(last)
        ends = last + DAY * ((policy.version.returns.every if policy is not None else 1) - 1)
    if ends < begins:
        raise UsageError(said("There is no day from {first} until {last}.", first=begins, last=ends))
    if (ends - begins).days >= MOST_DAYS:
        raise UsageError(
            said(
                "From {first} until {last} is too long: 20 years at most are looked at.",
                first=begins,
                last=ends,
            )
        )
    return begins, ends


def past_of(
    framework: Framework, bulk: Bulk, first: datetime.date, last: datetime.date
) -> tuple[Past, Daily]:
    """The statuses of all units of a frame, and what they come to."""
    found = daily(_columns(framework), bulk.frame, first, last)
    statuses = (*found.ids, UNKNOWN)
    days, flips, longest = found.days_at(), found.flips(), found.longest()
    ends = np.minimum(np.arange(WEEK - 1, len(found.codes) + WEEK - 1, WEEK), len(found.codes) - 1)
    weeks = found.codes[ends].T.tolist()
    word = named(found.ids)
    units = []
    for column, pdu in enumerate(bulk.frame.units):
        stays = [Stay(pdu, id_, int(longest[id_][column])) for id_ in found.ids]
        best = max(stays, key=lambda stay: stay.days)
        own = Sum(
            {id_: int(days[id_][column]) for id_ in statuses},
            int(flips[column]),
            best if best.days else None,
        )
        units.append(UnitPast(pdu, own, tuple(word(code) for code in weeks[column])))
    return Past(framework, first, last, statuses, tuple(units), bulk.synthetic), found


class _Kept(threading.local):
    """What was made for the framework of the last run. Workers may be threads, and each has its own."""

    columns: Columns | None = None


_KEPT = _Kept()


def _columns(framework: Framework) -> Columns:
    """What is made once for a framework is kept from part to part."""
    kept = _KEPT.columns
    if kept is None or kept.framework is not framework:
        kept = _KEPT.columns = Columns(framework)
    return kept


def named(ids: Sequence[str]) -> Callable[[int], str | None]:
    """The word for a code of a day: a status, `indeterminate`, or None where there is no decision."""
    return lambda code: ids[code] if code >= 0 else UNKNOWN if code == INDETERMINATE else None


def stretches(unit: UnitPast, first: datetime.date) -> list[tuple[datetime.date, str | None, int]]:
    """The weeks of a unit as stretches: the first day, the status at the end of each week, how many weeks."""
    cuts = [place for place, pair in enumerate(pairwise(unit.weeks), start=1) if pair[0] != pair[1]]
    return [
        (first + start * WEEK * DAY, unit.weeks[start], end - start)
        for start, end in pairwise([0, *cuts, len(unit.weeks)])
    ]
