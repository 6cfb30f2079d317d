"""The frontier as a drawing: where everything stands, in whole pixels. The template sets it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports._format import number

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 84, 690, 20, 350
TICKS = 6
LETTER, LINE = 7, 16
"""About how wide a letter of a label is, and how high a line."""


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place for a dot."""

    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot with its label; where there is no room for the label it is empty."""

    spot: Spot
    label: str
    label_x: int
    label_y: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A number on an axis."""

    place: int
    text: str


@dataclass(frozen=True, slots=True)
class Plot:
    """All that is drawn. `steps` joins the dots of the frontier."""

    others: tuple[Spot, ...]
    frontier: tuple[Mark, ...]
    now: Mark
    steps: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    x_title: str
    y_title: str
    summary: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM


Point = tuple[int, int]


def plotted(
    points: Sequence[Point],
    frontier: Sequence[tuple[Point, str]],
    now: tuple[Point, str],
    titles: tuple[str, str],
    summary: str,
) -> Plot:
    """The drawing of all points, with those of the frontier and of now labelled."""
    across = _Scale([x for x, _ in points], LEFT, RIGHT)
    up = _Scale([y for _, y in points], BOTTOM, TOP)

    def spot(point: Point) -> Spot:
        return Spot(across.place(point[0]), up.place(point[1]))

    labelled = [(spot(point), text) for point, text in frontier]
    taken = {spot(point) for point, _ in (*frontier, now)}
    room = _Room(taken)
    mark = room.mark(spot(now[0]), now[1])
    return Plot(
        others=tuple(sorted({spot(point) for point in points} - taken)),
        frontier=tuple(room.mark(place, text) for place, text in labelled),
        now=mark,
        steps=" ".join(_steps([place for place, _ in labelled])),
        x_ticks=tuple(across.ticks()),
        y_ticks=tuple(up.ticks()),
        x_title=titles[0],
        y_title=titles[1],
        summary=summary,
    )


def _steps(spots: Sequence[Spot]) -> Iterator[str]:
    """The corners of a line that goes from dot to dot, first across, then down."""
    before: Spot | None = None
    for spot in spots:
        if before is not None:
            yield f"{spot.x},{before.y}"
        yield f"{spot.x},{spot.y}"
        before = spot


class _Scale:
    """Counts as places on an axis, between two round numbers."""

    def __init__(self, counts: Sequence[int], first: int, last: int) -> None:
        low, high = min(counts), max(counts)
        self.step = _round_step(max(1, high - low))
        self.low = low // self.step * self.step
        self.high = max(-(-high // self.step) * self.step, self.low + self.step)
        self.first, self.last = first, last

    def place(self, count: int) -> int:
        size = self.last - self.first
        return self.first + size * (count - self.low) // (self.high - self.low)

    def ticks(self) -> Iterator[Tick]:
        for count in range(self.low, self.high + 1, self.step):
            yield Tick(self.place(count), number(str(count)))


def _round_step(span: int) -> int:
    """The least of 1, 2 and 5 times a power of ten that cuts a span into few pieces."""
    power = 1
    while True:
        for first in (1, 2, 5):
            if span <= TICKS * first * power:
                return first * power
        power *= 10


class _Room:
    """Finds room for labels, so that none covers another one or a dot that matters."""

    def __init__(self, dots: set[Spot]) -> None:
        self._boxes = [(dot.x - 5, dot.y - 5, dot.x + 5, dot.y + 5) for dot in dots]

    def mark(self, spot: Spot, label: str) -> Mark:
        """The dot with its label, where there is room for it."""
        width = LETTER * len(label)
        for right, down in ((True, -8), (True, 19), (False, -8), (False, 19), (True, 5), (False, 5)):
            start = spot.x + 9 if right else spot.x - 9 - width
            box = (start, spot.y + down - LINE + 4, start + width, spot.y + down + 4)
            if start >= LEFT and box[2] <= WIDTH and box[1] >= 0 and box[3] <= BOTTOM and self._free(box):
                self._boxes.append(box)
                x = spot.x + 9 if right else spot.x - 9
                return Mark(spot, label, x, spot.y + down, "start" if right else "end")
        return Mark(spot, "", spot.x, spot.y, "start")

    def _free(self, box: tuple[int, int, int, int]) -> bool:
        left, top, right, bottom = box
        return all(
            right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
            for other in self._boxes
        )
