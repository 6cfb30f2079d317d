"""A short round of `make faults`, which kills far more often."""

from __future__ import annotations

import pytest

from tests.faults.run import run
from tests.ledger import postgres


@pytest.mark.parametrize(
    ("kind", "through", "kills"),
    [("sqlite", "store", 8), ("sqlite", "ledger", 8), ("postgresql", "ledger", 4)],
)
def test_nothing_is_lost_when_writers_are_killed(kind: str, through: str, kills: int) -> None:
    if kind == "postgresql":
        postgres.shared()  # skips where there is no server
    result = run(kind, kills, seed=1, through=through)
    assert result.kills + result.server_kills == kills
    assert result.records
