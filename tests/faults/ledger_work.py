"""The same through the ledger itself: returns and declarations, with all that is decided from them."""

from __future__ import annotations

import datetime
import os
import random
import time
from decimal import Decimal
from pathlib import Path

import orjson
import sqlalchemy as sa

from engine.ledger import Act, Actor, Ledger
from engine.ledger.replay import replay
from engine.ledger.store import Store, tables
from engine.ledger.store.chain import sha256
from engine.ledger.verify import head_of, verify
from rules.figures import Figure, Return
from rules.library import Texts
from rules.model import Declaration
from rules.problems import StoreError
from tests.faults.work import PASSING, Failure, Seen, acknowledged
from tests.small_policy import FIRST, ORGANISATION, REGION, SECOND

ME = Actor("local:faults")
UNITS = ("york", "hull", "kent")
WEEKS = 8


def _ago(weeks: int) -> datetime.date:
    return datetime.date.today() - datetime.timedelta(weeks=weeks)


def prepare(url: str) -> None:
    """Put a small policy in force, of which both versions begin within the weeks that returns are sent for."""
    days = {"2022-08-01": _ago(WEEKS).isoformat(), "2022-09-05": _ago(3).isoformat()}

    def moved(text: str) -> bytes:
        for old, new in days.items():
            text = text.replace(old, new)
        return text.encode()

    texts = {"organisation.yaml": ORGANISATION, "plan/v1.yaml": FIRST, "plan/v2.yaml": SECOND}
    texts["plan/regions/north.yaml"] = REGION
    with Ledger(url) as ledger:
        ledger.adopt(Texts({path: moved(text) for path, text in texts.items()}), ME)


def write(url: str, name: str, notes: str) -> None:
    """Record returns and declarations without end, and note in a file what is acknowledged."""
    random.seed()
    writer = f"{name}-{os.getpid()}"
    with Ledger(url) as ledger, Path(notes).open("ab", buffering=0) as file:
        number = 0
        while True:
            number += 1
            last = _until_recorded(ledger, f"{writer} {number}", random.randrange(2**32))
            file.write(f"{last} {writer} {number}\n".encode())


def _until_recorded(ledger: Ledger, key: str, seed: int) -> int:
    request = sha256(f"{key} {seed}".encode())
    while True:
        try:
            with ledger.act(ME) as act:
                answer = act.recall("faults", key, request)
                if answer is not None:
                    return answer.seq
                _request(act, random.Random(seed))
                told = act.receipt()
                act.keep("faults", key, request, 201, orjson.dumps([told.first, told.last]))
            return told.last
        except StoreError as error:
            if error.problems[0].code not in PASSING:
                raise
            time.sleep(0.02)


def _request(act: Act, random_: random.Random) -> None:
    """Some returns, or a declaration; the same again for the same seed."""
    if random_.random() < 0.2:
        start = act.today - datetime.timedelta(days=random_.randrange(20))
        act.declare(
            Declaration.model_validate(
                {
                    "pdu": random_.choice(UNITS),
                    "from": start,
                    "until": start + datetime.timedelta(days=random_.randrange(20)),
                    "status": random_.choice(["green", "amber"]),
                    "by": "director",
                    "reason": "The office is flooded",
                }
            )
        )
        return
    chosen = {(random_.choice(UNITS), random_.randrange(WEEKS)) for _ in range(random_.randint(1, 4))}
    act.record_returns([_return(pdu, week, random_) for pdu, week in sorted(chosen)])


def _return(pdu: str, week: int, random_: random.Random) -> Return:
    figures: dict[str, Figure] = {"points": Decimal(random_.randrange(1000))}
    for grade in ("PO", "PSO"):
        figures[f"required[{grade}]"] = Decimal(10)
        figures[f"in_post[{grade}]"] = Decimal(random_.randint(6, 10))
    return Return(pdu, _ago(week), figures)


def look_through(store: Store, notes: Path, seen: Seen) -> Seen:
    """Acknowledged requests are there, each request's records lie together, nothing else is there."""
    promised = acknowledged(notes)
    with store.reading() as connection:
        broken = verify(connection, after=seen.seq)
        if broken is not None:
            raise Failure(broken.problem(store.shown).message)
        last = head_of(connection)[0]
        kept = tables.idempotency.c
        query = sa.select(kept.key, kept.seq, kept.body).where(kept.seq >= seen.seq)
        requests = {row.key: (row.seq, orjson.loads(row.body)) for row in connection.execute(query)}
        records = tables.records.c
        ends = sa.select(sa.func.min(records.seq), sa.func.max(records.seq)).group_by(records.recorded_at)
        moments = {tuple(row) for row in connection.execute(ends.where(records.seq > seen.seq))}
    # All records of one transaction bear one moment, which no other has.
    whole = {(first, last) for _, (first, last) in requests.values() if last >= first > seen.seq}
    if moments != whole:
        raise Failure(f"transactions are in part, or nobody's: {sorted(moments ^ whole)[:3]}")
    for (writer, number), seq in promised.items():
        held = requests.get(f"{writer} {number}")
        if seq > seen.seq and (held is None or held[0] != seq):
            raise Failure(f"request {writer} {number} was acknowledged as record {seq}, and is not there")
        if seq > last:
            raise Failure(f"record {seq} was acknowledged, and the last one is {last}")
    return Seen(last, seen.batches + len(whole))


def finish(url: str) -> None:
    """Every decision is decided again, and comes out the same byte for byte."""
    with Ledger(url) as ledger:
        found = replay(ledger)
    if found.broken is not None or found.differing:
        problems = found.differing[:3] or found.broken
        raise Failure(f"the replay found {problems}")
