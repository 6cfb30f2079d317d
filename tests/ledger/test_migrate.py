from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from engine.ledger.store import Store, migrate
from engine.ledger.store._engines import engines
from engine.ledger.store.location import locate
from engine.ledger.store.migrate import Standing, State
from engine.ledger.store.tables import metadata
from rules.problems import StoreError
from tests.ledger import postgres
from tests.ledger.stores import ME

CURRENT = State(migrate.NEWEST, Standing.CURRENT)
EMPTY = State(None, Standing.EMPTY)


@pytest.fixture
def empty_url(store_url: str) -> str:
    """A database without a schema."""
    return postgres.fresh(schema=False) if store_url.startswith("postgresql") else store_url


def set_revision(url: str, revision: str) -> None:
    both = engines(locate(url))
    with both.writer.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")
    both.dispose()


def test_migrations_give_the_tables_as_they_are_defined(empty_url: str) -> None:
    migrate.upgrade(empty_url)
    both = engines(locate(empty_url))
    with both.reader.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []
    both.dispose()


def test_the_revisions_are_those_of_the_folder() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.FOLDER))
    scripts = ScriptDirectory.from_config(config)
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == migrate.REVISIONS


def test_a_store_is_brought_to_the_newest_schema_once(empty_url: str) -> None:
    assert migrate.state(empty_url) == EMPTY
    assert migrate.upgrade(empty_url) == EMPTY
    assert migrate.state(empty_url) == CURRENT
    assert migrate.upgrade(empty_url) == CURRENT


def test_looking_makes_no_file(sqlite_path: Path) -> None:
    assert migrate.state(str(sqlite_path)) == EMPTY
    assert not sqlite_path.exists()


def test_a_migration_that_fails_leaves_nothing(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run = migrate._run

    def fail(connection: object) -> None:
        run(connection)  # type: ignore[arg-type]
        raise RuntimeError

    monkeypatch.setattr(migrate, "_run", fail)
    with pytest.raises(RuntimeError):
        migrate.upgrade(empty_url)
    assert migrate.state(empty_url) == EMPTY


def test_migrations_at_once_are_made_once(empty_url: str) -> None:
    found: list[State] = []
    threads = [threading.Thread(target=lambda: found.append(migrate.upgrade(empty_url))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found, key=str) == sorted([EMPTY, CURRENT, CURRENT, CURRENT], key=str)


def test_an_empty_database_of_a_server_asks_for_migrate(postgresql_url: str) -> None:
    url = postgres.fresh(schema=False)
    with pytest.raises(StoreError, match=r"PF703 The database has no schema yet.*Run `prioritise migrate`"):
        Store(url).head()
    migrate.upgrade(url)
    assert Store(url).head() == 0


def test_an_empty_file_gets_its_schema(sqlite_path: Path) -> None:
    sqlite_path.touch()
    store = Store(str(sqlite_path))
    assert store.head() == 0
    store.close()


def test_a_newer_schema_asks_for_the_newer_program(store_url: str) -> None:
    store = Store(store_url)
    store.head()
    store.close()
    set_revision(store_url, "9999")
    with pytest.raises(StoreError, match=r"PF703 The store's schema \(9999\) is newer"):
        store.head()
    with pytest.raises(StoreError, match="PF703"):
        migrate.upgrade(store_url)
    assert migrate.state(store_url) == State("9999", Standing.NEWER)


def test_an_older_schema_asks_for_migrate(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(store_url)
    with store.writing() as writing:
        writing.append("note", {}, ME)
    store.close()
    monkeypatch.setattr(migrate, "REVISIONS", ("0001", "0002"))
    monkeypatch.setattr(migrate, "NEWEST", "0002")
    with pytest.raises(StoreError, match="PF703 The store's schema is 0001; this program needs 0002"):
        store.head()
    assert migrate.state(store_url).standing is Standing.OLDER


def test_a_database_of_something_else_is_left_alone(sqlite_path: Path) -> None:
    with sqlite3.connect(sqlite_path) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    before = sqlite_path.read_bytes()
    for use in (lambda: Store(str(sqlite_path)).head(), lambda: migrate.upgrade(str(sqlite_path))):
        with pytest.raises(StoreError, match="PF701 The database holds something else than a ledger"):
            use()
    assert migrate.state(str(sqlite_path)).standing is Standing.OTHER
    assert sqlite_path.read_bytes() == before
