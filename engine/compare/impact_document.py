"""An impact as JSON: codes, days and numbers. Sentences are made elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.compare.impact_values import (
    ActivityImpact,
    FirstDifference,
    Hours,
    Impact,
    RegionImpact,
    Released,
    Transition,
    exact,
)
from engine.worlds import reason_document
from rules.model import Pdu

Told = dict[str, Any]


def impact_document(impact: Impact) -> Told:
    """The impact as plain values."""
    return {
        "from": impact.first.isoformat(),
        "until": impact.last.isoformat(),
        "days_looked_at": impact.size,
        "calculated": True,
        "synthetic": impact.synthetic,
        "only": list(impact.only),
        "pdus": len(impact.units),
        "statuses": list(impact.statuses),
        "transitions": [_transition(one) for one in impact.transitions],
        "matrix_days": [{"from": one.before, "to": one.after, "days": one.days} for one in impact.matrix],
        "regions": [_region(one) for one in impact.regions],
        "first_differences": [_first(one) for one in impact.first_differences],
        "days": {"from": dict(impact.days[0]), "to": dict(impact.days[1])},
        "flips": {
            "from": sum(one.before for one in impact.flips),
            "to": sum(one.after for one in impact.flips),
            "pdus": [{"pdu": one.pdu.id, "from": one.before, "to": one.after} for one in impact.flips],
        },
        "activities": [_activity(one) for one in impact.activities],
        "hours": [_hours(one) for one in impact.hours],
        "checked": {"pdus": list(impact.sample.pdus), "days": impact.sample.days},
    }


def _ids(pdus: Iterable[Pdu]) -> list[str]:
    return [pdu.id for pdu in pdus]


def _transition(one: Transition) -> Told:
    return {"from": one.before, "to": one.after, "pdus": _ids(one.pdus)}


def _region(one: RegionImpact) -> Told:
    return {
        "region": one.region,
        "pdus": one.units,
        "differ": one.differ,
        "differ_on_some_day": one.ever,
        "transitions": [_transition(cell) for cell in one.transitions],
        "days": {"from": dict(one.days[0]), "to": dict(one.days[1])},
    }


def _first(one: FirstDifference) -> Told:
    commands = one.commands
    return {
        "pdu": one.pdu.id,
        "day": one.day.isoformat(),
        "from": one.before,
        "to": one.after,
        "reason": reason_document(one.reason),
        "days": one.differs,
        "decisions": None if commands is None else {"from": commands[0], "to": commands[1]},
    }


def _activity(one: ActivityImpact) -> Told:
    return {
        "activity": one.activity,
        "title": one.title,
        "newly": _ids(one.newly.pdus),
        "withdrawn": _ids(one.withdrawn.pdus),
        "days": {"newly": one.newly.days, "withdrawn": one.withdrawn.days},
        "on_the_last_day": {"newly": _ids(one.newly.last), "withdrawn": _ids(one.withdrawn.last)},
    }


def _hours(one: Hours) -> Told:
    return {
        "every": one.every,
        "from": _released(one.before),
        "to": _released(one.after),
        "change": {"minutes": exact(one.change), "hours": one.change_hours},
    }


def _released(one: Released) -> Told:
    return {
        "minutes": exact(one.minutes),
        "hours": one.hours,
        "illustrative_minutes": exact(one.illustrative),
        "unknown": one.unknown,
        "unsaid": one.unsaid,
    }
