"""What the databases' errors mean, in plain words. Nothing of a driver's own text reaches the reader unread."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import psycopg
import sqlalchemy as sa

from rules.problems import Place, Problem, StoreError

Doing = Literal["open", "read", "write"]
WAITS = 10
"""So many seconds a writer waits for the one before it."""
NOTHING = "Nothing was recorded."
_FREE = "Free some space on the disk, then try again."
_RIGHTS = "Let this user read and write the file and its folder."
_AGAIN = "Try again; if it stays so, look whether a process hangs."

# The first word of SQLite's own name for the error -> what it means, what to do.
_SQLITE = {
    "FULL": ("The disk that holds the store is full.", _FREE),
    "READONLY": ("The store's file, its folder or its disk is read-only.", _RIGHTS),
    "PERM": ("This user may not use the store's file.", _RIGHTS),
    "AUTH": ("This user may not use the store's file.", _RIGHTS),
    "BUSY": (f"Another process has been writing to the store for more than {WAITS} seconds.", _AGAIN),
    "LOCKED": (f"Another process has been writing to the store for more than {WAITS} seconds.", _AGAIN),
    "IOERR": (
        "The disk that holds the store fails when it is read or written.",
        "Look whether the disk is full or faulty.",
    ),
    "CANTOPEN": ("The store's file cannot be opened.", f"Its folder must exist. {_RIGHTS}"),
    "CORRUPT": ("The store's file is damaged.", "Take the newest backup, and keep the damaged file."),
    "NOTADB": ("The file is not an SQLite database.", "Name the ledger's own file."),
    "TOOBIG": ("One record is larger than the database can hold.", "Send fewer at once."),
    "NOMEM": ("There is not enough memory.", "Try again when there is more."),
}
# PostgreSQL's code for the error, or its first two letters -> the same.
_POSTGRESQL = {
    "53100": ("The disk of the database server is full.", _FREE),
    "53200": ("The database server has not enough memory.", "Try again when it has more."),
    "53300": ("The database server takes no more connections.", "Allow it more, or run fewer workers."),
    "25006": ("The database takes no writes: it is read-only or a standby.", "Name the primary server."),
    "55P03": (f"Another process has been writing to the store for more than {WAITS} seconds.", _AGAIN),
    "57014": ("The database server ended the statement: it took too long.", _AGAIN),
    "42501": ("The database user lacks a right that the store needs.", "Grant it the rights on the tables."),
    "XX": ("The database is damaged.", "Take the newest backup, and keep the damaged one."),
    "40": ("The database server ended the transaction.", "Try again."),
}
_REFUSED = re.compile(r"FATAL: +(.+)")
_USER = "Look at the user, the password and the name of the database."
_LOST = ("The connection to the database server was lost.", "Look whether it runs and can be reached.")
_UNREACHED = ("The database server cannot be reached.", "Look whether it runs, and at host and port.")
_BUSY_POOL = ("Too many calls use the store at once.", "Try again in a moment.")


def lost(error: BaseException) -> bool:
    """Whether the connection is gone, rather than one statement refused."""
    found = _driver(error)
    if not isinstance(found, psycopg.Error):
        return False
    state = found.sqlstate or ""
    if state.startswith("08") or state in ("57P01", "57P02", "57P03", "57P05", "25P03"):
        return True
    return not state and isinstance(found, psycopg.OperationalError | psycopg.InterfaceError)


def fault(error: BaseException, shown: str, doing: Doing) -> StoreError:
    """The error of a database as a problem: PF702 where it was being written to, else PF701."""
    message, hint = _words(error, doing)
    if doing == "write":
        return StoreError([Problem("PF702", f"{message} {NOTHING}", Place(shown), hint)])
    return StoreError([Problem("PF701", message, Place(shown), hint)])


def _driver(error: BaseException) -> BaseException:
    return error.orig if isinstance(error, sa.exc.DBAPIError) and error.orig is not None else error


def _words(error: BaseException, doing: Doing) -> tuple[str, str]:
    if isinstance(error, sa.exc.TimeoutError):
        return _BUSY_POOL
    found = _driver(error)
    if isinstance(found, sqlite3.Error):
        name = getattr(found, "sqlite_errorname", "").removeprefix("SQLITE_").split("_")[0]
        if name in _SQLITE:
            return _SQLITE[name]
    elif isinstance(found, psycopg.Error):
        state = found.sqlstate or ""
        if words := _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2]):
            return words
        if lost(error):
            # A server that refuses a connection gives no code, only words.
            if refused := _REFUSED.search(str(found)):
                return f"The database server refuses the connection: {refused[1]}.", _USER
            return _UNREACHED if doing == "open" else _LOST
    elif isinstance(found, OSError):
        return f"The store cannot be reached: {found.strerror or type(found).__name__}.", _RIGHTS
    first = (str(found).splitlines() or [type(found).__name__])[0]
    return f"The database refused it: {first}.", "Look at the database's own log."


@contextmanager
def told(shown: str, doing: Doing) -> Iterator[None]:
    """Whatever a database raises within becomes a StoreError."""
    try:
        yield
    except (sa.exc.SQLAlchemyError, sqlite3.Error, psycopg.Error) as error:
        raise fault(error, shown, doing) from error
