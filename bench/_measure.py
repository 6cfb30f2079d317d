"""pytest-benchmark's rounds, typed."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import TypeVar

from pytest_benchmark.fixture import BenchmarkFixture

Found = TypeVar("Found")


def measure(benchmark: BenchmarkFixture, run: Callable[[], Found], rounds: int, warm_up: int = 0) -> Found:
    """Run something so many times on the benchmark's clock; what its last run gave."""
    found: Found = benchmark.pedantic(  # type: ignore[no-untyped-call]
        run, rounds=rounds, iterations=1, warmup_rounds=warm_up
    )
    return found


def middle_and_best(benchmark: BenchmarkFixture) -> tuple[float, float]:
    """The middle and the best round, in seconds."""
    assert benchmark.stats is not None, "it was measured"
    rounds = benchmark.stats.stats.data
    return median(rounds), min(rounds)
