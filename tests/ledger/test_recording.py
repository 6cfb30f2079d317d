"""What a write records besides what it is asked to: nothing that nobody needs, and nothing kept for ever."""

from __future__ import annotations

import datetime
import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest

from engine.ledger import Actor, Ledger
from engine.ledger.store import Store
from rules.figures import Return
from rules.library import Texts
from rules.problems import StoreError
from tests import small_policy as policy
from tests.ledger.stores import Clock

WHO = Actor("somebody", "hq")


def texts(version: str = policy.FIRST) -> Texts:
    documents = {"organisation.yaml": policy.ORGANISATION, "plan/v1.yaml": version}
    return Texts({path: text.encode() for path, text in documents.items()})


@pytest.fixture
def ledger(store_url: str, clock: Clock) -> Ledger:
    from engine.ledger.store import migrate

    migrate.upgrade(store_url)
    made = Ledger(store_url, clock=clock)
    made.adopt(texts(), WHO)
    return made


def returned(pdu: str, day: datetime.date, posts: str = "9") -> Return:
    figures = {key: Decimal(10) for key in ("required[PO]", "required[PSO]")}
    return Return(pdu, day, {**figures, "in_post[PO]": Decimal(posts), "in_post[PSO]": Decimal(posts)})


def test_other_documents_decide_nothing_for_units_of_which_nothing_is_known(ledger: Ledger) -> None:
    receipt = ledger.adopt(texts(policy.FIRST.replace("title: A plan", "title: The plan")), WHO)
    assert receipt is not None
    assert receipt.last - receipt.first == 0
    assert not receipt.decisions


def test_a_return_that_stands_already_is_not_recorded_again(ledger: Ledger, clock: Clock) -> None:
    for expected in ((1, 0, 0), (0, 1, 0)):
        with ledger.act(WHO) as act:
            receipt = act.record_returns([returned("york", datetime.date(2022, 8, 15))])
        assert (receipt.returns, receipt.unchanged, receipt.corrected) == expected
    with ledger.act(WHO) as act:
        receipt = act.record_returns([returned("york", datetime.date(2022, 8, 15), "8")])
    assert (receipt.returns, receipt.unchanged, receipt.corrected) == (1, 0, 1)


def test_keys_of_requests_are_forgotten_after_thirty_days(ledger: Ledger, clock: Clock) -> None:
    with ledger.act(WHO) as act:
        act.keep("somebody", "key", "sha256:1", 201, b"{}")
    clock.pass_(days=29)
    ledger.tick(WHO)
    with ledger.act(WHO) as act:
        assert act.recall("somebody", "key", "sha256:1") is not None
    clock.pass_(days=2)
    ledger.tick(WHO)
    with ledger.act(WHO) as act:
        assert act.recall("somebody", "key", "sha256:1") is None


def test_nothing_can_be_recorded_before_there_are_documents(store_url: str, clock: Clock) -> None:
    from engine.ledger.store import migrate

    migrate.upgrade(store_url)
    with (
        Ledger(store_url, clock=clock) as ledger,
        pytest.raises(StoreError) as refused,
        ledger.act(WHO) as act,
    ):
        act.record_returns([returned("york", datetime.date(2022, 8, 15))])
    assert [problem.code for problem in refused.value.problems] == ["PF710"]


def test_a_copy_that_lost_its_write_ahead_logging_gets_it_back(tmp_path: Path, clock: Clock) -> None:
    first, copied = tmp_path / "ledger.sqlite3", tmp_path / "copy.sqlite3"
    with Ledger(str(first), clock=clock) as ledger:
        ledger.adopt(texts(), WHO)
    with sqlite3.connect(first) as connection:
        connection.execute("VACUUM INTO ?", (str(copied),))
    connection.close()
    store = Store(str(copied), clock=clock)
    assert store.head() == 2
    store.close()
    copy = sqlite3.connect(copied)
    assert copy.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    copy.close()
