"""Short ways to write to a store, to count, and to read what was told of a fault."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from engine.ledger.store import Store, tables
from rules.problems import StoreError
from tests.ledger.stores import ME


def note(store: Store, text: str = "") -> None:
    with store.writing() as writing:
        writing.append("note", {"text": text}, ME)


def count(store: Store) -> int:
    with store.reading() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(tables.records)).scalar_one()


def told(error: pytest.ExceptionInfo[StoreError]) -> str:
    """The one problem, which must be a sentence of ours and not the driver's."""
    (problem,) = error.value.problems
    assert "Traceback" not in str(problem)
    assert "sqlite3." not in str(problem)
    assert "psycopg" not in str(problem)
    if problem.code == "PF702":
        assert problem.message.endswith("Nothing was recorded.")
    assert problem.hint
    return f"{problem.code} {problem.message}"
