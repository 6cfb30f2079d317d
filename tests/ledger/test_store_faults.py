"""What can go wrong beneath a store. Each is told as a problem in plain words, and nothing is lost by it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from engine.ledger.store import Store
from engine.ledger.store import _store as store_module
from rules.problems import StoreError
from tests.ledger import postgres
from tests.ledger.fault_kit import count, note, told
from tests.ledger.stores import ME

resource = pytest.importorskip("resource", reason="limits of a process are POSIX")


# Opening.


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as error:
        Store(str(tmp_path / "none" / "ledger.sqlite3")).head()
    assert told(error) == f"PF701 The folder {tmp_path / 'none'} does not exist."
    assert not list(tmp_path.iterdir())


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as error:
        Store(str(tmp_path)).head()
    assert told(error) == "PF701 The store's file cannot be opened."


def test_a_file_of_something_else(sqlite_path: Path) -> None:
    sqlite_path.write_text("pdu,as_of\n" * 1000, encoding="utf-8")
    before = sqlite_path.read_bytes()
    with pytest.raises(StoreError) as error:
        Store(str(sqlite_path)).head()
    assert told(error) == "PF701 The file is not an SQLite database."
    assert sqlite_path.read_bytes() == before


def test_a_damaged_file(sqlite_path: Path) -> None:
    store = Store(str(sqlite_path))
    note(store, os.urandom(200_000).hex())
    store.close()
    with sqlite_path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (sqlite_path.stat().st_size - 4096))
    with pytest.raises(StoreError) as error:
        note(store)
    assert told(error).startswith(
        ("PF701 The store's file is damaged.", "PF702 The store's file is damaged.")
    )


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("postgresql://me:secret@127.0.0.1:1/ledger", "The database server cannot be reached."),
        (
            "postgresql://postgres@/nothing?host={host}",
            'The database server refuses the connection: database "nothing" does not exist.',
        ),
        (
            "postgresql://nobody@/postgres?host={host}",
            'The database server refuses the connection: role "nobody" does not exist.',
        ),
    ],
)
def test_a_server_that_cannot_be_used(url: str, message: str) -> None:
    with pytest.raises(StoreError) as error:
        Store(url.format(host=postgres.shared().folder)).head()
    assert told(error) == f"PF701 {message}"
    assert "secret" not in str(error.value)


def test_a_user_without_rights(postgresql_url: str) -> None:
    server = postgres.shared()
    database = postgresql_url.split("/")[3].split("?")[0]
    server.execute("DROP ROLE IF EXISTS weak")
    server.execute("CREATE ROLE weak LOGIN")
    server.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO weak", database)
    store = Store(postgresql_url.replace("postgres@", "weak@"))
    assert store.head() == 0
    with pytest.raises(StoreError) as error:
        note(store)
    assert told(error) == "PF702 The database user lacks a right that the store needs. Nothing was recorded."
    store.close()
    server.execute("DROP OWNED BY weak", database)
    server.execute("DROP ROLE weak")


# Writing.


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """No file of this process can grow beyond: as with a full disk, a write fails in its midst."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_is_full(sqlite_path: Path) -> None:
    store = Store(str(sqlite_path))
    note(store)
    watched: Any = store._opened().writer

    @sa.event.listens_for(watched, "begin")
    def _few_pages(connection: sa.Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count=80")

    with pytest.raises(StoreError) as error:
        note(store, os.urandom(500_000).hex())
    assert told(error) == "PF702 The disk that holds the store is full. Nothing was recorded."
    assert (store.head(), count(store)) == (1, 1)
    note(store)
    assert (store.head(), count(store)) == (2, 2)
    store.close()


def test_a_write_that_fails_in_its_midst(sqlite_path: Path) -> None:
    store = Store(str(sqlite_path))
    note(store)
    grown = sqlite_path.with_name(sqlite_path.name + "-wal").stat().st_size
    with largest_file(grown + 50_000), pytest.raises(StoreError) as error:
        note(store, os.urandom(500_000).hex())
    assert told(error).startswith("PF702 The disk that holds the store")
    assert (store.head(), count(store)) == (1, 1)
    note(store)
    store.close()
    assert (store.head(), count(store)) == (2, 2)
    store.close()


def test_a_small_disk_that_is_full(tmp_path: Path) -> None:
    """On a real disk of one mebibyte, where this machine lets one be mounted; else the two tests above stand for it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if os.geteuid() or not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        return
    try:
        store = Store(str(disk / "ledger.sqlite3"))
        done = 0

        def fill() -> None:
            nonlocal done
            for _ in range(100):
                note(store, os.urandom(20_000).hex())
                done += 1

        with pytest.raises(StoreError) as error:
            fill()
        assert done
        assert told(error) == "PF702 The disk that holds the store is full. Nothing was recorded."
        assert (store.head(), count(store)) == (done, done)
        store.close()
    finally:
        subprocess.run(["umount", disk], check=True)


@contextmanager
def as_another_user(folder: Path) -> Iterator[None]:
    """Root may write anywhere, so a root's test goes on as somebody else; others take away their own rights."""
    if os.geteuid() == 0:
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
        try:
            yield
        finally:
            os.seteuid(0)
        return
    for path in (*folder.iterdir(), folder):
        path.chmod(0o500 if path == folder else 0o400)
    try:
        yield
    finally:
        folder.chmod(0o700)


@pytest.mark.parametrize("opened_before", [True, False])
def test_a_file_that_may_only_be_read(opened_before: bool) -> None:
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o755)
    try:
        store = Store(str(folder / "ledger.sqlite3"))
        note(store)
        if opened_before:
            with store.reading():  # its files of write-ahead logging are there then
                pass
            other = Store(store.url)
        else:
            store.close()
            other = store
        with as_another_user(folder), pytest.raises(StoreError) as error:
            note(other)
        assert told(error).startswith(("PF701 The store's file", "PF702 The store's file"))
        other.close()
        note(store)
        assert count(store) == 2
        store.close()
    finally:
        shutil.rmtree(folder)


def test_a_file_removed_or_replaced_while_in_use(sqlite_path: Path) -> None:
    store, other = Store(str(sqlite_path)), Store(str(sqlite_path))
    note(store)
    note(other)
    for path in sqlite_path.parent.glob("ledger*"):
        path.unlink()
    with pytest.raises(StoreError) as error:
        note(store)
    assert told(error).startswith("PF702 The store's file has been removed or replaced")
    with pytest.raises(StoreError, match="PF701"), store.reading():
        pass
    note(Store(str(sqlite_path)))
    with pytest.raises(StoreError, match="PF702"):
        note(other)
    store.close()
    other.close()


def test_a_writer_that_does_not_end(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "WAITS", 0.2)
    monkeypatch.setattr("engine.ledger.store._engines.WAITS", 0.2)
    slow, other = Store(store_url), Store(store_url)
    slow.head()
    other.head()
    with slow.writing() as writing:
        writing.append("note", {}, ME)
        failed: list[str] = []

        def try_to(store: Store) -> None:
            with pytest.raises(StoreError) as error:
                note(store)
            failed.append(told(error))

        for store in (slow, other):
            thread = threading.Thread(target=try_to, args=[store])
            thread.start()
            thread.join()
        assert [text.split(" has been")[0] for text in failed] == [
            "PF702 Another call",
            "PF702 Another process",
        ]
        assert count(other) == 0
    assert count(other) == 1
    slow.close()
    other.close()


@pytest.mark.parametrize("instead", [False, True])
def test_the_newest_record_is_not_asked_of_a_file_that_has_gone(sqlite_path: Path, instead: bool) -> None:
    """A file that was removed can still be read by whoever has it open: its number would stay as it was for ever."""
    store = Store(str(sqlite_path))
    note(store)
    assert store.head() == 1
    for path in sqlite_path.parent.glob("ledger*"):
        path.unlink()
    if instead:
        other = Store(str(sqlite_path))
        note(other)
        note(other)
        assert other.head() == 2
        other.close()
    with pytest.raises(StoreError) as error:
        store.head()
    assert told(error).startswith("PF701 The store's file has been removed or replaced")
    assert "Nothing was recorded" not in told(error)
    store.close()
    assert store.head() == (2 if instead else 0), "opened again, it is what is there now"
    store.close()
