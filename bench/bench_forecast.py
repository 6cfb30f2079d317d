"""Forecasts: 10,000 futures of one unit over half a year, those of the country, and how good they would have been."""

from __future__ import annotations

import resource
import time
from statistics import median

import pytest

from bench._many import library
from bench._results import Results
from engine.deciding import by_unit
from engine.forecast import EMPTY, forecast, score
from engine.sample import sample_events, sample_returns
from rules.figures import Return
from rules.model import Pdu

WEEKS, FUTURES, PROCESSORS = 26, 10_000, 2
PAST = 104
ONE_BOUND, ALL_BOUND = 0.5, 60.0
"""In seconds of processor time, for the country of each processor."""
ROUNDS = 5
COVERED = (70, 97)
"""Of a hundred measures so many are to lie where four of five futures were."""
Units = list[tuple[Pdu, list[Return]]]


@pytest.fixture(scope="module")
def units() -> Units:
    """Every unit of the country with two years of synthetic returns."""
    organisation = library().organisation
    return by_unit(organisation, sample_returns(organisation, weeks=PAST))


def test_one_unit(units: Units, results: Results) -> None:
    found = library()
    framework, events = found.framework(), sample_events(found.organisation)
    day = max(one.as_of for _, own in units for one in own)
    sizes = {
        region: [pdu for pdu, _ in units if pdu.region == region]
        for region in {pdu.region for pdu, _ in units}
    }
    largest = max(sizes.values(), key=len)
    taken = []
    for unit in [largest[0], *largest[:ROUNDS]]:
        start = time.process_time()
        forecast(
            framework,
            found.organisation,
            units,
            events,
            EMPTY,
            day=day,
            weeks=WEEKS,
            futures=FUTURES,
            only=[unit.id],
        )
        taken.append(time.process_time() - start)
    seconds = median(taken[1:])
    what = (
        f"a forecast of one PDU, {WEEKS} weeks, {FUTURES:,} futures, with its {len(largest)} neighbours' past"
    )
    results.check(what, f"{seconds:.2f} s of processor time", f"under {ONE_BOUND:g} s", seconds < ONE_BOUND)
    assert seconds < ONE_BOUND, f"one forecast took {seconds:.2f} s"


def _used() -> float:
    """Seconds of processor time that this process and those it has ended have used."""
    whole = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        own = resource.getrusage(who)
        whole += own.ru_utime + own.ru_stime
    return whole


def test_the_country(units: Units, results: Results) -> None:
    found = library()
    day = max(one.as_of for _, own in units for one in own)
    start, used = time.perf_counter(), _used()
    told = forecast(
        found.framework(),
        found.organisation,
        units,
        sample_events(found.organisation),
        EMPTY,
        day=day,
        weeks=WEEKS,
        futures=FUTURES,
        processes=PROCESSORS,
    )
    waited, seconds = time.perf_counter() - start, (_used() - used) / PROCESSORS
    what = f"forecasts of all {len(told)} PDUs, time of each of {PROCESSORS} processors"
    shown = f"{seconds:.0f} s (on the clock {waited:.0f} s)"
    results.check(what, shown, f"under {ALL_BOUND:g} s", seconds < ALL_BOUND)
    assert seconds < ALL_BOUND, f"the country took {seconds:.0f} s"


def test_better_than_saying_that_nothing_changes(units: Units, results: Results) -> None:
    found = library()
    scored = score(found.framework(), found.organisation, units, processes=PROCESSORS, futures=200)
    assert scored is not None
    for one in scored.horizons:
        shown = f"{one.forecast} against {one.persistence} (a straight line: {one.trend})"
        what = f"Brier score of the status {one.weeks} weeks ahead, {one.cases} cases, against persistence"
        results.check(what, shown, "less", one.beats_persistence)
        low, high = COVERED
        cover = {name: coverage.percent for name, coverage in one.coverage.items()}
        for name, share in cover.items():
            results.notes.append(
                f"{one.weeks} weeks ahead {share}% of {name} lay in the 80% range (synthetic)."
            )
        assert one.beats_persistence, shown
        assert one.beats_trend, shown
        fine = {
            name: share for name, share in cover.items() if name != "pressure"
        }  # a score of few whole numbers
        assert all(low <= share <= high for share in fine.values()), cover
