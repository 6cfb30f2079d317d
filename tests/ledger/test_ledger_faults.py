"""What a ledger keeps in mind between writes never runs ahead of what is recorded."""

from __future__ import annotations

import sqlite3
from decimal import Decimal

import pytest
import sqlalchemy as sa

from engine.ledger import Act, Ledger
from engine.ledger.replay import replay
from rules.figures import Figure, Return
from rules.problems import StoreError
from tests.faults.ledger_work import ME, WEEKS, _ago, prepare


def given(week: int, present: int) -> Return:
    figures: dict[str, Figure] = {"points": Decimal(1)}
    for grade in ("PO", "PSO"):
        figures |= {f"required[{grade}]": Decimal(10), f"in_post[{grade}]": Decimal(present)}
    return Return("york", _ago(week), figures)


def record(ledger: Ledger, *returns: Return) -> None:
    with ledger.act(ME) as act:
        act.record_returns(returns)


@pytest.mark.parametrize("at", ["flush", "commit"])
def test_a_write_that_fails_at_its_end_is_forgotten(
    store_url: str, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    prepare(store_url)
    with Ledger(store_url) as ledger:
        record(ledger, given(WEEKS, 10))
        lost = sa.exc.OperationalError(at, {}, sqlite3.OperationalError("disk I/O error"))
        before = ledger.head()

        def fail(*_: object) -> None:
            raise lost

        with monkeypatch.context() as patch:
            owner = (
                "engine.ledger.store._writing.Writing.flush"
                if at == "flush"
                else "sqlalchemy.Connection.commit"
            )
            # Only the last flush fails, when all is decided: the one that the act itself makes does not.
            receipt = Act.receipt

            def last(act: Act) -> object:
                patch.setattr(owner, fail)
                return receipt(act)

            patch.setattr(Act, "receipt", last)
            with pytest.raises(StoreError, match="PF702"):
                record(ledger, given(WEEKS - 1, 2), given(WEEKS - 2, 2), given(WEEKS - 3, 2))
        assert ledger.head() == before
        for week in (WEEKS - 1, WEEKS - 2, WEEKS - 3, WEEKS - 4):
            record(ledger, given(week, 9 if week % 2 else 10))
        found = replay(ledger)
    assert found.broken is None
    assert found.differing == ()
