"""A sample of what was judged by columns, decided again from all of a unit's returns, one day after the other."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence

from engine.bulk import Bulk
from engine.columns import NO_DECISION
from engine.compare._firsts import differs
from engine.compare._worlds import World
from engine.compare.impact_values import Sample
from engine.course import course_of
from engine.timeline import standings
from rules.decide import Deciders
from rules.figures import Return
from rules.model import Events, Pdu

RETURNS, DAYS = 300, 24
"""Units are decided again until they have so many returns, each on so many days."""


def sampled(worlds: tuple[World, World], bulk: Bulk, deciders: Deciders) -> Sample:
    """What was decided again. Raises DisagreementError (PF902) where status or permissions are others.

    Which units and days are taken follows from the versions and the days, so that the same run checks the same.
    """
    policies = [world.framework.policies[0].id for world in worlds]
    first, size = worlds[0].daily.first, len(worlds[0].daily.codes)
    dice = random.Random(f"{policies} {first} {size} {len(bulk.frame.units)}")
    chosen, days = _chosen(bulk, dice), 0
    for pdu, returns in bulk.returns(chosen):
        asked = _days(first, size, returns, dice)
        for world in worlds:
            _check(world, bulk.frame.units.index(pdu), pdu, returns, asked, deciders)
        days += len(asked)
    return Sample(tuple(sorted(chosen)), days)


def _chosen(bulk: Bulk, dice: random.Random) -> list[str]:
    """The units that are decided again."""
    ids = [pdu.id for pdu in bulk.frame.units]
    counts = dict(zip(ids, bulk.frame.has.sum(axis=0).tolist(), strict=True))
    chosen: list[str] = []
    for id_ in dice.sample(sorted(ids), len(ids)):
        if chosen and sum(counts[one] for one in (*chosen, id_)) > RETURNS:
            break
        chosen.append(id_)
    return chosen


def _days(
    first: datetime.date, size: int, returns: Sequence[Return], dice: random.Random
) -> list[datetime.date]:
    """Some days since the unit's first return, the last one among them."""
    start = max(first.toordinal(), min(one.as_of for one in returns).toordinal())
    span = range(start, first.toordinal() + size)
    return [
        datetime.date.fromordinal(day)
        for day in sorted({*dice.sample(span, min(DAYS - 1, len(span))), *span[-1:]})
    ]


def _check(
    world: World,
    unit: int,
    pdu: Pdu,
    returns: list[Return],
    days: list[datetime.date],
    deciders: Deciders,
) -> None:
    """Hold one unit's days in one world against what columns gave."""
    course = course_of(world.framework, pdu, returns, Events())
    for standing in standings(course, days, deciders):
        if not pdu.exists_on(standing.day):
            continue
        known = standing.calculated if standing.determinate else None
        single = None if known is None else standing.policy.version.status_ids[known]
        code = int(world.daily.codes[(standing.day - world.daily.first).days, unit])
        together = world.daily.ids[code] if code >= 0 else None
        if single != together or code == NO_DECISION:
            raise differs(pdu, standing.day, together, single)
        flags = world.permits.on(standing.day)[:, unit]
        permitted = {key for key, flag in zip(world.permits.keys, flags.tolist(), strict=True) if flag}
        if permitted != standing.permitted:
            told = (sorted(".".join(key) for key in one) for one in (permitted, standing.permitted))
            raise differs(pdu, standing.day, *told)
