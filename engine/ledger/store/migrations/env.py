"""Alembic runs this for each migration, on the connection and in the transaction that `migrate` has begun."""

from __future__ import annotations

from alembic import context

from engine.ledger.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite can, although Alembic supposes that it cannot
)
with context.begin_transaction():
    context.run_migrations()
