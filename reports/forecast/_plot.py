"""The chances of a unit as bands over the weeks, in whole pixels. The template sets them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports._format import quantity
from reports._page import Level
from reports._words import forecast as words

WIDTH, HEIGHT = 720, 340
LEFT, RIGHT, TOP, BOTTOM = 56, 540, 16, 286
QUARTERS = (0, 25, 50, 75, 100)
TICKS = 7
ROOM, THICK = 18, 20
"""The least distance of labels beside the bands, and the least height of a band that holds its letter."""


@dataclass(frozen=True, slots=True)
class Band:
    """One status: the outline of its band, its upper edge, and its label beside the last week.

    `letter_x` is None where the band is nowhere high enough for its letter.
    """

    level: Level
    outline: str
    edge: str
    label: str
    label_y: int
    end_y: int
    letter_x: int | None
    letter_y: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis."""

    place: int
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is drawn. Bands stand from the least severe at the bottom to the most severe on top."""

    bands: tuple[Band, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    title: str
    summary: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM


def drawn(
    days: Sequence[datetime.date],
    rows: Sequence[tuple[Level, str, Sequence[int]]],
    of: int,
    title: str,
    summary: str,
) -> Drawing:
    """The drawing of counts by day. `rows` are a level, its label and its count on each day, the lowest first.

    :param of: what the counts of a day add up to.
    """
    below = [0] * len(days)
    edges = [[_height(0, of)] * len(days)]
    for _, _, counts in rows:
        below = [under + count for under, count in zip(below, counts, strict=True)]
        edges.append([_height(count, of) for count in below])
    across = [_across(place, len(days)) for place in range(len(days))]
    ends = [(edges[place][-1] + edges[place + 1][-1]) // 2 for place in range(len(rows))]
    bands = []
    for place, ((level, label, _), y) in enumerate(zip(rows, _apart(ends), strict=True)):
        low, high = edges[place], edges[place + 1]
        middle = _thickest(low, high)
        spots = [*zip(across, high, strict=True), *zip(reversed(across), reversed(low), strict=True)]
        has_letter = middle is not None
        bands.append(
            Band(
                level,
                _points(spots),
                _points(list(zip(across, high, strict=True))),
                label,
                y,
                ends[place],
                across[middle] if middle is not None else None,
                (low[middle] + high[middle]) // 2 + 5 if has_letter and middle is not None else 0,
            )
        )
    return Drawing(
        tuple(bands),
        tuple(_day_ticks(days, across)),
        tuple(Tick(_height(quarter, 100), quantity(str(quarter), "percent")) for quarter in QUARTERS),
        title,
        summary,
    )


def _height(count: int, of: int) -> int:
    return BOTTOM - (BOTTOM - TOP) * count // max(of, 1)


def _across(place: int, size: int) -> int:
    return LEFT + (RIGHT - LEFT) * place // max(size - 1, 1)


def _points(spots: Sequence[tuple[int, int]]) -> str:
    return " ".join(f"{x},{y}" for x, y in spots)


def _thickest(low: Sequence[int], high: Sequence[int]) -> int | None:
    """The week in which a band is highest, a little away from both ends; None where it is too thin for a letter."""
    inner = range(len(low) // 12, max(len(low) - len(low) // 12, 1))
    best = max(inner, key=lambda place: low[place] - high[place])
    return best if low[best] - high[best] >= THICK else None


def _apart(ends: Sequence[int]) -> list[int]:
    """Places for labels from bottom to top, each as near to its band as the others leave room."""
    found: list[int] = []
    for end in ends:
        found.append(min(end, found[-1] - ROOM) if found else min(end, BOTTOM - 2))
    highest = TOP + 6
    for place in range(len(found) - 1, -1, -1):
        if found[place] < highest:
            found[place] = highest
        highest = found[place] + ROOM
    return found


def _day_ticks(days: Sequence[datetime.date], across: Sequence[int]) -> Iterator[Tick]:
    """Some of the days, evenly: the first one and the last one among them where there is room."""
    step = max(1, -(-(len(days) - 1) // TICKS))
    for place in range(0, len(days), step):
        one = days[place]
        yield Tick(across[place], words.short_day(one))
