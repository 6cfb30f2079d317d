"""Forecasts of many units, one after the other or in several processes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from engine.columns import Frame, frame_of
from engine.forecast._ready import make_ready
from engine.forecast._unit import Asked, forecast_unit
from engine.forecast.pipeline import Pipeline
from engine.forecast.values import Forecast
from rules.figures import Return
from rules.framework import Framework
from rules.model import Events, Organisation, Pdu

MOST_WEEKS, MOST_FUTURES = 104, 100_000
SYNTHETIC = "synthetic"
Units = Sequence[tuple[Pdu, Sequence[Return]]]


def forecast(
    framework: Framework,
    organisation: Organisation,
    units: Units,
    events: Events,
    pipeline: Pipeline,
    *,
    day: datetime.date,
    weeks: int = 26,
    futures: int = 10_000,
    seed: int = 1,
    rates: bool = True,
    only: Sequence[str] = (),
    drivers: bool = True,
    processes: int = 1,
    progress: Callable[[], None] = lambda: None,
) -> list[Forecast]:
    """How likely each status is in the weeks after a day, for each unit in the order given.

    Returns after the day are not looked at. The past of all units of a region informs how figures move there;
    `only` names the units that are forecast. With `rates` off figures stay as the newest return has them, but for
    the pipeline. The same question has the same answer, whatever the order of the units and the number of
    processes. `progress` is called once for each forecast. Raises ValueError for weeks or futures out of bounds.
    """
    if not 1 <= weeks <= MOST_WEEKS or not 1 <= futures <= MOST_FUTURES:
        raise ValueError(f"weeks are 1 to {MOST_WEEKS}, futures 1 to {MOST_FUTURES}")
    job = Job(framework, tuple(units), events, pipeline, day, weeks, Asked(futures, seed, rates, drivers))
    wanted: dict[str, list[int]] = {}
    for place, (pdu, _) in enumerate(units):
        if not only or pdu.id in only:
            wanted.setdefault(pdu.region, []).append(place)
    found: dict[int, Forecast] = {}
    for place, one in _done(job, list(wanted.values()), processes):
        found[place] = one
        progress()
    return [found[place] for place in sorted(found)]


@dataclass(frozen=True, slots=True)
class Job:
    """A question, as it is handed to a process."""

    framework: Framework
    units: tuple[tuple[Pdu, Sequence[Return]], ...]
    events: Events
    pipeline: Pipeline
    day: datetime.date
    weeks: int
    asked: Asked

    def forecasts(self, places: Sequence[int]) -> Iterator[tuple[int, Forecast]]:
        """The forecasts of some units of one region, each with its place."""
        region = self.units[places[0]][0].region
        near = [place for place, (pdu, _) in enumerate(self.units) if pdu.region == region]
        frame, synthetic = known_frame(self.framework, [self.units[place] for place in near], self.day)
        ready = make_ready(self.framework, frame, self.day, self.weeks, rates=self.asked.rates)
        for place in places:
            pdu, at = self.units[place][0], near.index(place)
            own = self.pipeline.of(pdu.id, pdu.region)
            yield place, forecast_unit(ready, at, own, self.events, self.asked, synthetic=synthetic[at])

    def all(self, places: Sequence[int]) -> list[tuple[int, Forecast]]:
        """The same as a list, for another process to give back."""
        return list(self.forecasts(places))


def known_frame(framework: Framework, units: Units, day: datetime.date) -> tuple[Frame, list[bool]]:
    """The returns of some units up to a day, and which of the units have synthetic ones."""
    known = [(pdu, [one for one in own if one.as_of <= day]) for pdu, own in units]
    policy = framework.in_force(day) or framework.policies[0]
    synthetic = [any(one.annotations.get("basis") == SYNTHETIC for one in own) for _, own in known]
    return frame_of(known, policy.version.returns.every), synthetic


def _done(job: Job, regions: Sequence[Sequence[int]], processes: int) -> Iterator[tuple[int, Forecast]]:
    """The forecasts, region by region: the units of one learn from each other."""
    if processes <= 1 or len(regions) <= 1:
        for places in regions:
            yield from job.forecasts(places)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    largest = sorted(regions, key=len, reverse=True)
    with ProcessPoolExecutor(min(processes, len(regions)), mp_context=get_context("spawn")) as pool:
        for part in pool.map(job.all, largest):
            yield from part
