"""Many PDU-weeks at once: our columns against the single path, DuckDB and Polars, side by side in one run."""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median

import duckdb
import numpy as np
import polars as pl
import pytest

from bench._many import FRAMEWORK, library, many_countries, one_country, returns, unit_weeks
from bench._opponents import by_duckdb, by_polars, table_of
from bench._results import Results
from bench._workers import Workers, statuses
from engine.columns import Columns, Frame
from engine.course import course_of
from engine.timeline import standings
from rules.decide import Deciders
from rules.model import Events

WEEKS, COPIES = 104, 90
LONG = 260
ROUNDS = 7
PROCESSORS = 2
ONE, TWO, SMALL, TIMES = 6e6, 10e6, 2.5e6, 1_000
Run = Callable[[], object]


@pytest.fixture(scope="module")
def million() -> Frame:
    """About a million PDU-weeks under all four versions."""
    return many_countries(WEEKS, COPIES)


@pytest.fixture(scope="module")
def rates(million: Frame) -> Iterator[dict[str, list[float]]]:
    """PDU-weeks a second of each contestant, round by round; all take turns in each round."""
    framework, count = library().framework(FRAMEWORK), unit_weeks(million)
    columns, table = Columns(framework), table_of(million)
    connection, polars = duckdb.connect(), pl.from_arrow(table)
    assert isinstance(polars, pl.DataFrame)
    connection.execute(f"SET threads = {PROCESSORS}")
    workers = Workers(WEEKS, COPIES, PROCESSORS)
    contestants: dict[str, Run] = {
        "columns, one processor": lambda: statuses(columns, million),
        "columns, two processors": workers.statuses,
        "DuckDB, no status": lambda: by_duckdb(connection, table),
        "Polars, no status": lambda: by_polars(polars),
    }
    for _ in range(PROCESSORS):  # so that each worker has made its parts
        for run in contestants.values():
            run()
    known = [int(np.count_nonzero(one)) for one in (statuses(columns, million), *workers.statuses())]
    assert known[0] == sum(known[1:]) > count / 2, "all of them judge the same"
    gc.collect()
    found: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(ROUNDS):
        names = list(contestants)
        for name in (*names[number % len(names) :], *names[: number % len(names)]):
            start = time.perf_counter()
            contestants[name]()
            found[name].append(count / (time.perf_counter() - start))
    yield found
    workers.close()
    connection.close()


def _single_rate(units: int = 12) -> float:
    """PDU-weeks a second of the single path: both deciders, no decision document."""
    framework, deciders = library().framework(FRAMEWORK), Deciders()
    pdus = {unit.id: unit for unit in library().organisation.pdus}
    chosen = list(dict.fromkeys(one.pdu for one in returns(WEEKS)))[:: len(pdus) // units]
    courses = [
        course_of(framework, pdus[id_], [one for one in returns(WEEKS) if one.pdu == id_], Events())
        for id_ in chosen
    ]
    best = 0.0
    for _ in range(3):
        start, count = time.perf_counter(), 0
        for course in courses:
            count += sum(1 for _ in standings(course, course.days, deciders))
        best = max(best, count / (time.perf_counter() - start))
    deciders.close()
    return best


def _bound(results: Results, what: str, found: float, bound: float, unit: str) -> None:
    results.check(what, f"{found:,.1f} {unit}", f"at least {bound:,.1f} {unit}", found >= bound)
    assert found >= bound, f"{what}: {found:,.2f} {unit}, the bound is {bound}"


def test_rate_on_one_processor(rates: dict[str, list[float]], results: Results) -> None:
    for name, own in rates.items():
        results.notes.append(f"{name}: {median(own) / 1e6:.1f} million PDU-weeks a second (synthetic).")
    found = median(rates["columns, one processor"])
    _bound(results, "a million PDU-weeks on one processor", found / 1e6, ONE / 1e6, "million a second")


def test_rate_on_two_processors(rates: dict[str, list[float]], results: Results) -> None:
    found = median(rates["columns, two processors"])
    _bound(results, "a million PDU-weeks on two processors", found / 1e6, TWO / 1e6, "million a second")


def test_times_the_single_path(rates: dict[str, list[float]], results: Results) -> None:
    found = median(rates["columns, two processors"]) / _single_rate()
    _bound(results, "columns against the single path", found, TIMES, "times")


@pytest.mark.parametrize("rival", ["DuckDB, no status", "Polars, no status"])
def test_faster_than_what_can_say_less(rates: dict[str, list[float]], rival: str, results: Results) -> None:
    ours = rates["columns, two processors"]
    found = median(own / other for own, other in zip(ours, rates[rival], strict=True))
    _bound(results, f"columns against {rival}", found, 1.0, "times")


def test_one_country_over_five_years(results: Results) -> None:
    frame = one_country(LONG)
    columns, count = Columns(library().framework(FRAMEWORK)), unit_weeks(frame)
    statuses(columns, frame)
    seconds = []
    for _ in range(4 * ROUNDS):
        start = time.perf_counter()
        statuses(columns, frame)
        seconds.append(time.perf_counter() - start)
    found = count / median(seconds)
    _bound(results, f"109 PDUs over {LONG} weeks", found / 1e6, SMALL / 1e6, "million a second")


LARGE = """
import resource, sys, time
from bench._many import FRAMEWORK, library, many_countries, unit_weeks
from bench._workers import statuses
from engine.columns import Columns
columns, total = Columns(library().framework(FRAMEWORK)), 0
for line in sys.stdin:
    frame = many_countries(104, 90, seed=int(line))
    start = time.process_time()
    statuses(columns, frame)
    cost = (time.process_time() - start) / unit_weeks(frame)
    total += unit_weeks(frame)
    print(cost, total, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, flush=True)
"""
PARTS, PROBES = 99, 15


class _Large:
    """A process of its own, so that its memory can be told, that judges a million PDU-weeks whenever it is asked."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", LARGE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def judge(self, seed: int) -> tuple[float, float, float]:
        """The processor time for each PDU-week, how many there have been, and the most memory so far, in MB."""
        asked, told = self._process.stdin, self._process.stdout
        assert asked is not None
        assert told is not None
        print(seed, file=asked, flush=True)
        cost, total, memory = map(float, told.readline().split())
        return cost, total, memory

    def close(self) -> None:
        """End it."""
        self._process.communicate()


def test_a_hundred_million(results: Results) -> None:
    """In parts of a million, as a partitioned run reads them.

    What a row costs at a hundred million is held against what it costs in a process that has only judged a million.
    Both judge the same further parts in turn, so that what slows the machine for a while slows both; the middle ratio
    counts.
    """
    old, young = _Large(), _Large()
    try:
        for seed in range(PARTS):
            _, total, memory = old.judge(seed)
        young.judge(0)
        ratios = []
        for probe in range(PROBES):
            seed = PARTS + probe
            if probe % 2:
                ours, theirs = old.judge(seed)[0], young.judge(seed)[0]
            else:
                theirs, ours = young.judge(seed)[0], old.judge(seed)[0]
            ratios.append(ours / theirs)
    finally:
        old.close()
        young.close()
    results.check(
        f"memory at {total / 1e6:.0f} million PDU-weeks", f"{memory:.0f} MB", "1,500 MB", memory <= 1500
    )
    ratio = max(median(ratios), 1 / median(ratios)) - 1
    results.check(
        "cost of a row at one and at a hundred million",
        f"within {100 * ratio:.0f}%",
        "within 15%",
        ratio <= 0.15,
    )
    assert memory <= 1500
    assert ratio <= 0.15, ratios
