"""When the clock looks at a conversation, when a reply is due, until when it is put off."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.columns import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENTS = ("look_at", "reply_due_at", "snoozed_until")


def upgrade() -> None:
    """To the newer shape. What was to be looked at is looked at anew; what waits is told of no reply that is due."""
    for name in MOMENTS:
        op.add_column("conversations", sa.Column(name, UtcDateTime, nullable=True))
        op.create_index(op.f(f"ix_conversations_{name}"), "conversations", [name])
    op.execute("UPDATE conversations SET look_at = updated_at WHERE stage = 'listening'")


def downgrade() -> None:
    """Back to the older one."""
    op.execute("UPDATE conversations SET stage = 'listening' WHERE look_at IS NOT NULL")
    for name in MOMENTS:
        op.drop_index(op.f(f"ix_conversations_{name}"), "conversations")
        op.drop_column("conversations", name)
