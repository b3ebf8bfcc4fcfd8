"""Files that prospects uploaded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.columns import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the newer shape."""
    op.create_table(
        "files",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("conversation_id", sa.String, nullable=False),
        sa.Column("upload_key", sa.String, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("sent_at", UtcDateTime, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files")),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_files_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("conversation_id", "upload_key", name=op.f("uq_files_conversation_id")),
    )
    op.create_index(op.f("ix_files_created_at"), "files", ["created_at"])
    op.create_index(op.f("ix_files_sent_at"), "files", ["sent_at"])
    op.create_table(
        "file_chunks",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("file_id", sa.String, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_chunks")),
        sa.ForeignKeyConstraint(
            ["file_id"], ["files.id"], name=op.f("fk_file_chunks_file_id_files"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint("file_id", "number", name=op.f("uq_file_chunks_file_id")),
    )


def downgrade() -> None:
    """Back to the older one."""
    op.drop_table("file_chunks")
    op.drop_table("files")
