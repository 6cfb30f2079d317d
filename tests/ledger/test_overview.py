"""Short answers of many units at once: the same as one by one, on both databases."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from engine.deciding import Undecided
from engine.ledger.ledger import Ledger
from engine.ledger.overview import Overview, hash_at, newest_record, stale_units
from engine.ledger.records import Actor
from rules.figures import Return
from rules.library import Texts
from tests import small_policy as policy
from tests.ledger.stores import Clock

ME = Actor("local:me")
DOCUMENTS = {
    "organisation.yaml": policy.ORGANISATION,
    "plan/v1.yaml": policy.FIRST,
    "plan/v2.yaml": policy.SECOND,
}


def given(pdu: str, day: str, staff: str) -> Return:
    figures = {"required[PO]": "10", "required[PSO]": "10", "in_post[PO]": staff, "in_post[PSO]": "10"}
    numbers: dict[str, Any] = {key: Decimal(text) for key, text in figures.items()}
    return Return(pdu, datetime.date.fromisoformat(day), {**numbers, "points": Decimal(1)})


@pytest.fixture
def ledger(store_url: str, clock: Clock) -> Iterator[Ledger]:
    with Ledger(store_url, clock=clock) as found:
        found.adopt(Texts({path: text.encode() for path, text in DOCUMENTS.items()}), ME)
        weeks = ("2022-08-08", "10"), ("2022-08-15", "5"), ("2022-08-22", "5"), ("2022-08-15", "10")
        for day, staff in weeks:
            clock.pass_(hours=1)
            with found.act(ME) as act:
                act.record_returns([given("york", day, staff), given("kent", day, "10")])
        yield found


DAYS = [
    "0001-01-01",
    "2022-07-31",
    "2022-08-01",
    "2022-08-14",
    "2022-08-15",
    "2022-08-22",
    "2022-09-30",
    "9999-12-31",
]


def test_all_at_once_are_the_same_as_one_by_one(ledger: Ledger, clock: Clock) -> None:
    moments = [None, *(clock.now - datetime.timedelta(hours=hours) for hours in (0, 1, 2, 3))]
    for moment, day in itertools.product(moments, DAYS):
        known = None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        overview = Overview()
        with ledger.view(datetime.date.fromisoformat(day), known) as view:
            units = list(view.policy.pdus.values())
            for _ in range(2):  # the second time from what was kept
                found = overview.shorts(view, units)
                assert found == {unit.id: view.short(unit) for unit in units}


def test_what_was_decided_for_one_set_of_facts_is_not_told_of_another(ledger: Ledger, clock: Clock) -> None:
    overview, day = Overview(), datetime.date(2022, 9, 1)
    with ledger.view(day) as view:
        before = overview.short(view, view.policy.pdus["york"])
    clock.pass_(hours=1)
    with ledger.act(ME) as act:
        act.record_returns([given("york", "2022-08-22", "10")])
    with ledger.view(day) as view:
        after = overview.short(view, view.policy.pdus["york"])
    assert not isinstance(before, Undecided)
    assert not isinstance(after, Undecided)
    assert before.id != after.id


def test_the_newest_record(ledger: Ledger) -> None:
    with ledger.store.reading() as connection:
        newest = newest_record(connection)
        assert newest.seq == ledger.head()
        assert hash_at(connection, newest.seq) == newest.hash
        assert hash_at(connection, newest.seq + 1) is None
        assert hash_at(connection, -1) is None


def test_nothing_is_recorded_yet(store_url: str) -> None:
    with Ledger(store_url) as found, found.store.reading() as connection:
        assert newest_record(connection) == (0, "", "")


STALE = [("2022-08-22", 1), ("2022-09-05", 1), ("2022-09-06", 3), ("2022-08-09", 2), ("1999-01-01", 0)]


def test_units_without_a_fresh_return(ledger: Ledger) -> None:
    """Hull has none; Leeds ends on 10 August; York and Kent are fresh until 5 September."""
    for day, stale in STALE:
        with ledger.view(datetime.date.fromisoformat(day)) as view:
            assert stale_units(view) == stale, day
