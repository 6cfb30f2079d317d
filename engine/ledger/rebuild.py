"""Making the indexes again from the records, should they be lost or damaged."""

from __future__ import annotations

import orjson
import sqlalchemy as sa

from engine.ledger.records import index_rows
from engine.ledger.store import Store, tables
from engine.ledger.store.chain import unpacked
from engine.ledger.verify import BATCH, IndexRows, Progress


def rebuild(store: Store, progress: Progress | None = None, rows: IndexRows = index_rows) -> int:
    """Empty the indexes and fill them from the records, in one transaction. Gives the number of records read.

    It believes the records: verify the chain first where that is in doubt.
    """
    with store.writing() as writing:
        for table in tables.INDEXES:
            writing.connection.execute(sa.delete(table))
        after = 0
        while found := writing.connection.execute(_next, {"after": after}).all():
            for record in map(unpacked, found):
                for table, row in rows(record.seq, record.kind, orjson.loads(record.body)):
                    writing.insert(table, [row])
                after = record.seq
            writing.flush()
            if progress is not None:
                progress(after, writing.head)
        return after


_next = (
    sa.select(tables.records)
    .where(tables.records.c.seq > sa.bindparam("after"))
    .order_by(tables.records.c.seq)
    .limit(BATCH)
)
