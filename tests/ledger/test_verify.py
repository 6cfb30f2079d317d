from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa

from engine.ledger.rebuild import rebuild
from engine.ledger.store import Store, tables
from engine.ledger.store.chain import packed, sha256
from engine.ledger.verify import Broken, head_of, verify
from tests.ledger.stores import ME

TEXT = b"format: 1\n"


def rows(seq: int, kind: str, payload: Mapping[str, Any]) -> list[tuple[sa.Table, dict[str, Any]]]:
    """As the ledger's own, for records that tests can write by hand."""
    if kind == "documents":
        return [(tables.document_sets, {"seq": seq, "sha256": payload["set"]})]
    return [(tables.ticks, {"seq": seq, "framework": "plan", "day": payload["day"]})]


def fill(store: Store, count: int = 4) -> None:
    """One record of documents, then ticks."""
    with store.writing() as writing:
        for number in range(count):
            body = {"day": f"2022-08-{number:02}"}
            kind = "tick"
            if number == 0 and writing.head == 0:
                kind, body = "documents", {"set": "s", "documents": {"v1.yaml": sha256(TEXT)}}  # type: ignore[dict-item]
                writing.insert(tables.texts, [{"sha256": sha256(TEXT), "text": TEXT}])
            record = writing.append(kind, body, ME)
            for table, row in rows(record.seq, kind, body):
                writing.insert(table, [row])


def found(store: Store) -> Broken | None:
    with store.reading() as connection:
        return verify(connection, rows=rows)


def tamper(store: Store, *statements: str, values: tuple[Any, ...] = ()) -> None:
    """Change what is never changed, as somebody would who has the database in hand."""
    with store.writing() as writing:
        connection = writing.connection
        if connection.dialect.name == "sqlite":
            for table in ("records", "texts"):
                for what in ("update", "delete"):
                    connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_no_{what}")
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        else:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for statement in statements:
            if connection.dialect.name == "postgresql":
                statement = statement.replace("?", "%s")
            connection.exec_driver_sql(statement, values if "?" in statement or "%s" in statement else ())


def test_a_whole_ledger_is_whole(store: Store) -> None:
    assert found(store) is None
    fill(store)
    fill(store, 1200)
    told: list[tuple[int, int]] = []
    with store.reading() as connection:
        assert verify(connection, lambda done, total: told.append((done, total)), rows) is None
        seq, newest = head_of(connection)
    assert seq == 1204
    assert str(newest).startswith("sha256:")
    assert told == [(500, 1204), (1000, 1204), (1204, 1204)]


@pytest.mark.parametrize(
    ("statement", "value", "broken"),
    [
        ("UPDATE records SET by = '{}' WHERE seq = 3", None, (3, "its hash does not follow")),
        ("UPDATE records SET kind = 'end' WHERE seq = 2", None, (2, "its hash does not follow")),
        ("UPDATE records SET recorded_at = '2021' WHERE seq = 2", None, (2, "its hash does not follow")),
        ("UPDATE records SET hash = 'sha256:0' WHERE seq = 3", None, (3, "its hash does not follow")),
        ("UPDATE records SET sha256 = 'sha256:0' WHERE seq = 4", None, (4, "its body is another")),
        ("UPDATE records SET body = ? WHERE seq = 4", packed(b'{"day":"2022"}'), (4, "its body is another")),
        ("UPDATE records SET body = ? WHERE seq = 4", b"?", (4, "its body cannot be unpacked")),
        (
            "UPDATE ticks SET day = '2022-01-01' WHERE seq = 3",
            None,
            (3, "and the index ticks has '2022-01-01'"),
        ),
        ("DELETE FROM ticks WHERE seq = 3", None, (3, "it has no row in the index ticks")),
        ("UPDATE document_sets SET seq = 4", None, (1, "it has no row in the index document_sets")),
        ("UPDATE texts SET text = ?", b"format: 2\n", (1, "the text of v1.yaml is another")),
        ("DELETE FROM texts", None, (1, "the text of v1.yaml is gone")),
    ],
)
def test_the_first_broken_record_is_named(
    store: Store, statement: str, value: bytes | None, broken: tuple[int, str]
) -> None:
    fill(store)
    tamper(store, statement, values=() if value is None else (value,))
    result = found(store)
    assert result is not None
    assert result.seq == broken[0]
    assert broken[1] in result.what
    assert result.problem("x").code == "PF705"
    assert f"Record {broken[0]} (" in result.problem("x").message


def test_a_record_taken_out_is_missed(store: Store) -> None:
    fill(store)
    tamper(store, "DELETE FROM ticks WHERE seq = 2", "DELETE FROM records WHERE seq = 2")
    assert found(store) == Broken(2, "missing", "it is gone; the next one there is 3")


def test_the_first_record_taken_out_is_missed(store: Store) -> None:
    fill(store)
    tamper(store, "DELETE FROM document_sets", "DELETE FROM records WHERE seq = 1")
    assert found(store) == Broken(1, "missing", "it is gone; the next one there is 2")


def test_records_numbered_anew_do_not_follow(store: Store) -> None:
    fill(store)
    tamper(
        store,
        "DELETE FROM ticks",
        "DELETE FROM records WHERE seq = 2",
        "UPDATE records SET seq = seq - 1 WHERE seq = 3",
        "UPDATE records SET seq = seq - 1 WHERE seq = 4",
    )
    result = found(store)
    assert result is not None
    assert (result.seq, result.what) == (2, "its hash does not follow from it and the record before")


def test_an_index_row_of_nothing_is_told(store: Store) -> None:
    fill(store)
    with store.writing() as writing:
        writing.insert(tables.ticks, [{"seq": 1, "framework": "plan", "day": "2022-08-22"}])
    result = found(store)
    assert result is not None
    assert (result.seq, result.what) == (1, "the index ticks has a row of it that it does not give")


def test_a_text_of_no_record_is_told(store: Store) -> None:
    fill(store)
    with store.writing() as writing:
        writing.insert(tables.texts, [{"sha256": "sha256:1", "text": b"x"}])
    assert found(store) == Broken(0, "texts", "the text sha256:1 is another")


def test_a_body_of_another_kind_is_told(store: Store) -> None:
    with store.writing() as writing:
        writing.append("tick", {"dey": 1}, ME)
    assert found(store) == Broken(1, "tick", "its body is not that of a record of the kind tick")


def test_records_believed_are_not_read(store: Store) -> None:
    fill(store)
    tamper(store, "UPDATE records SET by = '{}' WHERE seq = 2")
    with store.reading() as connection:
        assert verify(connection, rows=rows, after=2) is None
        assert verify(connection, rows=rows, after=1) is not None


def test_indexes_can_be_made_again(store: Store) -> None:
    fill(store)
    fill(store, 600)
    with store.writing() as writing:
        writing.connection.execute(sa.delete(tables.document_sets))
        writing.connection.execute(sa.update(tables.ticks).values(day="x"))
    assert found(store) is not None
    told: list[tuple[int, int]] = []
    assert rebuild(store, lambda done, total: told.append((done, total)), rows) == 604
    assert told == [(500, 604), (604, 604)]
    assert found(store) is None
