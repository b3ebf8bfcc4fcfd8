"""Reminders, and since when a form lies open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.columns import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENTS = ("form_since", "form_unreminded_since")


def upgrade() -> None:
    """To the newer shape. Forms that lie open already are dropped in time, but nobody is reminded of them."""
    for name in MOMENTS:
        op.add_column("conversations", sa.Column(name, UtcDateTime, nullable=True))
        op.create_index(op.f(f"ix_conversations_{name}"), "conversations", [name])
    op.execute("UPDATE conversations SET form_since = last_inbound_at WHERE stage = 'intake'")
    op.create_table(
        "reminders",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("conversation_id", sa.String, nullable=False),
        sa.Column("reference", sa.String, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("which", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("due_at", UtcDateTime, nullable=False),
        sa.Column("begun_at", UtcDateTime, nullable=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("last_error", sa.String, nullable=True),
        sa.Column("sent_at", UtcDateTime, nullable=True),
        sa.Column("token_hash", sa.String, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint(
            *("conversation_id", "reference", "number", "which"),
            name=op.f("uq_reminders_conversation_id"),
        ),
        sa.UniqueConstraint("token_hash", name=op.f("uq_reminders_token_hash")),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_reminders_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f("ix_reminders_conversation_id"), "reminders", ["conversation_id"])
    op.create_index(op.f("ix_reminders_state"), "reminders", ["state", "due_at"])


def downgrade() -> None:
    """Back to the older one."""
    op.drop_table("reminders")
    for name in MOMENTS:
        op.drop_index(op.f(f"ix_conversations_{name}"), "conversations")
        op.drop_column("conversations", name)
