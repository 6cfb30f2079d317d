"""Reports as PDF: each in less than a fifth of a second, whatever it says.

Before each round a word is added to every sentence, so that nothing of the round before can be used again.
"""

from __future__ import annotations

import dataclasses
import datetime
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.bulk import period, read_bulk
from engine.compare import Proof, compared, version_side
from engine.compare.impact import impact_of, judging
from engine.deciding import Engine, decide_all
from engine.returns import write_returns
from engine.sample import sample_returns
from reports import context
from reports._words import framework as framework_words
from reports.compare import page as comparison_page
from reports.framework import framework_document
from reports.pages import Asked, Stay, area_page
from reports.pdf import area_pdf, comparison_pdf
from reports.pdf._compile import compiled
from rules.library import load_library
from rules.model import Events

ROOT = Path(__file__).parents[1]
START, WEEKS = datetime.date(2022, 8, 1), 30
DAY = datetime.date(2023, 2, 20)
WEEK = datetime.timedelta(7)
ROUNDS = 7
MOST_SECONDS = 0.2
"""Of a processor, in the best round of a report once the program is warm."""
COLD = """
import time
began = time.perf_counter()
from reports.pdf._compile import compiled
first = time.perf_counter()
import datetime
words = {"title": "A title", "headline": "A sentence.", "headings": {}}
words |= dict.fromkeys(("lead", "labels", "about", "first", "examples", "changes", "wording"), ())
words |= {"impact": None, "counts": None}
compiled("comparison", words, datetime.date(2022, 8, 1))
print(first - began, time.perf_counter() - first)
"""
Report = Callable[[int], bytes]


def salted(value: Any, word: str) -> Any:
    """Every sentence with a word added."""
    if isinstance(value, str):
        return f"{value} {word}" if " " in value and "://" not in value else value
    if isinstance(value, tuple):
        made = [salted(one, word) for one in value]
        return type(value)(*made) if hasattr(value, "_fields") else tuple(made)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {one.name: salted(getattr(value, one.name), word) for one in dataclasses.fields(value)}
        return dataclasses.replace(value, **fields)
    return value


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    """Each report of what is shipped, on synthetic figures of all units."""
    return dict(_reports())


def _reports() -> Iterator[tuple[str, Report]]:
    library = load_library(ROOT / "frameworks")
    framework, organisation = library.framework(), library.organisation
    returns = sample_returns(organisation, start=START, weeks=WEEKS, seed=1)
    with Engine(framework, organisation) as engine:
        decisions, _ = decide_all(engine, returns, Events())
    policy = framework.in_force(DAY)
    assert policy is not None
    worst = max(decisions, key=lambda one: len(one["permitted"]))
    words = context(worst, policy.version, organisation)
    yield (
        "a decision",
        lambda n: compiled("explanation", dataclasses.asdict(salted(words, f"w{n}")), DAY),
    )

    document = framework_document(framework, policy, organisation, DAY)
    heads = {"headings": framework_words.headings()}
    yield (
        "a framework",
        lambda n: compiled("framework", {**dataclasses.asdict(salted(document, f"w{n}")), **heads}, DAY),
    )

    told = {one["pdu"]["id"]: one for one in decisions}
    stays = {
        id_: [
            Stay((DAY - datetime.timedelta(180)).isoformat(), one["since"], "green"),
            Stay(one["since"], DAY.isoformat(), one["status"]),
        ]
        for id_, one in told.items()
    }
    units = [unit for unit in organisation.pdus if unit.id in told]
    country = area_page(policy.version, organisation, None, units, told, stays, DAY, Asked("region"))
    yield f"the country, {len(units)} units", lambda n: area_pdf(salted(country, f"w{n}"), organisation)

    older = framework.version("version-3")
    assert older is not None
    sides = version_side(older), version_side(policy)
    found = compared(*sides, lambda a, b, numbers=None: Proof({}))
    plain = comparison_page(found, organisation)
    yield "two versions", lambda n: comparison_pdf(salted(plain, f"w{n}"), DAY)

    regions = [one.id for one in organisation.regions]
    one, other = (judging(side, framework, regions, False) for side in sides)
    data = write_returns(returns, framework.vocabulary, "csv")
    bulk = read_bulk(
        [(data, "r.csv")], 7, vocabulary=framework.vocabulary, organisation=organisation, today=DAY + WEEK
    )
    first, last = period(other, bulk.frame)
    whole = comparison_page(
        dataclasses.replace(found, impact=impact_of((one, other), bulk, first, last)), organisation
    )
    yield (
        f"two versions, on {WEEKS} weeks of all units",
        lambda n: comparison_pdf(salted(whole, f"w{n}"), DAY),
    )


def test_each_report(reports: dict[str, Report]) -> None:
    slow = []
    for name, make in reports.items():
        make(0)
        walls, times = [], []
        for number in range(1, ROUNDS + 1):
            began, busy = time.perf_counter(), time.process_time()
            body = make(number)
            walls.append(time.perf_counter() - began)
            times.append(time.process_time() - busy)
        again = time.perf_counter()
        make(ROUNDS)
        again = time.perf_counter() - again
        pages = body.count(b"/Type/Page\n") + body.count(b"/Type /Page\n")
        print(
            f"{name}: {min(times):.3f} s of a processor, {min(walls):.3f} s to {max(walls):.3f} s on the clock, "
            f"the same again {again:.3f} s; {len(body) // 1024} KiB{f', {pages} pages' if pages else ''}"
        )
        if min(times) >= MOST_SECONDS:
            slow.append(name)
    assert not slow


def test_the_first_report_of_a_process() -> None:
    runs = []
    for _ in range(3):
        ran = subprocess.run(
            [sys.executable, "-c", COLD],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        runs.append(tuple(map(float, ran.stdout.split())))
    brought, made = (min(part) for part in zip(*runs, strict=True))
    print(f"bringing the typesetter: {brought:.3f} s; the first report, with reading the fonts: {made:.3f} s")
    assert made < 5 * MOST_SECONDS
