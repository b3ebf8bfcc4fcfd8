"""How leads are handled, drafts of reviewers, and the journal found by kind and time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.columns import Counter

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INDEXED = ("owner_id", "urgency", "next_on")


def upgrade() -> None:
    """To the newer shape. What was closed counts as lost for a reason we do not know: it may have been won."""
    op.add_column("leads", sa.Column("owner_id", sa.String, nullable=True))
    op.add_column("leads", sa.Column("urgency", sa.String, nullable=True))
    op.add_column("leads", sa.Column("next_on", sa.Date, nullable=True))
    op.add_column("leads", sa.Column("lost_reason", sa.String, nullable=True))
    op.add_column("leads", sa.Column("version", sa.Integer, nullable=False, server_default="0"))
    for name in INDEXED:
        op.create_index(op.f(f"ix_leads_{name}"), "leads", [name])
    op.execute("UPDATE leads SET lost_reason = 'unknown' WHERE status = 'closed'")
    op.execute("UPDATE leads SET status = 'lost' WHERE status = 'closed'")
    op.execute("UPDATE leads SET status = 'contacted' WHERE status = 'in_hand'")
    op.drop_index(op.f("ix_events_kind"), "events")
    op.create_index(op.f("ix_events_kind"), "events", ["kind", "at"])
    op.create_table(
        "review_drafts",
        sa.Column("id", Counter, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("staff_id", sa.String, nullable=False),
        sa.Column("made_on", sa.Date, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_drafts")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_review_drafts_fingerprint")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_review_drafts_made_on"), "review_drafts", ["made_on"])


def downgrade() -> None:
    """Back to the older one."""
    op.drop_table("review_drafts")
    op.drop_index(op.f("ix_events_kind"), "events")
    op.create_index(op.f("ix_events_kind"), "events", ["kind"])
    op.execute("UPDATE leads SET status = 'in_hand' WHERE status IN ('contacted', 'engaged')")
    op.execute("UPDATE leads SET status = 'closed' WHERE status IN ('won', 'lost')")
    for name in INDEXED:
        op.drop_index(op.f(f"ix_leads_{name}"), "leads")
    for name in ("owner_id", "urgency", "next_on", "lost_reason", "version"):
        op.drop_column("leads", name)
