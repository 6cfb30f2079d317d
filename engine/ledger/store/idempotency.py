"""Requests that may be sent again: the answer to the first is kept with its key, and given to each that follows.

The key is kept in the transaction that records what the request asked for, so that both are there or neither.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import NamedTuple

import orjson
import sqlalchemy as sa

from engine.canonical import canonical_bytes
from engine.ledger.store import Writing, moment
from engine.ledger.store.tables import idempotency
from rules.problems import Place, Problem, StoreError
from rules.said import said

LONGEST_KEY = 255
AGE = datetime.timedelta(days=30)
"""Keys are forgotten after so long; a sender that has not had an answer by then has given up."""


class Answer(NamedTuple):
    """An answer as it was given; `seq` is the newest record there was then."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seq: int
    recorded_at: str


def recall(connection: sa.Connection, client: str, key: str, request_sha256: str) -> Answer | None:
    """The answer that was given for this key; None where there is none yet; PF707 where it was another request.

    Ask within the write transaction: two that come at once would both find none outside it.
    """
    held = idempotency.c
    query = sa.select(held.request_sha256, held.status, held.headers, held.body, held.seq, held.recorded_at)
    found = connection.execute(query.where(held.client == client, held.key == key)).first()
    if found is None:
        return None
    if found.request_sha256 != request_sha256:
        message = said(
            "The key {key} was used on {moment} for another request. Nothing was recorded.",
            key=key,
            moment=found.recorded_at,
        )
        hint = said("Use a new key for each new request, and the same only to send one again unchanged.")
        raise StoreError([Problem("PF707", message, Place("Idempotency-Key"), hint)])
    return Answer(found.status, orjson.loads(found.headers), found.body, found.seq, found.recorded_at)


def keep(
    writing: Writing,
    client: str,
    key: str,
    request_sha256: str,
    status: int,
    body: bytes,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Keep the answer to a request together with what it records."""
    answer = Answer(status, dict(headers or {}), body, writing.head, writing.recorded_at)
    row = {"client": client, "key": key, "request_sha256": request_sha256, **answer._asdict()}
    writing.insert(idempotency, [{**row, "headers": canonical_bytes(answer.headers).decode("utf-8")}])
    return answer


def prune(writing: Writing, age: datetime.timedelta = AGE) -> int:
    """Forget the keys that are older; gives how many."""
    before = moment(datetime.datetime.fromisoformat(writing.recorded_at) - age)
    done = writing.connection.execute(sa.delete(idempotency).where(idempotency.c.recorded_at < before))
    return done.rowcount
