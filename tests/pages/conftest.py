"""The services to look at and the browser to look with, both once for all tests of a process."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest

from tests.pages.chromium import Chromium
from tests.pages.looking import Visit, open_window
from tests.pages.places import Place, Places, open_places

_T = TypeVar("_T")
# What takes minutes is for `make pages`.
collect_ignore = (
    [] if os.environ.get("PAGES") == "all" else ["test_media.py", "test_pictures.py", "test_reports.py"]
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """A browser, or no test."""
    found = Chromium()
    yield found
    found.close()


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory, chromium: Chromium) -> Iterator[Places]:
    """The services. What takes long to make is shared with the other processes of the run."""
    own = tmp_path_factory.mktemp("places")
    base = tmp_path_factory.getbasetemp()
    with open_places(own, base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) as found:
        yield found


class Windows:
    """A window on each service, opened when it is first needed."""

    def __init__(self, chromium: Chromium, places: Places) -> None:
        self._chromium = chromium
        self._places = places
        self._open: dict[Place, Visit] = {}

    def do(self, place: Place, work: Callable[[Visit], _T]) -> _T:
        """Do something with the window on a service, in the browser's thread."""
        if place not in self._open:
            address: str = getattr(self._places, place)
            self._open[place] = self._chromium.do(lambda browser: open_window(browser, address))
        return self._chromium.do(lambda _: work(self._open[place]))


@pytest.fixture(scope="session")
def windows(chromium: Chromium, places: Places) -> Windows:
    """Windows on the services."""
    return Windows(chromium, places)
