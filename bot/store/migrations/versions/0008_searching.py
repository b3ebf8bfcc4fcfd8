"""The staff's list by index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.columns import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the newer shape."""
    _list()


def downgrade() -> None:
    """Back to the older one."""
    with op.batch_alter_table("conversations") as table:
        table.drop_index("ix_conversations_listed")
        table.drop_index("ix_conversations_on_top_since")
        table.drop_column("listed_at")
        table.drop_column("on_top_since")


def _list() -> None:
    op.add_column("conversations", sa.Column("on_top_since", UtcDateTime, nullable=True))
    op.add_column("conversations", sa.Column("listed_at", UtcDateTime, nullable=True))
    # The exact moment is sealed; the next turn of the conversation puts it here.
    op.execute("UPDATE conversations SET on_top_since = updated_at WHERE owner = 'waiting'")
    op.execute(
        "UPDATE conversations SET listed_at = updated_at "
        "WHERE last_inbound_at IS NOT NULL OR staff_id IS NOT NULL OR owner = 'waiting'"
    )
    waits = sa.text("on_top_since IS NOT NULL")
    op.create_index(
        "ix_conversations_on_top_since",
        "conversations",
        ["on_top_since", "id"],
        sqlite_where=waits,
        postgresql_where=waits,
    )
    op.create_index(
        "ix_conversations_listed",
        "conversations",
        ["listed_at", "id", "on_top_since", "owner", "staff_id", "language", "channel"],
    )
