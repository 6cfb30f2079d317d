"""The pipeline: what is already known of the weeks ahead. Starters, leavers, absences that end, moves, trends.

Values only; the file is read in `engine.forecast._reading`. Nothing here knows what a kind of event means: a
kind is a name under which the effects of events are told together. All numbers are exact.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

CERTAIN = Decimal(100)
"""A likelihood, in percent: it will happen."""
MAX_SPREAD = 366
"""The most days by which an event may come later than its day."""


@dataclass(frozen=True, slots=True)
class Known:
    """One event of one unit that is known to come, or likely to.

    `changes` are keys of figures (`in_post_fte[PO]`) with what is added to each from the day `on` (the return
    of that day has it already). With `until`, the last day of the change, it is taken back the day after.
    `likelihood` is a percentage from 0 to 100 with at most two decimals: all changes happen, or none does.
    `spread` is how many days later than `on` it may come, each number of days from 0 to it as likely as
    another; `until` does not move with it. `kind` is any id, such as `starter`; `id` is unique in a pipeline.
    """

    id: str
    pdu: str
    kind: str
    on: datetime.date
    changes: tuple[tuple[str, Decimal], ...]
    likelihood: Decimal = CERTAIN
    until: datetime.date | None = None
    spread: int = 0
    note: str = ""
    basis: str = ""

    @property
    def certain(self) -> bool:
        """Whether it comes for sure, and on its very day."""
        return self.likelihood == CERTAIN and self.spread == 0


@dataclass(frozen=True, slots=True)
class Trend:
    """How a figure moves each week, for one unit, for a region, or (neither given) for everyone.

    Exactly one of `per_week` (added each week, in the figure's unit) and `percent` (of the figure's last
    known value, each week; not compounded) is given. Both are exact and may be below nought.
    """

    key: str
    per_week: Decimal | None = None
    percent: Decimal | None = None
    pdu: str | None = None
    region: str | None = None
    note: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class UnitPipeline:
    """What concerns one unit: its events by day, and at most one trend for each key of a figure."""

    known: tuple[Known, ...] = ()
    trends: tuple[Trend, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.known or self.trends)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """All that is known of the weeks ahead, for any number of units."""

    known: tuple[Known, ...] = ()
    trends: tuple[Trend, ...] = ()
    _by_unit: dict[str, list[Known]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        for event in sorted(self.known, key=lambda one: (one.on, one.id)):
            self._by_unit.setdefault(event.pdu, []).append(event)

    def __bool__(self) -> bool:
        return bool(self.known or self.trends)

    @property
    def made_up(self) -> bool:
        """Whether some of it says that it is synthetic."""
        bases = {*(one.basis for one in self.known), *(one.basis for one in self.trends)}
        return "synthetic" in bases

    def of(self, pdu: str, region: str) -> UnitPipeline:
        """What concerns a unit. Of trends for one figure the unit's goes before the region's before everyone's."""
        return UnitPipeline(tuple(self._by_unit.get(pdu, ())), tuple(self._trends(pdu, region)))

    def _trends(self, pdu: str, region: str) -> Iterator[Trend]:
        nearest: dict[str, tuple[int, Trend]] = {}
        for trend in self.trends:
            if trend.pdu not in (None, pdu) or trend.region not in (None, region):
                continue
            rank = 2 if trend.pdu is not None else 1 if trend.region is not None else 0
            if trend.key not in nearest or nearest[trend.key][0] < rank:
                nearest[trend.key] = (rank, trend)
        for key in sorted(nearest):
            yield nearest[key][1]


EMPTY = Pipeline()
"""Nothing is known of the weeks ahead."""
