"""What came of a run as plain values and as rows. Sentences are made elsewhere."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from engine.tune._trial import NOW, Candidate
from engine.tune._tuning import Tuning, statuses_of
from rules.model._fields import number_text

Told = dict[str, Any]


def document(tuning: Tuning) -> Told:
    """A run for programs."""
    trial = tuning.trial
    return {
        "framework": trial.framework.id,
        "version": trial.framework.policies[0].version.version if trial.framework.pinned else None,
        "region": trial.region,
        "calculated": True,
        "from": trial.first.isoformat(),
        "until": trial.last.isoformat(),
        "pdus": [unit.id for unit in trial.frame.units],
        "synthetic": tuning.synthetic,
        "statuses": list(statuses_of(tuning)),
        "grid": trial.grid,
        "points": [
            {
                "name": axis.name,
                "title": axis.point.title,
                "now": number_text(axis.now),
                "default": number_text(axis.point.default),
                "step": number_text(axis.step),
                "tried": [number_text(number) for number in axis.tried],
                "own_numbers": trial.own_numbers().get(axis.name, []),
            }
            for axis in trial.axes
        ],
        "partly": [policy.version.version for policy in trial.other_versions()],
        "reference": _reference(tuning),
        "aims": ["flips", tuning.second_aim],
        "candidates": [_candidate(tuning, one) for one in trial.candidates],
        "frontier": sorted(tuning.efficient),
        "checked": {
            "candidates": [{"candidate": number, "pdu": pdu} for number, pdu in tuning.checked.pairs],
            "days": tuning.checked.days,
        },
    }


def _reference(tuning: Tuning) -> Told | None:
    found = tuning.reference
    return None if found is None else {"kind": found.kind, "name": found.name, "pdu_days": tuning.compared}


def _candidate(tuning: Tuning, one: Candidate) -> Told:
    count = tuning.counts[one.number]
    told: Told = {
        "candidate": one.number,
        "trigger_points": {name: number_text(value) for name, value in tuning.trial.numbers(one).items()},
        "days": dict(zip(statuses_of(tuning), count.days, strict=True)),
        "flips": count.flips,
        "days_above_first": count.above,
        "frontier": one.number in tuning.efficient,
    }
    if tuning.reference is not None:
        told["same"] = f"{count.same}/{tuning.compared}"
        told["same_percent"] = tuning.share_same(one.number)
        told["days_milder_than_reference"] = count.milder
    return told


def columns_of(tuning: Tuning) -> list[str]:
    """The columns of the rows."""
    referred = ["same", "compared", "same_percent", "days_milder_than_reference"]
    return [
        "candidate",
        "now",
        "frontier",
        *(axis.name for axis in tuning.trial.axes),
        *(f"days_{status}" for status in statuses_of(tuning)),
        "flips",
        "days_above_first",
        *(referred if tuning.reference is not None else []),
    ]


def rows_of(tuning: Tuning) -> list[list[Any]]:
    """A row for each candidate."""
    rows = []
    for one in tuning.trial.candidates:
        count = tuning.counts[one.number]
        row: list[Any] = [
            one.number,
            _yes(one.number == NOW),
            _yes(one.number in tuning.efficient),
            *(number_text(value) for value in tuning.trial.numbers(one).values()),
            *count.days,
            count.flips,
            count.above,
        ]
        if tuning.reference is not None:
            share = tuning.share_same(one.number)
            row += [count.same, tuning.compared, None if share is None else Decimal(share), count.milder]
        rows.append(row)
    return rows


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"
