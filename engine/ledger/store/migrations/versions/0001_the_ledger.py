"""The ledger: records, texts, their indexes, idempotency keys.

Revision ID: 0001
Revises:
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# What a migration makes never changes, so it shares nothing with tables.py, which does.
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def _text(name: str, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, TEXT, nullable=null)


def _blob(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary, nullable=False)


def _number(name: str, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, NUMBER, nullable=null)


def _table(name: str, key: str, *columns: sa.Column[Any]) -> None:
    """An index table: keyed by the record's number, and of a record that exists."""
    op.create_table(
        name,
        sa.Column("seq", NUMBER, nullable=False, autoincrement=False),
        *columns,
        sa.PrimaryKeyConstraint("seq", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["seq"], ["records.seq"], name=f"fk_{name}_seq"),
    )
    for names in key.split():
        _index(name, *names.split("+"))


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "records",
        sa.Column("seq", NUMBER, nullable=False, autoincrement=False),
        *(_text("kind"), _text("recorded_at"), _text("by"), _blob("body"), _text("sha256"), _text("hash")),
        sa.PrimaryKeyConstraint("seq", name="pk_records"),
    )
    _index("records", "recorded_at", "seq")
    _index("records", "kind", "seq")
    op.create_table(
        "texts",
        *(_text("sha256"), _blob("text")),
        sa.PrimaryKeyConstraint("sha256", name="pk_texts"),
    )
    _table("document_sets", "", _text("sha256"))
    _table(
        "returns",
        "framework+pdu+as_of+seq",
        *(_text("framework"), _text("pdu"), _text("as_of"), _text("sha256")),
    )
    _table(
        "events",
        "framework+seq event_id",
        *(_text("framework"), _text("kind"), _text("event_id"), _text("pdu", True), _text("region", True)),
    )
    _table(
        "decisions",
        "framework+pdu+as_of+seq framework+seq id",
        *(_text("framework"), _text("pdu"), _text("region", True), _text("as_of")),
        *(_text("id"), _text("status"), _text("since"), _text("previous", True), _text("calculated", True)),
        *(_text("calculated_since", True), _text("review_by", True), _text("version")),
    )
    _table(
        "changes",
        "framework+seq framework+pdu+seq",
        *(_text("framework"), _text("pdu"), _text("region", True), _text("as_of")),
        *(_text("kinds"), _text("from_status", True), _text("to_status", True)),
        *(_text("from_id", True), _text("to_id", True), _text("cause", True)),
    )
    _table("ticks", "framework+day", _text("framework"), _text("day"))
    op.create_table(
        "idempotency",
        *(_text("client"), _text("key"), _text("request_sha256")),
        sa.Column("status", sa.Integer, nullable=False),
        *(_text("headers"), _blob("body"), _number("seq"), _text("recorded_at")),
        sa.PrimaryKeyConstraint("client", "key", name="pk_idempotency"),
    )
    _index("idempotency", "recorded_at")
    if op.get_bind().dialect.name == "postgresql":
        _keep_on_postgresql()
    else:
        _keep_on_sqlite()


KEPT = ("records", "texts")
"""What stands in these is never changed or removed, whoever asks."""


def _keep_on_sqlite() -> None:
    for table in KEPT:
        for what in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{what} BEFORE {what.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'what {table} holds is never changed or removed'); END"
            )


def _keep_on_postgresql() -> None:
    op.execute("ALTER TABLE records ALTER COLUMN body SET STORAGE EXTERNAL")  # it is compressed already
    op.execute(
        "CREATE FUNCTION ledger_kept() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'what % holds is never changed or removed', TG_TABLE_NAME; END $$"
    )
    for table in KEPT:
        op.execute(
            f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_kept()"
        )


def downgrade() -> None:
    """There is nothing before the first schema, and records are never removed."""
    raise NotImplementedError("the ledger's records are never removed")
