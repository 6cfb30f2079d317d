"""The page about calling the API: its examples are run against a service, and its tables are those of the code."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from api.http.app import create_app
from api.http.auth.may import TABLE
from api.http.routes import ROUTERS
from api.http.settings import ROLES, ServiceSettings, read_settings
from tests.docs.docs_blocks import ROOT, prose
from tests.docs.docs_served import Told, run_served

PAGE = ROOT / "docs" / "calling-the-api.md"
CALL = re.compile(r"\| `(GET|POST) (/\S+)` \| .+ \| (`([a-z.]+)`|none) \|")
PERMISSION = re.compile(r"\| `([a-z.]+)` \|((?: [a-z –]+ \|){5})")


@contextmanager
def service(store: Path) -> Iterator[str]:
    """The address of a service on a store of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PRIORITISE_")}
    own = {"PRIORITISE_STORE": str(store), "PRIORITISE_LOG_FORMAT": "json", "PYTHONPATH": str(ROOT)}
    with (store.parent / "service.log").open("w+b") as log:
        running = subprocess.Popen(
            [sys.executable, "-m", "api", "serve", "--port", "0"], env={**kept, **own}, stderr=log
        )
        try:
            until = time.monotonic() + 120
            started: dict[str, Any] = {}
            while "Application startup complete." not in started:
                assert time.monotonic() < until
                assert running.poll() is None, Path(log.name).read_text("utf-8")
                time.sleep(0.1)
                told = map(json.loads, Path(log.name).read_text("utf-8").splitlines())
                started = {line["event"]: line for line in told}
            yield started["listening"]["url"].removeprefix("http://")
        finally:
            running.terminate()
            running.wait(30)


def test_the_examples_print_what_is_shown(tmp_path: Path) -> None:
    with service(tmp_path / "ledger.sqlite3") as address:
        run_served(PAGE, tmp_path, address)


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    settings: ServiceSettings = read_settings(log_level="error")
    found: dict[str, Any] = create_app(settings, routers=ROUTERS).openapi()
    return found


def test_every_call_is_in_the_table_with_its_permission(described: dict[str, Any]) -> None:
    shown = {(method, path): name or None for method, path, _, name in CALL.findall(prose(PAGE))}
    there = {
        (method.upper(), path): _permission(call)
        for path, calls in described["paths"].items()
        for method, call in calls.items()
    }
    assert set(shown) == set(there)
    for call, roles in there.items():
        name = shown[call]
        assert roles == (None if name is None else dict(TABLE[name])), call


def _permission(call: dict[str, Any]) -> dict[str, str] | None:
    """How far each role reaches in a call; None where nobody needs one."""
    found: dict[str, str] | None = call.get("x-roles")
    return found


def test_who_may_do_what_is_as_in_the_code() -> None:
    text = prose(PAGE)
    assert f"| permission | {' | '.join(ROLES)} |" in text
    shown = {}
    for name, cells in PERMISSION.findall(text):
        reaches = [cell.strip() for cell in cells.strip(" |").split("|")]
        shown[name] = {role: reach for role, reach in zip(ROLES, reaches, strict=True) if reach != "–"}
    used = {name for _, _, _, name in CALL.findall(text) if name}
    assert shown == {name: dict(TABLE[name]) for name in used}


def test_what_differs_by_run_is_bound() -> None:
    told = Told()
    first, second = "2026-11-22T10:00:00.000000Z", "2026-11-22T10:00:01.000000Z"
    shown = ['"at": "2022-01-01T00:00:00.000000Z", "id": "sha256:1a…"', "..."]
    assert told.fits(shown, [f'"at": "{first}", "id": "sha256:{"f" * 64}"', "more"])
    assert told.filled("ask sha256:1a…") == f"ask sha256:{'f' * 64}"
    assert not told.fits(["sha256:1a…"], ["sha256:" + "e" * 64])  # another one than before
    assert not told.fits(["sha256:2b…"], ["sha256:" + "f" * 64])  # the same under another name
    assert not told.fits(["sha256:2b…"], ["not one"])
    assert told.fits(["2022-01-02T00:00:00.000000Z"], [second])
    assert not told.fits(["2021-01-02T00:00:00.000000Z"], ["2026-11-22T10:00:02.000000Z"])  # not in order
    assert not told.fits(["a", "...", "c"], ["a", "b"])
