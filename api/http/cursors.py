"""Cursors: where to go on reading. Opaque to callers, and good for ever: they hold a place, not a session."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Annotated

from fastapi import Query
from pydantic import WithJsonSchema

from api.http.problems import wrong
from rules.said import said

LONGEST = 400
_BETWEEN = "\x1f"
_CHECK = 4
"""So many bytes tell a cursor of ours from a text that was cut short or made up. They keep no secret."""

After = Annotated[
    str | None,
    WithJsonSchema({"type": "string"}),
    Query(description="Go on after this cursor: the `next` of an earlier answer."),
]


def cursor(kind: str, *parts: str) -> str:
    """A cursor of one kind of list."""
    told = _BETWEEN.join((kind, *parts)).encode()
    return base64.urlsafe_b64encode(_check(told) + told).rstrip(b"=").decode("ascii")


def place(kind: str, text: str, count: int, name: str = "after") -> list[str]:
    """The parts of a cursor. Refuses (PF729) what is not a cursor of this kind of list."""
    told = _opened(text)
    found = told.split(_BETWEEN) if told is not None else []
    if not found or found[0] != kind or len(found) != count + 1:
        raise refused(name)
    return found[1:]


def refused(name: str = "after", message: str = "", hint: str = "") -> Exception:
    """The refusal of a cursor."""
    message = message or said("{name} is no cursor of this list.", name=name)
    hint = hint or said(
        "Give back the {key} of an earlier answer of the same call, or leave it out to begin.", key="`next`"
    )
    return wrong("query", name, message, hint, code="PF729")


def _opened(text: str) -> str | None:
    if len(text) > LONGEST or not text.isascii():
        return None
    try:
        found = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        told = found[_CHECK:]
        return told.decode() if found[:_CHECK] == _check(told) else None
    except (binascii.Error, ValueError):
        return None


def _check(told: bytes) -> bytes:
    return hashlib.sha256(b"cursor " + told).digest()[:_CHECK]
