"""Has an SQLite file changed? Asked at every call of a service, so it must cost next to nothing."""

from __future__ import annotations

import sqlite3
import threading


class Watch:
    """Tells cheaply whether an SQLite file has changed, over a connection of its own."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._lock = threading.Lock()
        self._connection = connection
        self._cursor = connection.cursor()
        self._version = -1
        self._head = 0

    def head(self) -> int:
        """The newest record's number."""
        with self._lock:
            # It differs whenever another connection has committed, and this one never writes.
            (version,) = self._cursor.execute("PRAGMA data_version").fetchone()
            if version != self._version:
                # Read after the version: what is committed in between is seen again at the next call.
                (head,) = self._connection.execute("SELECT coalesce(max(seq), 0) FROM records").fetchone()
                self._head, self._version = head, version
            return self._head

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._connection.close()
