"""The newest returns of all units at once, for questions about what was sent."""

from __future__ import annotations

import orjson
import sqlalchemy as sa

from engine.ledger.records import return_of
from engine.ledger.store import tables
from engine.ledger.store.chain import unpacked
from engine.ledger.view import View
from rules.figures import Return


def recent_returns(view: View, count: int) -> list[Return]:
    """The newest `count` returns of each unit up to the view's day, as known then; corrected ones as corrected."""
    returns, records = tables.returns, tables.records
    newest = (
        sa.select(returns.c.pdu, returns.c.as_of, sa.func.max(returns.c.seq).label("seq"))
        .where(
            returns.c.framework == view.policy.framework.id,
            returns.c.as_of <= view.day.isoformat(),
            returns.c.seq <= view.known,
        )
        .group_by(returns.c.pdu, returns.c.as_of)
        .subquery()
    )
    rank = sa.func.row_number().over(partition_by=newest.c.pdu, order_by=newest.c.as_of.desc())
    ranked = sa.select(newest.c.seq, rank.label("rank")).subquery()
    chosen = sa.select(ranked.c.seq).where(ranked.c.rank <= count)
    rows = view.connection.execute(
        sa.select(records).where(records.c.seq.in_(chosen)).order_by(records.c.seq)
    )
    return [return_of(orjson.loads(one.body), one.recorded_at) for one in map(unpacked, rows)]
