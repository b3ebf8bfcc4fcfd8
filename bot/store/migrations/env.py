"""Alembic's door: it runs on the connection and in the transaction it is given."""

from __future__ import annotations

from alembic import context

from bot.store.migrating import options
from bot.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    **options(),
)
with context.begin_transaction():
    context.run_migrations()
