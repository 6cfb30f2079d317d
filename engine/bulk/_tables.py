"""The bytes of a file as an Arrow table, where its shape is plainly fine."""

from __future__ import annotations

import csv
import re
from pathlib import PurePath
from typing import Any, NamedTuple

from engine.bulk._doubt import Doubt
from engine.returns._csv import delimiter_of
from engine.returns._parquet import MAX_UNPACKED
from engine.returns._rows import MAX_BYTES, MAX_ROWS

_QUOTED_SHARE = 4
"""Beyond one quoted line in so many the careful reader is not much slower."""


class Opened(NamedTuple):
    """A file as a table. In a `loose` one (CSV) all cells are texts, and numbers stand written out."""

    table: Any
    name: str
    loose: bool


def opened(data: bytes, name: str) -> Opened:
    """The table of a CSV or Parquet file. Raises Doubt."""
    suffix = PurePath(name).suffix.lower()
    if len(data) > MAX_BYTES or suffix not in (".csv", ".parquet"):
        raise Doubt
    try:
        table = _csv(data) if suffix == ".csv" else _parquet(data)
    except Doubt:
        raise
    except Exception:  # whatever a broken file happens to break
        raise Doubt from None
    if not 0 < table.num_rows <= MAX_ROWS:
        raise Doubt
    return Opened(table, name, suffix == ".csv")


def _csv(data: bytes) -> Any:
    import pyarrow as pa
    import pyarrow.csv as pc

    reading: Any = pc.read_csv

    if b"\0" in data or (b"\r" in data and data.count(b"\r") != data.count(b"\r\n")):
        raise Doubt
    first, _, _ = data.partition(b"\n")
    header = first.decode("utf-8-sig").strip("\r")
    delimiter = delimiter_of(header)
    if b'"' in data:
        _check_quotes(data, delimiter)
    names = [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]
    if len(set(names)) != len(names) or not all(names):
        raise Doubt
    words = pa.dictionary(pa.int32(), pa.string())
    return reading(
        pa.BufferReader(data),
        pc.ReadOptions(column_names=names, skip_rows=1, block_size=1 << 22),
        pc.ParseOptions(delimiter=delimiter),
        pc.ConvertOptions(
            column_types={name: words if name in ("pdu", "as_of") else pa.string() for name in names},
            null_values=[""],
            strings_can_be_null=True,
        ),
    )


def _check_quotes(data: bytes, delimiter: str) -> None:
    """Quotation marks stand at both ends of a cell or nowhere: of those alone all readers think alike."""
    sign = re.escape(delimiter.encode())
    cell = rb'(?:"(?:[^"\r\n]|"")*"|[^"' + sign + rb"\r\n]*)"
    line = re.compile(cell + rb"(?:" + sign + cell + rb")*\r?")
    most, number, place = data.count(b"\n") // _QUOTED_SHARE + 1, 0, data.find(b'"')
    while place >= 0:
        end = data.find(b"\n", place)
        end = len(data) if end < 0 else end
        number += 1
        if number > most or not line.fullmatch(data, data.rfind(b"\n", 0, place) + 1, end):
            raise Doubt
        place = data.find(b'"', end)


def _parquet(data: bytes) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    opened_: Any = pq.ParquetFile(pa.BufferReader(data), read_dictionary=["pdu"])
    metadata = opened_.metadata
    sizes = [metadata.row_group(index).total_byte_size for index in range(metadata.num_row_groups)]
    names = opened_.schema_arrow.names
    if metadata.num_rows > MAX_ROWS or sum(sizes) > MAX_UNPACKED or len(set(names)) != len(names):
        raise Doubt
    return opened_.read()
