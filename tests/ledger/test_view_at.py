"""Looking at a ledger as it was once a record was: by the documents, the register and the facts of that time."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal

import pytest

from engine.deciding import Undecided
from engine.ledger import Actor, Ledger
from engine.ledger.asking import decision_by_id
from engine.ledger.store import migrate
from rules.figures import Return
from rules.library import Texts
from rules.problems import StoreError
from tests import small_policy as policy
from tests.ledger.stores import Clock

WHO = Actor("somebody", "hq")
DAY = datetime.date(2022, 8, 22)


def texts(title: str, york: str = "York") -> Texts:
    documents = {
        "organisation.yaml": policy.ORGANISATION.replace("name: York", f"name: {york}"),
        "plan/v1.yaml": policy.FIRST.replace("title: A plan", f"title: {title}"),
    }
    return Texts({path: text.encode() for path, text in documents.items()})


@pytest.fixture
def ledger(store_url: str, clock: Clock) -> Iterator[Ledger]:
    migrate.upgrade(store_url)
    with Ledger(store_url, clock=clock) as made:
        yield made


def send(ledger: Ledger, posts: str) -> int:
    """Send York's return; the number of the newest record then."""
    figures = {key: Decimal(10) for key in ("required[PO]", "required[PSO]")}
    figures |= {key: Decimal(posts) for key in ("in_post[PO]", "in_post[PSO]")}
    with ledger.act(WHO) as act:
        return act.record_returns([Return("york", DAY, figures)]).last


def test_a_view_has_the_documents_of_its_record(ledger: Ledger) -> None:
    numbers = []
    for title, york, posts in (("One", "York", "10"), ("Two", "Old York", "9"), ("Three", "New York", "8")):
        ledger.adopt(texts(title, york), WHO)
        numbers.append((send(ledger, posts), title, york, posts))
    for seq, title, york, posts in (*numbers, *reversed(numbers)):
        with ledger.view_at(seq, DAY) as view:
            assert (view.known, view.day) == (seq, DAY)
            assert view.policy.framework.in_force(DAY).version.title == title  # type: ignore[union-attr]
            unit = view.policy.pdus["york"]
            assert unit.name == york
            decision = view.decision(unit)
            assert not isinstance(decision, Undecided)
            assert decision["framework"]["title"] == title
            assert decision["measures"][0]["inputs"]["in_post[PO]"]["value"] == posts


def test_a_decision_is_seen_with_the_documents_that_it_was_made_by(ledger: Ledger) -> None:
    """From its own record on, which stands in the midst of a write."""
    ledger.adopt(texts("One"), WHO)
    send(ledger, "10")
    with ledger.view() as view:
        first = view.decision(view.policy.pdus["york"])
        assert not isinstance(first, Undecided)
    ledger.adopt(texts("Two", "Old York"), WHO)
    with ledger.store.reading() as connection:
        found = decision_by_id(connection, first["id"])
    assert found is not None
    seq, recorded = found
    assert recorded == first
    with ledger.view_at(seq, DAY) as view:
        assert view.policy.pdus["york"].name == recorded["pdu"]["name"] == "York"
        assert view.decision(view.policy.pdus["york"]) == recorded


@pytest.mark.parametrize("seq", [0, -1])
def test_before_the_first_documents_there_is_nothing_to_see(ledger: Ledger, seq: int) -> None:
    ledger.adopt(texts("One"), WHO)
    with pytest.raises(StoreError, match="PF710"), ledger.view_at(seq, DAY):
        pass
