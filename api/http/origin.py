"""A service without tokens answers this machine only, and no web page that a browser here shows.

A page of another site can have a browser ask for http://127.0.0.1. By DNS it can even make its own name mean this
machine; then the Host header still says that name. So both Host and Origin are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from functools import lru_cache
from typing import Any

from api.http.problems import Refusal
from api.http.settings import is_loopback
from rules.said import said


def check_local(scope: MutableMapping[str, Any], headers: Mapping[bytes, bytes]) -> None:
    """Refuse whatever does not come from this machine and for it."""
    server = scope.get("server")
    if server is not None and not _is_local(server[0]):
        raise Refusal("PF728", said("Without tokens the service answers on this machine only."))
    host = headers.get(b"host")
    if host is None or not _names_local(host):
        raise Refusal(
            "PF728", said("Without tokens the service answers to localhost and 127.0.0.1 only."), status=421
        )
    if not _FORWARDED.isdisjoint(headers):
        raise Refusal("PF728", said("Without tokens nothing that a proxy passes on is answered."))
    origin = headers.get(b"origin")
    if origin is not None and origin not in (b"http://" + host, b"https://" + host):
        raise Refusal("PF728", said("Without tokens no page of another site is answered."))


_FORWARDED = frozenset([b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip", b"via"])
"""By these a proxy tells for whom it asks: somebody elsewhere, whom nobody has looked at."""
_SINGLE = frozenset(
    {
        b"authorization",
        b"content-encoding",
        b"content-length",
        b"content-type",
        b"host",
        b"idempotency-key",
        b"origin",
    }
)


def check_single(headers: Iterable[tuple[bytes, bytes]]) -> None:
    """Refuse two of a header of which there is one: who reads the first and who the last would differ."""
    seen = set()
    for name, _ in headers:
        if name in seen and name in _SINGLE:
            raise Refusal("PF736", said("The header {name} is given twice.", name=name.decode()))
        seen.add(name)


@lru_cache(256)
def _is_local(host: str) -> bool:
    return is_loopback(host)


@lru_cache(256)
def _names_local(host: bytes) -> bool:
    """Whether a Host header names this machine, with any port."""
    try:
        name = host.decode("ascii").lower()
    except UnicodeDecodeError:
        return False
    if name.startswith("["):
        name, found, port = name.partition("]")
        return bool(found) and is_loopback(name[1:]) and (not port or port[1:].isdigit())
    name, colon, port = name.partition(":")
    return (not colon or port.isdigit()) and is_loopback(name)
