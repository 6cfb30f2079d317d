"""A store: readers that see one moment, and writers one at a time, whose records form a chain."""

from __future__ import annotations

import datetime
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa

from engine.ledger.store import migrate
from engine.ledger.store._engines import LOCK, Engines, engines, raw_sqlite, use_wal
from engine.ledger.store._faults import NOTHING, WAITS, fault, lost, told
from engine.ledger.store._watch import Watch
from engine.ledger.store._writing import Writing, utc_now
from engine.ledger.store.location import default_path, locate
from engine.ledger.store.migrate import Standing
from rules.problems import Place, Problem, StoreError

_DATABASE = (sa.exc.SQLAlchemyError, sqlite3.Error, psycopg.Error)


class Store:
    """A store by its URL. It may be used by many threads at once; it is opened when it is first needed."""

    def __init__(self, url: str, *, clock: Callable[[], datetime.datetime] = utc_now) -> None:
        self._location = locate(url)
        self.url = url
        self.shown = self._location.shown
        self._clock = clock
        self._engines: Engines | None = None
        self._opening = threading.Lock()
        self._writers = threading.Lock()
        self._file: tuple[int, int] | None = None
        self._watch: Watch | None = None

    def reading(self) -> _Reading:
        """`with store.reading() as connection:` reads what was committed at one moment, whatever is written since."""
        return _Reading(self)

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """`with store.writing() as writing:` is the only writer until it ends; then all is committed, or nothing is.

        Raises PF702 where the database cannot be written to, and PF704 where the clock is behind the newest record.
        """
        both = self._opened()
        # Within a process the lock passes at once; SQLite's own makes those who wait sleep.
        if not self._writers.acquire(timeout=WAITS):
            message = f"Another call has been writing to the store for more than {WAITS} seconds. {NOTHING}"
            raise StoreError([Problem("PF702", message, Place(self.shown), "Try again.")])
        try:
            with told(self.shown, "write"):
                connection, _ = self._begun(both.writer, "write")
                try:
                    yield from self._written(connection)
                finally:
                    with suppress(*_DATABASE):  # what went wrong is told already
                        connection.close()
        finally:
            self._writers.release()

    def head(self) -> int:
        """The newest record's number; 0 where there is none. Cheap enough to be asked for at every call."""
        both = self._opened()
        with told(self.shown, "read"):
            if self._watch is not None:
                self._same_file("read")
                return self._watch.head()
            # One query needs no transaction: so it is one message to the server and one back.
            engine = both.reader.execution_options(isolation_level="AUTOCOMMIT")
            connection, newest = self._begun(engine, "read", "SELECT coalesce(max(seq), 0) FROM records")
            connection.close()
            return int(newest)

    def close(self) -> None:
        """Close the connections that are not in use; the store may be used again."""
        with self._opening:
            if self._watch is not None:
                self._watch.close()
            if self._engines is not None:
                self._engines.dispose()
            self._engines = self._watch = None

    def _written(self, connection: sa.Connection) -> Iterator[Writing]:
        if connection.dialect.name == "postgresql":
            _lock(connection)
        writing = Writing(connection, self._clock, self.shown)
        yield writing
        writing.flush()
        try:
            connection.commit()
        except _DATABASE as error:
            # The server may have committed before the connection went: only the store itself can tell.
            if not lost(error) or writing.newest is None:
                raise
            self._settle(writing.newest, error)

    def _settle(self, newest: tuple[int, str], error: Exception) -> None:
        """A commit was lost on its way: find out whether the records are there."""
        assert self._engines is not None
        try:
            connection, _ = self._begun(self._engines.writer, "write")
            try:
                _lock(connection)  # got only when the lost transaction is over, one way or the other
                query = "SELECT hash FROM records WHERE seq = %s"
                there = connection.exec_driver_sql(query, (newest[0],)).scalar()
            finally:
                connection.close()
        except (*_DATABASE, StoreError):
            message = "The connection was lost while records were committed: whether they are recorded is not known."
            hint = "Send them again, with the same key: what is recorded already is not recorded twice."
            raise StoreError([Problem("PF711", message, Place(self.shown), hint)]) from error
        if there != newest[1]:
            raise fault(error, self.shown, "write") from error

    def _begun(
        self, engine: sa.Engine, doing: str, first: str = "SELECT 1 FROM records LIMIT 1"
    ) -> tuple[sa.Connection, Any]:
        """A connection that has put its first question, from which on it sees one moment; and the answer."""
        self._same_file(doing)
        for attempt in (1, 2):
            connection = engine.connect()
            try:
                return connection, connection.exec_driver_sql(first).scalar()
            except BaseException as error:
                with suppress(*_DATABASE):
                    connection.close()
                # A server that was restarted has closed the connections that wait in the pool.
                if attempt == 2 or not lost(error):
                    raise
        raise AssertionError

    def _same_file(self, doing: str) -> None:
        path = self._location.path
        if path is None:
            return
        try:
            found = path.stat()
        except OSError:
            found = None
        if found is None or (found.st_dev, found.st_ino) != self._file:
            message = "The store's file has been removed or replaced since it was opened."
            code = "PF701" if doing == "read" else "PF702"
            text = message if doing == "read" else f"{message} {NOTHING}"
            raise StoreError([Problem(code, text, Place(self.shown), "Start again.")])

    def _opened(self) -> Engines:
        both = self._engines
        if both is not None:
            return both
        with self._opening:
            if self._engines is None:
                both = engines(self._location)
                try:
                    self._open(both)
                except BaseException:
                    both.dispose()
                    raise
                self._engines = both
            return self._engines

    def _open(self, both: Engines) -> None:
        path = self._location.path
        with told(self.shown, "open"):
            if path is not None and not path.exists():
                self._prepare_folder()
                migrate.upgrade_with(both, self._location)
            with both.reader.connect() as connection, connection.begin():
                found = migrate.state_of(connection)
            if found.standing is Standing.EMPTY and path is not None:
                migrate.upgrade_with(both, self._location)
            elif found.standing is not Standing.CURRENT:
                raise migrate.unfit(found, self._location)
            if path is not None:
                _keep_wal(path)
                there = path.stat()
                self._file = (there.st_dev, there.st_ino)
                self._watch = Watch(raw_sqlite(path))

    def _prepare_folder(self) -> None:
        path = self._location.path
        assert path is not None
        try:
            if path == default_path():
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            missing = not path.parent.is_dir()
        except OSError as error:
            raise fault(error, self.shown, "open") from error
        if missing:
            message = f"The folder {path.parent} does not exist."
            raise StoreError([Problem("PF701", message, Place(self.shown), "Make it, or name another.")])


def _keep_wal(path: Path) -> None:
    """A copy of a ledger may have lost its write-ahead logging. Where it cannot be written, it can still be read."""
    connection = raw_sqlite(path)
    try:
        mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    finally:
        connection.close()
    if mode != "wal":
        with suppress(sqlite3.OperationalError):
            use_wal(path)


class _Reading:
    """The context of a reader. A class, as a generator costs more than the read that it surrounds."""

    __slots__ = ("_connection", "_store")

    def __init__(self, store: Store) -> None:
        self._store = store

    def __enter__(self) -> sa.Connection:
        both = self._store._opened()
        with told(self._store.shown, "read"):
            self._connection, _ = self._store._begun(both.reader, "read")
        return self._connection

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        with suppress(*_DATABASE):
            self._connection.close()
        if isinstance(error, _DATABASE):
            raise fault(error, self._store.shown, "read") from error


def _lock(connection: sa.Connection) -> None:
    """Become PostgreSQL's only writer until the transaction ends, and see to it that a commit is on the disk."""
    connection.exec_driver_sql(
        f"SELECT set_config('lock_timeout', '{WAITS}s', true),"
        " set_config('idle_in_transaction_session_timeout', '300s', true),"
        " CASE current_setting('synchronous_commit')"
        " WHEN 'off' THEN set_config('synchronous_commit', 'on', true) END"
    )
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
