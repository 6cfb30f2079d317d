"""Targets as plain values."""

from __future__ import annotations

import datetime
from decimal import Decimal

from engine.distance.values import Joint, Lever, Reach, Target, Told
from rules.model._fields import number_text


def target_document(target: Target) -> Told:
    """What would bring one status."""
    return {
        "status": target.goal.status,
        "direction": target.goal.direction,
        "without_change": _day(target.by_itself),
        "levers": [_lever(one) for one in target.levers],
        "joint": None if target.joint is None else _joint(target.joint),
        "joint_searched": target.searched,
        "measures": [dict(one) for one in target.measures],
        "earliest": _day(target.earliest),
    }


def _lever(reach: Reach) -> Told:
    lever, there = reach.lever, reach.on is not None
    return {
        "input": lever.key,
        "title": lever.title,
        "unit": lever.unit,
        "from": _number(lever.start),
        "to": _number(lever.at(reach.steps)) if there and lever.start is not None else None,
        "change": _number(reach.steps * lever.step) if there else None,
        "steps": reach.steps if there else None,
        "reaches": there,
        "because": None if reach.why is None else {"code": reach.why},
        "returns": reach.returns,
        "earliest": _day(reach.on),
    }


def _joint(joint: Joint) -> Told:
    return {
        "levers": [_change(lever, steps) for lever, steps in joint.changes],
        "steps": sum(abs(steps) for _, steps in joint.changes),
        "returns": joint.returns,
        "earliest": _day(joint.on),
    }


def _change(lever: Lever, steps: int) -> Told:
    return {
        "input": lever.key,
        "title": lever.title,
        "unit": lever.unit,
        "from": _number(lever.start),
        "to": _number(lever.at(steps)),
        "change": _number(steps * lever.step),
        "steps": steps,
    }


def _number(number: Decimal | None) -> str | None:
    return None if number is None else number_text(number)


def _day(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()
