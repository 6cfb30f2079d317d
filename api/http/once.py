"""Idempotency-Key: a request that is sent again with its key does nothing twice, and gets the first one's answer.

The answer is kept in the transaction that records what was asked, so that both are there or neither; only what has
been done is kept, so that a refused request may be mended and sent again with its key.
"""

from __future__ import annotations

import hashlib
import re
from typing import Annotated, Any, NamedTuple

import orjson
from fastapi import Header, Request, Response

from api.http.auth import Person
from api.http.problems import Refusal
from engine.canonical import digest
from engine.ledger.ledger import Ledger
from engine.ledger.recording import Act
from engine.ledger.store import idempotency
from rules.problems import Place, Problem
from rules.said import said

NAME, REPLAYED = "Idempotency-Key", "Idempotency-Replayed"
ANSWERED: dict[str, Any] = {
    REPLAYED: {"description": "`true` where this answer was given before.", "schema": {"type": "string"}}
}
"""The headers of an answer to a write, for the description."""
MADE: dict[str, Any] = {
    "Location": {
        "description": "Where it can be asked for.",
        "schema": {"type": "string", "format": "uri-reference"},
    },
    **ANSWERED,
}
"""The headers of an answer to what made something."""
_BARE = re.compile(rf"[!#-+\--~]{{1,{idempotency.LONGEST_KEY}}}", re.ASCII)
"""Visible ASCII without quotation marks and commas."""
_QUOTED = re.compile(r'"((?:[ !#-\[\]-~]|\\["\\])*)"', re.ASCII)
"""A string as structured fields (RFC 9651) have it."""
_HINT = said(
    'Write one key of at most 255 ASCII characters, best a new UUID: "{example}".',
    example="8e03978e-40d5-43dd-bc93-6894a57f9324",
)

Key = Annotated[
    str | None,
    Header(
        alias=NAME,
        description="A key of your own for this request, best a UUID. Sent again with the same key within 30 "
        "days, the request does nothing and is answered as it was. Of at most 255 visible ASCII characters, with "
        "quotation marks around it or without.",
        examples=['"8e03978e-40d5-43dd-bc93-6894a57f9324"'],
    ),
]
"""The header, for a route's parameter."""


class Once(NamedTuple):
    """A request that is to be met once: whose it is, its key, and the hash of all that it asks."""

    client: str
    key: str
    sha256: str


class Kept(NamedTuple):
    """An answer to a write: its status and body, and whether it was given before."""

    status: int
    body: bytes
    replayed: bool = False

    def response(self, at: str | None = None, key: str = "") -> Response:
        """As it is sent. What was made lies `at` a path, under the id that the answer tells of `key`."""
        headers = {}
        if at is not None:
            headers["Location"] = f"{at}/{orjson.loads(self.body)[key]['id']}"
        if self.replayed:
            headers[REPLAYED] = "true"
        return Response(self.body, self.status, headers, "application/json")


def once(request: Request, person: Person, media_type: str, body: bytes) -> Once | None:
    """What the header asks for; None where there is none. Raises Refusal where it is no key."""
    given = request.headers.get(NAME)  # that it stands once is seen to before
    if given is None:
        return None
    key = _key(given.strip())
    asked = [request.method, request.url.path, media_type, hashlib.sha256(body).hexdigest()]
    return Once(digest([person.client, person.subject]), key, digest(asked))


def recalled(ledger: Ledger, asked: Once | None) -> Kept | None:
    """The answer that was given before, looked for without waiting for the writer. Raises StoreError: PF707."""
    if asked is None:
        return None
    with ledger.store.reading() as connection:
        found = idempotency.recall(connection, *asked)
    return None if found is None else Kept(found.status, found.body, True)


def recall(act: Act, asked: Once | None) -> Kept | None:
    """The same within the write, where nobody else can be answered meanwhile."""
    found = None if asked is None else act.recall(*asked)
    return None if found is None else Kept(found.status, found.body, True)


def keep(act: Act, asked: Once | None, status: int, body: bytes) -> Kept:
    """Keep an answer together with what is recorded."""
    if asked is not None:
        act.keep(*asked, status, body)
    return Kept(status, body)


def _key(text: str) -> str:
    if _BARE.fullmatch(text):
        return text
    quoted = _QUOTED.fullmatch(text)
    key = re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else ""
    if not 1 <= len(key) <= idempotency.LONGEST_KEY or key.isspace():
        message = said("The {name} is no key.", name=NAME)
        raise Refusal("PF724", message, [Problem("PF724", message, Place("header", path=f"/{NAME}"), _HINT)])
    return key
