"""Parquet, as analysts' tools write it: one row per PDU, day and list member, like a CSV."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from engine.returns._rows import MAX_ROWS, Cell, Row, Table, Unusable, refuse, too_many_rows
from rules.problems import Place, Problem, ReturnsError
from rules.said import said

MAX_UNPACKED = 1024 * 1024 * 1024
BATCH = 20_000


def read_parquet(data: bytes, file: str) -> Table:
    """The table that a Parquet file holds."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        opened: Any = pq.ParquetFile(pa.BufferReader(data))
        schema, metadata = opened.schema_arrow, opened.metadata
        unpacked = sum(metadata.row_group(index).total_byte_size for index in range(metadata.num_row_groups))
        readers = [_reader(field.type, pa.types) for field in schema]
    except Exception:  # whatever a broken file happens to break
        raise _unreadable(file) from None
    if metadata.num_rows > MAX_ROWS:
        raise too_many_rows(file)
    if unpacked > MAX_UNPACKED:
        message, hint = said("The file unpacks to more than 1 GiB."), said("Split it by month or region.")
        raise refuse("PF516", message, Place(file), hint)
    hint = said("A column holds numbers, texts or days.")
    problems = [
        Problem(
            "PF501",
            said("The column {column} holds {kind}.", column=repr(field.name[:60]), kind=str(field.type)),
            Place(file, 1, index + 1),
            hint,
        )
        for index, (field, reader) in enumerate(zip(schema, readers, strict=True))
        if reader is None
    ]
    if problems:
        raise ReturnsError(problems)
    if not schema.names:
        needs = said("It needs {columns} and the inputs.", columns="pdu, as_of")
        raise refuse("PF503", said("The file has no columns."), Place(file), needs)
    return Table(schema.names, 1, _rows(opened, [reader for reader in readers if reader], file))


def _unreadable(file: str) -> ReturnsError:
    message = said("The file is no Parquet file that can be read.")
    return refuse("PF501", message, Place(file), said("Write it again."))


def _rows(opened: Any, readers: list[Callable[[Any], Cell]], file: str) -> Iterator[Row]:
    number = 0
    batches = opened.iter_batches(batch_size=BATCH)
    while True:
        try:
            batch = next(batches, None)
            columns = batch.columns if batch is not None else []
            taken = [
                [None if value is None else reader(value) for value in _values(column)]
                for column, reader in zip(columns, readers, strict=False)
            ]
        except Exception:  # whatever a broken file happens to break
            raise _unreadable(file) from None
        if batch is None:
            return
        for cells in zip(*taken, strict=True):
            number += 1
            yield Row(number, cells)


def _values(column: Any) -> list[Any]:
    """The values of a column; binary fractions as their shortest decimal text, whatever their width."""
    import pyarrow as pa

    if pa.types.is_float16(column.type):
        column = column.cast(pa.float32())
    if pa.types.is_floating(column.type):
        column = column.cast(pa.string())
    values: list[Any] = column.to_pylist()
    return values


def _reader(kind: Any, types: Any) -> Callable[[Any], Cell] | None:
    """How to take the values of a column's type; None where they are no figures, texts or days."""
    if types.is_dictionary(kind):
        return _reader(kind.value_type, types)
    if types.is_boolean(kind):
        return lambda value: Unusable("true" if value else "false")
    if types.is_integer(kind) or types.is_decimal(kind) or types.is_floating(kind):
        return Decimal
    if types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind):
        return lambda value: value.strip() or None
    if types.is_date(kind):
        return lambda value: value
    if types.is_timestamp(kind):
        return _midnight
    return str if types.is_null(kind) else None  # all of its values are None, and never read


def _midnight(value: datetime.datetime) -> Cell:
    if value.time() == datetime.time():
        return value.date()
    return Unusable(f"{value:%Y-%m-%d %H:%M}", said("Write the day alone, without a time."))
