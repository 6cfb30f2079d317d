"""What every format is brought to before it is judged: cells, rows of a table, and entries.

A reader of a format knows bytes and nothing of frameworks. It gives a `Table` (CSV, workbooks, Parquet) or
entries (JSON); from there on one piece of code says what is right and what is wrong, whatever the format.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from rules.problems import Place, Problem, ReturnsError
from rules.said import said

MAX_BYTES = 64 * 1024 * 1024
MAX_ROWS = 2_000_000
KEYS = ("pdu", "as_of")
ANNOTATIONS = ("source", "basis", "note")


@dataclass(frozen=True, slots=True)
class Unusable:
    """A cell of which nothing can be made: a workbook's error, true or false, a list."""

    shown: str
    hint: str = ""


Cell = str | Decimal | datetime.date | Unusable | None
"""The content of a cell. None: nothing is given."""

PlaceOf = Callable[[int, str], Place]
"""Where the value of a name (`as_of`, `in_post_fte[PO]`) stands in the row of a number."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, with its number as a person counts it."""

    number: int
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it. The rows are read as they are asked for."""

    header: Sequence[str]
    header_number: int
    rows: Iterable[Row]


@dataclass(slots=True)
class Entry:
    """What one row (or one JSON object) says, not yet judged.

    A figure is (input, list, member, cell). The list is None where the file names the member alone, as JSON
    does. `thing` is what there may be only one row of, for a PDU and a day: the list's member, or "" for the
    other inputs; None where entries are merged figure by figure, as JSON objects are. Of an entry that is
    `broken` nothing can be read.
    """

    number: int
    thing: str | None
    pdu: Cell = None
    as_of: Cell = None
    figures: list[tuple[str, str | None, str | None, Cell]] = field(default_factory=list)
    annotations: list[tuple[str, Cell]] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A file opened: its entries, where things stand in it, and how its cells are to be taken.

    `loose`: a number may be written as text, since the format has nothing else (CSV) or people's habits
    are what they are (workbooks). `binary`: numbers are stored as binary fractions. `table`: a list's
    member stands in a column of its own.
    """

    entries: Iterator[Entry]
    place: PlaceOf
    table: bool = True
    loose: bool = False
    binary: bool = False


def refuse(code: str, message: str, place: Place, hint: str = "") -> ReturnsError:
    """The error for a fault of a whole file."""
    return ReturnsError([Problem(code, message, place, hint)])


def too_many_rows(file: str) -> ReturnsError:
    """The error for a file with more rows than are read."""
    message = said("The file has more than {number} rows.", number=MAX_ROWS)
    return refuse("PF516", message, Place(file), said("Split it by month or region."))
