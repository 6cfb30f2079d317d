"""How a refusal is told: as a problem, or as a page to whoever asked for a page in a browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

from api.http.problems import MEDIA_TYPE, Refusal, body_of

Page = tuple[bytes, Mapping[str, str]]
"""A page as bytes, with the headers that belong to it."""
Scope = MutableMapping[str, Any]
ErrorPage = Callable[[Refusal, str, Scope], Page]
"""From a refusal, the request's id and the request itself to a page."""
_PROGRAMS = ("/v1/", "/health/", "/assets/", "/info", "/metrics", "/openapi.json")
"""Paths that only programs ask: they are told of problems as JSON, whatever they say that they accept."""


def telling(refusal: Refusal, request_id: str, scope: Scope, error_page: ErrorPage | None) -> Page:
    """The body of a refusal, and its headers with the media type among them."""
    if error_page is not None and _wants_page(scope):
        return error_page(refusal, request_id, scope)
    body = body_of(refusal, request_id, scope.get("raw_path") or scope["path"].encode())
    return body, {"Content-Type": MEDIA_TYPE}


def asked(scope: Scope) -> str:
    """The path as it was sent, with its query."""
    raw = scope.get("raw_path") or scope["path"].encode()
    query = scope.get("query_string", b"")
    return bytes(raw + b"?" + query if query else raw).decode("latin-1")


def _wants_page(scope: Scope) -> bool:
    if scope["path"].startswith(_PROGRAMS):
        return False
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])
