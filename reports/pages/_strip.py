"""The past statuses of a unit as a strip of weeks, with a table of the same days."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from reports._explanation import Data, Table
from reports._format import day
from reports._words import pages as words
from reports.language import gettext as _
from reports.pages._shown import Shown, Statuses

WIDTH: Final = 720
HEIGHT: Final = 34
_LETTER: Final = 14


class Stay(NamedTuple):
    """Days in a row with one status. The days are ISO text."""

    first: str
    last: str
    status: str


class Piece(NamedTuple):
    """A stay as it is drawn; the letter is left out where there is no room for it."""

    x: int
    width: int
    status: Shown
    letter: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The drawing, what it says in a sentence, and the table."""

    summary: str
    pieces: tuple[Piece, ...]
    table: Table
    width: int = WIDTH
    height: int = HEIGHT


def strip(stays: Sequence[Stay], statuses: Statuses, *, width: int = WIDTH) -> Strip | None:
    """The strip of some stays in the order of their days; None where there are none."""
    if not stays:
        return None
    first = datetime.date.fromisoformat(stays[0].first).toordinal()
    size = datetime.date.fromisoformat(stays[-1].last).toordinal() + 1 - first

    def across(iso: str, more: int = 0) -> int:
        return width * (datetime.date.fromisoformat(iso).toordinal() + more - first) // size

    pieces = []
    for stay in stays:
        x, end, shown = across(stay.first), across(stay.last, 1), statuses[stay.status]
        room = end - x >= _LETTER * len(shown.letter)
        pieces.append(Piece(x, max(end - x, 1), shown, shown.letter if room else ""))
    rows = tuple((day(stay.first), day(stay.last), statuses[stay.status].word) for stay in reversed(stays))
    summary = words.strip_summary(day(stays[0].first), day(stays[-1].last), len(stays) - 1)
    columns = tuple(map(_, words.STRIP_COLUMNS))
    plain = tuple((stay.first, stay.last, statuses[stay.status].word) for stay in reversed(stays))
    table = Table(_(words.STRIP_CAPTION), columns, rows, Data(columns, plain))
    return Strip(summary, tuple(pieces), table, width)
