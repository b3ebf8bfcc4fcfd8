"""The first tables.

They are written down here as they were on that day, apart from `tables.py`, which moves on.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table, UniqueConstraint

from bot.store.columns import Counter, Data, UtcDateTime
from bot.store.tables import CONVENTION

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

FIRST = sa.MetaData(naming_convention=CONVENTION)


def text(name: str, *more: ForeignKey, null: bool = False, index: bool = False) -> Column[str]:
    """A column of text."""
    return Column(name, String, *more, nullable=null, index=index)


def moment(name: str, *, null: bool = False, index: bool = False) -> Column[object]:
    """A column of moments."""
    return Column(name, UtcDateTime, nullable=null, index=index)


def key(name: str = "id") -> Column[str]:
    """A key of text."""
    return Column(name, String, primary_key=True)


Table(
    "staff",
    FIRST,
    key(),
    text("login"),
    text("name"),
    text("role"),
    text("password_hash"),
    moment("created_at"),
    moment("disabled_at", null=True),
    UniqueConstraint("login"),
)
Table(
    "staff_sessions",
    FIRST,
    key("token_hash"),
    text("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), index=True),
    moment("created_at"),
    moment("expires_at", index=True),
    moment("last_seen_at"),
)
Table(
    "setup_links",
    FIRST,
    key("token_hash"),
    text("staff_login", null=True),
    moment("created_at"),
    moment("expires_at", index=True),
    moment("used_at", null=True),
)
Table(
    "sign_in_attempts",
    FIRST,
    Column("id", Counter, primary_key=True),
    text("login_hash"),
    moment("at", index=True),
    sa.Index(None, "login_hash", "at"),
)
Table(
    "conversations",
    FIRST,
    key(),
    text("channel"),
    text("account"),
    text("chat"),
    text("person"),
    text("thread"),
    text("owner", index=True),
    text("stage"),
    text("language"),
    Column("state", LargeBinary, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("unread_by_staff", Integer, nullable=False),
    text("staff_id", ForeignKey("staff.id", ondelete="SET NULL"), null=True, index=True),
    text("source", null=True),
    moment("created_at"),
    moment("updated_at", index=True),
    moment("last_inbound_at", null=True),
    UniqueConstraint("channel", "account", "chat", "person", "thread"),
)
Table(
    "messages",
    FIRST,
    key(),
    text("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE")),
    text("channel"),
    Column("seq", Integer, nullable=False),
    text("author"),
    text("kind"),
    text("staff_id", ForeignKey("staff.id", ondelete="SET NULL"), null=True, index=True),
    text("inbound_key", null=True),
    Column("body", LargeBinary, nullable=False),
    moment("created_at"),
    text("in_reply_to", null=True),
    UniqueConstraint("conversation_id", "seq"),
    UniqueConstraint("channel", "inbound_key"),
)
Table(
    "events",
    FIRST,
    Column("id", Counter, primary_key=True),
    text("conversation_id", null=True, index=True),
    moment("at", index=True),
    text("actor"),
    text("kind", index=True),
    Column("data", Data, nullable=False),
)
Table(
    "leads",
    FIRST,
    key(),
    text("reference"),
    text(
        "conversation_id",
        ForeignKey("conversations.id", ondelete="SET NULL"),
        null=True,
        index=True,
    ),
    text("form"),
    text("status", index=True),
    text("language"),
    Column("body", LargeBinary, nullable=False),
    moment("created_at", index=True),
    moment("updated_at"),
    UniqueConstraint("reference"),
)
Table(
    "deliveries",
    FIRST,
    key(),
    text("lead_id", ForeignKey("leads.id", ondelete="CASCADE"), index=True),
    text("target"),
    text("key"),
    text("state", index=True),
    Column("attempts", Integer, nullable=False),
    text("last_error", null=True),
    moment("sent_at", null=True),
    moment("created_at"),
    UniqueConstraint("key"),
)
Table(
    "key_check",
    FIRST,
    Column("id", sa.SmallInteger, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
)


def upgrade() -> None:
    """To the newer shape."""
    FIRST.create_all(op.get_bind(), checkfirst=False)


def downgrade() -> None:
    """Back to the older one."""
    FIRST.drop_all(op.get_bind(), checkfirst=False)
