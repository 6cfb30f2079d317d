"""The pages of the service on the figures of the demo: how long one takes, and how large it is. Figures are synthetic.

Pages are asked one after the other over a real socket, from a process of its own. A page that is asked for the first
time since something was recorded is worked out; what it took is kept until something else is recorded. Both are told.
"""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bench._results import Results
from bench._service import ROOT, Server, ours
from engine.returns import write_returns
from engine.sample import sample_returns
from rules.library import load_library

WEEKS = 60
PDU, COUNTRY = 0.030, 0.120
"""Seconds at the median."""
BYTES = 100_000
_WEEK = datetime.timedelta(7)


@dataclass(frozen=True, slots=True)
class Demo:
    """The service with what the demo serves."""

    server: Server
    units: list[str]
    regions: list[str]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("pages")
    library = load_library(ROOT / "frameworks")
    today = datetime.datetime.now(datetime.UTC).date()
    start = today - datetime.timedelta(today.weekday()) - (WEEKS - 1) * _WEEK
    returns = [
        one for one in sample_returns(library.organisation, start=start, weeks=WEEKS) if one.as_of <= today
    ]
    file, store = folder / "returns.csv", folder / "ledger.sqlite3"
    file.write_bytes(write_returns(returns, library.framework().vocabulary, "csv"))
    command = [sys.executable, "-m", "api", "load", str(file), "--store", str(store)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PRIORITISE_")}
    subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    units = sorted({one.pdu for one in returns if one.as_of > today - 2 * _WEEK})
    with ours(store, ROOT / "frameworks") as server:
        server.headers |= {"Accept": "text/html", "Accept-Encoding": "gzip"}
        yield Demo(server, units, [region.id for region in library.organisation.regions])


def _tell(demo: Demo, results: Results, what: str, paths: list[str], bound: float) -> None:
    """Each page once, and then each again; the median of both."""
    first = demo.server.ask(*paths, connections=1, requests=len(paths))
    again = demo.server.ask(*paths, connections=1, requests=max(20, len(paths)))
    assert first.refused == again.refused == 0
    told = f"{1000 * first.part(0.5):.0f} ms (asked again {1000 * again.part(0.5):.0f})"
    met = first.part(0.5) < bound
    results.check(f"{what}: p50", told, f"under {1000 * bound:.0f} ms", met)
    largest = max(len(demo.server.get(path)) for path in paths)
    results.check(f"{what}: largest", f"{largest / 1000:.0f} KB", "under 100 KB", largest < BYTES)
    assert met
    assert largest < BYTES


def test_pages_of_units(demo: Demo, results: Results) -> None:
    _tell(demo, results, "the page of a PDU", [f"/pdus/{unit}" for unit in demo.units], PDU)


def test_page_of_the_country(demo: Demo, results: Results) -> None:
    """Each order of its table is a page that has not been asked for yet."""
    demo.server.get("/")
    orders = [
        "",
        *(f"?sort={key}&order={way}" for key in ("name", "since", "review") for way in ("", "down")),
    ]
    _tell(demo, results, "the page of the country", [f"/country{order}" for order in orders], COUNTRY)


def test_pages_of_regions(demo: Demo, results: Results) -> None:
    _tell(demo, results, "the page of a region", [f"/regions/{region}" for region in demo.regions], COUNTRY)
