"""Cost and memory of a long process: many synthetic units, each with two years of weekly returns."""

from __future__ import annotations

import gc
import itertools
import multiprocessing
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

import pytest

from bench._cases import SEED
from bench._document import FRAMEWORK, comparison_framework
from bench._histories import weekly_returns
from bench._results import Results
from engine.course import course_of
from engine.decision import Scribe
from engine.timeline import standings
from rules.decide import Deciders
from rules.model import Events, Pdu

WEEKS = 104
POINTS = (1_000, 10_000, 50_000, 200_000)
PROBES = 48
"""At each point so many further units are decided, once each."""
FLAT = 0.10
MEMORY = 0.05
PROC = Path("/proc/self/statm")


@dataclass(slots=True)
class LongRun:
    """At each point the cost of a decision, in parts of what it costs in a young process, and memory in MB."""

    costs: dict[int, float] = field(default_factory=dict)
    memory: dict[int, float] = field(default_factory=dict)


class LongProcess:
    """What a long process keeps from one unit to the next. No decision is kept."""

    def __init__(self) -> None:
        self.framework = comparison_framework()
        self.scribe, self.deciders = Scribe(), Deciders()
        self.decided = 0
        self._units = itertools.count(1)

    def live(self, decisions: int) -> None:
        """Decide one unit after the other until so many decisions were made in all."""
        while self.decided < decisions:
            self.cost(f"unit-{next(self._units)}")

    def cost(self, name: str) -> float:
        """The seconds on the processor that a decision of a new unit takes, over all of its weeks."""
        pdu = Pdu(id=name, name=f"Synthetic {name}", region=FRAMEWORK)
        course = course_of(self.framework, pdu, weekly_returns(name, WEEKS, SEED), Events())
        start = time.process_time()
        for standing in standings(course, course.days, self.deciders):
            self.scribe.value(course, standing)
        self.decided += WEEKS
        return (time.process_time() - start) / WEEKS


def _live_young(asked: Connection) -> None:
    """A young process: it makes as many decisions as there are at the first point, and then those it is asked for."""
    process = LongProcess()
    process.live(POINTS[0])
    asked.send(0.0)
    while name := asked.recv():
        asked.send(process.cost(name))


def _resident() -> float:
    """The memory of this process, in MB."""
    gc.collect()
    return int(PROC.read_text().split()[1]) * 4096 / 1e6


def _probe(process: LongProcess, point: int) -> float:
    """The cost of a decision now, in parts of what it costs in a process that has only made a thousand.

    Both decide the same new units, one after the other, so that what slows the machine for a while slows both; a
    fixed piece of other work is no such measure, since it suffers less from what others do to the caches. Each unit
    is decided once: what a first decision costs counts. The middle ratio of all units is taken.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    young = context.Process(target=_live_young, args=(theirs,), daemon=True)
    young.start()
    ours.recv()
    ratios: list[float] = []
    for number in range(PROBES):
        name = f"probe-{point}-{number}"
        if number % 2:
            own = process.cost(name)
        ours.send(name)
        other: float = ours.recv()
        if not number % 2:
            own = process.cost(name)
        ratios.append(own / other)
    ours.send("")
    young.join()
    return median(ratios)


@contextmanager
def _on_one_processor() -> Iterator[None]:
    """Stay on one processor, with all processes begun meanwhile: two that take turns are to have the same caches."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@pytest.fixture(scope="module")
def long_run() -> LongRun:
    """Many units one after the other in one process, and a look at cost and memory at each point."""
    run, process = LongRun(), LongProcess()
    with _on_one_processor():
        for point in POINTS:
            process.live(point)
            run.memory[point] = _resident()
            run.costs[point] = _probe(process, point)
    process.deciders.close()
    return run


def test_cost_is_flat(long_run: LongRun, results: Results) -> None:
    least = min(long_run.costs.values())
    spread = max(long_run.costs.values()) / least - 1
    points = ", ".join(f"{point:,}" for point in POINTS)
    found, bound = f"within {100 * spread:.1f}%", f"within {100 * FLAT:.0f}%"
    results.check(f"cost of a decision at {points} decisions", found, bound, spread <= FLAT)
    told = ", ".join(f"{point:,}: {cost / least:.3f}" for point, cost in long_run.costs.items())
    results.notes.append(
        f"Cost of a decision, units of {WEEKS} weeks, in parts of the cheapest point: {told}. Each is measured "
        f"beside a process that has made {POINTS[0]:,} decisions."
    )
    assert spread <= FLAT, f"a decision costs {told}, in parts of the cheapest"


@pytest.mark.skipif(not PROC.exists(), reason="memory is read from /proc")
def test_memory_is_flat(long_run: LongRun, results: Results) -> None:
    warm, end = long_run.memory[POINTS[1]], long_run.memory[POINTS[-1]]
    grown = end / warm - 1
    results.check(
        f"memory from {POINTS[1]:,} to {POINTS[-1]:,} decisions",
        f"{warm:.0f} to {end:.0f} MB",
        f"{100 * MEMORY:.0f}% more at most",
        grown <= MEMORY,
    )
    assert grown <= MEMORY, f"memory grew from {warm:.1f} to {end:.1f} MB: {long_run.memory}"
