"""A desk with a ledger of its own, and stores of both databases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.api.ledger_kit import Desk, Run
from tests.ledger.stores import postgresql_url

__all__ = ["desk", "postgresql_url"]


@pytest.fixture
def desk(
    prioritise: Run, policy_folder: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Desk:
    """A small policy, and a store of SQLite that is not made yet."""
    monkeypatch.delenv("PRIORITISE_STORE", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return Desk(prioritise, policy_folder(), tmp_path, str(tmp_path / "ledger.sqlite3"))
