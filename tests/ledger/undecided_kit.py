"""A small ledger on which the deciders may differ: what is sent to it, and what it says then."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from engine.deciding import Undecided
from engine.ledger import Actor, Ledger
from engine.ledger.asking import changes_after
from engine.ledger.overview import Overview
from engine.ledger.recording import Receipt
from engine.ledger.replay import replay
from rules.figures import Return
from rules.library import Texts
from rules.problems import DisagreementError
from tests import small_policy as policy

WHO = Actor("somebody", "hq")
DAY = datetime.date
UNITS = ("hull", "kent", "york")


def texts(version: str = policy.FIRST) -> Texts:
    documents = {"organisation.yaml": policy.ORGANISATION, "plan/v1.yaml": version}
    return Texts({path: text.encode() for path, text in documents.items()})


def begin(ledger: Ledger) -> None:
    ledger.adopt(texts(), WHO)
    for day in ("2022-08-08", "2022-08-15"):
        send(ledger, *(given(pdu, day) for pdu in UNITS))


def given(pdu: str, day: str, posts: str = "10", points: int = 1) -> Return:
    figures = {key: Decimal(10) for key in ("required[PO]", "required[PSO]")}
    figures |= {key: Decimal(posts) for key in ("in_post[PO]", "in_post[PSO]")}
    return Return(pdu, DAY.fromisoformat(day), figures | {"points": Decimal(points)})


def send(ledger: Ledger, *returns: Return) -> Receipt:
    with ledger.act(WHO) as act:
        return act.record_returns(returns)


def faults(receipt: Receipt) -> list[tuple[str, str, str]]:
    return [(one.pdu, one.first.isoformat(), one.code) for one in receipt.undecided]


def status(ledger: Ledger, pdu: str, day: str | None = None) -> str:
    with ledger.view(None if day is None else DAY.fromisoformat(day)) as view:
        unit = view.policy.pdus[pdu]
        try:
            found = view.short(unit)
        except DisagreementError as error:
            with pytest.raises(DisagreementError):
                view.decision(unit)
            with pytest.raises(DisagreementError):
                Overview().short(view, unit)
            return error.problems[0].code
        assert not isinstance(found, Undecided)
        assert Overview().short(view, unit) == found
        return found.status


def stretches(ledger: Ledger, pdu: str) -> list[tuple[str, str, str]]:
    with ledger.view() as view:
        found = view.history(view.policy.pdus[pdu], DAY(2022, 8, 1), view.day)
        return [one[:3] for one in found]


def fed(ledger: Ledger, pdu: str, after: int = 0) -> list[tuple[Any, ...]]:
    with ledger.store.reading() as connection:
        found = changes_after(connection, "plan", after, 100, pdu=pdu)
        return [(one.kinds, one.as_of, one.from_status, one.to_status) for one in found]


def whole(ledger: Ledger) -> None:
    """The chain is whole, and every decision comes out again byte for byte."""
    found = replay(ledger)
    assert found.broken is None
    assert found.differing == ()
