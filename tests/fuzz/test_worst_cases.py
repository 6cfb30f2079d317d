"""The costliest documents that fit into a file: each within 2 seconds of processor time and 200 MiB of memory.

Each is read in a process of its own. The program it runs in has everything loaded before, so that only what the
document itself takes is measured.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.fuzz.measured import Cost
from tests.fuzz.worst import CASES

ROOT = Path(__file__).parents[2]
SECONDS = 2.0
MEBIBYTES = 200.0
DECIDED = 20.0
"""Seconds to load the largest rules there may be, and to decide four steps by them with both deciders."""
Measure = Callable[[str], Cost]


@pytest.fixture(scope="module")
def measure() -> Iterator[Measure]:
    """Measures one case by its name."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.fuzz.measured"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        asked, answers = server.stdin, server.stdout
        assert asked is not None
        assert answers is not None

        def ask(name: str) -> Cost:
            asked.write(f"{name}\n")
            asked.flush()
            answer = json.loads(answers.readline())
            assert "error" not in answer, answer["error"]
            cost: Cost = answer
            return cost

        yield ask
        asked.close()


COSTLIEST = [
    "version: lists in lists at the limit",
    "version: tag directives",
    "version: tags",
    "version: inputs",
    "version: empty activities",
    "version: categories",
    "version: members in formulas",
    "version: formulas of minus signs",
    "version: squares of squares",
    "version: a number of many decimals",
    "version: a default of an input",
    "version: deep conditions",
    "version: conditions against nothing",
    "version: as many counts as may be",
    "version: as wide a group as may be",
    "version: as long sums as may be",
    "regions: units",
    "regions: withheld",
    "scenarios: inputs and returns",
    "scenarios: returns on one day",
    "scenarios: declarations",
    "organisation: units",
    "organisation: misspelt regions of many",
    "events: renewed",
]
"""What an ordinary run measures; `make fuzz` measures all."""


@pytest.mark.parametrize("name", CASES if settings().max_examples > 1_000 else COSTLIEST)
def test_the_worst_documents_are_read_in_little_time_and_memory(measure: Measure, name: str) -> None:
    cost = measure(name)
    assert cost["faults"] == [], cost
    assert cost["seconds"] < SECONDS, cost
    assert cost["mebibytes"] < MEBIBYTES, cost
    assert cost["decided"] < DECIDED, cost
    assert cost["accepted"] or cost["problems"]
