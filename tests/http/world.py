"""A small world to call the service in: two regions, a handful of PDUs, a ledger, and the whole app."""

from __future__ import annotations

import asyncio
import datetime
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import httpx
from fastapi import FastAPI

from api.http.app import create_app
from api.http.routes import ROUTERS
from api.http.service import Service
from api.http.settings import read_settings
from engine.ledger.records import Actor
from rules.library import take_texts
from tests.http.issuer import Issuer
from tests.small_policy import FIRST, ORGANISATION, REGION, SCENARIOS, SECOND
from tests.support import write_library

NOW = datetime.datetime(2022, 8, 31, 9, 30, tzinfo=datetime.UTC)
"""The day after is still under v1; v2 begins on 5 September."""
LOADER = Actor("local:loader", None, None)


class Clock:
    """A clock that stands, until it is moved."""

    def __init__(self, now: datetime.datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime.datetime:
        return self.now

    def pass_days(self, days: int) -> None:
        self.now += datetime.timedelta(days=days)


def files() -> dict[str, str]:
    """The documents: regional directors declare."""
    second = SECOND.replace("by: director", "by: regional-director")
    return {
        "organisation.yaml": ORGANISATION,
        "plan/v1.yaml": FIRST.replace("by: director", "by: regional-director"),
        "plan/v2.yaml": second,
        "plan/regions/north.yaml": REGION,
        "plan/scenarios/basics.yaml": SCENARIOS,
    }


class World:
    """A ledger and the whole app on it. Close it after use."""

    def __init__(
        self,
        folder: Path,
        issuer: Issuer | None = None,
        url: str | None = None,
        changes: Mapping[str, str] | None = None,
        **settings: Any,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.clock = Clock()
        self.policy = write_library(folder / "policy", files() | dict(changes or {}))
        given = {"store": url or f"sqlite:///{folder}/ledger.sqlite3", "frameworks": self.policy} | settings
        quiet = {"log_level": "error", "access_log": False}
        self.settings = issuer.settings(folder, **given) if issuer else read_settings(**(quiet | given))
        self.service = Service(self.settings, clock=self.clock)
        self.ledger = self.service.ledger
        self.ledger.adopt(take_texts(self.policy), LOADER)
        self.app = self.make_app()
        self.service.metrics = self.app.state.metrics
        self._runner = asyncio.Runner()

    def make_app(self) -> FastAPI:
        """The API alone."""
        return create_app(self.settings, self.service, ROUTERS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._runner.run(self.service.stop())
        self._runner.close()
        self.app.state.metrics.close()

    def head(self) -> int:
        """How many records there are: what is refused must add none."""
        return self.ledger.head()

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """One call."""
        return self._runner.run(call(self.app, method, path, **more))

    def at_once(self, calls: Sequence[tuple[str, str, dict[str, Any]]]) -> list[httpx.Response]:
        """Many calls at once."""

        async def all_() -> list[httpx.Response]:
            return await asyncio.gather(*(call(self.app, how, path, **more) for how, path, more in calls))

        return self._runner.run(all_())

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.ask("GET", path, **more)

    def post(self, path: str, body: Any, kind: str = "application/json", **more: Any) -> httpx.Response:
        """JSON, unless the body is bytes."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": kind} | dict(more.pop("headers", {}))
        return self.ask("POST", path, content=data, headers=headers, **more)


async def call(app: FastAPI, method: str, path: str, **more: Any) -> httpx.Response:
    """One call."""
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 5))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=60) as client:
        return await client.request(method, path, **more)


def a_return(
    pdu: str = "york", as_of: str = "2022-08-29", staff: Any = 10, points: Any = 1
) -> dict[str, Any]:
    """A return of a PDU with 20 posts; 10 in each grade."""
    figures = {"required": {"PO": 10, "PSO": 10}, "in_post": {"PO": staff, "PSO": 10}, "points": points}
    return {"pdu": pdu, "as_of": as_of, **figures}
