"""Lines to review."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.columns import Counter

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the newer shape."""
    op.create_table(
        "review_lines",
        sa.Column("id", Counter, nullable=False),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("kept_on", sa.Date, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_lines")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_review_lines_fingerprint")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_review_lines_kept_on"), "review_lines", ["kept_on"])


def downgrade() -> None:
    """Back to the older one."""
    op.drop_table("review_lines")
