"""A folder of policy, a ledger and a clock, in which services come and go."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from api.http.app import create_app
from api.http.routes import ROUTERS
from api.http.service import Service
from api.http.settings import read_settings
from engine.ledger.ledger import Ledger
from rules.problems import Problem
from tests.http.issuer import Issuer
from tests.http.world import Clock, files
from tests.small_policy import FIRST
from tests.support import write_library

BROKEN = {"plan/v1.yaml": FIRST.replace("default: 90", "default: 99")}
WAIT = 20.0


class House:
    """A folder of policy, a ledger's file and a clock; services come and go."""

    def __init__(self, folder: Path) -> None:
        self.folder = write_library(folder / "policy", files())
        self.url = f"sqlite:///{folder}/ledger.sqlite3"
        self.clock = Clock()
        self.issuer: Issuer | None = None

    def service(self, **more: Any) -> tuple[Service, FastAPI]:
        told = {"store": self.url, "frameworks": self.folder, "reload_interval": 0.05, "log_level": "error"}
        settings = read_settings(**(told | more))
        service = Service(settings, clock=self.clock)
        app = create_app(settings, service, ROUTERS)
        service.metrics = app.state.metrics
        return service, app

    def run(self, work: Callable[[Service, FastAPI], Coroutine[Any, Any, Any]], **more: Any) -> Any:
        """Start a service, do something with it, and stop it."""

        async def whole() -> Any:
            service, app = self.service(**more)
            await service.start()
            try:
                return await work(service, app)
            finally:
                await service.stop()

        return asyncio.run(whole())

    def write(self, changes: dict[str, str]) -> None:
        for name, text in changes.items():
            path = self.folder / name
            new = path.with_suffix(".new")
            new.write_text(text, "utf-8")
            new.replace(path)

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        with Ledger(self.url, clock=self.clock) as found:
            yield found

    def kinds(self) -> list[str]:
        with self.ledger() as ledger, ledger.store.reading() as connection:
            return [row[0] for row in connection.exec_driver_sql("SELECT kind FROM records ORDER BY seq")]


async def until(true: Callable[[], Any]) -> None:
    """Wait until something has come about by itself."""
    end = time.monotonic() + WAIT
    while not true():
        assert time.monotonic() < end, "it has not come about"
        await asyncio.sleep(0.02)


def codes(problems: Sequence[Problem]) -> set[str]:
    return {one.code for one in problems}
