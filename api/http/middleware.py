"""The one middleware around every request: id, limits, who calls, times, headers, metrics and logs.

Written for speed, since every answer pays for it: one pass over the headers, no objects beyond one `Call`, and
nothing of Starlette's own middleware classes.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from os import urandom
from time import perf_counter
from typing import Any, Protocol

from starlette.requests import ClientDisconnect

from api.http import logs
from api.http.auth.person import OPEN, Person
from api.http.auth.tokens import Verifier, no_token
from api.http.bodies import Body
from api.http.limits import Limiter, address_key
from api.http.metrics import Metrics
from api.http.origin import check_local, check_single
from api.http.problems import Refusal, answer_to
from api.http.settings import ServiceSettings
from api.http.telling import ErrorPage, telling
from rules.said import said, said_of

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_SAFE_ID = re.compile(rb"[A-Za-z0-9._:-]{1,64}")
_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_NO_ROUTE = "(none)"
METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_CSP = b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


class SessionReader(Protocol):
    """Who has signed in to the pages, by a request's cookies."""

    def person(self, path: str, headers: Mapping[bytes, bytes]) -> Person | None:
        """The person, if the cookies name one and the path is a page's."""


class Call:
    """What is known of a request while it is answered; `scope["prioritise"]` holds it."""

    __slots__ = ("caller", "extra", "id", "late", "started", "status")

    def __init__(self, id_: str) -> None:
        self.id = id_
        self.caller: Person | Refusal = OPEN
        """Who calls; a Refusal where that is not known, for routes that ask."""
        self.extra: list[tuple[bytes, bytes]] = []
        self.status = 0
        self.late = False
        self.started = False


class Shell:
    """The middleware."""

    def __init__(
        self,
        app: App,
        settings: ServiceSettings,
        metrics: Metrics,
        verifier: Verifier | None = None,
        error_page: ErrorPage | None = None,
        sessions: SessionReader | None = None,
    ) -> None:
        self.app = app
        self.error_page = error_page
        self.sessions = sessions
        self.settings = settings
        self.metrics = metrics
        self.verifier = verifier
        self._reads = Limiter("reads", settings.reads) if settings.reads else None
        self._writes = Limiter("writes", settings.writes) if settings.writes else None
        self._bodies = Body(settings)
        self._handling = settings.handling_timeout
        self._logs = settings.access_log
        self._headers = [
            (b"x-content-type-options", b"nosniff"),
            (b"cross-origin-resource-policy", b"same-origin"),
        ]
        if settings.hsts_seconds:
            value = f"max-age={settings.hsts_seconds}; includeSubDomains".encode()
            self._headers.append((b"strict-transport-security", value))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send if scope["type"] != "lifespan" else _without_traceback(send))
            return
        began = perf_counter()
        headers = dict(scope["headers"])
        given = headers.get(b"x-request-id")
        call = Call(given.decode() if given is not None and _SAFE_ID.fullmatch(given) else urandom(8).hex())
        method = scope["method"]
        if method == "HEAD":  # answered like GET, without the body
            scope = dict(scope, method="GET")
        scope["prioritise"] = call
        loop = asyncio.get_running_loop()
        task = asyncio.current_task()
        assert task is not None

        def too_late() -> None:
            call.late = True
            task.cancel()

        timer = loop.call_later(self._handling, too_late)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                call.started = True
                timer.cancel()  # what is long is streamed: only the beginning is timed
                call.status = message["status"]
                message["headers"] = self._finished(message.get("headers", ()), call)
            elif method == "HEAD":
                message["body"] = b""
            await send(message)

        try:
            await self._admit(scope, headers, call, method)
            if b"content-length" in headers or b"transfer-encoding" in headers:
                body = self._bodies.limited(scope["path"], headers, receive)

                async def receive_limited() -> Message:
                    nonlocal timer
                    message = await body(timer)
                    if timer.cancelled() and not call.started:  # it stood still while the body was awaited
                        timer = loop.call_later(self._handling, too_late)
                    return message

                await self.app(scope, receive_limited, answer)
            else:
                await self.app(scope, receive, answer)
        except asyncio.CancelledError:
            if not call.late or call.started:
                raise
            task.uncancel()
            await self._tell(_late(method), scope, call, answer)
        except ClientDisconnect:
            call.status = call.status or 499
        except Refusal as refusal:
            await self._tell(refusal, scope, call, answer)
        except Exception as error:
            await self._unexpected(error, scope, call, answer)
        finally:
            timer.cancel()
            self._done(scope, call, method, perf_counter() - began)

    async def _admit(self, scope: Scope, headers: dict[bytes, bytes], call: Call, method: str) -> None:
        """Find out who calls and whether they may call so often; raises the refusal."""
        if len(headers) != len(scope["headers"]):
            check_single(scope["headers"])
        if method not in METHODS:
            raise Refusal("PF721", said("This method is taken nowhere here."), status=501)
        if self.verifier is None:
            check_local(scope, headers)
            key: object = "open"
        else:
            key = await self._sign_in(scope, headers, call)
        limiter = self._reads if method in _READS else self._writes
        if limiter is None or scope["path"].startswith("/health/"):
            return
        allowed, left, wait = limiter.take(key)
        call.extra = [
            (b"ratelimit-policy", limiter.policy),
            (b"ratelimit", b'"%b";r=%d;t=%d' % (limiter.name.encode(), left, wait)),
        ]
        if not allowed:
            raise self._too_many(wait)

    async def _sign_in(self, scope: Scope, headers: dict[bytes, bytes], call: Call) -> object:
        """Who calls, for `call.caller`; the value is what their requests are counted by."""
        assert self.verifier is not None
        header = headers.get(b"authorization")
        person: Person | Refusal | None = None
        if header is not None:
            person = self.verifier.remembered(header)
            if person is None:
                # A signature costs time: whoever has no request left is not even verified.
                address = _address(scope)
                if self._reads is not None and self._reads.is_spent(address):
                    raise self._too_many(1)
                person = await self.verifier.verify(header)
        elif self.sessions is not None:
            person = self.sessions.person(scope["path"], headers)
        call.caller = no_token() if person is None else person
        if isinstance(person, Person):
            return (person.client, person.subject)
        return _address(scope)

    def _too_many(self, wait: int) -> Refusal:
        self.metrics.limited()
        detail = said_of(
            wait,
            "Too many requests. Try again in {number} second.",
            "Too many requests. Try again in {number} seconds.",
            number=wait,
        )
        return Refusal("PF725", detail, headers={"Retry-After": str(wait)})

    def _finished(self, headers: Any, call: Call) -> list[tuple[bytes, bytes]]:
        """The headers of an answer with those that every answer has. A route's own go before ours."""
        found = [*headers, (b"x-request-id", call.id.encode()), *self._headers, *call.extra]
        names = {name for name, _ in headers}
        if b"referrer-policy" not in names:
            found.append((b"referrer-policy", b"no-referrer"))
        if b"cache-control" not in names:
            found.append((b"cache-control", b"no-store"))
        if b"content-security-policy" not in names:
            found.append((b"content-security-policy", _CSP))
        return found

    async def _tell(self, refusal: Refusal, scope: Scope, call: Call, answer: Send) -> None:
        """Answer with a problem, unless an answer has begun already."""
        if call.started:
            return
        body, own = telling(refusal, call.id, scope, self.error_page)
        headers = [*wire(own), (b"content-length", b"%d" % len(body)), *wire(refusal.headers or {})]
        if refusal.status_code in (408, 413):
            headers.append((b"connection", b"close"))  # the rest of the body is not read
        await answer({"type": "http.response.start", "status": refusal.status_code, "headers": headers})
        await answer({"type": "http.response.body", "body": body})

    async def _unexpected(self, error: Exception, scope: Scope, call: Call, answer: Send) -> None:
        refusal = answer_to(error)
        if refusal.status_code >= 500:
            logs.log().error("failed", request_id=call.id, route=_template(scope), **logs.fault(error))
        await self._tell(refusal, scope, call, answer)

    def _done(self, scope: Scope, call: Call, method: str, seconds: float) -> None:
        template = _template(scope)
        known = method if method in METHODS else "(other)"
        self.metrics.request(known, template, call.status, seconds)
        if self._logs:
            caller = call.caller
            told = {
                "request_id": call.id,
                "method": known,
                "route": template,
                "status": call.status,
                "ms": round(seconds * 1000, 2),
                "client": caller.client if isinstance(caller, Person) else None,
            }
            logs.request_logged(told)


def wire(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Headers as they are sent."""
    return [(name.lower().encode(), value.encode("latin-1", "replace")) for name, value in headers.items()]


def _template(scope: Scope) -> str:
    """The path of the route as it is written, which names no PDU."""
    return getattr(scope.get("route"), "path", _NO_ROUTE)


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return address_key(client[0]) if client else "unknown"


def _late(method: str) -> Refusal:
    if method in _READS:
        return Refusal("PF731", said("The answer took too long. Try again."))
    return Refusal(
        "PF731",
        said(
            "The answer took too long. What was asked may have been done or may still be: ask again with the "
            "same Idempotency-Key, which does nothing twice."
        ),
    )


def _without_traceback(send: Send) -> Send:
    """Starlette tells the server a whole traceback where starting fails; what matters has been logged."""

    async def told(message: Message) -> None:
        if message["type"].endswith(".failed"):
            message["message"] = ""
        await send(message)

    return told
