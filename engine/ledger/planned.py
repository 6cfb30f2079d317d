"""What recording some returns would do, without recording them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from engine.ledger.planning import facts_of
from engine.ledger.view import View
from rules.figures import Return


class Planned(NamedTuple):
    """How many returns are new to the ledger, how many would correct one that it has, and how many it has."""

    new: int
    corrected: int
    unchanged: int


def planned(view: View | None, returns: Iterable[Return]) -> Planned:
    """What recording returns would do to a ledger as it is seen; without a view it is empty."""
    counts = {"new": 0, "corrected": 0, "unchanged": 0}
    known: dict[str, dict[datetime.date, Return]] = {}
    for one in returns:
        if one.pdu not in known:
            known[one.pdu] = {} if view is None else _recorded(view, one.pdu)
        before = known[one.pdu].get(one.as_of)
        if before is None:
            counts["new"] += 1
        else:
            counts["unchanged" if before.sha256 == one.sha256 else "corrected"] += 1
    return Planned(**counts)


def _recorded(view: View, pdu: str) -> dict[datetime.date, Return]:
    unit = view.policy.pdus.get(pdu)
    return {} if unit is None else facts_of(view, unit).returns
