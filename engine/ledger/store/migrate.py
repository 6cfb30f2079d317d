"""The schema of a store: which one it has, and bringing it to the newest one."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from engine.ledger.store._engines import LOCK, Engines, engines, use_wal
from engine.ledger.store._faults import WAITS, told
from engine.ledger.store.location import Location, locate
from rules.problems import Place, Problem, StoreError

REVISIONS = ("0001",)
"""The schemas in order. Alembic knows them too, but takes long to be imported."""
NEWEST = REVISIONS[-1]
FOLDER = Path(__file__).parent / "migrations"


class Standing(Enum):
    """How a store's schema stands to this program's."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"
    OTHER = "other"
    """The database holds tables of something else."""


class State(NamedTuple):
    """The schema that a store has (null: none), and how it stands."""

    revision: str | None
    standing: Standing


def state_of(connection: sa.Connection) -> State:
    """The schema behind a connection."""
    tables = set(sa.inspect(connection).get_table_names())
    if "alembic_version" not in tables:
        return State(None, Standing.OTHER if tables else Standing.EMPTY)
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if found is None:
        return State(None, Standing.OTHER if tables - {"alembic_version"} else Standing.EMPTY)
    if found == NEWEST:
        return State(found, Standing.CURRENT)
    if found in REVISIONS:
        return State(found, Standing.OLDER)
    return State(found, Standing.NEWER if "records" in tables else Standing.OTHER)


def state(url: str) -> State:
    """The schema of the store; an SQLite file that does not exist is empty, and stays unmade."""
    location = locate(url)
    if location.path is not None and not location.path.exists():
        return State(None, Standing.EMPTY)
    both = engines(location)
    try:
        with told(location.shown, "open"), both.reader.connect() as connection, connection.begin():
            return state_of(connection)
    finally:
        both.dispose()


def upgrade(url: str) -> State:
    """Bring the store to the newest schema, wholly or not at all; the state before."""
    location = locate(url)
    both = engines(location)
    try:
        return upgrade_with(both, location)
    finally:
        both.dispose()


def upgrade_with(both: Engines, location: Location) -> State:
    """Bring a store to the newest schema over these engines. Writers wait meanwhile, and it for them."""
    with told(location.shown, "open"):
        if location.path is not None:
            with both.reader.connect() as connection, connection.begin():
                before = state_of(connection)
            if before.standing in (Standing.OTHER, Standing.NEWER):
                raise unfit(before, location)  # before anything of theirs is touched
            use_wal(location.path)
        with both.writer.connect() as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAITS}s'")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
            before = state_of(connection)  # under the lock: another process may just have done it
            if before.standing in (Standing.OTHER, Standing.NEWER):
                raise unfit(before, location)
            if before.standing is not Standing.CURRENT:
                _run(connection)
            return before


def _run(connection: sa.Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def unfit(found: State, location: Location) -> StoreError:
    """Why a store of this state cannot be used as it is."""
    place = Place(location.shown)
    if found.standing is Standing.OTHER:
        message = "The database holds something else than a ledger."
        return StoreError([Problem("PF701", message, place, "Name a database of its own for it.")])
    if found.standing is Standing.NEWER:
        message = f"The store's schema ({found.revision}) is newer than this program's ({NEWEST})."
        return StoreError([Problem("PF703", message, place, "Install the newer prioritise.")])
    had = f"The store's schema is {found.revision}" if found.revision else "The database has no schema yet"
    message = f"{had}; this program needs {NEWEST}."
    hint = "Make a backup, then run `prioritise migrate`." if found.revision else "Run `prioritise migrate`."
    return StoreError([Problem("PF703", message, place, hint)])
