"""Connections to a PostgreSQL server that are lost: before, within and at the end of what is done over them."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from engine.ledger.store import Store, tables
from engine.ledger.store import _store as store_module
from rules.problems import StoreError
from tests.ledger import postgres
from tests.ledger.fault_kit import count, note, told
from tests.ledger.stores import ME


def end_connections(url: str) -> None:
    """As an operator or a restart would."""
    name = url.split("/")[3].split("?")[0]
    postgres.shared().execute(
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    )


def test_connections_that_wait_are_renewed(postgresql_url: str) -> None:
    store = Store(postgresql_url)
    note(store)
    for use in (store.head, lambda: count(store), lambda: note(store)):
        end_connections(postgresql_url)
        use()
    assert store.head() == 2
    store.close()


def test_a_connection_lost_while_writing(postgresql_url: str) -> None:
    store = Store(postgresql_url)

    def lose() -> None:
        with store.writing() as writing:
            writing.append("note", {}, ME)
            writing.flush()
            end_connections(postgresql_url)

    note(store)
    with pytest.raises(StoreError) as error:
        lose()
    assert told(error) == "PF702 The connection to the database server was lost. Nothing was recorded."
    assert (store.head(), count(store)) == (1, 1)
    note(store)
    assert count(store) == 2
    store.close()


def test_a_connection_lost_while_reading(postgresql_url: str) -> None:
    store = Store(postgresql_url)

    def lose() -> None:
        with store.reading() as connection:
            end_connections(postgresql_url)
            connection.execute(sa.select(tables.records))

    with pytest.raises(StoreError) as error:
        lose()
    assert told(error) == "PF701 The connection to the database server was lost."
    assert count(store) == 0
    store.close()


class Lost:
    """Loses the connection at the next commit: before the server has it, or when it has done it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, url: str, *, committed: bool) -> None:
        real = sa.Connection.commit

        def commit(connection: sa.Connection) -> None:
            monkeypatch.setattr(sa.Connection, "commit", real)
            if committed:
                real(connection)
            end_connections(url)
            raise sa.exc.OperationalError("COMMIT", {}, psycopg.OperationalError("the connection is lost"))

        monkeypatch.setattr(sa.Connection, "commit", commit)


def test_a_commit_whose_answer_is_lost_counts(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(postgresql_url)
    note(store)
    Lost(monkeypatch, postgresql_url, committed=True)
    note(store)
    assert (store.head(), count(store)) == (2, 2)
    store.close()


def test_a_commit_that_is_lost_is_told(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(postgresql_url)
    note(store)
    Lost(monkeypatch, postgresql_url, committed=False)
    with pytest.raises(StoreError) as error:
        note(store)
    assert told(error) == "PF702 The connection to the database server was lost. Nothing was recorded."
    assert count(store) == 1
    store.close()


def test_a_commit_of_unknown_end_is_told_as_such(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(postgresql_url)
    note(store)
    Lost(monkeypatch, postgresql_url, committed=True)
    monkeypatch.setattr(store_module, "_lock", lambda _: None)
    begun, calls = store._begun, iter([True, False])

    def unreachable(*words: Any) -> Any:
        if next(calls):
            return begun(*words)
        raise psycopg.OperationalError("no server")

    monkeypatch.setattr(store, "_begun", unreachable)
    with pytest.raises(StoreError) as error:
        note(store)
    assert told(error).startswith("PF711 The connection was lost while records were committed")
    store.close()


def test_a_database_that_takes_no_writes(postgresql_url: str) -> None:
    name = postgresql_url.split("/")[3].split("?")[0]
    postgres.shared().execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    store = Store(postgresql_url)
    assert store.head() == 0
    with pytest.raises(StoreError) as error:
        note(store)
    assert told(error).startswith("PF702 The database takes no writes: it is read-only or a standby.")
    store.close()
