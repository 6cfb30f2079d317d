"""The forecast of one unit, written from its futures."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from engine.active import unit_events
from engine.columns import INDETERMINATE as NOT_CLEAR
from engine.columns import NO_DECISION, Numbers, status_ids
from engine.forecast._assumptions import assumptions
from engine.forecast._chances import Judged, judge, ranges_of, scaled, week_days, weeks_of
from engine.forecast._futures import Cause, Futures, futures_of
from engine.forecast._ready import Ready, severity
from engine.forecast.pipeline import UnitPipeline
from engine.forecast.values import INDETERMINATE, Driver, Forecast, Measure, Target, Week
from rules.model import Events, Pdu

DRIVEN = 1_000
"""Drivers are worked out on so many of the futures."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a forecast is made."""

    futures: int
    seed: int
    rates: bool
    drivers: bool


def forecast_unit(
    ready: Ready, place: int, pipeline: UnitPipeline, events: Events, asked: Asked, *, synthetic: bool
) -> Forecast:
    """The forecast of a unit, by its place in the frame."""
    pdu, way = ready.frame.units[place], ready.way
    statuses = _statuses(ready)
    days = week_days(way.day, way.last)
    setup = ready.set_up(place)
    standing = _standing(ready, place)
    at = statuses.index(standing) if standing is not None else None
    version = ready.columns.framework.in_force(way.day)
    weeks: tuple[Week, ...]
    measures: tuple[Measure, ...] = ()
    drivers: tuple[Driver, ...] = ()
    target, futures = None, None
    if setup is None:
        weeks = tuple(_nothing(ready, pdu, days, len(statuses), asked.futures))
    else:
        futures = futures_of(
            setup, ready.rates if asked.rates else None, place, pipeline, asked.futures, asked.seed
        )
        judged = judge(ready.columns, futures)
        order = _order(ready, statuses)
        judged = Judged(order[judged.codes - NO_DECISION], judged.measures)
        weeks = tuple(weeks_of(days, judged, len(statuses)))
        measures = tuple(_measures(ready, futures, judged))
        if len(statuses) > 1 and days:
            level = min((at or 0) + 1, len(statuses) - 1)
            target = _target(judged.codes[-1], statuses, level, at)
            if asked.drivers:
                drivers = tuple(_drivers(ready, futures, judged.codes[-1], order, level))
    own = unit_events(events, pdu.id, pdu.region)
    return Forecast(
        pdu=pdu.id,
        as_of=way.day,
        framework=ready.columns.framework.id,
        version=None if version is None else version.version.version,
        pinned=ready.columns.framework.pinned,
        futures=asked.futures,
        seed=asked.seed,
        rates=asked.rates,
        newest=None if setup is None else datetime.date.fromordinal(setup.newest),
        statuses=statuses,
        now=_now(ready, place),
        standing=standing,
        weeks=weeks,
        measures=measures,
        first_worse=_first(weeks, asked.futures, at, worse=True),
        first_better=_first(weeks, asked.futures, at, worse=False),
        target=target,
        drivers=drivers,
        assumptions=tuple(
            assumptions(ready, place, setup, futures, pipeline, own, asked.rates, synthetic=synthetic)
        ),
    )


def _statuses(ready: Ready) -> tuple[str, ...]:
    policies = list(ready.way.policies)
    before = ready.beginning.policy
    if before is not None and before not in policies:
        policies.insert(0, before)
    return severity(policies)


def _order(ready: Ready, statuses: Sequence[str]) -> Numbers:
    """From the codes of the columns (moved up so that none is below 0) to places in `statuses`."""
    ids = status_ids(ready.columns.framework)
    places = [statuses.index(id_) if id_ in statuses else NOT_CLEAR for id_ in ids]
    return np.array([NO_DECISION, NOT_CLEAR, *places], np.int8)


def _now(ready: Ready, place: int) -> str | None:
    code = int(ready.now[place])
    if code == NO_DECISION:
        return None
    return INDETERMINATE if code == NOT_CLEAR else status_ids(ready.columns.framework)[code]


def _standing(ready: Ready, place: int) -> str | None:
    """The status underneath, as the version that was the last to begin has it."""
    policy, at = ready.beginning.policy, int(ready.beginning.at[place])
    return None if policy is None or not at else policy.version.status_ids[at // 2 - 1]


def _nothing(
    ready: Ready, pdu: Pdu, days: Iterable[datetime.date], statuses: int, futures: int
) -> Iterator[Week]:
    """The weeks of a unit without a return: nothing is known of it."""
    for day in days:
        decided = ready.columns.framework.in_force(day) is not None and pdu.exists_on(day)
        yield Week(day, (0,) * statuses, futures if decided else 0, 0 if decided else futures)


def _measures(ready: Ready, futures: Futures, judged: Judged) -> Iterator[Measure]:
    policy = ready.way.judging
    if policy is None:
        return
    now = _measured_now(ready, futures)
    for name, (values, unknown) in judged.measures.items():
        spec = policy.version.measures[name]
        ranges = tuple(ranges_of(values, unknown, spec.decimals))
        yield Measure(name, spec.title or name, spec.unit or "", spec.decimals, now[name], ranges)


def _measured_now(ready: Ready, futures: Futures) -> dict[str, Decimal | None]:
    """The measures at the newest return."""
    from engine.columns import MeasureRows

    setup, policy = futures.setup, ready.way.judging
    assert policy is not None, "a unit is set up under a version"
    rows = MeasureRows(ready.columns, setup.past, policy)
    found: dict[str, Decimal | None] = {}
    for name in policy.measures:
        numbers, unknown = rows.on(name, np.array([setup.past.rows - 1]))
        known = None if unknown[0, 0] else scaled(int(numbers[0, 0]), policy.version.measures[name].decimals)
        found[name] = known
    return found


def _target(codes: Numbers, statuses: Sequence[str], level: int, at: int | None) -> Target:
    direction = "stays" if at is not None and at >= level else "worse"
    return Target(
        "stays" if direction == "stays" else "worse", statuses[level], int((codes >= level).sum()), len(codes)
    )


def _drivers(ready: Ready, futures: Futures, codes: Numbers, order: Numbers, level: int) -> Iterator[Driver]:
    """What each cause adds to the chance of the target; the greatest effect first."""
    count = min(DRIVEN, futures.times)
    with_it = int((codes[:count] >= level).sum())
    found = []
    for cause in futures.causes():
        judged = judge(ready.columns, futures, last=count, without=cause, measures=False)
        without = int((order[judged.codes[-1] - NO_DECISION] >= level).sum())
        found.append(Driver(cause.kind, cause.id, _title(ready, cause), with_it, without, count))
    yield from sorted(found, key=lambda one: (-abs(one.with_it - one.without), one.kind, one.id))


def _title(ready: Ready, cause: Cause) -> str:
    policy = ready.way.judging
    spec = (
        None
        if policy is None or cause.kind == "event"
        else policy.version.inputs.get(cause.id.partition("[")[0])
    )
    return cause.id if spec is None or not spec.title else spec.title


def _first(weeks: Iterable[Week], futures: int, at: int | None, *, worse: bool) -> datetime.date | None:
    """The first week in which a status on one side of where the unit stands is likelier than not."""
    if at is None:
        return None
    for week in weeks:
        side = week.counts[at + 1 :] if worse else week.counts[:at]
        if 2 * sum(side) > futures:
            return week.day
    return None
