"""Distances: one unit's, and those of the whole country, with every proof by the single path."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator
from statistics import median
from typing import Any

import pytest

from bench._many import library
from bench._results import Results
from engine.course import Course
from engine.deciding import Engine, by_unit
from engine.distance import distance
from engine.sample import sample_events, sample_returns

WEEKS = 104
ONE_BOUND, ALL_BOUND = 0.1, 5.0
"""In seconds of processor time."""
ROUNDS = 3
Ground = list[tuple[Course, dict[str, Any]]]


@pytest.fixture(scope="module")
def ground() -> Iterator[tuple[Engine, datetime.date, Ground]]:
    """Every unit of the country after two years of synthetic returns, decided."""
    found = library()
    returns, events = sample_returns(found.organisation, weeks=WEEKS), sample_events(found.organisation)
    last = max(one.as_of for one in returns)
    with Engine(found.framework(), found.organisation) as engine:
        decided: Ground = []
        for pdu, own in by_unit(found.organisation, returns):
            course = engine.course(pdu, own, events)
            decision = engine.decision(course, last)
            if isinstance(decision, dict):
                decided.append((course, decision))
        yield engine, last, decided


def test_distances(ground: tuple[Engine, datetime.date, Ground], results: Results) -> None:
    engine, last, decided = ground
    rounds, each = [], []
    for _ in range(ROUNDS + 1):
        began = time.process_time()
        for course, decision in decided:
            start = time.process_time()
            distance(engine, course, last, decision)
            each.append(time.process_time() - start)
        rounds.append(time.process_time() - began)
    every, one = median(rounds[1:]), median(each[len(decided) :])
    worst = sorted(each[len(decided) :])[-ROUNDS]
    what = f"the distance of one PDU, proved (of {len(decided)}, after {WEEKS} weeks)"
    found = f"{1000 * one:.0f} ms (slowest {1000 * worst:.0f} ms)"
    results.check(what, found, f"under {1000 * ONE_BOUND:g} ms", one < ONE_BOUND)
    results.check(
        f"the distances of all {len(decided)} PDUs, proved",
        f"{every:.1f} s of processor time (best {min(rounds):.1f})",
        f"under {ALL_BOUND:g} s",
        every < ALL_BOUND,
    )
    assert one < ONE_BOUND, f"the distance of one PDU took {found}"
    assert every < ALL_BOUND, f"the distances of all PDUs took {every:.1f} s"
