"""The staff's list by index, a blind index of what was said, linked and blocked accounts."""

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
    _search()
    _contacts()


def downgrade() -> None:
    """Back to the older one."""
    op.drop_table("blocked_identities")
    op.drop_table("contact_members")
    op.drop_table("contacts")
    op.drop_table("lead_terms")
    op.drop_table("search_terms")
    with op.batch_alter_table("conversations") as table:
        table.drop_index("ix_conversations_counted")
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
    op.create_index(
        "ix_conversations_counted",
        "conversations",
        ["owner", "staff_id", "language", "channel", "listed_at", "on_top_since"],
    )


def _search() -> None:
    """Empty: nothing can be opened here. `tidewaiter search rebuild` fills it for what is there."""
    op.create_table(
        "search_terms",
        sa.Column("term", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.String, nullable=False),
        sa.Column("seq", sa.Integer, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint(
            "term", "day", "conversation_id", "seq", name=op.f("pk_search_terms")
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_search_terms_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_search_terms_conversation_id"), "search_terms", ["conversation_id", "term"]
    )
    op.create_table(
        "lead_terms",
        sa.Column("term", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("lead_id", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("term", "lead_id", name=op.f("pk_lead_terms")),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["leads.id"], name=op.f("fk_lead_terms_lead_id_leads"), ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_lead_terms_lead_id"), "lead_terms", ["lead_id"])


def _contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
    op.create_table(
        "contact_members",
        *_identity(),
        sa.Column("contact_id", sa.String, nullable=False),
        sa.Column("linked_at", UtcDateTime, nullable=False),
        sa.Column("linked_by", sa.String, nullable=True),
        sa.PrimaryKeyConstraint("channel", "account", "person", name=op.f("pk_contact_members")),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contacts.id"],
            name=op.f("fk_contact_members_contact_id_contacts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["linked_by"],
            ["staff.id"],
            name=op.f("fk_contact_members_linked_by_staff"),
            ondelete="SET NULL",
        ),
    )
    op.create_index(op.f("ix_contact_members_contact_id"), "contact_members", ["contact_id"])
    op.create_table(
        "blocked_identities",
        *_identity(),
        sa.Column("blocked_at", UtcDateTime, nullable=False),
        sa.Column("blocked_by", sa.String, nullable=True),
        sa.Column("told_at", UtcDateTime, nullable=True),
        sa.PrimaryKeyConstraint("channel", "account", "person", name=op.f("pk_blocked_identities")),
        sa.ForeignKeyConstraint(
            ["blocked_by"],
            ["staff.id"],
            name=op.f("fk_blocked_identities_blocked_by_staff"),
            ondelete="SET NULL",
        ),
    )


def _identity() -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, nullable=False) for name in ("channel", "account", "person")]
