"""What a forecast rests on, and what limits it, in codes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from engine.active import UnitEvents
from engine.columns import figures_wanted
from engine.forecast._futures import Futures
from engine.forecast._ready import Ready
from engine.forecast._setup import Setup
from engine.forecast.pipeline import UnitPipeline
from engine.forecast.values import Assumption
from rules.check.names import default_figure
from rules.policy import Policy

SHORT = 26
"""With fewer returns than this a unit's own past says little."""


def assumptions(
    ready: Ready,
    place: int,
    setup: Setup | None,
    futures: Futures | None,
    pipeline: UnitPipeline,
    events: UnitEvents,
    rates: bool,
    *,
    synthetic: bool,
) -> Iterator[Assumption]:
    """Everything that a forecast of a unit rests on. `futures` are None for a unit without a return."""
    way = ready.way
    yield Assumption("calculated_only", {})
    declared, suspended = events.declared(way.day), events.suspended(way.day)
    if declared is not None:
        yield Assumption("declared_now", {"status": declared.status})
    if suspended is not None:
        yield Assumption("suspended_now", {})
    if setup is None or futures is None or way.judging is None:
        yield Assumption("no_returns", {})
        return
    yield from _returns(way.judging, way.day, setup)
    unknown = unknown_figures(ready, setup)
    if unknown:
        yield Assumption("unknown_figures", {"figures": unknown})
    yield from _moves(ready, place, futures, rates)
    yield from _pipeline(setup, futures, pipeline)
    if futures.held:
        yield Assumption("held_at_bounds", {"figures": tuple(sorted(futures.held))})
    later = tuple(one.version.version for one in way.policies if one.version.effective > way.day)
    if later and not ready.columns.framework.pinned:
        yield Assumption("versions", {"versions": later})
    if synthetic:
        yield Assumption("synthetic", {})


def _returns(policy: Policy, day: datetime.date, setup: Setup) -> Iterator[Assumption]:
    returns = policy.version.returns
    if setup.days:
        first = datetime.date.fromordinal(setup.days[0]).isoformat()
        yield Assumption("returns_come", {"every": returns.every, "first": first})
    age = day.toordinal() - setup.newest
    if age > returns.stale_after:
        newest = datetime.date.fromordinal(setup.newest).isoformat()
        yield Assumption("stale", {"newest": newest, "days": age})


def _moves(ready: Ready, place: int, futures: Futures, rates: bool) -> Iterator[Assumption]:
    if not rates or futures.own_share is None or ready.rates is None:
        yield Assumption("figures_stay", {})
        return
    returns = int(ready.frame.has[:, place].sum())
    others = ready.rates.past.units - 1
    yield Assumption("rates", {"returns": returns, "units": others, "own": futures.own_share})
    if returns < SHORT:
        yield Assumption("short_history", {"returns": returns})


def _pipeline(setup: Setup, futures: Futures, pipeline: UnitPipeline) -> Iterator[Assumption]:
    last = setup.way.last
    ahead = [
        event
        for event in pipeline.known
        if event.on <= last and (event.until is None or event.until.toordinal() >= setup.newest)
    ]
    if ahead:
        certain = sum(event.certain for event in ahead)
        yield Assumption("events", {"certain": certain, "likely": len(ahead) - certain})
    if pipeline.trends:
        yield Assumption("trends", {"figures": tuple(trend.key for trend in pipeline.trends)})
    if futures.without_effect:
        yield Assumption("pipeline_off_figures", {"figures": futures.without_effect})


def unknown_figures(ready: Ready, setup: Setup) -> tuple[str, ...]:
    """The figures that the judging version wants and that stay unknown: not given, and no default stands in."""
    policy = ready.way.judging
    if policy is None:
        return ()
    wanted = figures_wanted(ready.columns, setup.past, policy)
    return tuple(
        key
        for key in wanted
        if key not in setup.figures
        and key not in setup.categories
        and default_figure(policy.version, key.partition("[")[0]) is None
    )
