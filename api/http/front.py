"""What stands before the app: connections whose heads are slow, too large or malformed, and too many of them.

The server lets all of these wait or answers them in plain text; here they are problems like every other error.
"""

from __future__ import annotations

import asyncio
from secrets import token_hex
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from api.http.problems import MEDIA_TYPE, Refusal, body_of
from api.http.settings import ServiceSettings, read_settings

LARGEST_HEAD = 32 * 1024
"""So many bytes the request line and the headers may have together."""
_settings: ServiceSettings | None = None


def _limits() -> ServiceSettings:
    """The settings of this worker, read once."""
    global _settings
    if _settings is None:
        _settings = read_settings()
    return _settings


class _HeadTooLarge(Exception):
    """The head is larger than is taken."""


class Front(HttpToolsProtocol):
    """A connection."""

    _timer: asyncio.TimerHandle | None = None
    _in_head = True
    _head_bytes = 0
    _too_large = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has connected."""
        super().connection_made(transport)
        settings = _limits()
        self._timer = self.loop.call_later(settings.header_timeout, self._head_late)
        if len(self.connections) > settings.concurrency:
            self.app = _crowded

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone."""
        self._stop_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes have come."""
        if self._in_head:
            self._head_bytes += len(data)
        super().data_received(data)
        if self._in_head and self._head_bytes > LARGEST_HEAD and not self.transport.is_closing():
            self._refuse(Refusal("PF722", _TOO_LARGE, status=431))

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        super().on_message_begin()
        self._in_head = True
        if self._timer is None:
            self._timer = self.loop.call_later(_limits().header_timeout, self._head_late)

    def on_headers_complete(self) -> None:
        """The head of a request has come whole."""
        self._stop_timer()
        self._in_head = False
        if self._head_bytes > LARGEST_HEAD:  # with it may have come a body
            size = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
            if size > LARGEST_HEAD:
                self._too_large = True
                raise _HeadTooLarge
        self._head_bytes = 0
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """The request cannot be read; called by the server for whatever the parser refuses."""
        if self._too_large:
            self._refuse(Refusal("PF722", _TOO_LARGE, status=431))
        else:
            self._refuse(Refusal("PF736", "This is no HTTP request that can be read."))

    def _head_late(self) -> None:
        self._timer = None
        if not self.transport.is_closing():
            self._refuse(Refusal("PF731", "The head of the request took too long to arrive.", status=408))

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _refuse(self, refusal: Refusal) -> None:
        """Answer and close. While an earlier answer is still being sent nothing can be said."""
        self._stop_timer()
        cycle: Any = self.cycle  # None until the first head has come
        if cycle is None or cycle.response_complete:
            body = body_of(refusal, token_hex(8), b"")
            head = (
                STATUS_LINE[refusal.status_code],
                b"content-type: %b\r\n" % MEDIA_TYPE.encode(),
                b"content-length: %d\r\n" % len(body),
                b"cache-control: no-store\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n",
            )
            self.transport.write(b"".join((*head, body)))
        self.transport.close()


_TOO_LARGE = f"The request line and headers are larger than the {LARGEST_HEAD:,} bytes that are taken."


async def _crowded(scope: Any, receive: Any, send: Any) -> None:
    """The answer to one connection too many."""
    refusal = Refusal("PF733", "Too many connections at present.")
    body = body_of(refusal, token_hex(8), scope["raw_path"])
    headers = [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"content-length", b"%d" % len(body)),
        (b"retry-after", (refusal.headers or {}).get("Retry-After", "5").encode()),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": refusal.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": body})
