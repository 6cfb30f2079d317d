"""The status of many units over time, asked for at once."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from engine.active import DAY
from engine.ledger.overview import newest_of
from engine.ledger.shorts import Short, Stretch, short_of, stretched
from engine.ledger.store import tables
from engine.ledger.view import View
from rules.model import Pdu


def histories(
    view: View, units: Sequence[Pdu], first: datetime.date, last: datetime.date
) -> Mapping[str, list[Stretch]]:
    """What `View.history` gives of each unit, by its id: two questions to the database, however many there are."""
    last = last if view.settled is None else min(last, view.settled)
    if view.settled is None or not units or first > last:
        return {}
    framework = view.policy.framework.id
    begun = newest_of(view.connection, framework, [unit.id for unit in units], first, view.known)
    later: dict[str, list[Short]] = {}
    for short in _newest_by_day(view, first + DAY, last):
        later.setdefault(short.pdu, []).append(short)
    found = {}
    for unit in units:
        start, end = max(first, unit.from_ or first), min(last, unit.until or last)
        shorts = [*([begun[unit.id]] if unit.id in begun else ()), *later.get(unit.id, ())]
        found[unit.id] = [] if start > end else stretched(shorts, start, end, view.policy.framework)
    return found


def _newest_by_day(view: View, first: datetime.date, last: datetime.date) -> list[Short]:
    """For each unit and day with decisions the newest that was known, in the order of days."""
    decisions = tables.decisions
    newest = (
        sa.select(sa.func.max(decisions.c.seq))
        .where(
            decisions.c.framework == view.policy.framework.id,
            decisions.c.as_of >= first.isoformat(),
            decisions.c.as_of <= last.isoformat(),
            decisions.c.seq <= view.known,
        )
        .group_by(decisions.c.pdu, decisions.c.as_of)
    )
    rows = view.connection.execute(
        sa.select(decisions).where(decisions.c.seq.in_(newest)).order_by(decisions.c.as_of, decisions.c.seq)
    )
    return [short_of(row) for row in rows]
