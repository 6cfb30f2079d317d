"""What the tests of reading share: a world with some weeks behind it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from engine.ledger.ledger import Ledger
from engine.ledger.recording import Receipt
from engine.ledger.records import Actor
from rules.figures import Return
from rules.library import take_texts
from tests.http.world import Clock, World, files
from tests.support import write_library

LOADER = Actor("local:loader", "hq")


def given(pdu: str, day: str, staff: str = "10") -> Return:
    """A return of a PDU with ten posts in each grade; so many officers are there."""
    figures = {"required[PO]": "10", "required[PSO]": "10", "in_post[PO]": staff, "in_post[PSO]": "10"}
    numbers: dict[str, Any] = {key: Decimal(text) for key, text in figures.items()}
    return Return(pdu, datetime.date.fromisoformat(day), {**numbers, "points": Decimal(1)})


def record(ledger: Ledger, *returns: Return) -> Receipt:
    with ledger.act(LOADER) as act:
        return act.record_returns(returns)


def at(clock: Clock, text: str) -> None:
    clock.now = datetime.datetime.fromisoformat(text)


@contextmanager
def past_weeks(folder: Path, **more: Any) -> Iterator[World]:
    """York turns amber on 29 August, which is recorded on 30 August; Hull and Kent stay green. Now is 31 August."""
    documents = files() | dict(more.get("changes", {}))
    policy, clock = write_library(folder / "policy", documents), Clock()
    url = f"sqlite:///{folder}/ledger.sqlite3"
    with Ledger(url, clock=clock) as ledger:
        at(clock, "2022-08-02T09:00:00+00:00")
        ledger.adopt(take_texts(policy), LOADER)
        at(clock, "2022-08-16T09:00:00+00:00")
        record(ledger, *(given(pdu, "2022-08-15") for pdu in ("york", "hull", "kent")))
        at(clock, "2022-08-23T09:00:00+00:00")
        record(ledger, given("york", "2022-08-22", "5"), given("hull", "2022-08-22"))
        at(clock, "2022-08-30T09:00:00+00:00")
        record(
            ledger, given("york", "2022-08-29", "5"), given("hull", "2022-08-29"), given("kent", "2022-08-29")
        )
    with World(folder, url=url, **more) as world:
        at(world.clock, "2022-08-31T09:30:00+00:00")
        yield world
