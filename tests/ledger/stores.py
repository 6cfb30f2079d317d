"""Fixtures of stores, for any folder of tests: a conftest.py imports them by name."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.ledger.store import Store
from tests.ledger import postgres

ME = {"subject": "local:me", "role": None, "client": None}
START = datetime.datetime(2022, 8, 22, 9, 0, tzinfo=datetime.UTC)


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime.datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += datetime.timedelta(**time)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a fresh store, on each database in turn."""
    return f"sqlite:///{tmp_path}/ledger.sqlite3" if request.param == "sqlite" else postgres.fresh()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(store_url: str, clock: Clock) -> Iterator[Store]:
    """A fresh store whose clock stands still."""
    made = Store(store_url, clock=clock)
    yield made
    made.close()


@pytest.fixture
def sqlite_path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite3"


@pytest.fixture
def postgresql_url() -> str:
    return postgres.fresh()
