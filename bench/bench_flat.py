"""Cost and memory of a long process: many synthetic units, each with two years of weekly returns."""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import pytest

from bench._cases import SEED
from bench._document import FRAMEWORK, comparison_framework
from bench._histories import weekly_returns
from bench._results import Results
from engine.course import Course, course_of
from engine.decision import Scribe
from engine.timeline import standings
from rules.decide import Deciders
from rules.model import Events, Pdu

WEEKS = 104
POINTS = (1_000, 10_000, 50_000, 200_000)
PROBES = 12
TRIES = 4
"""At each point the same so many units are decided so many times over, and each unit's best try counts."""
FLAT = 0.10
MEMORY = 0.05
PROC = Path("/proc/self/statm")


@dataclass(slots=True)
class LongRun:
    """At each point the cost of a decision, in parts of the yardstick and in seconds, and memory in MB."""

    costs: dict[int, float] = field(default_factory=dict)
    seconds: dict[int, float] = field(default_factory=dict)
    memory: dict[int, float] = field(default_factory=dict)


class Process:
    """What a long process keeps from one unit to the next. No decision is kept."""

    def __init__(self) -> None:
        self.framework = comparison_framework()
        self.scribe, self.deciders = Scribe(), Deciders()

    def course(self, name: str) -> Course:
        """A new unit's course."""
        pdu = Pdu(id=name, name=f"Synthetic {name}", region=FRAMEWORK)
        return course_of(self.framework, pdu, weekly_returns(name, WEEKS, SEED), Events())

    def decide(self, course: Course) -> None:
        """Every decision of one unit."""
        for standing in standings(course, course.days, self.deciders):
            self.scribe.value(course, standing)


def _resident() -> float:
    """The memory of this process, in MB."""
    gc.collect()
    return int(PROC.read_text().split()[1]) * 4096 / 1e6


def _yardstick() -> float:
    """Seconds for some plain work that is always the same: what a slow moment of the machine is told by."""
    start = time.process_time()
    for _ in range(20):
        texts = {f"{number}": {"value": str(number), "parts": [number, number + 1]} for number in range(400)}
        sorted(texts)
    return time.process_time() - start


def _probe(process: Process, courses: list[Course]) -> tuple[float, float]:
    """The cost of a decision now: in parts of the yardstick, and in seconds."""
    best: list[tuple[float, float]] = [(float("inf"), 0.0)] * len(courses)
    before = _yardstick()
    for _ in range(TRIES):
        for number, course in enumerate(courses):
            start = time.process_time()
            process.decide(course)
            seconds = (time.process_time() - start) / WEEKS
            after = _yardstick()
            best[number] = min(best[number], (2 * seconds / (before + after), seconds))
            before = after
    return median(cost for cost, _ in best), median(seconds for _, seconds in best)


@pytest.fixture(scope="module")
def long_run() -> LongRun:
    """Many units one after the other in one process, and a look at cost and memory at each point."""
    run, process = LongRun(), Process()
    probes = [process.course(f"probe-{number}") for number in range(PROBES)]
    decided = units = 0
    for point in POINTS:
        while decided < point:
            units += 1
            decided += WEEKS
            process.decide(process.course(f"unit-{units}"))
        run.memory[point] = _resident()
        run.costs[point], run.seconds[point] = _probe(process, probes)
        decided += WEEKS * PROBES * TRIES
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
        f"Cost of a decision, units of {WEEKS} weeks, in parts of the cheapest point: {told}."
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
