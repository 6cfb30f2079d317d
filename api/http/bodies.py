"""Request bodies: not larger than allowed, not slower, and not compressed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from api.http.problems import Refusal
from api.http.settings import ServiceSettings
from rules.said import said

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
LARGE = frozenset({"/v1/returns", "/v1/evaluations", "/returns/upload"})
"""Where a body may be as large as a file of returns."""


class Body:
    """The limits of the settings."""

    def __init__(self, settings: ServiceSettings) -> None:
        self._limit, self._large = settings.body_limit, settings.returns_body_limit
        self._timeout = settings.body_timeout

    def limited(
        self, path: str, headers: Mapping[bytes, bytes], receive: Receive
    ) -> Callable[[asyncio.TimerHandle], Awaitable[MutableMapping[str, Any]]]:
        """A way to read the body that keeps the limits; what is over them at once is refused at once.

        It is called with the timer of the whole request, which stands still while the body is awaited.
        """
        limit = self._large if path in LARGE else self._limit
        if headers.get(b"content-encoding", b"identity").lower() != b"identity":
            raise Refusal("PF723", said("A compressed body is not taken. Send it as it is."))
        length = headers.get(b"content-length")
        if length is not None and (not length.isdigit() or len(length) > 15 or int(length) > limit):
            raise _too_large(limit)
        read = 0
        until: float | None = None
        is_read = False

        async def receive_limited(timer: asyncio.TimerHandle) -> MutableMapping[str, Any]:
            nonlocal read, until, is_read
            if is_read:  # what can still come is that the client has gone
                return await receive()
            if until is None:
                until = asyncio.get_running_loop().time() + self._timeout
            timer.cancel()
            try:
                async with asyncio.timeout_at(until):
                    message = await receive()
            except TimeoutError:
                detail = said(
                    "The body took longer than {seconds} seconds to arrive.", seconds=f"{self._timeout:g}"
                )
                raise Refusal("PF731", detail, status=408) from None
            if message["type"] == "http.request":
                read += len(message.get("body", b""))
                if read > limit:
                    raise _too_large(limit)
                is_read = not message.get("more_body")
            return message

        return receive_limited


def _too_large(limit: int) -> Refusal:
    detail = said("The body is larger than the {limit} bytes that are taken here.", limit=f"{limit:,}")
    return Refusal("PF722", detail)
