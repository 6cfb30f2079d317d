"""Whether the reductions that a unit is permitted are enough for what it lacks. It decides nothing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from engine.course import Course
from engine.deciding import Engine
from engine.decision import Decision
from engine.relief._figures import Read, reckoner
from engine.relief._least import least
from engine.relief.values import Added, Next, Release, Relief, Shortfall, Stated, released, unknown
from engine.standing import Standing
from rules.decide import NONE, TRUE
from rules.policy import Policy, ReductionOf


def relief(engine: Engine, course: Course, day: datetime.date, decision: Decision) -> Relief:
    """What the reductions of a unit release, against what it lacks.

    :param course: everything that the unit's decisions depend on.
    :param day: a day on which there is a decision.
    :param decision: the decision in force on it.

    Raises DisagreementError.
    """
    for standing in engine.standings(course, [day]):
        return relief_of(course, standing, decision)
    raise ValueError(f"there is no decision for {course.pdu.id} on {day}")


def relief_of(course: Course, standing: Standing, decision: Decision) -> Relief:
    """The same, for where the unit stands on the day of a decision."""
    policy, stale = standing.policy, standing.stale
    # A return that is too old tells nothing of today: its figures are not known.
    seen = [] if stale else [one for one in course.returns if one.as_of <= standing.day]
    read = reckoner(policy).read(seen)
    by_key = {one.key: one for one in policy.reductions}
    permitted = [by_key[entry["activity"], entry["from"]] for entry in decision["permitted"]]
    releases = tuple(_release(one, read) for one in permitted)
    shortfall = _shortfall(policy, read)
    because = _because(standing, policy, read) if shortfall is None else None
    return Relief(decision, shortfall, because, releases, _next(standing, releases, read), _order(policy))


def least_of(found: Relief) -> tuple[Release, ...] | None:
    """The fewest reductions that make up for what is missing, or None where all do not, or nothing is known."""
    if found.shortfall is None:
        return None
    place = {activity: index for index, activity in enumerate(found.order)}
    known = [(one, hours) for one in found.releases if (hours := one.hours) is not None]
    known.sort(key=lambda pair: place[pair[0].activity])
    chosen = least([hours for _, hours in known], found.closes)
    return None if chosen is None else tuple(known[position][0] for position in chosen)


def covers(found: Relief, releases: tuple[Release, ...]) -> bool | None:
    """Whether some reductions make up for what is missing; None where that is not known.

    A release is never less than nothing. So what is known may be enough, whatever else there is.
    """
    if found.shortfall is None:
        return None
    if found.closes(released(releases)):
        return True
    return None if unknown(releases) else False


def _release(one: ReductionOf, read: Read) -> Release:
    releases, activity = one.reduction.releases, one.activity
    stated, amount = None, None
    if releases is not None:
        basis = releases.basis or "illustrative"
        stated = Stated(releases.minutes, releases.per, releases.every, basis, releases.source)
        amount = read.per(releases.per)
    return Release(
        activity.id, activity.title or activity.id, activity.part, one.reduction.from_, stated, amount
    )


def _shortfall(policy: Policy, read: Read) -> Shortfall | None:
    stated = policy.version.relief
    if stated is None:
        return None
    amount = read.shortfall()
    if amount.value is None:
        return None
    return Shortfall(amount.value, stated.shortfall.decimals, amount)


def _because(standing: Standing, policy: Policy, read: Read) -> Mapping[str, Any]:
    """Why it is not known how many hours are missing."""
    if policy.version.relief is None:
        return {"code": "not_stated"}
    if standing.newest is None:
        return {"code": "no_return"}
    if standing.stale:
        stale_after = policy.version.returns.stale_after
        return {"code": "stale", "as_of": standing.newest.as_of.isoformat(), "stale_after": stale_after}
    missing = list(read.shortfall().missing)
    return {"code": "missing", "missing": missing} if missing else {"code": "no_result"}


def _next(standing: Standing, releases: tuple[Release, ...], read: Read) -> Next | None:
    """What would stand at the next status; None where there is no level to go up from, or none above."""
    level, policy = standing.active_level, standing.policy
    if level == NONE or level + 1 >= len(policy.version.statuses):
        return None
    best: dict[str, ReductionOf] = {}
    for one in _permitted_at(level + 1, standing):
        other = best.get(one.activity.id)
        if other is None or one.level > other.level:
            best[one.activity.id] = one
    stand = sorted(best.values(), key=lambda one: policy.numbers[one.key])
    there = tuple(_release(one, read) for one in stand)
    now = {one.activity: one for one in releases}
    adds = tuple(
        Added(one, now.get(one.activity))
        for one in there
        if one.activity not in now or now[one.activity].from_ != one.from_
    )
    return Next(policy.version.status_ids[level + 1], there, adds)


def _permitted_at(level: int, standing: Standing) -> Iterable[ReductionOf]:
    """What would be permitted at a level, as its conditions, what is withheld and what has lapsed are now."""
    lapsed = {number for number, _ in standing.lapsed}
    whens, truths = standing.reader.program.whens, standing.outcome.truths
    for number, one in enumerate(standing.policy.reductions):
        node = whens[number]
        if (
            one.level <= level
            and one.activity.id not in standing.setting.withhold
            and number not in lapsed
            and (node is None or truths[node] == TRUE)
        ):
            yield one


def _order(policy: Policy) -> tuple[str, ...]:
    """Activities by part, in the order of the document; those without a part come last."""
    parts = {part: index for index, part in enumerate(policy.version.parts)}
    activities = policy.version.activities
    return tuple(one.id for one in sorted(activities, key=lambda one: parts.get(one.part or "", len(parts))))
