"""The service against the barest FastAPI route, and how it holds with many decisions. All ledgers are synthetic.

Answers a second are compared by the processor time that an answer costs the server, in rounds in which all take
turns: other programs on the machine leave that alone. Times of answers are those on the wall, over real sockets,
asked from a process of its own. What takes minutes runs only where BENCH_LONG is set.
"""

from __future__ import annotations

import datetime
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from bench import _wrk
from bench._ledgers import UNITS, fill, small_folder, weekly
from bench._measure import measure
from bench._results import Results
from bench._service import Server, bare, ours

ROUNDS = 7
SECONDS = 1.5
STATUS = "/v1/pdus/u7/status"
SMALL, LARGE = 10_000, 1_000_000
SHARE = 0.7
AGAINST_BARE, WITH_TOKEN = 0.6, 0.35
MANY = 200_000
BENCH_LONG = "BENCH_LONG"
long = pytest.mark.skipif(not os.environ.get(BENCH_LONG), reason=f"takes minutes: set {BENCH_LONG}=1")
Costs = dict[str, list[tuple[float, float]]]


class Filled:
    """A service on a ledger with so many decisions."""

    def __init__(self, server: Server, moments: list[str]) -> None:
        self.server = server
        self.moments = moments

    def past(self) -> list[str]:
        """Questions about the past: as at days, and as known at moments."""
        today = datetime.datetime.now(datetime.UTC).date()
        days = [today - datetime.timedelta(number) for number in range(2, 80, 3)]
        asked = [f"/v1/pdus/u{number % UNITS}/status?as_of={day}" for number, day in enumerate(days)]
        for number, moment in enumerate(self.moments[:: max(1, len(self.moments) // 25)]):
            day = days[number % len(days)]
            asked.append(f"/v1/pdus/u{number % UNITS}/status?known_at={moment}")
            asked.append(f"/v1/pdus/u{number % UNITS}/status?as_of={day}&known_at={self.moments[-1]}")
        return asked


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("service")


@pytest.fixture(scope="module")
def frameworks(folder: Path) -> Path:
    return small_folder(folder / "frameworks")


@pytest.fixture(scope="module")
def small(folder: Path, frameworks: Path) -> Iterator[Filled]:
    """Ten thousand decisions."""
    moments = fill(folder / "small.sqlite3", frameworks, SMALL)
    with ours(folder / "small.sqlite3", frameworks) as server:
        yield Filled(server, moments)


@pytest.fixture(scope="module")
def costs(small: Filled, folder: Path, frameworks: Path) -> Costs:
    """What an answer costs each, round by round."""
    found: Costs = {}
    body = small.server.get(STATUS)
    store = folder / "small.sqlite3"
    with bare(body) as plain, ours(store, frameworks, token=folder) as signed:
        assert plain.get(STATUS) == signed.get(STATUS) == body
        servers = (plain, small.server, signed)
        for number in range(-1, ROUNDS):
            for server in servers[number % 3 :] + servers[: number % 3]:
                cost = server.cost(STATUS, SECONDS)
                if number >= 0:
                    found.setdefault(server.name, []).append(cost)
    return found


def _ratio(costs: Costs, name: str) -> float:
    return median(theirs[0] / own[0] for own, theirs in zip(costs[name], costs["bare"], strict=True))


@pytest.mark.parametrize(("name", "bound"), [("ours", AGAINST_BARE), ("ours, with a token", WITH_TOKEN)])
def test_rate_against_a_bare_route(name: str, bound: float, costs: Costs, results: Results) -> None:
    ratio = _ratio(costs, name)
    wall = median(rate for _, rate in costs[name])
    results.check(
        f"GET status ({name}), against a bare FastAPI route",
        f"{ratio:.2f} times ({wall:,.0f} a second on the wall)",
        f"at least {bound}",
        ratio >= bound,
    )
    assert ratio >= bound, costs


def _within(results: Results, what: str, seconds: float, bound: float, heard: str = "") -> None:
    results.check(what, f"{1000 * seconds:.1f} ms{heard}", f"under {1000 * bound:g} ms", seconds < bound)
    assert seconds < bound, f"{what}: {1000 * seconds:.1f} ms"


def test_history_is_quick(small: Filled, results: Results) -> None:
    small.server.ask(*small.past(), connections=1, requests=200)
    heard = small.server.ask(*small.past(), connections=2, requests=3000)
    assert heard.refused == 0
    _within(results, "status as at a day, as known at a moment: p99", heard.part(0.99), 0.010)


def test_all_statuses_are_quick(small: Filled, benchmark: BenchmarkFixture, results: Results) -> None:
    assert len(json.loads(small.server.get("/v1/statuses"))["statuses"]) == UNITS
    benchmark.group = "GET /v1/statuses, 109 units (synthetic)"
    measure(benchmark, lambda: small.server.get("/v1/statuses"), 20, 3)
    heard = small.server.ask("/v1/statuses", connections=1, requests=500)
    past = [f"/v1/statuses?known_at={moment}" for moment in small.moments]
    earlier = small.server.ask(*past, connections=1, requests=200)
    assert heard.refused == earlier.refused == 0
    _within(
        results, "all statuses: p50", heard.part(0.5), 0.015, f" (in the past {1000 * earlier.part(0.5):.1f})"
    )


@pytest.mark.parametrize("connections", [8, 32])
def test_tail_at_seven_tenths_of_the_highest_rate(connections: int, small: Filled, results: Results) -> None:
    """By wrk, beside a route that only gives the bytes: what its tail has is the machine's."""
    if not _wrk.is_there():
        results.notes.append(
            f"The tail with {connections} connections was not measured: wrk is not installed."
        )
        pytest.skip("wrk is not installed")
    ratios: dict[str, list[float]] = {}
    shares: list[float] = []
    with bare(small.server.get(STATUS)) as plain:
        for _ in range(3):
            for server in (small.server, plain):
                highest = _wrk.highest(server, STATUS)
                load = _wrk.held(server, STATUS, SHARE * highest, connections, 2 * SECONDS)
                ratios.setdefault(server.name, []).append(load.p99 / load.p50)
                shares.append(load.rate / highest)
    ratio, least = median(ratios["ours"]), median(ratios["bare"])
    told = f"{ratio:.1f} times (a bare FastAPI route {least:.1f})"
    what = f"p99 of p50 at {100 * median(shares):.0f}% of the highest rate, {connections} connections (wrk)"
    results.check(what, told, "under 5 times", ratio < 5)
    assert abs(median(shares) - SHARE) < 0.1, shares
    assert ratio < 5, ratios


def test_tail_at_even_times(small: Filled, results: Results) -> None:
    """The same, asked at even times whatever the server does: there every pause of the machine counts in full."""
    ratios: dict[str, list[float]] = {}
    with bare(small.server.get(STATUS)) as plain:
        for _ in range(3):
            for server in (small.server, plain):
                highest = server.ask(STATUS, connections=16, seconds=SECONDS).rate
                heard = server.ask(STATUS, connections=32, seconds=2 * SECONDS, rate=SHARE * highest)
                assert heard.refused == 0
                ratios.setdefault(server.name, []).append(heard.part(0.99) / heard.part(0.5))
    ratio, least = median(ratios["ours"]), median(ratios["bare"])
    results.notes.append(
        f"Asked at even times by a client that never waits, at 70% of the highest rate, p99 is {ratio:.1f} times p50, "
        f"and {least:.1f} times for a bare FastAPI route: whatever stops the machine for a moment makes late all that "
        "is due meanwhile. By wrk each connection waits for its answer before it asks again."
    )


def test_a_weekly_upload(folder: Path, results: Results) -> None:
    """109 returns of the shipped policy in one call, with a year behind them."""
    from bench._many import SHIPPED

    store = folder / "weekly.sqlite3"
    first, *bodies = weekly(store, SHIPPED, 52)
    with ours(store, SHIPPED) as server:
        server.post("/v1/returns", first, "application/json")
        times = []
        for body in bodies:
            start = time.perf_counter()
            told = json.loads(server.post("/v1/returns", body, "application/json"))
            times.append(time.perf_counter() - start)
            assert told["returns"] == len(json.loads(body))
    _within(results, f"a weekly upload of {told['returns']} PDUs", median(times), 1.0)


@long
def test_flat_from_ten_thousand_to_a_million(
    small: Filled, folder: Path, frameworks: Path, results: Results
) -> None:
    store = folder / "large.sqlite3"
    start = time.perf_counter()
    moments = fill(store, frameworks, LARGE)
    results.notes.append(
        f"A ledger of {LARGE:,} synthetic decisions was filled in {time.perf_counter() - start:.0f} s and has "
        f"{store.stat().st_size / 2**20:,.0f} MB."
    )
    with ours(store, frameworks) as server:
        large = Filled(server, moments)
        for what, figure in FLAT.items():
            ratios = []
            for _ in range(ROUNDS):
                one, other = figure(small), figure(large)
                ratios.append(other / one)
            grown = median(ratios) - 1
            results.check(
                f"{what}, a million decisions against ten thousand",
                f"{100 * grown:+.0f}%",
                "20% more at most",
                grown <= 0.2,
            )
    failed = [row.what for row in results.checks if "against ten thousand" in row.what and not row.met]
    assert failed == []


def _cost(filled: Filled) -> float:
    return filled.server.cost(STATUS, SECONDS)[0]


def _middle(paths: Callable[[Filled], list[str]], requests: int) -> Callable[[Filled], float]:
    def figure(filled: Filled) -> float:
        heard = filled.server.ask(*paths(filled), connections=1, requests=requests)
        assert heard.refused == 0
        return heard.part(0.5)

    return figure


FLAT: dict[str, Callable[[Filled], float]] = {
    "cost of GET status": _cost,
    "GET status": _middle(lambda _: [STATUS], 2000),
    "GET status in the past": _middle(Filled.past, 500),
    "all statuses": _middle(lambda _: ["/v1/statuses"], 300),
    "all statuses in the past": _middle(
        lambda filled: [f"/v1/statuses?known_at={moment}" for moment in filled.moments[-25:]], 100
    ),
    "changes": _middle(lambda _: ["/v1/changes", "/v1/changes?limit=10", "/v1/changes?pdu=u3"], 150),
}


@long
def test_memory_over_many_requests(small: Filled, results: Results) -> None:
    paths = [STATUS, "/v1/pdus/u8", "/v1/statuses?region=r3", *small.past()[:3]]
    small.server.ask(*paths, requests=MANY // 10)
    before = small.server.memory()
    heard = small.server.ask(*paths, requests=MANY)
    after = small.server.memory()
    assert heard.refused == 0
    results.check(
        f"a worker's memory over {MANY:,} requests",
        f"{before:.0f} to {after:.0f} MB",
        "5% more at most",
        after <= 1.05 * before,
    )
    assert after <= 1.05 * before
