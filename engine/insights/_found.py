"""What comes of a question: rows of figures, with how much of each is known."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rules.views import CheckedView, FigureOfView

Because = Literal["missing", "undefined", "not_asked"]
"""Why a figure is unknown: units are missing; it divides by zero; the version of that day does not ask for it."""


class Cell(NamedTuple):
    """One figure of some units on one day, as text with the figure's decimals.

    `value` is None where any unit is missing, or where it cannot be worked out; `because` says which. `of_known` is
    the same over the units that are not missing: all of them where `missing` is 0. `carried` and `assumed` count the
    units of which an earlier figure, or the framework's default, stands in.
    """

    value: str | None
    of_known: str | None
    units: int
    missing: int
    because: Because | None
    carried: int
    assumed: int


Cells = tuple[Cell, ...]


class Against(NamedTuple):
    """What a row is held against, figure by figure: its region and all units. None where that is the row itself."""

    region: Cells | None
    country: Cells | None


class Row(NamedTuple):
    """The figures of some units on one day. What it is not split by is None.

    `tag` is empty for the units without one.
    """

    day: datetime.date
    region: str | None
    pdu: str | None
    tag: str | None
    member: str | None
    cells: Cells
    against: Against


class NotSplit(NamedTuple):
    """A figure that is left out, since some of its inputs, as written, are not by the list that is split by."""

    figure: str
    inputs: tuple[str, ...]


class Lacking(NamedTuple):
    """A unit that is missing on the last day: the inputs, as written, that are not known of it, and why.

    `no_return`: there is none yet; `stale`: the newest is too old; `not_given`: the return does not give them;
    `no_past`: they are not known for the day in the past that is looked back to.
    """

    pdu: str
    because: Literal["no_return", "stale", "not_given", "no_past"]
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ViewTold:
    """A view with its figures as they were asked for. `list_id` is the list that it is split by, if any."""

    view: CheckedView
    by: tuple[str, ...]
    list_id: str | None
    figures: tuple[FigureOfView, ...]
    not_split: tuple[NotSplit, ...]
    rows: tuple[Row, ...]
    lacking: tuple[Lacking, ...]


@dataclass(frozen=True, slots=True)
class Insights:
    """What comes of a question: `days` in their order, and how many units are asked for on the last of them."""

    framework: str
    days: tuple[datetime.date, ...]
    units: int
    views: tuple[ViewTold, ...]
    synthetic: bool = False
