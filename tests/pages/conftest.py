"""The services to look at and the browser to look with, both once for all tests of a process."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.pages.chromium import Chromium
from tests.pages.places import Places, open_places


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """A browser, or no test."""
    found = Chromium()
    yield found
    found.close()


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    """The services. What takes long to make is shared with the other processes of the run."""
    own = tmp_path_factory.mktemp("places")
    base = tmp_path_factory.getbasetemp()
    with open_places(own, base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) as found:
        yield found
