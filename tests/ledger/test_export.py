from __future__ import annotations

import csv
import datetime
import io
import tracemalloc
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
import pyarrow.parquet as pq
import pytest

from engine.ledger.export import KINDS, Row, Wanted, columns, rows
from engine.ledger.export_files import FORMATS, write
from engine.ledger.records import index_rows
from engine.ledger.store import Store
from tests.ledger.stores import ME, Clock

DAY = datetime.date


def record(store: Store, *payloads: tuple[str, Mapping[str, Any]]) -> None:
    with store.writing() as writing:
        for kind, payload in payloads:
            made = writing.append(kind, payload, ME)
            for table, row in index_rows(made.seq, kind, payload):
                writing.insert(table, [row])


def given(pdu: str, as_of: str, sha: str, numbers: dict[str, str], **more: Any) -> tuple[str, dict[str, Any]]:
    payload = {"framework": "plan", "pdu": pdu, "as_of": as_of, "sha256": sha, "numbers": numbers}
    return "return", {**payload, "categories": {}, "annotations": {}, "notes": [], **more}


def decided(
    pdu: str, as_of: str, status: str, change: Mapping[str, Any] | None = None
) -> tuple[str, dict[str, Any]]:
    decision = {
        "id": f"sha256:{pdu}-{as_of}-{status}",
        "pdu": {"id": pdu, "name": pdu, "region": "north"},
        "as_of": as_of,
        "framework": {"id": "plan", "version": "v1"},
        "status": status,
        "since": as_of,
        "previous": None,
        "calculated": status,
        "calculated_since": as_of,
        "review_by": None,
        "permitted": [{"activity": "visits"}, {"activity": "meetings"}],
        "measures": [{"id": "staffing", "value": "82.50"}, {"id": "load", "value": None}],
    }
    payload = {"framework": "plan", "decision": decision, "change": change, "cause": "return"}
    return "decision", payload


CHANGE = {"kinds": "status", "from_status": "green", "to_status": "red", "from_id": "sha256:x"}


@pytest.fixture
def filled(store: Store, clock: Clock) -> Store:
    record(
        store,
        given("york", "2022-08-01", "a", {"required[PO]": "10.00", "points": "7"}),
        given("hull", "2022-08-01", "b", {}, categories={"alert": "=high"}, annotations={"note": "a, b"}),
        decided("york", "2022-08-01", "green"),
        decided("hull", "2022-08-01", "green"),
    )
    clock.pass_(days=1)
    record(
        store,
        given("york", "2022-08-01", "c", {"required[PO]": "11"}),
        decided("york", "2022-08-08", "red", CHANGE),
        decided("york", "2022-08-10", "red"),
        decided("york", "2022-08-15", "green"),
        decided("york", "2022-08-15", "amber"),
    )
    return store


def had(store: Store, what: str, **wanted: Any) -> list[Row]:
    with store.reading() as connection:
        return list(rows(connection, what, Wanted(**wanted)))


def test_returns_have_a_row_for_each_figure(filled: Store) -> None:
    first, second = "2022-08-22T09:00:00.000000Z", "2022-08-23T09:00:00.000000Z"
    none = (None, None, None)
    assert had(filled, "returns") == [
        (1, first, "plan", "york", "2022-08-01", "points", None, "7", *none, 5),
        (1, first, "plan", "york", "2022-08-01", "required", "PO", "10.00", *none, 5),
        (2, first, "plan", "hull", "2022-08-01", "alert", None, "=high", None, None, "a, b", None),
        (5, second, "plan", "york", "2022-08-01", "required", "PO", "11", *none, None),
    ]
    assert [row[-1] for row in had(filled, "returns", known=4, pdus=("york",))] == [None, None]


def test_a_return_without_figures_has_a_row(store: Store) -> None:
    record(store, given("york", "2022-08-01", "a", {}))
    assert had(store, "returns")[0][5:8] == (None, None, None)


def test_decisions(filled: Store) -> None:
    found = had(filled, "decisions")
    assert len(found) == 6
    assert dict(zip(columns("decisions"), found[0], strict=True)) == {
        "seq": 3,
        "recorded_at": "2022-08-22T09:00:00.000000Z",
        "framework": "plan",
        "version": "v1",
        "pdu": "york",
        "region": "north",
        "as_of": "2022-08-01",
        "id": "sha256:york-2022-08-01-green",
        "status": "green",
        "since": "2022-08-01",
        "previous": None,
        "calculated": "green",
        "calculated_since": "2022-08-01",
        "review_by": None,
        "permitted": "meetings visits",
        "measures": '{"load":null,"staffing":"82.50"}',
    }
    assert len(had(filled, "decisions", first=DAY(2022, 8, 8), last=DAY(2022, 8, 10))) == 2
    assert had(filled, "decisions", framework="other") == []


def test_statuses_are_stretches(filled: Store) -> None:
    def short(**wanted: Any) -> list[tuple[Any, ...]]:
        return [(row[1], row[3], row[4], row[5]) for row in had(filled, "statuses", **wanted)]

    hull, green = ("hull", "2022-08-01", None, "green"), ("york", "2022-08-01", "2022-08-07", "green")
    red, amber = ("york", "2022-08-08", "2022-08-14", "red"), ("york", "2022-08-15", None, "amber")
    assert short() == [hull, green, red, amber]
    assert short(first=DAY(2022, 8, 9), last=DAY(2022, 8, 14)) == [hull, red]
    assert short(known=8, pdus=("york",)) == [green, red, ("york", "2022-08-15", None, "green")]
    ended = short(last_days={"hull": DAY(2022, 8, 20)})
    assert ended[0] == ("hull", "2022-08-01", "2022-08-20", "green")


def test_changes(filled: Store) -> None:
    (row,) = had(filled, "changes")
    told = dict(zip(columns("changes"), row, strict=True))
    assert told["seq"] == 6
    assert (told["from_status"], told["to_status"], told["cause"]) == ("green", "red", "return")


def test_records_are_whole(filled: Store) -> None:
    found = had(filled, "records")
    assert [row[0] for row in found] == list(range(1, 10))
    assert orjson.loads(str(found[0][4]))["numbers"] == {"required[PO]": "10.00", "points": "7"}
    assert len(had(filled, "records", known=3)) == 3


@pytest.mark.parametrize("what", KINDS)
def test_every_format_holds_the_same(filled: Store, what: str) -> None:
    found, names = had(filled, what), columns(what)
    files = {format: io.BytesIO() for format in FORMATS}
    for format, file in files.items():
        assert write(file, format, names, iter(found)) == len(found)
        file.seek(0)
    table = list(csv.reader(io.StringIO(files["csv"].read().decode(), newline="")))
    assert table == [list(names), *[["" if cell is None else str(cell) for cell in row] for row in found]]
    lines = [orjson.loads(line) for line in files["ndjson"].read().splitlines()]
    assert lines == [dict(zip(names, row, strict=True)) for row in found]
    assert pq.read_table(files["parquet"]).to_pylist() == lines


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_is_a_file_with_its_columns(store: Store, format: str) -> None:
    file = io.BytesIO()
    assert write(file, format, columns("changes"), had(store, "changes")) == 0
    file.seek(0)
    if format == "csv":
        assert file.read().startswith(b"seq,recorded_at,")
    if format == "parquet":
        assert tuple(pq.read_table(file).column_names) == columns("changes")


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="xml"):
        write(io.BytesIO(), "xml", (), ())


@pytest.mark.parametrize("format", FORMATS)
def test_memory_does_not_grow_with_the_ledger(tmp_path: Path, format: str) -> None:
    """Fifty megabytes of text pass through."""
    tracemalloc.start()
    with (tmp_path / "out").open("wb") as file:
        cells = ((number, "x" * 20_000 + str(number)) for number in range(2_500))
        assert write(file, format, ("seq", "body"), cells) == 2_500
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40_000_000
