"""Why two worlds differ, as plain values."""

from __future__ import annotations

from engine.texts import Told
from engine.worlds.values import Compared, Reason, Side


def reason_document(reason: Reason) -> Told:
    """Why two worlds differ, as plain values."""
    return {
        "code": reason.code,
        "comparisons": [_comparison(one) for one in reason.comparisons],
        "because": [dict(one) for one in reason.because],
    }


def _comparison(one: Compared) -> Told:
    return {
        "rule": one.rule,
        "measure": one.measure,
        "comparator": one.comparator,
        "before": _side(one.before),
        "after": _side(one.after),
    }


def _side(side: Side | None) -> Told | None:
    if side is None:
        return None
    return {
        "value": side.value,
        "threshold": side.threshold,
        "from": side.source,
        "holds": side.holds,
        "run": side.run,
        "needs": side.needs,
        "basis": side.basis,
    }
