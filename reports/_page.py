"""What the pages of whole questions share: how they begin, and the weeks of a unit as a strip."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reports import language
from reports._explanation import Label


@dataclass(frozen=True, slots=True)
class Page:
    """How a page begins: what it is, what was found, first in one sentence, what to mind, and what was looked at."""

    title: str
    headline: str
    lead: tuple[str, ...]
    labels: tuple[Label, ...]
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A status as it is shown: its word, its letter, its colours, and the name of its style."""

    word: str
    letter: str
    colour: tuple[str, str]
    style: str


class Cell(NamedTuple):
    """A week of a strip: the levels in both worlds."""

    now: Level
    new: Level

    @property
    def differs(self) -> bool:
        """Whether the week is another in the new world."""
        return self.now != self.new


class Block(NamedTuple):
    """Weeks in a row that stand side by side: the day on which the first begins, a ruler of months, the weeks."""

    first: datetime.date
    ruler: str
    cells: Sequence[Cell]

    def row(self, world: str) -> str:
        """The letters of one world."""
        return "".join(cell.new.letter if world == "new" else cell.now.letter for cell in self.cells)

    @property
    def marks(self) -> str:
        """A mark under each week that differs."""
        return "".join("^" if cell.differs else " " for cell in self.cells).rstrip()


class Strip:
    """The weeks of one unit, which are set in rows as long as a form has room for."""

    def __init__(self, first: datetime.date, cells: Sequence[Cell]) -> None:
        self.first = first
        self.cells = cells

    def blocks(self, size: int) -> Iterator[Block]:
        """The weeks in rows of one size."""
        for start in range(0, len(self.cells), size):
            cells = self.cells[start : start + size]
            begins = [self.first + datetime.timedelta(weeks=start + place) for place in range(len(cells))]
            yield Block(begins[0], ruler(begins), cells)


def ruler(begins: Sequence[datetime.date]) -> str:
    """The year, and the months above the weeks: each where its first week begins, if there is room."""
    text = ""
    for place, first in enumerate(begins):
        following = begins[place + 1 : place + 4]
        fits = len(text) <= place and all(later.month == first.month for later in following)
        if fits and (place == 0 or first.month != begins[place - 1].month):
            text = f"{text.ljust(place)}{language.month(first)} "
    return f"{begins[0].year} {text}".rstrip()
