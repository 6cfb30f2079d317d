"""Answers that are bytes already: with an ETag, in the form that was asked for, and as quick as can be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from fastapi import Request, Response

from api.http.problems import Refusal
from rules.said import said

JSON, NDJSON, CSV = "application/json", "application/x-ndjson", "text/csv"
CACHED = b"private, no-cache"
"""Whoever keeps an answer asks again with its ETag before using it."""
_SIZE = 32


class Ready(Response):
    """An answer whose bytes and headers were made before; one may be sent many times."""

    def __init__(self, body: bytes, headers: list[tuple[bytes, bytes]], status: int = 200) -> None:
        self.status_code = status
        self.body = body
        self.background = None
        self.raw_headers = headers


class Tagged:
    """The bytes of an answer with their tag, for whoever may have them already."""

    __slots__ = ("_same", "_whole", "body", "tag")

    def __init__(self, body: bytes, media: str = JSON, *, varies: bool = False) -> None:
        self.body = body
        self.tag = b'"%b"' % hashlib.sha256(body).hexdigest()[:_SIZE].encode()
        shared = [(b"etag", self.tag), (b"cache-control", CACHED)]
        if varies:
            shared.append((b"vary", b"accept"))
        kind = f"{media}; charset=utf-8" if media == CSV else media
        own = [(b"content-type", kind.encode()), (b"content-length", b"%d" % len(body))]
        self._whole = Ready(body, own + shared)
        self._same = Ready(b"", shared, 304)

    def to(self, request: Request) -> Ready:
        """The answer to a request: the bytes, or 304 where the caller has them."""
        for name, value in request.scope["headers"]:
            if name == b"if-none-match" and (self.tag in value or value.strip() == b"*"):
                return self._same
        return self._whole


def form_asked(request: Request, forms: Iterable[str]) -> str:
    """The form of an answer that Accept prefers; of several alike the first. Refuses (PF732) where none will do."""
    forms = tuple(forms)
    given = ",".join(value.decode("latin-1") for name, value in request.scope["headers"] if name == b"accept")
    if not given.strip():
        return forms[0]
    ranges = [_range(text) for text in given.split(",") if text.strip()]
    best = max(forms, key=lambda form: _weight(form, ranges))
    if _weight(best, ranges) <= 0:
        raise Refusal("PF732", said("This can be had as {forms}.", forms=", ".join(forms)))
    return best


def _range(text: str) -> tuple[str, float]:
    """One range of Accept, with its weight."""
    name, *parts = (part.strip().lower() for part in text.split(";"))
    weight = 1.0
    for part in parts:
        if part.startswith("q="):
            try:
                weight = min(max(float(part[2:]), 0.0), 1.0)
            except ValueError:
                weight = 0.0
            if weight != weight:  # "q=nan" is a number to Python
                weight = 0.0
    return name, weight


def _weight(form: str, ranges: list[tuple[str, float]]) -> float:
    """How much a form is wanted: the range that names it most closely counts."""
    for name in (form, f"{form.partition('/')[0]}/*", "*/*"):
        found = [weight for given, weight in ranges if given == name]
        if found:
            return max(found)
    return 0.0


def tagged(model: Any, description: str, *others: str) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a call that answers so: the model, further forms as text, ETag and 304."""
    tag = {"ETag": {"description": "Names these very bytes.", "schema": {"type": "string"}}}
    content = {form: {"schema": {"type": "string"}} for form in others}
    whole: dict[str, Any] = {"model": model, "description": description, "headers": tag}
    if content:
        whole["content"] = content
    return {200: whole, 304: {"description": "What If-None-Match names is still the answer.", "headers": tag}}
