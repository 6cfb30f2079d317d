"""The pages of the service on the figures of the demo: how long one takes, and how large it is. Figures are synthetic.

Pages are asked one after the other over a real socket, from a process of its own. A page that nobody has asked for
yet is worked out. What it took is kept: that of a PDU until something new is known of that PDU, that of a region or of
the country until anything is recorded. The median of each is told. The bound of a PDU is held by the pages that are
asked for after a return of another PDU was recorded, as it is in the week after all have sent theirs; those of regions
and of the country by pages that nobody has asked for.
"""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import orjson
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
    newest: datetime.date
    """The day of the newest returns."""


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
        regions = [region.id for region in library.organisation.regions]
        yield Demo(server, units, regions, max(one.as_of for one in returns))


def _median(demo: Demo, paths: list[str], requests: int = 0) -> float:
    """Seconds that a page takes at the median, each asked in turn."""
    heard = demo.server.ask(*paths, connections=1, requests=requests or len(paths))
    assert heard.refused == 0
    return float(heard.part(0.5))


def _tell(
    demo: Demo, results: Results, what: str, paths: list[str], bound: tuple[float, float], others: str
) -> None:
    """The median and its bound, what else there is to tell, and the largest page."""
    found, most = bound
    results.check(
        f"{what}: p50", f"{1000 * found:.0f} ms ({others})", f"under {1000 * most:.0f} ms", found < most
    )
    largest = max(len(demo.server.get(path)) for path in paths)
    results.check(f"{what}: largest", f"{largest / 1000:.0f} KB", "under 100 KB", largest < BYTES)
    assert found < most
    assert largest < BYTES


def _area(demo: Demo, results: Results, what: str, paths: list[str]) -> None:
    """Pages that nobody has asked for, and then each again."""
    first, again = _median(demo, paths), _median(demo, paths, max(20, len(paths)))
    _tell(demo, results, what, paths, (first, COUNTRY), f"asked again {1000 * again:.0f}")


def test_pages_of_units(demo: Demo, results: Results) -> None:
    paths = [f"/pdus/{unit}" for unit in demo.units]
    first, again = _median(demo, paths), _median(demo, paths)
    body = orjson.dumps({"pdu": demo.units[0], "as_of": demo.newest.isoformat(), "caseload": 2000})
    demo.server.post("/v1/returns", b"[" + body + b"]", "application/json")
    after = _median(demo, paths[1:])
    others = f"asked for the first time {1000 * first:.0f}, again {1000 * again:.0f}"
    _tell(demo, results, "the page of a PDU, after a return of another", paths, (after, PDU), others)


def test_page_of_the_country(demo: Demo, results: Results) -> None:
    """Each order of its table is a page that has not been asked for yet."""
    demo.server.get("/")
    orders = [
        "",
        *(f"?sort={key}&order={way}" for key in ("name", "since", "review") for way in ("", "down")),
    ]
    _area(demo, results, "the page of the country", [f"/country{order}" for order in orders])


def test_pages_of_regions(demo: Demo, results: Results) -> None:
    _area(demo, results, "the page of a region", [f"/regions/{region}" for region in demo.regions])
