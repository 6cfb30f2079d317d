"""How good forecasts would have been: made with what was known on earlier days, and held against what came.

On each of some days (*origins*) every unit is forecast from its returns up to that day, under the versions and
settings in force by then. What came is the status that the same versions give to the returns that followed. So a
forecast is judged by how it foresaw figures, and not by whether it knew of a new version.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from engine.columns import Frame, MeasureRows, Numbers, daily, frame_of, status_ids
from engine.forecast._added import Fixed
from engine.forecast._chances import judge, ranges_of
from engine.forecast._forecast import SYNTHETIC, Units
from engine.forecast._futures import Cause, Futures, futures_of
from engine.forecast._ready import Ready, make_ready
from engine.forecast._setup import Setup
from engine.forecast._tally import Tally
from engine.forecast.pipeline import UnitPipeline
from engine.forecast.values import Score
from rules.framework import Framework
from rules.model import Organisation, RegionSettings

HORIZONS = (4, 13, 26)
APART, LEARNT, LEAST = 13, 26, 8
"""In weeks: how far origins lie apart; how much past the first has, and how much it has at least."""
STRAIGHT = 8
"""A straight trend goes on as over so many return periods."""
WEEK = datetime.timedelta(weeks=1)


def default_origins(units: Units, horizons: Sequence[int] = HORIZONS) -> tuple[datetime.date, ...]:
    """The days on which forecasts are made by default; none where the past is too short."""
    days = [one.as_of for _, own in units for one in own]
    if not days:
        return ()
    first, last = min(days), max(days) - min(horizons) * WEEK
    start = first + LEARNT * WEEK
    if start > last:
        start = first + LEAST * WEEK
    count = (last - start) // (APART * WEEK) + 1
    return tuple(start + number * APART * WEEK for number in range(count))


def score(
    framework: Framework,
    organisation: Organisation,
    units: Units,
    *,
    horizons: Sequence[int] = HORIZONS,
    origins: Sequence[datetime.date] | None = None,
    futures: int = 500,
    seed: int = 1,
    processes: int = 1,
    progress: Callable[[], None] = lambda: None,
) -> Score | None:
    """How good forecasts of some units would have been, so many weeks ahead.

    Forecasts are made on the days `origins`; by default every 13 weeks, the first with half a year of past. None
    where the past is too short for one. `progress` is called once for each unit and day.
    """
    days = default_origins(units, horizons) if origins is None else tuple(origins)
    if not days:
        return None
    job = _Job(framework, tuple(units), tuple(sorted(set(horizons))), futures, seed)
    tallies = {weeks: Tally(weeks, futures) for weeks in job.horizons}
    for found, count in _done(job, days, processes):
        for weeks, tally in found.items():
            tallies[weeks].add(tally)
        for _ in range(count):
            progress()
    if not any(tally.cases for tally in tallies.values()):
        return None
    synthetic = any(one.annotations.get("basis") == SYNTHETIC for _, own in units for one in own)
    scores = tuple(tally.score() for tally in tallies.values())
    return Score(framework.id, len(units), days, futures, seed, scores, synthetic)


def known_on(framework: Framework, day: datetime.date) -> Framework:
    """The framework with the versions and settings that are in force by a day."""
    policies = tuple(policy for policy in framework.policies if policy.version.effective <= day)
    regions = {}
    for id_, settings in framework.regions.items():
        entries = [entry for entry in settings.settings if entry.effective <= day]
        if entries:
            regions[id_] = settings.model_copy(update={"settings": entries})
    kept: dict[str, RegionSettings] = regions
    pinned = framework.pinned
    return Framework(framework.id, framework.policies if pinned else policies, kept, (), pinned)


@dataclass(frozen=True, slots=True)
class _Job:
    """A question, as it is handed to a process."""

    framework: Framework
    units: Units
    horizons: tuple[int, ...]
    futures: int
    seed: int

    def tallies(self, part: _Part) -> dict[int, Tally]:
        """What the forecasts of one region made on one day come to, by weeks ahead."""
        day, region = part
        found = {weeks: Tally(weeks, self.futures) for weeks in self.horizons}
        framework = known_on(self.framework, day)
        if framework.policies and framework.in_force(day) is not None:
            _Region(self, framework, self.of(region), day).count(found)
        return found

    def of(self, region: str) -> Units:
        """The units of a region."""
        return [(pdu, given) for pdu, given in self.units if pdu.region == region]


_Part = tuple[datetime.date, str]


def _done(job: _Job, days: Sequence[datetime.date], processes: int) -> Iterator[tuple[dict[int, Tally], int]]:
    """What each region comes to on each day, with how many units it has."""
    sizes = Counter(pdu.region for pdu, _ in job.units)
    parts = [(day, region) for day in days for region in sorted(sizes)]
    if processes <= 1 or len(parts) <= 1:
        for part in parts:
            yield job.tallies(part), sizes[part[1]]
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(min(processes, len(parts)), mp_context=get_context("spawn")) as pool:
        chunk = -(-len(parts) // (4 * processes))
        for part, found in zip(parts, pool.map(job.tallies, parts, chunksize=chunk), strict=True):
            yield found, sizes[part[1]]


@dataclass(slots=True)
class _Region:
    """The units of one region on one origin, and what came of them."""

    job: _Job
    framework: Framework
    units: Units
    day: datetime.date
    whole: Frame = field(init=False)
    ready: Ready = field(init=False)
    came: Numbers = field(init=False)

    def __post_init__(self) -> None:
        weeks, day = max(self.job.horizons), self.day
        policy = self.framework.in_force(day)
        assert policy is not None, "a forecast is made where a version is in force"
        every = policy.version.returns.every
        known = [(pdu, [one for one in own if one.as_of <= day]) for pdu, own in self.units]
        ahead = day + weeks * WEEK
        self.whole = frame_of(
            [(pdu, [one for one in own if one.as_of <= ahead]) for pdu, own in self.units], every
        )
        self.ready = make_ready(self.framework, frame_of(known, every), day, weeks)
        self.came = daily(self.ready.columns, self.whole, day, ahead).codes

    def count(self, tallies: dict[int, Tally]) -> None:
        """Count what the forecasts of all units come to."""
        policy = self.ready.way.judging
        assert policy is not None, "a forecast is made where a version is in force"
        rows = MeasureRows(self.ready.columns, self.whole, policy)
        ids = status_ids(self.framework)
        among = [ids.index(id_) for id_ in policy.version.status_ids]
        every_row = np.arange(self.whole.rows)
        measured = {name: rows.on(name, every_row) for name in policy.measures}
        for place in range(len(self.units)):
            setup, stands = self.ready.set_up(place), self._stands(place)
            if setup is None:
                continue
            pdu = self.units[place][0]
            seed = self.job.seed
            futures = futures_of(setup, self.ready.rates, place, UnitPipeline(), self.job.futures, seed)
            judged = judge(self.ready.columns, futures)
            straight = judge(self.ready.columns, self._straight(setup, place), measures=False)
            for weeks, tally in tallies.items():
                last = int(self.came[weeks * 7, place])
                if last < 0 or stands is None or not pdu.exists_on(self.day):
                    tally.left_out += 1
                    continue
                tally.status(judged.codes[weeks - 1], last, stands, int(straight.codes[weeks - 1, 0]), among)
                row = self._row(place, self.day.toordinal() + weeks * 7)
                if row is not None:
                    for name, (values, unknown) in judged.measures.items():
                        decimals = policy.version.measures[name].decimals
                        (found,) = ranges_of(values[weeks - 1 : weeks], unknown[weeks - 1 : weeks], decimals)
                        if found is not None and not measured[name][1][row, place]:
                            tally.measure(name, found, int(measured[name][0][row, place]), decimals)

    def _stands(self, place: int) -> int | None:
        """The code of the status underneath on the origin; None for a unit that has none."""
        policy, at = self.ready.beginning.policy, int(self.ready.beginning.at[place])
        if policy is None or not at:
            return None
        return status_ids(self.framework).index(policy.version.status_ids[at // 2 - 1])

    def _row(self, place: int, day: int) -> int | None:
        """The newest return by a day, if it came after the origin."""
        found = np.flatnonzero(self.whole.has[:, place] & (self.whole.day[:, place] <= day))
        if not found.size or self.whole.day[found[-1], place] <= self.day.toordinal():
            return None
        return int(found[-1])

    def _straight(self, setup: Setup, place: int) -> Futures:
        """One future, in which each figure goes on in a straight line as over the last periods."""
        policy, rates, found = setup.way.judging, self.ready.rates, Futures(setup, 1)
        assert policy is not None, "a unit is set up under a version"
        assert rates is not None, "scores are of forecasts with rates"
        periods = (np.array(setup.days, np.int64) - setup.newest) // policy.version.returns.every
        for series in rates.past.series:
            key, last = series.key, int(series.last[place])
            figure = found.known(key.key) if key.key in setup.figures else None
            first = max(int(series.first[place]), last - STRAIGHT)
            if figure is not None and first < last:
                rise = int(series.numbers[last, place] - series.numbers[first, place]) * series.coarse
                step = (last - first) * key.step
                figure.add(
                    Cause("rate", key.input), Fixed((2 * rise * periods + step) // (2 * step) * key.step)
                )
        return found
