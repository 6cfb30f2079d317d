"""Statements that are asked at every question, put together once for each database.

SQLAlchemy takes longer to prepare such a statement, and to wrap its rows, than the database to answer it.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa


class Prepared:
    """A statement of text and whole numbers, whose every value is a `bindparam` with a name."""

    def __init__(self, statement: sa.Select[Any]) -> None:
        self._statement = statement
        self._made: dict[str, tuple[str, dict[str, Any]]] = {}

    def first(self, connection: sa.Connection, **given: str | int) -> tuple[Any, ...] | None:
        """The first row for these values, as the driver gives it."""
        name = connection.dialect.name
        made = self._made.get(name)
        if made is None:
            compiled = self._statement.compile(dialect=_dialect(name))
            fixed = {key: value for key, value in compiled.params.items() if value is not None}
            made = self._made[name] = (str(compiled), fixed)
        cursor = connection.connection.cursor()
        try:
            cursor.execute(made[0], {**made[1], **given})
            found: tuple[Any, ...] | None = cursor.fetchone()
        finally:
            cursor.close()
        return found


def _dialect(name: str) -> sa.Dialect:
    """The database's own words, with values by their names."""
    if name == "sqlite":
        return sa.create_engine("sqlite://", paramstyle="named").dialect
    return sa.make_url(f"{name}+psycopg://").get_dialect()()
