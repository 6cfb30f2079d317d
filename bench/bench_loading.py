"""Reading and checking documents: fifty versions in a folder, and one document with 500 activities."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from bench._document import many_activities_text, policy_of
from bench._measure import measure, middle_and_best
from bench._results import Results
from rules.library import load_library

SHIPPED = Path(__file__).resolve().parent.parent / "frameworks"
VERSIONS = 50
ACTIVITIES = 500
FIFTY_BOUND = 1.0
LARGE_BOUND = 0.5
ROUNDS = 7


@pytest.fixture
def fifty(tmp_path: Path) -> Path:
    """A folder with fifty versions: the shipped ones again and again, under other names and days."""
    shipped = sorted((SHIPPED / "sentence-management").glob("*.yaml"))
    folder = tmp_path / "frameworks"
    target = folder / "sentence-management"
    target.mkdir(parents=True)
    shutil.copy(SHIPPED / "organisation.yaml", folder)
    first = datetime.date(2021, 1, 4)
    for number in range(VERSIONS):
        text = shipped[number % len(shipped)].read_text(encoding="utf-8")
        text = re.sub(r"(?m)^until:.*\n", "", text)
        text = re.sub(r"(?m)^version:.*$", f"version: copy-{number}", text)
        day = first + datetime.timedelta(weeks=number)
        text = re.sub(r"(?m)^effective:.*$", f"effective: {day}", text)
        (target / f"copy-{number}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_fifty_versions(fifty: Path, benchmark: BenchmarkFixture, results: Results) -> None:
    benchmark.group = "reading and checking"
    library = measure(benchmark, lambda: load_library(fifty), ROUNDS, warm_up=1)
    assert len(library.framework("sentence-management").policies) == VERSIONS
    _bounded(f"reading and checking {VERSIONS} versions", benchmark, FIFTY_BOUND, results)


def test_large_document(benchmark: BenchmarkFixture, results: Results) -> None:
    benchmark.group = "reading and checking"
    text = many_activities_text(ACTIVITIES)
    policy = measure(benchmark, lambda: policy_of(text), ROUNDS, warm_up=1)
    assert len(policy.version.activities) == ACTIVITIES
    _bounded(f"reading and checking {ACTIVITIES} activities", benchmark, LARGE_BOUND, results)


def _bounded(what: str, benchmark: BenchmarkFixture, bound: float, results: Results) -> None:
    """The middle round is within the bound, in seconds on the wall."""
    seconds, best = middle_and_best(benchmark)
    found = f"{seconds:.2f} s (best {best:.2f})"
    results.check(what, found, f"under {bound:g} s", seconds < bound)
    assert seconds < bound, f"{what} took {found}"
