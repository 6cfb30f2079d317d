"""Random returns in every shape that a file may have, and what the careful reader makes of them."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from engine.bulk import Bulk, read_bulk
from engine.columns import Frame, frame_of
from engine.deciding import by_unit
from engine.returns import read_returns
from rules.figures import Return
from rules.problems import ReturnsError
from tests.returns.conftest import ORGANISED, TODAY, VOCABULARY

EVERY = 7


def quick(*files: tuple[bytes, str]) -> Bulk:
    return read_bulk(files, EVERY, vocabulary=VOCABULARY, organisation=ORGANISED, today=TODAY)


def careful(data: bytes, name: str) -> tuple[Return, ...]:
    return read_returns(data, name, vocabulary=VOCABULARY, organisation=ORGANISED, today=TODAY).returns


def same(one: Frame, other: Frame) -> None:
    """Two frames are alike to the last type."""
    assert one.units == other.units
    _alike(one.has, other.has)
    _alike(one.day[one.has], other.day[other.has])
    assert one.numbers.keys() == other.numbers.keys()
    for key, column in one.numbers.items():
        there = other.numbers[key]
        _alike(column.numbers, there.numbers)
        _alike(column.given, there.given)
        facts = (column.decimals, column.low, column.high, column.complete)
        assert facts == (there.decimals, there.low, there.high, there.complete), key
    assert one.categories.keys() == other.categories.keys()
    for key, words in one.categories.items():
        there_ = other.categories[key]
        _alike(words.codes, there_.codes)
        assert (words.ids, words.complete) == (there_.ids, there_.complete)


def _alike_problems(one: ReturnsError, other: ReturnsError) -> None:
    assert one.problems == other.problems


def _alike(one: Any, other: Any) -> None:
    assert one.dtype == other.dtype
    assert np.array_equal(one, other)


def read_both(data: bytes, name: str) -> Bulk | None:
    """What is read in bulk, which the careful reader gives too; None where both refuse, for the same reasons."""
    try:
        returns = careful(data, name)
    except ReturnsError as refused:
        with pytest.raises(ReturnsError) as again:
            quick((data, name))
        _alike_problems(again.value, refused)
        return None
    found = quick((data, name))
    same(found.frame, frame_of(by_unit(ORGANISED, returns), EVERY))
    return found


def wide_rows(returns: Sequence[Return]) -> tuple[list[str], list[list[Any]]]:
    """One row for each return, with a column for each figure."""
    keys = sorted({key for one in returns for key in one.figures})
    notes = sorted({name for one in returns for name in one.annotations})
    rows = [
        [
            one.pdu,
            one.as_of,
            *(one.figures.get(key) for key in keys),
            *(one.annotations.get(name) for name in notes),
        ]
        for one in returns
    ]
    return ["pdu", "as_of", *keys, *notes], rows


def wide_csv(returns: Sequence[Return]) -> bytes:
    header, rows = wide_rows(returns)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([["" if cell is None else str(cell) for cell in row] for row in rows])
    return text.getvalue().encode()


def wide_parquet(returns: Sequence[Return], numbers: str) -> bytes:
    """A wide file whose numbers are of a kind: `double`, `float`, `decimal` or `int`."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    array: Any = pa.array
    header, rows = wide_rows(returns)
    kinds = {
        "double": pa.float64(),
        "float": pa.float32(),
        "int": pa.int64(),
        "decimal": pa.decimal128(30, 4),
    }
    arrays = []
    for place in range(len(header)):
        cells = [row[place] for row in rows]
        if any(isinstance(cell, Decimal) for cell in cells):
            if numbers in ("double", "float"):
                cells = [None if cell is None else float(cell) for cell in cells]
            elif numbers == "int":
                cells = [None if cell is None else int(cell) for cell in cells]
            arrays.append(array(cells, kinds[numbers]))
        elif header[place] == "as_of":
            stamps = [datetime.datetime.combine(cell, datetime.time()) for cell in cells]
            kind: Any = pa.date32() if numbers == "decimal" else pa.timestamp("ns")
            arrays.append(array(cells if numbers == "decimal" else stamps, kind))
        else:
            arrays.append(array(cells, pa.string()))
    sink = io.BytesIO()
    pq.write_table(pa.table(arrays, names=header), sink)
    return sink.getvalue()
