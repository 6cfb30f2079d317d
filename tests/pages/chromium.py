"""A real Chromium, the machine's own, driven by Playwright. Nothing is downloaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

_PROGRAMS = ("chromium", "chromium-browser")
_T = TypeVar("_T")


def program() -> str:
    """Where Chromium is. Without it the test is skipped, but fails in CI."""
    for name in _PROGRAMS:
        found = shutil.which(name)
        if found is not None:
            return found
    message = "Chromium is not installed"
    if os.environ.get("CI"):
        pytest.fail(f"{message}, and in CI nothing is left out")
    pytest.skip(message)


class Chromium:
    """One browser for all tests of a process.

    It has a thread of its own: Playwright leaves an event loop running in the thread that it is used in, and other
    tests run loops of theirs.
    """

    def __init__(self) -> None:
        path = program()
        self._pool = ThreadPoolExecutor(1, "chromium")
        self._playwright: Playwright = self._pool.submit(lambda: sync_playwright().start()).result()
        self._browser: Browser = self._pool.submit(
            lambda: self._playwright.chromium.launch(executable_path=path)
        ).result()

    def do(self, work: Callable[[Browser], _T]) -> _T:
        """Do something with the browser, in its thread."""
        return self._pool.submit(work, self._browser).result()

    def close(self) -> None:
        """End it."""
        self._pool.submit(self._browser.close).result()
        self._pool.submit(self._playwright.stop).result()
        self._pool.shutdown()
