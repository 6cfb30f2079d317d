"""The weeks of a figure as a small drawing: where everything stands, in whole pixels. The template sets it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports._format import day, number
from rules.measures import scaled_text

WIDTH, HEIGHT = 480, 200
LEFT, RIGHT, TOP, BOTTOM = 64, 468, 14, 168
TICKS = 3


@dataclass(frozen=True, slots=True)
class Series:
    """A line: what it is, and its figures as text, None where one is not known."""

    name: str
    texts: tuple[str | None, ...]
    heavy: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line in pieces, broken where a figure is not known; a piece of one day is a dot."""

    name: str
    heavy: bool
    pieces: tuple[str, ...]
    dots: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A word at an axis."""

    place: int
    text: str
    anchor: str = "end"


@dataclass(frozen=True, slots=True)
class Plot:
    """All that is drawn."""

    title: str
    summary: str
    lines: tuple[Line, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    bottom: int = BOTTOM


def plotted(
    title: str, summary: str, days: Sequence[datetime.date], series: Sequence[Series], decimals: int
) -> Plot:
    """The drawing of some figures over days a week apart. `decimals` are those of the figures."""
    scaled = [[None if text is None else _scaled(text, decimals) for text in one.texts] for one in series]
    known = [value for values in scaled for value in values if value is not None]
    low, high = (min(known), max(known)) if known else (0, 0)
    step = _round_step(max(1, high - low))
    low = low // step * step
    high = max(-(-high // step) * step, low + step)

    def across(place: int) -> int:
        return LEFT + (RIGHT - LEFT) * place // max(1, len(days) - 1)

    def up(value: int) -> int:
        return BOTTOM - (BOTTOM - TOP) * (value - low) // (high - low)

    lines = []
    for one, values in zip(series, scaled, strict=True):
        pieces = list(_pieces([None if value is None else up(value) for value in values]))
        drawn = [[(across(place), y) for place, y in piece] for piece in pieces]
        lines.append(
            Line(
                one.name,
                one.heavy,
                tuple(" ".join(f"{x},{y}" for x, y in piece) for piece in drawn if len(piece) > 1),
                tuple(piece[0] for piece in drawn if len(piece) == 1),
            )
        )
    y_ticks = [Tick(up(value), number(scaled_text(value, decimals))) for value in range(low, high + 1, step)]
    ends = (Tick(LEFT, day(days[0]), "start"), Tick(RIGHT, day(days[-1]), "end"))
    return Plot(title, summary, tuple(lines), ends, tuple(y_ticks))


def _scaled(text: str, decimals: int) -> int:
    return int(Decimal(text).scaleb(decimals))


def _pieces(values: Sequence[int | None]) -> Iterator[list[tuple[int, int]]]:
    """Runs of values that are known, each with its place."""
    piece: list[tuple[int, int]] = []
    for place, value in enumerate(values):
        if value is not None:
            piece.append((place, value))
        elif piece:
            yield piece
            piece = []
    if piece:
        yield piece


def _round_step(span: int) -> int:
    """The least of 1, 2 and 5 times a power of ten that cuts a span into few pieces."""
    power = 1
    while True:
        for first in (1, 2, 5):
            if span <= TICKS * first * power:
                return first * power
        power *= 10
