"""A measure over time as a drawing: where everything stands, in whole units of the drawing. The template sets it."""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from reports import language
from reports._explanation import Table

WIDTH: Final = 800
LEFT, RIGHT, TOP, BOTTOM = 56, 500, 14, 210
HEIGHT: Final = BOTTOM + 38
LINE: Final = 19
"""How high a line of text is."""
_TICKS = 5
_MONTH = 84
"""How wide the name of a month is with its year, and some room."""
_LETTERS = 32
"""So many letters of a name have room in one line."""


class Tick(NamedTuple):
    """A text and its place: a mark on an axis, or a line of a name."""

    place: int
    text: str


class Level(NamedTuple):
    """A trigger line: its height, and what happens there, in lines of text at the right with heights of their own."""

    y: int
    lines: tuple[Tick, ...]


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
    levels: Sequence[tuple[Decimal, Sequence[str]]],
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
    named = tuple(_apart([(heights.place(value), _lines(texts)) for value, texts in levels]))
    lowest = max((level.lines[-1].place for level in named), default=0)
    return Chart(
        id=id_,
        title=title,
        headline=headline,
        runs=tuple(" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1),
        dots=tuple(run[0] for run in runs if len(run) == 1),
        last=None if newest is None or last is None else (*newest, last),
        levels=named,
        y_ticks=tuple(Tick(heights.place(value), text) for value, text in heights.ticks()),
        x_ticks=tuple(_months(points[0][0], points[-1][0], across)),
        table=table,
        height=max(HEIGHT, lowest + LINE),
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


def _lines(texts: Sequence[str]) -> list[str]:
    """Texts in lines that have room beside the drawing."""
    return [line for text in texts for line in textwrap.wrap(text, _LETTERS)]


def _apart(levels: Sequence[tuple[int, Sequence[str]]]) -> Iterator[Level]:
    """Each line with the heights of its name; names are moved so that none covers another."""
    order = sorted(levels)
    tops = _down([y for y, _ in order], order)
    end = BOTTOM + LINE
    for place in reversed(range(len(order))):  # up again, where that went too far
        end = min(tops[place], end - LINE * len(order[place][1]))
        tops[place] = max(end, TOP)
    tops = _down(tops, order)  # and beyond the bottom, where there is no room at all
    for (y, lines), top in zip(order, tops, strict=True):
        yield Level(y, tuple(Tick(top + LINE * number, line) for number, line in enumerate(lines)))


def _down(tops: Sequence[int], order: Sequence[tuple[int, Sequence[str]]]) -> list[int]:
    """Heights of names, each moved down as far as the one above it asks for."""
    free, moved = TOP, []
    for top, (_, lines) in zip(tops, order, strict=True):
        moved.append(max(top, free))
        free = moved[-1] + LINE * len(lines)
    return moved


def _months(first: datetime.date, last: datetime.date, across: object) -> Iterator[Tick]:
    """The first of each third month, where there is room for its name."""
    assert callable(across)
    day = (first.replace(day=1) + datetime.timedelta(31)).replace(day=1)
    months = max(1, round((last - first).days / 30 / 6))
    place = -100
    while day <= last:
        x = across(day)
        if x - place >= _MONTH and x <= RIGHT - _MONTH // 2:
            yield Tick(x, f"{language.month(day)} {day.year}")
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
            yield value, language.number(f"{value.normalize():f}")
            value += self.step


def _round_step(span: Decimal) -> Decimal:
    """The least of 1, 2 and 5 times a power of ten that cuts a span into few pieces."""
    power = Decimal("0.01")
    while True:
        for first in (1, 2, 5):
            if span <= _TICKS * first * power:
                return first * power
        power *= 10
