"""Connections to the two databases, set up so that what is committed stays, and readers see one moment."""

from __future__ import annotations

import logging
import sqlite3
import time
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa

from engine.ledger.store._faults import WAITS
from engine.ledger.store.location import Location

LOCK = 0x7072696F72697469
"""The advisory lock that PostgreSQL's writers and migrations take, one at a time."""


# What psycopg logs of a lost connection is told as a problem by _faults; unheard, it would go to stderr.
logging.getLogger("psycopg").addHandler(logging.NullHandler())


class Engines(NamedTuple):
    """One engine for readers, one for writers."""

    reader: sa.Engine
    writer: sa.Engine

    def dispose(self) -> None:
        """Close every connection that is not in use."""
        self.reader.dispose()
        self.writer.dispose()


def engines(location: Location) -> Engines:
    """Engines for the store; nothing is connected yet."""
    if location.path is not None:
        return Engines(_sqlite(location.path, reads=True), _sqlite(location.path, reads=False))
    address = location.address or ""
    return Engines(_postgresql(address, reads=True), _postgresql(address, reads=False))


def _postgresql(address: str, *, reads: bool) -> sa.Engine:
    # Readers are as many as a service's calls at once; of writers a process has one at a time.
    engine = sa.create_engine(
        address,
        isolation_level="REPEATABLE READ" if reads else "READ COMMITTED",
        pool_size=5 if reads else 1,
        max_overflow=15 if reads else 1,
        pool_timeout=WAITS,
        connect_args={"connect_timeout": WAITS, "keepalives_idle": 30, "tcp_user_timeout": 60_000},
    )
    if reads:

        @sa.event.listens_for(engine, "connect")
        def _only_reads(connection: Any, _record: Any) -> None:
            connection.read_only = True

    return engine


def raw_sqlite(path: Path) -> sqlite3.Connection:
    """A connection in autocommit, which any one thread at a time may use."""
    connection = sqlite3.connect(path, timeout=WAITS, isolation_level=None, check_same_thread=False)
    try:
        # FULL: a commit is on the disk before it is acknowledged.
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _sqlite(path: Path, *, reads: bool) -> sa.Engine:
    engine = sa.create_engine(
        "sqlite://",
        creator=lambda: raw_sqlite(path),
        poolclass=sa.pool.QueuePool,
        pool_size=8,
        max_overflow=-1,
    )
    start = "BEGIN" if reads else "BEGIN IMMEDIATE"  # IMMEDIATE takes the writers' lock at once

    if reads:

        @sa.event.listens_for(engine, "connect")
        def _only_reads(connection: Any, _record: Any) -> None:
            connection.execute("PRAGMA query_only=ON")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(start)

    return engine


def use_wal(path: Path) -> None:
    """Turn the file to write-ahead logging, which stays with it: readers and the writer do not wait for each other.

    SQLite does not wait by itself for others that do the same at the same moment.
    """
    until = time.monotonic() + WAITS
    connection = raw_sqlite(path)
    try:
        while True:
            try:
                connection.execute("PRAGMA journal_mode=WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.02)
    finally:
        connection.close()
