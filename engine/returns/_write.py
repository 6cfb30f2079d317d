"""Writing returns, and the empty file that people fill in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from engine.returns._rows import ANNOTATIONS, KEYS
from rules.figures import Figure, Return, Vocabulary, figure_key
from rules.model._fields import number_text

Cells = list[Any]


def write_returns(returns: Iterable[Return], vocabulary: Vocabulary, format: str) -> bytes:
    """The returns as a file: `csv`, `json`, `ndjson` or `parquet`. What is written is read back the same."""
    ordered = sorted(returns, key=lambda entry: (entry.pdu, entry.as_of))
    if format == "json":
        return ("[" + ",\n ".join(map(_object, ordered)) + "]\n").encode()
    if format == "ndjson":
        return "".join(_object(entry) + "\n" for entry in ordered).encode()
    annotations = tuple(name for name in ANNOTATIONS if any(name in entry.annotations for entry in ordered))
    layout = _Layout(vocabulary, annotations)
    if format == "csv":
        shown = _Shown().__getitem__
        return _csv(layout.header, (map(shown, row) for row in layout.rows(ordered)))
    if format == "parquet":
        return _parquet(layout, list(layout.rows(ordered)))
    raise ValueError(f"returns are not written as {format}")


def template(vocabulary: Vocabulary, format: str = "csv", pdus: Iterable[str] = ()) -> bytes:
    """The empty file with the columns that a framework needs: `csv` or `xlsx`.

    With `pdus` it has the rows of each, so that only days and figures are to be filled in.
    """
    layout = _Layout(vocabulary, ())
    empty = [""] * (len(layout.header) - 1)
    rows: list[Cells] = []
    for pdu in pdus:
        rows += [[pdu, *empty]] if layout.plain else []
        for index, list_id in enumerate(layout.lists, start=len(KEYS)):
            for member in vocabulary.lists[list_id]:
                row = [pdu, *empty]
                row[index] = member
                rows.append(row)
    if format == "csv":
        return _csv(layout.header, rows)
    if format == "xlsx":
        return _workbook(layout.header, rows)
    raise ValueError(f"there is no template as {format}")


class _Layout:
    """The columns of a table of returns, and how a return fills its rows."""

    def __init__(self, vocabulary: Vocabulary, annotations: tuple[str, ...]) -> None:
        self.inputs = vocabulary.inputs
        used = {spec.per for spec in self.inputs.values()}
        self.members = {list_id: ids for list_id, ids in vocabulary.lists.items() if list_id in used}
        self.lists = tuple(self.members)
        self.plain = tuple(input_id for input_id, spec in self.inputs.items() if spec.per is None)
        self.annotations = annotations
        self.header = [*KEYS, *self.lists, *self.inputs, *annotations]
        self._plain = self._keys(None, None)
        self._members = [
            ([member if name == list_id else None for name in self.lists], self._keys(list_id, member))
            for list_id, members in self.members.items()
            for member in members
        ]

    def rows(self, returns: Iterable[Return]) -> Iterator[Cells]:
        """The rows of each return: one for the plain inputs, one for each member that has figures."""
        unnamed: Cells = [None] * len(self.lists)
        places = [(name, self.header.index(name)) for name in self.annotations]
        further: Cells = [None] * len(places)
        for entry in returns:
            take = entry.figures.get
            figures = [take(key) for key in self._plain]
            rows = [] if _is_empty(figures) else [[entry.pdu, entry.as_of, *unnamed, *figures, *further]]
            for named, keys in self._members:
                figures = [take(key) for key in keys]
                if not _is_empty(figures):
                    rows.append([entry.pdu, entry.as_of, *named, *figures, *further])
            rows = rows or [[entry.pdu, entry.as_of, *[None] * (len(self.header) - 2)]]
            for name, place in places:
                rows[0][place] = entry.annotations.get(name)
            yield from rows

    def _keys(self, list_id: str | None, member: str | None) -> list[str]:
        """The key of the figure in each column of an input, in the rows of a member; no figure has an empty one."""
        return [
            figure_key(input_id, member) if spec.per == list_id else ""
            for input_id, spec in self.inputs.items()
        ]


def _is_empty(cells: Cells) -> bool:
    return cells.count(None) == len(cells)


class _Shown(dict[Any, Any]):
    """Each cell as a CSV file has it, worked out once: a number in its shortest form, all else as it is."""

    def __missing__(self, cell: Any) -> Any:
        shown = self[cell] = number_text(cell) if isinstance(cell, Decimal) else cell
        return shown


def _csv(header: Cells, rows: Iterable[Iterable[Any]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def _object(entry: Return) -> str:
    """A return as JSON; numbers are written digit by digit, since `json` knows only binary fractions."""
    parts: dict[str, Any] = {}
    for key, value in sorted(entry.figures.items()):
        name, _, member = key.partition("[")
        if member:
            parts.setdefault(name, {})[member.removesuffix("]")] = _value(value)
        else:
            parts[name] = _value(value)
    written = {"pdu": _quoted(entry.pdu), "as_of": _quoted(entry.as_of.isoformat()), **parts}
    written.update((name, _quoted(text)) for name, text in sorted(entry.annotations.items()))
    return _braces(
        {key: _braces(value) if isinstance(value, dict) else value for key, value in written.items()}
    )


def _braces(parts: dict[str, str]) -> str:
    return "{" + ", ".join(f"{_quoted(key)}: {value}" for key, value in parts.items()) + "}"


def _value(value: Figure) -> str:
    return _quoted(value) if isinstance(value, str) else number_text(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _parquet(layout: _Layout, rows: list[Cells]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    # 24 digits, 9 of them decimals: room for every figure, which has 15 digits and 9 decimals at most.
    kinds = {"as_of": pa.date32()} | {
        name: pa.decimal128(24, 9) for name, spec in layout.inputs.items() if spec.values is None
    }
    columns = [
        pa.array([row[index] for row in rows], kinds.get(name, pa.string()))
        for index, name in enumerate(layout.header)
    ]
    sink = io.BytesIO()
    pq.write_table(pa.table(columns, names=layout.header), sink)
    return sink.getvalue()


def _workbook(header: Cells, rows: list[Cells]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Returns")
    for row in (header, *rows):
        sheet.append([cell or None for cell in row])
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()
