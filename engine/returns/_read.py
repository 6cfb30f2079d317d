"""Reading a file of staffing returns, whatever its format."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import Any

from engine.returns._assemble import Returns, assemble
from engine.returns._csv import read_csv
from engine.returns._json import read_objects
from engine.returns._judge import Judge
from engine.returns._objects import Objects
from engine.returns._parquet import read_parquet
from engine.returns._rows import MAX_BYTES, PlaceOf, Reading, Table, refuse
from engine.returns._table import read_header, read_rows
from engine.returns._workbook import read_workbook
from rules.figures import Vocabulary
from rules.model import Organisation
from rules.problems import Place
from rules.said import said

_TABLES: dict[str, Callable[[bytes, str], Table]] = {
    ".csv": read_csv,
    ".xlsx": read_workbook,
    ".parquet": read_parquet,
}
_JSON = {".json": False, ".ndjson": True, ".jsonl": True}
FORMATS = (*_TABLES, *_JSON)


def read_returns(
    data: bytes,
    name: str,
    *,
    vocabulary: Vocabulary,
    organisation: Organisation,
    today: datetime.date,
    skip_bad_rows: bool = False,
) -> Returns:
    """The staffing returns that a file holds; `name` is the file's name, whose ending tells the format.

    Raises `ReturnsError` with every problem at once. With `skip_bad_rows` a bad row takes away the return
    that it belongs to (or only itself, where it does not tell which), and the rest is read; a fault of the
    whole file still refuses it.
    """
    if len(data) > MAX_BYTES:
        message = said("The file is larger than {size} MiB.", size=MAX_BYTES // 1024 // 1024)
        raise refuse("PF516", message, Place(name), said("Split it by month or region."))
    reading = _open(data, name, vocabulary, organisation)
    return assemble(reading, Judge(vocabulary, organisation, today, reading), skip_bad_rows=skip_bad_rows)


def read_parsed(
    values: Sequence[Any],
    name: str,
    place: PlaceOf,
    *,
    vocabulary: Vocabulary,
    organisation: Organisation,
    today: datetime.date,
) -> Returns:
    """The returns that parsed JSON objects hold, such as a part of a larger body; numbers are to be `Decimal`.

    They are numbered from 1, and `place` says where a value of one stands. Raises `ReturnsError` with every problem
    at once.
    """
    entries = read_objects(enumerate(values, start=1), place, vocabulary, name)
    reading = Reading(entries, place, table=False)
    return assemble(reading, Judge(vocabulary, organisation, today, reading), skip_bad_rows=False)


def _open(data: bytes, name: str, vocabulary: Vocabulary, organisation: Organisation) -> Reading:
    suffix = PurePath(name).suffix.lower()
    if suffix in _TABLES:
        table = _TABLES[suffix](data, name)
        columns = read_header(table, vocabulary, name, organisation.unit.one)
        loose = suffix != ".parquet"
        entries = read_rows(table, columns, vocabulary, loose=loose)
        return Reading(entries, columns.place, loose=loose, binary=suffix != ".csv")
    if suffix in _JSON:
        objects = Objects(data, name)
        listed = objects.lines() if _JSON[suffix] else objects.listed()
        entries = read_objects(listed, objects.place, vocabulary, name)
        return Reading(entries, objects.place, table=False)
    hint = said("Returns come as {formats}.", formats=", ".join(FORMATS))
    if suffix == ".xls":
        hint = said("Save the old workbook as .xlsx.")
    message = said("The ending of the file's name tells no format that is read.")
    raise refuse("PF501", message, Place(name), hint)
