"""The tables of the ledger. `records` is the truth; `texts` holds the documents' words; the rest are indexes.

An index row says where in `records` something stands, and can be made again from there. Days are ISO text and moments
text of one fixed width, so that both databases order them alike; text is compared by its bytes in both.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
}
metadata = sa.MetaData(naming_convention=NAMES)

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""On SQLite only INTEGER PRIMARY KEY is the row's own number, which needs no second index."""
TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def _text(name: str, *, null: bool = False, key: bool = False) -> sa.Column[Any]:
    return sa.Column(name, TEXT, nullable=null, primary_key=key)


def _number(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, NUMBER, nullable=null)


def _seq() -> sa.Column[Any]:
    return sa.Column("seq", NUMBER, sa.ForeignKey("records.seq"), primary_key=True, autoincrement=False)


records = sa.Table(
    "records",
    metadata,
    sa.Column("seq", NUMBER, primary_key=True, autoincrement=False),
    _text("kind"),
    _text("recorded_at"),
    _text("by"),
    sa.Column("body", sa.LargeBinary, nullable=False),
    _text("sha256"),
    _text("hash"),
    sa.Index(None, "recorded_at", "seq"),
    sa.Index(None, "kind", "seq"),
)
texts = sa.Table(
    "texts",
    metadata,
    _text("sha256", key=True),
    sa.Column("text", sa.LargeBinary, nullable=False),
)
document_sets = sa.Table("document_sets", metadata, _seq(), _text("sha256"))
returns = sa.Table(
    "returns",
    metadata,
    _seq(),
    _text("framework"),
    _text("pdu"),
    _text("as_of"),
    _text("sha256"),
    sa.Index(None, "framework", "pdu", "as_of", "seq"),
)
events = sa.Table(
    "events",
    metadata,
    _seq(),
    _text("framework"),
    _text("kind"),
    _text("event_id"),
    _text("pdu", null=True),
    _text("region", null=True),
    sa.Index(None, "framework", "seq"),
    sa.Index(None, "event_id"),
)
decisions = sa.Table(
    "decisions",
    metadata,
    _seq(),
    _text("framework"),
    _text("pdu"),
    _text("region", null=True),
    _text("as_of"),
    _text("id"),
    _text("status"),
    _text("since"),
    _text("previous", null=True),
    _text("calculated", null=True),
    _text("calculated_since", null=True),
    _text("review_by", null=True),
    _text("version"),
    sa.Index(None, "framework", "pdu", "as_of", "seq"),
    sa.Index(None, "framework", "seq"),
    sa.Index(None, "id"),
)
changes = sa.Table(
    "changes",
    metadata,
    _seq(),
    _text("framework"),
    _text("pdu"),
    _text("region", null=True),
    _text("as_of"),
    _text("kinds"),
    _text("from_status", null=True),
    _text("to_status", null=True),
    _text("from_id", null=True),
    _text("to_id", null=True),
    _text("cause", null=True),
    sa.Index(None, "framework", "seq"),
    sa.Index(None, "framework", "pdu", "seq"),
)
ticks = sa.Table(
    "ticks", metadata, _seq(), _text("framework"), _text("day"), sa.Index(None, "framework", "day")
)
idempotency = sa.Table(
    "idempotency",
    metadata,
    _text("client", key=True),
    _text("key", key=True),
    _text("request_sha256"),
    sa.Column("status", sa.Integer, nullable=False),
    _text("headers"),
    sa.Column("body", sa.LargeBinary, nullable=False),
    _number("seq"),
    _text("recorded_at"),
    sa.Index(None, "recorded_at"),
)

INDEXES = (document_sets, returns, events, decisions, changes, ticks)
"""The tables that can be made again from `records`, each with the record's number as its key."""
