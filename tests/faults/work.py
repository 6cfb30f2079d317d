"""A writer that records batch after batch, until it is killed; and what must be true of the store whenever it is."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import sqlalchemy as sa

from engine.ledger.store import Store, Writing, tables
from engine.ledger.store.chain import sha256, unpacked
from engine.ledger.store.idempotency import keep, recall
from engine.ledger.verify import head_of, verify
from rules.problems import StoreError

ME = {"subject": "local:faults", "role": None, "client": None}
KIND = "tick"
DAY = "2022-08-22"
PASSING = ("PF701", "PF702", "PF711")
"""A server that is down: the writer tries again with the same key."""


def rows(seq: int, kind: str, payload: Mapping[str, Any]) -> list[tuple[sa.Table, dict[str, Any]]]:
    """The index row of a record of these writers."""
    return [(tables.ticks, {"seq": seq, "framework": payload["writer"], "day": payload["day"]})]


def write(url: str, name: str, notes: str) -> None:
    """Record batches without end. What the store has acknowledged is noted in a file, which outlives the process."""
    random.seed()
    store = Store(url)
    with Path(notes).open("ab", buffering=0) as file:
        number = 0
        while True:
            number += 1
            writer = f"{name}-{os.getpid()}"
            body = orjson.dumps({"padding": "x" * random.randint(0, 20_000)})
            seq = _until_recorded(store, writer, number, random.randint(1, 6), body.decode())
            file.write(f"{seq} {writer} {number}\n".encode())


def _until_recorded(store: Store, writer: str, number: int, of: int, padding: str) -> int:
    key, request = f"{writer} {number}", sha256(padding.encode())
    while True:
        try:
            with store.writing() as writing:
                answer = recall(writing.connection, "faults", key, request)
                if answer is None:
                    _batch(writing, writer, number, of, padding)
                    answer = keep(writing, "faults", key, request, 201, b"")
            return answer.seq
        except StoreError as error:
            if error.problems[0].code not in PASSING:
                raise
            time.sleep(0.02)


def _batch(writing: Writing, writer: str, number: int, of: int, padding: str) -> None:
    for part in range(of):
        body = {"writer": writer, "batch": number, "part": part, "of": of, "day": DAY, "padding": padding}
        record = writing.append(KIND, body, ME)
        for table, row in rows(record.seq, KIND, body):
            writing.insert(table, [row])
        if random.random() < 0.3:
            writing.flush()


class Seen(NamedTuple):
    """How far a store has been looked through."""

    seq: int = 0
    batches: int = 0


class Failure(Exception):
    """The store has lost something, or holds something that it must not."""


def acknowledged(notes: Path) -> dict[tuple[str, int], int]:
    """The batches that were acknowledged, and the number of the last record of each."""
    found: dict[tuple[str, int], int] = {}
    for path in notes.iterdir():
        for line in path.read_bytes().split(b"\n")[:-1]:  # a line without its end was being written
            seq, writer, number = line.decode().split()
            found[writer, int(number)] = int(seq)
    return found


def look_through(store: Store, notes: Path, seen: Seen) -> Seen:
    """Every acknowledged batch is there, whole and once, and the chain and the indexes are intact."""
    promised = acknowledged(notes)  # before the store is read: these must be in it
    with store.reading() as connection:
        broken = verify(connection, rows=rows, after=seen.seq)
        if broken is not None:
            raise Failure(broken.problem(store.shown).message)
        last = head_of(connection)[0]
        query = (
            sa.select(tables.records).where(tables.records.c.seq > seen.seq).order_by(tables.records.c.seq)
        )
        batches: dict[tuple[str, int], int] = {}
        for record in map(unpacked, connection.execute(query)):
            said = orjson.loads(record.body)
            whose = said["writer"], said["batch"]
            if said["part"] == 0 and whose in batches:
                raise Failure(f"batch {whose} is recorded twice")
            if said["part"] and batches.get(whose) != record.seq - 1:
                raise Failure(f"batch {whose} is in pieces at record {record.seq}")
            if said["part"] < said["of"] - 1 and record.seq == last:
                raise Failure(f"batch {whose} ends at part {said['part'] + 1} of {said['of']}")
            batches[whose] = record.seq
        kept = sa.select(tables.idempotency.c.key).where(tables.idempotency.c.seq > seen.seq)
        keys = {(key.split()[0], int(key.split()[1])) for (key,) in connection.execute(kept)}
    if keys != set(batches):
        raise Failure(f"keys and batches differ: {sorted(keys ^ set(batches))[:3]}")
    for whose, seq in promised.items():
        if seq > seen.seq and batches.get(whose) != seq:
            raise Failure(f"batch {whose} was acknowledged as record {seq}, and is not there")
        if seq > last:
            raise Failure(f"record {seq} was acknowledged, and the last one is {last}")
    return Seen(last, seen.batches + len(batches))
