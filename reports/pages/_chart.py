"""A measure over time as a drawing: where everything stands, in whole units of the drawing. The template sets it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from reports._explanation import Table
from reports._words.preview import MONTHS

WIDTH: Final = 800
LEFT, RIGHT, TOP, BOTTOM = 56, 500, 14, 210
HEIGHT: Final = BOTTOM + 34
LINE: Final = 17
"""How high a line of text is."""
_TICKS = 5


class Level(NamedTuple):
    """A trigger line: its height, and its name with the number; the name stands at the right, at its own height."""

    y: int
    label_y: int
    text: str


class Tick(NamedTuple):
    """A mark on an axis."""

    place: int
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A line with its trigger lines. `runs` are the pieces of the line: it breaks where nothing is known."""

    id: str
    title: str
    headline: str
    runs: tuple[str, ...]
    dots: tuple[tuple[int, int], ...]
    last: tuple[int, int, str] | None
    levels: tuple[Level, ...]
    y_ticks: tuple[Tick, ...]
    x_ticks: tuple[Tick, ...]
    table: Table
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM


def chart(
    id_: str,
    title: str,
    headline: str,
    points: Sequence[tuple[datetime.date, Decimal | None]],
    levels: Sequence[tuple[Decimal, str]],
    last: str | None,
    table: Table,
) -> Chart:
    """The drawing of some points in the order of their days, with the trigger lines of the measure."""
    known = [value for _, value in points if value is not None]
    heights = _Scale([*known, *(value for value, _ in levels)])
    first, final = points[0][0].toordinal(), points[-1][0].toordinal()

    def across(day: datetime.date) -> int:
        return LEFT + (RIGHT - LEFT) * (day.toordinal() - first) // max(final - first, 1)

    spots = [(across(day), None if value is None else heights.place(value)) for day, value in points]
    runs = list(_runs(spots))
    newest = runs[-1][-1] if runs else None
    return Chart(
        id=id_,
        title=title,
        headline=headline,
        runs=tuple(" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1),
        dots=tuple(run[0] for run in runs if len(run) == 1),
        last=None if newest is None or last is None else (*newest, last),
        levels=tuple(_apart([(heights.place(value), text) for value, text in levels])),
        y_ticks=tuple(Tick(heights.place(value), text) for value, text in heights.ticks()),
        x_ticks=tuple(_months(points[0][0], points[-1][0], across)),
        table=table,
    )


def _runs(spots: Sequence[tuple[int, int | None]]) -> Iterator[list[tuple[int, int]]]:
    """The points in pieces, cut where one is unknown."""
    piece: list[tuple[int, int]] = []
    for x, y in spots:
        if y is not None:
            piece.append((x, y))
        elif piece:
            yield piece
            piece = []
    if piece:
        yield piece


def _apart(levels: Sequence[tuple[int, str]]) -> Iterator[Level]:
    """Each line with the height of its name; names are moved so that none covers another."""
    order = sorted(levels)
    heights: list[int] = []
    for y, _ in order:
        heights.append(max(y, heights[-1] + LINE) if heights else max(y, TOP))
    over = heights[-1] - BOTTOM if heights else 0
    for place in reversed(range(len(heights))):
        limit = BOTTOM if place == len(heights) - 1 else heights[place + 1] - LINE
        if over > 0:
            heights[place] = min(heights[place], limit)
    for (y, text), label_y in zip(order, heights, strict=True):
        yield Level(y, label_y, text)


def _months(first: datetime.date, last: datetime.date, across: object) -> Iterator[Tick]:
    """The first of each third month, where there is room for its name."""
    assert callable(across)
    day = (first.replace(day=1) + datetime.timedelta(31)).replace(day=1)
    months = max(1, round((last - first).days / 30 / 6))
    place = -100
    while day <= last:
        x = across(day)
        if x - place >= 62 and x <= RIGHT - 20:
            yield Tick(x, f"{MONTHS[day.month - 1][:3]} {day.year}")
            place = x
        for _ in range(months):
            day = (day + datetime.timedelta(31)).replace(day=1)


class _Scale:
    """Numbers as heights, between two round ones."""

    def __init__(self, values: Sequence[Decimal]) -> None:
        low, high = min(values, default=Decimal(0)), max(values, default=Decimal(1))
        self.step = _round_step(max(high - low, Decimal("0.1")))
        self.low = low // self.step * self.step
        if self.low > low:  # `//` of decimals goes towards zero
            self.low -= self.step
        self.high = self.low
        while self.high < high or self.high == self.low:
            self.high += self.step

    def place(self, value: Decimal) -> int:
        """The height of a number; it grows downwards."""
        return BOTTOM - int((BOTTOM - TOP) * (value - self.low) / (self.high - self.low))

    def ticks(self) -> Iterator[tuple[Decimal, str]]:
        value = self.low
        while value <= self.high:
            yield value, f"{value.normalize():f}"
            value += self.step


def _round_step(span: Decimal) -> Decimal:
    """The least of 1, 2 and 5 times a power of ten that cuts a span into few pieces."""
    power = Decimal("0.01")
    while True:
        for first in (1, 2, 5):
            if span <= _TICKS * first * power:
                return first * power
        power *= 10
