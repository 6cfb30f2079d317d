"""Excel workbooks: the first sheet, read like a CSV.

A workbook stores numbers as binary fractions; each is taken by its shortest decimal text (`repr`), which is
what a person typed. Formulas are taken by the value that Excel worked out and stored with them.

What a hostile workbook could do is bounded before it is opened: the archive's own list of sizes is summed
(zipfile reads no more of a part than it states), and the parser beneath openpyxl (expat 2.4.1 or later)
stops entities that grow. With both bounded no other XML parser is needed.
"""

from __future__ import annotations

import datetime
import io
import warnings
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from engine.returns._rows import MAX_ROWS, Cell, Row, Table, Unusable, refuse, too_many_rows
from rules.problems import Place, ReturnsError
from rules.said import said

MAX_UNPACKED = 200 * 1024 * 1024
MAX_COLUMNS = 1000
_FORMULA = Unusable(
    # Translators: what a cell holds. It stands after "not", as in "wmt_points takes a number, not …".
    said("a formula without a value"),
    said("Open the workbook in Excel and save it, or write the value itself."),
)


def read_workbook(data: bytes, file: str) -> Table:
    """The table on the first sheet of a workbook."""
    rows = sheet_rows(data, file)
    filled = [row for row in rows if any(cell is not None for cell in row.cells)]
    if not filled:
        hint = said("Begin with a row of {columns} and the inputs.", columns="pdu, as_of")
        raise refuse("PF503", said("The first sheet is empty."), Place(file), hint)
    width = len(filled[0].cells)
    header = [
        cell if isinstance(cell, str) else "" if cell is None else str(cell) for cell in filled[0].cells
    ]
    padded = (Row(row.number, [*row.cells, *[None] * (width - len(row.cells))]) for row in filled[1:])
    return Table(header, filled[0].number, padded)


def sheet_rows(data: bytes, file: str, sheet: str | None = None) -> list[Row]:
    """All rows of a sheet of a workbook: of that name, else the first."""
    _check_sizes(data, file)
    try:
        rows, holes = _sheet(data, file, sheet)
        if holes:
            _mark_formulas(data, rows, holes, sheet)
    except ReturnsError:
        raise
    except Exception:  # openpyxl raises whatever a broken part happens to break
        raise _unreadable(file) from None
    return rows


def _unreadable(file: str) -> ReturnsError:
    hint = said("Save it again as an Excel workbook (.xlsx), without a password, or as CSV UTF-8.")
    return refuse("PF501", said("The file is no workbook that can be read."), Place(file), hint)


def _check_sizes(data: bytes, file: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except Exception:  # zipfile raises more than BadZipFile for broken lists of parts
        raise _unreadable(file) from None
    if unpacked > MAX_UNPACKED:
        message = said("The workbook unpacks to more than {size} MiB.", size=MAX_UNPACKED // 1024 // 1024)
        raise refuse("PF516", message, Place(file), said("Split it, or send it as CSV."))


def _cells(
    data: bytes, file: str, name: str | None, *, values: bool
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Each row of a sheet (the first, where none is named) by its number, with openpyxl's cells."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions that decide nothing here
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
        try:
            named = [one for one in book.worksheets if name is None or one.title == name]
            if not named:
                titles = ", ".join(repr(one.title[:40]) for one in book.worksheets[:12])
                message = said("There is no sheet {name}.", name=repr(str(name)[:40]))
                raise refuse("PF503", message, Place(file), said("There are: {names}.", names=titles))
            sheet = named[0]
            sheet.reset_dimensions()  # what a sheet says of its own size is often wrong
            for number, cells in enumerate(sheet.iter_rows(), start=1):
                if number > MAX_ROWS + 1:
                    raise too_many_rows(file)
                if len(cells) > MAX_COLUMNS:
                    hint = said("Remove what stands to the right of the table.")
                    message = said("A row has more than {number} cells.", number=MAX_COLUMNS)
                    raise refuse("PF516", message, Place(file, number), hint)
                yield number, cells
        finally:
            book.close()


def _sheet(data: bytes, file: str, name: str | None) -> tuple[list[Row], set[tuple[int, int]]]:
    """The rows, and the cells that are there and hold nothing: empty, or a formula without a value."""
    rows: list[Row] = []
    holes: set[tuple[int, int]] = set()
    for number, cells in _cells(data, file, name, values=True):
        taken = [_cell(cell) for cell in cells]
        rows.append(Row(number, taken))
        for index, cell in enumerate(cells):
            if taken[index] is None and getattr(cell, "row", None) is not None:
                holes.add((number, index))
    return rows, holes


def _mark_formulas(data: bytes, rows: list[Row], holes: set[tuple[int, int]], name: str | None) -> None:
    """Put a mark where a formula has no value. Values and formulas cannot be had in one reading."""
    for number, cells in _cells(data, "", name, values=False):
        for index, cell in enumerate(cells):
            if (number, index) in holes and cell.data_type == "f":
                taken = list(rows[number - 1].cells)
                taken[index] = _FORMULA
                rows[number - 1] = Row(number, taken)


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "e":
        # Translators: what a cell holds. It stands after "not", as in "wmt_points takes a number, not …".
        shown = said("the error {error}", error=str(value))
        return Unusable(shown, said("Correct the formula, or leave the cell empty."))
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool):
        return Unusable("TRUE" if value else "FALSE")
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, datetime.datetime):
        if value.time() == datetime.time():
            return value.date()
        return Unusable(f"{value:%Y-%m-%d %H:%M}", said("Write the day alone, without a time."))
    return value if isinstance(value, datetime.date) else Unusable(str(value)[:40])
