"""The tables of a page, each with a name by which it can be had as CSV."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections.abc import Iterator
from typing import Any, Final

from reports._explanation import Table

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes a cell for a formula by."""
_LAST: Final = "table"


def tables_of(content: Any) -> dict[str, Table]:
    """Every table of a page by its name: where it stands in what the page says, so `relief-now`."""
    return dict(_found(content, ()))


def csv_of(table: Table) -> bytes:
    """A table as CSV: a line with its columns, and its rows with their values as they are.

    A text that a spreadsheet would take for a formula gets an apostrophe in front. Numbers are left alone.
    """
    data = table.data or table
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for row in (data.columns, *data.rows):
        writer.writerow([_plain(cell) for cell in row])
    return text.getvalue().encode()


def _plain(cell: str) -> str:
    is_formula = cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if is_formula else cell


def _found(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Table]]:
    """The tables below a value. Named tuples are single rows and the like, and hold none."""
    if isinstance(value, Table):
        own = path[:-1] if len(path) > 1 and path[-1] == _LAST else path
        yield "-".join(own), value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _found(getattr(value, field.name), (*path, field.name))
    elif type(value) in (tuple, list):
        for place, item in enumerate(value, start=1):
            yield from _found(item, (*path, str(getattr(item, "id", place))))
