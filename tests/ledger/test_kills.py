"""A short round of `make faults`, which kills far more often."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.ledger.store import Store, Writing
from engine.ledger.store.idempotency import keep
from tests.faults.run import run
from tests.faults.work import DAY, KIND, ME, Failure, Seen, look_through, rows
from tests.ledger import postgres


@pytest.mark.parametrize(
    ("kind", "through", "kills"),
    [("sqlite", "store", 8), ("sqlite", "ledger", 8), ("postgresql", "ledger", 3)],
)
def test_nothing_is_lost_when_writers_are_killed(kind: str, through: str, kills: int) -> None:
    if kind == "postgresql":
        postgres.shared()  # skips where there is no server
    result = run(kind, kills, seed=1, through=through)
    assert result.kills + result.server_kills == kills
    assert result.records


def part(writing: Writing, batch: int, number: int, of: int = 2) -> None:
    body = {"writer": "w", "batch": batch, "part": number, "of": of, "day": DAY, "padding": ""}
    record = writing.append(KIND, body, ME)
    for table, row in rows(record.seq, KIND, body):
        writing.insert(table, [row])


def whole(writing: Writing, batch: int = 1) -> None:
    part(writing, batch, 0)
    part(writing, batch, 1)
    keep(writing, "faults", f"w {batch}", "", 201, b"")


def half(writing: Writing) -> None:
    part(writing, 1, 0)
    keep(writing, "faults", "w 1", "", 201, b"")


def without_key(writing: Writing) -> None:
    part(writing, 1, 0, of=1)


def twice(writing: Writing) -> None:
    whole(writing)
    part(writing, 1, 0)
    part(writing, 1, 1)


@pytest.mark.parametrize(
    ("written", "noted", "failure"),
    [
        (whole, "2 w 1\n", None),
        (whole, "2 w 1\n4 w 2", None),  # the second was being noted when its writer was killed
        (whole, "2 w 1\n4 w 2\n", "acknowledged as record 4"),
        (whole, "1 w 1\n", "acknowledged as record 1"),
        (half, "", "ends at part 1 of 2"),
        (without_key, "", "keys and batches differ"),
        (twice, "", "recorded twice"),
    ],
)
def test_what_is_lost_is_noticed(
    tmp_path: Path, written: Callable[[Writing], None], noted: str, failure: str | None
) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "0").write_text(noted, encoding="utf-8")
    store = Store(str(tmp_path / "ledger.sqlite3"))
    with store.writing() as writing:
        written(writing)
    if failure is None:
        assert look_through(store, notes, Seen()) == Seen(2, 1)
    else:
        with pytest.raises(Failure, match=failure):
            look_through(store, notes, Seen())
    store.close()
