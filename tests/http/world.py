"""A small world to call the service in: two regions, a handful of PDUs, a ledger, and the whole app."""

from __future__ import annotations

import asyncio
import datetime
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from api.http.app import create_app
from api.http.settings import ServiceSettings, read_settings
from engine.ledger.ledger import Ledger
from engine.ledger.records import Actor
from rules.library import take_texts
from rules.problems import Problem
from tests.http.issuer import Issuer
from tests.small_policy import FIRST, ORGANISATION, REGION, SCENARIOS, SECOND
from tests.support import write_library

NOW = datetime.datetime(2022, 8, 31, 9, 30, tzinfo=datetime.UTC)
"""The day after is still under v1; v2 begins on 5 September."""
PLAN = FIRST.replace("by: director", "by: regional-director").replace("}\nlists:", "}\nlists:")
LOADER = Actor("local:loader", None, None)


class Clock:
    """A clock that stands, until it is moved."""

    def __init__(self, now: datetime.datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime.datetime:
        return self.now

    def pass_days(self, days: int) -> None:
        self.now += datetime.timedelta(days=days)


def files(**changes: str) -> dict[str, str]:
    """The documents, some of them changed."""
    second = SECOND.replace("by: director", "by: regional-director")
    found = {
        "organisation.yaml": ORGANISATION,
        "plan/v1.yaml": PLAN,
        "plan/v2.yaml": second,
        "plan/regions/north.yaml": REGION,
        "plan/scenarios/basics.yaml": SCENARIOS,
    }
    return found | changes


class World:
    """A ledger and the app on it. Close it after use."""

    def __init__(
        self,
        folder: Path,
        settings: ServiceSettings | None = None,
        url: str | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.clock = clock or Clock()
        self.policy = write_library(folder / "policy", files())
        self.ledger = Ledger(url or f"sqlite:///{folder}/ledger.sqlite3", version="test", clock=self.clock)
        self.ledger.adopt(take_texts(self.policy), LOADER)
        self.settings = settings or read_settings(log_level="error", access_log=False)
        self.app = app_on(self.ledger, self.settings, self.clock)

    def close(self) -> None:
        self.ledger.close()

    def head(self) -> int:
        """How many records there are: what is refused must add none."""
        return self.ledger.head()

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """One call, in a loop of its own."""
        return asyncio.run(call(self.app, method, path, **more))

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.ask("GET", path, **more)

    def post(self, path: str, body: Any, **more: Any) -> httpx.Response:
        """JSON, unless the body is bytes."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"} | dict(more.pop("headers", {}))
        return self.ask("POST", path, content=data, headers=headers, **more)


async def call(app: FastAPI, method: str, path: str, **more: Any) -> httpx.Response:
    """One call."""
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 5))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=60) as client:
        return await client.request(method, path, **more)


class _Service:
    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self.ledger = ledger
        self.clock = clock

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    def problems(self) -> Sequence[Problem]:
        return []

    def info(self) -> Mapping[str, Any]:
        return {}


def app_on(ledger: Ledger, settings: ServiceSettings, clock: Clock) -> FastAPI:
    from api.http.routes import decisions, declarations, evaluations, frameworks, returns, suspensions

    mods = [decisions, declarations, evaluations, frameworks, returns, suspensions]
    return create_app(settings, _Service(ledger, clock), [m.routes for m in mods])


def a_return(pdu: str = "york", as_of: str = "2022-08-29", staff: float = 10, points: int | None = 1) -> dict[str, Any]:
    """A return of a PDU with 20 posts; 10 in each grade."""
    figures = {"required": {"PO": 10, "PSO": 10}, "in_post": {"PO": staff, "PSO": 10}, "points": points}
    return {"pdu": pdu, "as_of": as_of, **figures}


def bearer(issuer: Issuer, *roles: str, **claims: Any) -> dict[str, str]:
    return issuer.bearer(*roles, **claims)
