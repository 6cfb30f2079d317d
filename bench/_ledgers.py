"""Ledgers for measuring, filled quickly. Everything in them is synthetic."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.canonical import digest
from engine.deciding import Undecided
from engine.decision import Decision
from engine.ledger.ledger import Ledger
from engine.ledger.records import DECISION, Actor, index_rows
from engine.sample import sample_returns
from rules.figures import Return
from rules.library import take_texts

UNITS = 109
DAYS = 1000
"""Decisions are spread over so many days up to today; more of them are corrections."""
WHO = Actor("local:bench")
_BATCH = 4000
DAY = datetime.timedelta(1)

VERSION = """\
format: 1
framework: synthetic
version: s1
title: A small synthetic framework for filling ledgers
effective: 2000-01-03
returns: {every: 7 days, stale_after: 14 days}
first_return: at_once
activation: automatic
inputs:
  staff: {title: Staff, unit: FTE, decimals: 1, minimum: 0}
  posts: {title: Posts, unit: FTE, decimals: 1, minimum: 0}
measures:
  staffing: {title: Staffing, unit: percent, decimals: 1, formula: 100 * staff / posts}
statuses:
  - {id: green, title: Green, colour: green, meaning: All of it.}
  - id: amber
    title: Amber
    colour: amber
    meaning: Some of it.
    enter: {staffing: {below: 85}}
activities:
  - {id: kept, title: What stays, mandatory: {because: It is made up.}}
  - id: less
    title: What may be less
    reductions: [{from: amber, strength: may, do: Do less of it.}]
"""


def small_folder(folder: Path) -> Path:
    """A framework of two statuses, one condition and two activities, and 109 made-up units in 12 regions."""
    inner = folder / "synthetic"
    inner.mkdir(parents=True)
    (inner / "s1.yaml").write_text(VERSION, "utf-8")
    regions = "".join(f"  - {{id: r{number}, name: Region {number}}}\n" for number in range(12))
    units = "".join(
        f"  - {{id: u{number}, name: Unit {number}, region: r{number % 12}}}\n" for number in range(UNITS)
    )
    (folder / "organisation.yaml").write_text(f"format: 1\nregions:\n{regions}pdus:\n{units}", "utf-8")
    return folder


class _Clock:
    def __init__(self, now: datetime.datetime) -> None:
        self.now = now

    def __call__(self) -> datetime.datetime:
        self.now += datetime.timedelta(seconds=1)
        return self.now


def fill(store: Path, folder: Path, count: int) -> list[str]:
    """A ledger with so many decisions; some moments at which part of them was known.

    One decision of the framework is decided and then copied for every unit, day and correction, with days, status
    and id of its own. The copies are chained, hashed and indexed as the ledger's own are, but rest on no returns.
    """
    clock = _Clock(datetime.datetime.now(datetime.UTC) - DAY)
    with Ledger(str(store), clock=clock) as ledger:
        ledger.adopt(take_texts(folder), WHO)
        with ledger.view() as view:
            made = view.decision(view.policy.pdus["u0"])
            assert not isinstance(made, Undecided)
            units = {id_: (unit.name, unit.region) for id_, unit in view.policy.pdus.items()}
        copies = _copies(made, units, count, clock.now.date())
        moments, left = [], count
        while left:
            with ledger.store.writing() as writing:
                for _ in range(min(_BATCH, left)):
                    payload = next(copies)
                    record = writing.append(DECISION, payload, WHO.facts())
                    for table, row in index_rows(record.seq, DECISION, payload):
                        writing.insert(table, [row])
                    left -= 1
                moments.append(writing.recorded_at)
        clock.now = datetime.datetime.now(datetime.UTC)
        ledger.tick(WHO)
    return moments


def _copies(
    made: Decision, units: dict[str, tuple[str, str]], count: int, last: datetime.date
) -> Iterator[dict[str, Any]]:
    ids, days = list(units), max(1, min(DAYS, count // len(units)))
    for number in range(count):
        turn, unit = divmod(number, len(ids))
        day = last - (days - 1 - turn % days) * DAY
        status = ("green", "amber")[(turn + unit) % 2]
        id_ = ids[unit]
        name, region = units[id_]
        told = {
            **made,
            "pdu": {"id": id_, "name": name, "region": region},
            "as_of": day.isoformat(),
            "status": status,
            "calculated": status,
            "since": day.isoformat(),
            "calculated_since": day.isoformat(),
            "data_quality": [{"code": "PF604", "as_of": day.isoformat(), "turn": str(turn)}],
        }
        told["id"] = digest({k: v for k, v in told.items() if k not in ("id", "decided_at", "asked")})
        change = {"kinds": "status since", "from_status": None, "to_status": status, "from_id": None}
        yield {
            "framework": made["framework"]["id"],
            "cause": "return",
            "engine": "",
            "decision": told,
            "change": change,
        }


def weekly(store: Path, folder: Path, weeks: int) -> list[bytes]:
    """A ledger of the shipped policy with some weeks behind it, and seven bodies of returns for the days up to today.

    The figures are the sample's: synthetic.
    """
    today = datetime.datetime.now(datetime.UTC).date()
    clock = _Clock(datetime.datetime.combine(today - 8 * DAY, datetime.time(9), datetime.UTC))
    with Ledger(str(store), clock=clock) as ledger:
        ledger.adopt(take_texts(folder), WHO)
        with ledger.view(today) as view:
            there = {unit.id for unit in view.units()}
            register = view.policy.library.organisation
        given = sample_returns(register, start=today - 7 * weeks * DAY, weeks=weeks)
        given = [one for one in given if one.pdu in there]
        with ledger.act(WHO) as act:
            act.record_returns(given)
    newest = max(one.as_of for one in given)
    latest = [one for one in given if one.as_of == newest]
    return [_body(latest, today - (6 - number) * DAY) for number in range(7)]


def _body(returns: list[Return], day: datetime.date) -> bytes:
    rows = []
    for one in returns:
        row: dict[str, Any] = {"pdu": one.pdu, "as_of": day.isoformat()}
        for key, text in one.texts.items():
            name, _, member = key.partition("[")
            value: Any = text if isinstance(one.figures[key], str) else json.loads(text)
            if member:
                row.setdefault(name, {})[member.rstrip("]")] = value
            else:
                row[name] = value
        rows.append(row)
    return json.dumps(rows).encode()
