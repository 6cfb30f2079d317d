"""Rows of an export as files: CSV, NDJSON and Parquet, written as they come."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

import orjson

from engine.ledger.export import Row

FORMATS = ("csv", "ndjson", "parquet")
NUMBERS = ("seq", "replaced_by")
"""The columns that are whole numbers; all others are text."""
_ROWS = 10_000
_BYTES = 16_000_000


def write(file: BinaryIO, format: str, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Write rows in one of `FORMATS`; gives how many. Values are written exactly as they are recorded.

    That holds for CSV too: a text that begins with `=`, `+`, `-` or `@` is left as it is, although a spreadsheet
    takes it for a formula, because a value that is changed on its way is no longer what was recorded. Open such
    a file by importing its columns as text.
    """
    counted = _Counted(rows)
    if format == "csv":
        _csv(file, columns, counted)
    elif format == "ndjson":
        _ndjson(file, columns, counted)
    elif format == "parquet":
        _parquet(file, columns, counted)
    else:
        raise ValueError(f"an export is not written as {format}")
    return counted.count


class _Counted:
    """Rows as they pass, and how many have."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.count += 1
            yield row


def _csv(file: BinaryIO, columns: Sequence[str], rows: Iterable[Row]) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    try:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    finally:
        text.detach()  # flushes, and leaves the file open


def _ndjson(file: BinaryIO, columns: Sequence[str], rows: Iterable[Row]) -> None:
    for row in rows:
        file.write(orjson.dumps(dict(zip(columns, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE))


def _parquet(file: BinaryIO, columns: Sequence[str], rows: Iterable[Row]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(name, pa.int64() if name in NUMBERS else pa.string()) for name in columns])
    with pq.ParquetWriter(file, schema) as writer:
        for group in _groups(rows):
            columnwise = zip(zip(*group, strict=True), schema, strict=True)
            arrays = [pa.array(cells, column.type) for cells, column in columnwise]
            writer.write_table(pa.table(arrays, schema=schema))


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in groups that fit into memory, however long their texts are."""
    held: list[Row] = []
    size = 0
    for row in rows:
        held.append(row)
        size += sum(len(cell) for cell in row if isinstance(cell, str))
        if len(held) >= _ROWS or size >= _BYTES:
            yield held
            held, size = [], 0
    if held:
        yield held
