"""A comparison as JSON: codes, paths and values. Sentences are made elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.compare.values import Case, Change, Comparison, Found, Side

if TYPE_CHECKING:
    from engine.compare.impact_values import Impact

Told = dict[str, Any]


def document(comparison: Comparison) -> Told:
    """The comparison as plain values."""
    verdict = comparison.verdict
    return {
        "from": _side(comparison.before),
        "to": _side(comparison.after),
        "verdict": {
            "effect": verdict.effect,
            "proved": verdict.proved,
            "loosens": [_found(one) for one in verdict.loosens],
            "tightens": [_found(one) for one in verdict.tightens],
            "activities": dict(verdict.activities),
            "unsettled": list(verdict.open_),
            "judge": list(verdict.judge),
        },
        "changes": [change_document(change) for change in comparison.changes],
        "impact": None if comparison.impact is None else _impact(comparison.impact),
    }


def _impact(impact: Impact) -> Told:
    from engine.compare.impact_document import impact_document  # wanted only where returns were given

    return impact_document(impact)


def change_document(change: Change) -> Told:
    """One change as plain values."""
    start, end = change.places
    return {
        "kind": change.kind,
        "group": change.group,
        "path": change.path,
        "before": change.before,
        "after": change.after,
        "effect": change.effect,
        "judged": change.judged,
        "wording": change.wording,
        "judge": change.judge,
        "places": {
            "from": None if start is None else start.as_dict(),
            "to": None if end is None else end.as_dict(),
        },
        "witness": None if change.case is None else _case(change.case),
    }


def _side(side: Side) -> Told:
    version = side.policy.version
    return {
        "framework": version.framework,
        "version": version.version,
        "title": version.title,
        "effective": version.effective.isoformat(),
        "file": side.policy.file,
        "sha256": side.policy.sha256,
        "region": side.region,
        "settings_of": None if side.day is None else side.day.isoformat(),
    }


def _found(found: Found) -> Told:
    return {
        "activity": found.activity,
        "from": found.from_,
        "why": found.why,
        "rule": found.rule,
        "cohorts": list(found.cohorts),
        "witness": None if found.case is None else _case(found.case),
    }


def _case(case: Case) -> Told:
    return {**case.document, "sentence": case.sentence}
