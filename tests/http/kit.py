"""Asking an app without a server, and a small set of routes to ask."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

import httpx
import uvicorn
from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from api.http import front
from api.http.app import create_app
from api.http.auth import Person, Requires, acting, caller, needs
from api.http.problems import not_found
from api.http.routing import router
from api.http.serve import configured, listen
from api.http.settings import ServiceSettings, read_settings
from rules.problems import (
    DisagreementError,
    DocumentError,
    Place,
    PrioritiseError,
    Problem,
    ReturnsError,
    StoreError,
    UsageError,
)


class Service:
    """A state that is ready unless it is told otherwise."""

    def __init__(self) -> None:
        self.faults: list[Problem] = []
        self.calls: list[str] = []
        self.refuses_to_start = False

    async def start(self) -> None:
        self.calls.append("start")
        if self.refuses_to_start:
            raise StoreError([Problem("PF701", "secret-host cannot be reached.", Place("ledger"))])

    async def stop(self) -> None:
        self.calls.append("stop")

    def problems(self) -> Sequence[Problem]:
        self.calls.append("problems")
        return self.faults

    def info(self) -> Mapping[str, Any]:
        return {"documents": {"plan/v1.yaml": "sha256:0"}, "refused": []}


class Figure(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    value: int = Field(ge=0)


def problem_of(code: str) -> PrioritiseError:
    """An error of the project that carries a code."""
    two = [
        Problem(code, "The first is wrong.", Place("a.csv", 2, 3, "x"), "Mend it.", (Place("b.yaml", 7),)),
        Problem(code, "The second is wrong.", Place("a.csv", 4)),
    ]
    kinds = {"5": ReturnsError, "7": StoreError, "9": DisagreementError}
    return kinds.get(code[2], DocumentError)(two)


def sample_routes() -> APIRouter:
    routes = router("sample")

    @routes.get("/v1/plain")
    async def plain() -> dict[str, str]:
        return {"it": "is"}

    @routes.get("/v1/cached")
    async def cached() -> Response:
        headers = {"Cache-Control": "max-age=5", "Content-Security-Policy": "default-src 'self'"}
        return Response(b"page", headers=headers, media_type="text/html")

    @routes.get("/v1/query")
    async def query(
        day: str | None = None,
        region: Annotated[list[str] | None, Query()] = None,
        limit: Annotated[int, Query(ge=1, le=10)] = 5,
    ) -> dict[str, Any]:
        return {"day": day, "region": region, "limit": limit}

    @routes.post("/v1/figures")
    async def figures(given: list[Figure]) -> int:
        return len(given)

    @routes.post("/v1/returns")
    async def returns(request: Request) -> int:
        return len(await request.body())

    @routes.post("/v1/whole")
    async def whole(request: Request) -> int:
        return len(await request.body())

    @routes.get("/v1/pdus/{pdu}")
    async def pdu(pdu: str) -> None:
        raise not_found(f"There is no PDU {pdu}.")

    @routes.post("/v1/pdus/{pdu}")
    async def change(pdu: str) -> str:
        return pdu

    @routes.get("/v1/errors/{code}")
    async def errors(code: str) -> None:
        if code == "usage":
            raise UsageError("There is no framework x.")
        if code == "bare":
            raise PrioritiseError([])
        if code == "crash":
            raise RuntimeError("password=hunter2 of Jo Bloggs")
        raise problem_of(code)

    @routes.get("/v1/slow")
    async def slow() -> None:
        await asyncio.sleep(30)

    @routes.get("/v1/slow-thread")
    def slow_thread() -> None:
        time.sleep(1.5)

    @routes.post("/v1/slow")
    async def slow_write(request: Request) -> None:
        await request.body()
        await asyncio.sleep(30)

    @routes.get("/v1/stream")
    async def stream() -> StreamingResponse:
        async def parts() -> AsyncIterator[bytes]:
            for _ in range(4):
                yield b"part"
                await asyncio.sleep(0.15)

        return StreamingResponse(parts(), media_type="text/plain")

    @routes.get("/v1/broken-stream")
    async def broken_stream() -> StreamingResponse:
        async def parts() -> AsyncIterator[bytes]:
            yield b"part"
            raise RuntimeError("in the middle")

        return StreamingResponse(parts(), media_type="text/plain")

    @routes.get("/v1/me")
    async def me(person: Annotated[Person, Depends(Requires("status.read"))]) -> dict[str, Any]:
        return {"subject": person.subject, "client": person.client, "roles": sorted(person.roles)}

    @routes.get("/v1/quick")
    @needs("status.read")
    async def quick(request: Request) -> str:
        return caller(request).subject

    @routes.post("/v1/own/{pdu}")
    async def own(pdu: str, person: Annotated[Person, Depends(Requires("returns.write"))]) -> str:
        return acting(person, "returns.write", pdu=pdu, region="north" if pdu == "york" else "south")

    return routes


def app_of(settings: ServiceSettings | None = None, service: Service | None = None) -> FastAPI:
    """An app with the sample routes."""
    settings = settings or read_settings(log_level="error", access_log=False)
    return create_app(settings, service or Service(), [sample_routes()])


def ask(app: FastAPI, method: str, path: str, base: str = "http://localhost", **more: Any) -> httpx.Response:
    """One call, in a loop of its own."""

    async def call() -> httpx.Response:
        transport = httpx.ASGITransport(app, client=("127.0.0.1", 5))
        async with httpx.AsyncClient(transport=transport, base_url=base) as client:
            return await client.request(method, path, **more)

    return asyncio.run(call())


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem that an answer must be."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told.keys() == {"type", "title", "status", "detail", "instance", "code", "problems", "request_id"}
    assert (told["code"], told["status"], told["type"]) == (code, status, f"/problems/{code}")
    assert told["request_id"] == answer.headers.get("x-request-id", told["request_id"])
    return told


@contextmanager
def serving(app: FastAPI, settings: ServiceSettings) -> Iterator[tuple[str, int]]:
    """A real server on a port of its own, in a thread; its address."""
    front._settings = settings
    listening = listen(settings.model_copy(update={"port": 0}))
    server = uvicorn.Server(configured(app, settings))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        yield listening.getsockname()[:2]
    finally:
        server.should_exit = True
        thread.join(10)
        front._settings = None
