"""From a table to entries: what each column is for, and what each row is about."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from engine.returns._cells import shown_cell, word_of
from engine.returns._rows import ANNOTATIONS, KEYS, MAX_ROWS, Cell, Entry, Row, Table, Unusable, too_many_rows
from rules.figures import FigureSpec, Vocabulary
from rules.problems import Place, Problem, ReturnsError, did_you_mean
from rules.said import said
from rules.suggestions import Suggestions, safe


@dataclass(slots=True)
class Columns:
    """Which column (from 0) holds what. `width` is where the last named column ends.

    A table is long or wide: `lists` are the columns that name a member, `wide` those whose header does, as in
    `in_post_fte[PO]`. No table has both.
    """

    file: str
    names: list[str]
    width: int
    keys: dict[str, int] = field(default_factory=dict)
    lists: list[tuple[int, str]] = field(default_factory=list)
    inputs: list[tuple[int, str]] = field(default_factory=list)
    wide: list[tuple[int, str, str, str]] = field(default_factory=list)
    annotations: list[tuple[int, str]] = field(default_factory=list)
    blanks: list[int] = field(default_factory=list)

    def place(self, number: int, name: str) -> Place:
        """Where the value of a name stands in a row."""
        column = name if name in self.names else name.partition("[")[0]
        return self.cell(number, self.names.index(column) if column in self.names else 0, column)

    def cell(self, number: int, index: int, column: str) -> Place:
        """The place of a cell."""
        return Place(self.file, number, index + 1, f"row {number}, {column}")


def read_header(table: Table, vocabulary: Vocabulary, file: str, unit: str) -> Columns:
    """What the columns are for; `unit` is what a unit is called.

    Raises `ReturnsError` with everything that is wrong with the header.
    """
    names = [name.strip() for name in table.header]
    columns = Columns(file, names, max((index + 1 for index, name in enumerate(names) if name), default=0))
    inputs, lists = vocabulary.inputs, vocabulary.lists
    suggestions = Suggestions([*KEYS, *lists, *inputs, *ANNOTATIONS])
    problems: list[Problem] = []
    for index, name in enumerate(names):
        place = Place(file, table.header_number, index + 1, safe(name))
        if not name:
            columns.blanks.append(index)
        elif name in names[:index]:
            first = Place(file, table.header_number, names.index(name) + 1, safe(name))
            message = said("The column {column} stands twice.", column=safe(name))
            problems.append(Problem("PF514", message, place, said("Remove one of the two."), (first,)))
        elif name in KEYS:
            columns.keys[name] = index
        elif name in lists:
            columns.lists.append((index, name))
        elif name in inputs:
            columns.inputs.append((index, name))
        elif name in ANNOTATIONS:
            columns.annotations.append((index, name))
        elif (per := _list_of(name, inputs)) is not None:
            input_id, _, member = name.removesuffix("]").partition("[")
            columns.wide.append((index, input_id, per, member))
            if member not in lists[per]:
                hint = did_you_mean(member, lists[per])
                message = said("There is no {list} {id}.", list=per, id=repr(safe(member)))
                problems.append(Problem("PF507", message, place, hint))
        else:
            hint = suggestions.hint(name) or said(
                "Remove it, or look at the columns of {command}.", command="`prioritise template`"
            )
            message = said("There is no column {column}.", column=repr(safe(name)))
            problems.append(Problem("PF502", message, place, hint))
    problems += _missing(columns, vocabulary, Place(file, table.header_number), unit)
    problems += _both_ways(columns, table.header_number)
    if problems:
        raise ReturnsError(problems)
    return columns


def _list_of(name: str, inputs: Mapping[str, FigureSpec]) -> str | None:
    """The list of which a header such as `in_post_fte[PO]` names a member."""
    input_id, bracket, _ = name.partition("[")
    spec = inputs.get(input_id)
    return spec.per if spec is not None and bracket and name.endswith("]") else None


def _both_ways(columns: Columns, header: int) -> Iterator[Problem]:
    """A table that is long and wide at once: a figure could stand in two places."""
    if columns.lists and columns.wide:
        index, list_id = columns.lists[0]
        wide = columns.wide[0][0]
        message = said(
            "Members stand in the column {column} and in headers such as {header}.",
            column=list_id,
            header=safe(columns.names[wide]),
        )
        also = Place(columns.file, header, wide + 1, safe(columns.names[wide]))
        place = Place(columns.file, header, index + 1, list_id)
        yield Problem("PF514", message, place, said("Use one of the two ways in a file."), (also,))


def _missing(columns: Columns, vocabulary: Vocabulary, place: Place, unit: str) -> Iterator[Problem]:
    """The columns that the file cannot do without."""
    pdu, day = KEYS
    missing = {
        pdu: said("The column {column} is missing: the id of each {unit}.", column=pdu, unit=unit),
        day: said("The column {column} is missing: the day of the figures.", column=day),
    }
    for key, message in missing.items():
        if key not in columns.names:
            yield Problem("PF503", message, place, said("Add {column} to the header.", column=key))
    inputs = vocabulary.inputs
    needed: dict[str, list[str]] = {}
    for _, name in columns.inputs:
        per, oldest = inputs[name].per, vocabulary.spec(name, datetime.date.min)
        # Where older versions took the input otherwise, the rows tell, each by its day.
        if per is not None and per not in columns.names and oldest is not None and oldest.per == per:
            needed.setdefault(per, []).append(name)
    for per, names in needed.items():
        message = said(
            "The column {list} is missing; for each {list} there is to be: {inputs}.",
            list=per,
            inputs=", ".join(names),
        )
        yield Problem(
            "PF503", message, place, said("Add {list}, and a row for each of its members.", list=per)
        )


def read_rows(table: Table, columns: Columns, vocabulary: Vocabulary, *, loose: bool) -> Iterator[Entry]:
    """The entries of a table, one for each row that is not blank."""
    members = _Members(columns, vocabulary, loose)
    pdu, as_of = columns.keys["pdu"], columns.keys["as_of"]
    for count, row in enumerate(table.rows, start=1):
        if count > MAX_ROWS:
            raise too_many_rows(columns.file)
        cells = row.cells
        if cells.count(None) == len(cells):
            continue
        entry = Entry(row.number, "")
        if len(cells) != columns.width or columns.blanks:
            _check_width(row, columns, entry)
            cells = [*cells, *[None] * (columns.width - len(cells))]
        entry.pdu, entry.as_of = cells[pdu], cells[as_of]
        list_id, member = members.of(cells, entry)
        entry.figures = [
            (name, list_id, member, cells[index])
            for index, name in columns.inputs
            if cells[index] is not None
        ]
        if columns.wide:
            entry.figures += [
                (name, list_id, member, cells[index])
                for index, name, list_id, member in columns.wide
                if cells[index] is not None
            ]
        if columns.annotations:
            entry.annotations = [
                (name, cells[index]) for index, name in columns.annotations if cells[index] is not None
            ]
        yield entry


class _Members:
    """Which member of which list a row is about."""

    def __init__(self, columns: Columns, vocabulary: Vocabulary, loose: bool) -> None:
        self._columns, self._loose = columns, loose
        self._known = {list_id: frozenset(ids) for list_id, ids in vocabulary.lists.items()}
        self._suggestions = {list_id: Suggestions(ids) for list_id, ids in vocabulary.lists.items()}

    def of(self, cells: Sequence[Cell], entry: Entry) -> tuple[str | None, str | None]:
        """The list and the member; both None in a row for the other inputs."""
        list_id: str | None = None
        member: str | None = None
        for index, name in self._columns.lists:
            cell = cells[index]
            if cell is None:
                continue
            if member is not None:
                place = self._columns.cell(entry.number, index, name)
                message = _two_members(list_id, name, cell)
                entry.faults.append(
                    Problem("PF513", message, place, said("Write a row for each of the two."))
                )
                continue
            list_id, member = name, word_of(cell, loose=self._loose) or shown_cell(cell)
            if member not in self._known[name]:
                place = self._columns.cell(entry.number, index, name)
                message = said("There is no {list} {id}.", list=name, id=repr(safe(member)))
                hint = self._suggestions[name].hint(member)
                entry.faults.append(Problem("PF507", message, place, hint))
        if member is not None:
            entry.thing = f"{list_id} {member}"
        return list_id, member


def _two_members(first: str | None, second: str, cell: Cell) -> str:
    """A row names members of two lists; `cell` is what it names of the second."""
    if isinstance(cell, datetime.date):
        return said(
            "The row names a {list} and a {other} (the day {day}).", list=first, other=second, day=cell
        )
    if isinstance(cell, Decimal):
        return said(
            "The row names a {list} and a {other} (the number {number}).",
            list=first,
            other=second,
            number=str(cell)[:40],
        )
    return said("The row names a {list} and a {other} ({text}).", list=first, other=second, text=_shown(cell))


def _unnamed(cell: Cell) -> str:
    """A cell stands where the header has no name."""
    if isinstance(cell, datetime.date):
        return said("'the day {day}' stands in a column without a name.", day=cell)
    if isinstance(cell, Decimal):
        return said("'the number {number}' stands in a column without a name.", number=str(cell)[:40])
    return said("{text} stands in a column without a name.", text=repr(_shown(cell)))


def _shown(cell: Cell) -> str:
    """A cell for a message, whatever it holds."""
    if isinstance(cell, Unusable) and cell.shown == safe(cell.shown):
        return cell.shown
    return safe(cell if isinstance(cell, str) else shown_cell(cell))


def _check_width(row: Row, columns: Columns, entry: Entry) -> None:
    """A row as long as the header, but for empty cells at its end."""
    for index, cell in enumerate(row.cells):
        if cell is not None and (index >= columns.width or index in columns.blanks):
            place = columns.cell(row.number, index, "no column")
            hint = said("Look for a separator too many in this row, or name the column.")
            entry.faults.append(Problem("PF514", _unnamed(cell), place, hint))
    if len(row.cells) < columns.width:
        message = said(
            "The row has {number} cells, and the header has {due}.", number=len(row.cells), due=columns.width
        )
        place = columns.cell(row.number, max(len(row.cells) - 1, 0), "end of row")
        hint = said("Write an empty cell where there is no figure.")
        entry.faults.append(Problem("PF514", message, place, hint))
