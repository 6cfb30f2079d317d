"""A preview as JSON: codes, days and numbers. Sentences are made elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.preview.build import total_days, total_permissions
from engine.preview.values import Move, Permission, Preview, UnitPreview
from engine.worlds import reason_document
from rules.model._fields import number_text

Told = dict[str, Any]


def document(preview: Preview) -> Told:
    """The preview as plain values."""
    question = preview.question
    subject = {"region": question.region} if question.region is not None else {"version": question.version}
    return {
        **subject,
        "framework": question.after.id,
        "from": preview.first.isoformat(),
        "until": preview.last.isoformat(),
        "effective": question.effective.isoformat(),
        "as_if": None if question.as_if is None else question.as_if.isoformat(),
        "same": question.same,
        "in_place": question.in_place,
        "pdus": [_unit(unit) for unit in preview.units],
        "without_returns": [pdu.id for pdu in preview.without_returns],
        "settings": {
            "trigger_points": [
                {
                    "id": one.name,
                    "before": number_text(one.before),
                    "after": number_text(one.after),
                    "pdus": list(one.units),
                }
                for one in preview.numbers
            ],
            "withhold": [
                {"activity": one.activity, "withheld": one.withheld, "pdus": list(one.units)}
                for one in preview.withheld
            ],
        },
        "totals": {
            "pdus": len(preview.units),
            "moved": len(preview.moved),
            "days": {
                "before": total_days(preview.units, after=False),
                "after": total_days(preview.units, after=True),
            },
            "permitted": {
                "newly": _permissions(total_permissions(preview.units, newly=True), units=True),
                "withdrawn": _permissions(total_permissions(preview.units, newly=False), units=True),
            },
        },
    }


def _unit(unit: UnitPreview) -> Told:
    return {
        "pdu": unit.pdu.id,
        "name": unit.pdu.name,
        "region": unit.pdu.region,
        "weeks": [
            {"as_of": week.as_of.isoformat(), "before": week.before, "after": week.after}
            for week in unit.weeks
        ],
        "days": {"before": dict(unit.days_before), "after": dict(unit.days_after)},
        "moves": [_move(move) for move in unit.moves],
        "permitted": {
            "newly": _permissions(unit.newly),
            "withdrawn": _permissions(unit.withdrawn),
        },
    }


def _move(move: Move) -> Told:
    return {
        "day": move.first.isoformat(),
        "until": move.last.isoformat(),
        "days": move.days,
        "from": move.before,
        "to": move.after,
        "direction": move.direction,
        "reason": reason_document(move.reason),
    }


def _permissions(permissions: Iterable[Permission], units: bool = False) -> list[Told]:
    return [
        {
            "activity": one.activity,
            "title": one.title,
            "from": one.first.isoformat(),
            "days": one.days,
            **({"pdus": list(one.units)} if units else {}),
        }
        for one in permissions
    ]
