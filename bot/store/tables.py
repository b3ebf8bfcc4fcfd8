"""The tables. Personal data lies in sealed columns only; what is plain may be read by anyone.

States and bodies are JSON to this floor: what is in them is the business of the floors above.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.store.columns import Counter, Data, UtcDateTime

CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, because SQLite's can be changed by name only."""


class Base(DeclarativeBase):
    """All our tables."""

    metadata = MetaData(naming_convention=CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime, bytes: LargeBinary}


class ConversationRow(Base):
    """One chat of one person on one channel."""

    __tablename__ = "conversations"
    __table_args__ = (
        UniqueConstraint("channel", "account", "chat", "person", "thread"),
        Index(
            "ix_conversations_on_top_since",
            *("on_top_since", "id"),
            sqlite_where=text("on_top_since IS NOT NULL"),
            postgresql_where=text("on_top_since IS NOT NULL"),
        ),
        # All that the staff's list is narrowed and ordered by, then all it is counted by: no row is read for that.
        Index(
            "ix_conversations_listed",
            *("listed_at", "id", "on_top_since", "owner", "staff_id", "language", "channel"),
        ),
        Index(
            "ix_conversations_counted",
            *("owner", "staff_id", "language", "channel", "listed_at", "on_top_since"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str]
    account: Mapped[str]
    chat: Mapped[str]
    person: Mapped[str]
    thread: Mapped[str]
    owner: Mapped[str] = mapped_column(index=True)
    stage: Mapped[str]
    language: Mapped[str]
    state: Mapped[bytes]
    """Sealed."""
    last_seq: Mapped[int]
    unread_by_staff: Mapped[int]
    staff_id: Mapped[str | None] = mapped_column(
        ForeignKey("staff.id", ondelete="SET NULL"), index=True
    )
    source: Mapped[str | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)
    last_inbound_at: Mapped[datetime | None]
    form_since: Mapped[datetime | None] = mapped_column(index=True)
    """When the form that is open was last touched; None where none is open."""
    form_unreminded_since: Mapped[datetime | None] = mapped_column(index=True)
    """The same, until the person has been reminded of that form."""
    look_at: Mapped[datetime | None] = mapped_column(index=True)
    """When the clock has something to do here next."""
    reply_due_at: Mapped[datetime | None] = mapped_column(index=True)
    """When the staff's reply is due; None where none is owed, or the clock stands."""
    snoozed_until: Mapped[datetime | None] = mapped_column(index=True)
    """Until when it is put off."""
    on_top_since: Mapped[datetime | None]
    """Since when it has to be seen to first; such conversations stand on top of the staff's list."""
    listed_at: Mapped[datetime | None]
    """`updated_at`, once the staff's list shows it: somebody has spoken."""


class MessageRow(Base):
    """One message of a conversation; `inbound_key` is the channel's own id of what came in."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("conversation_id", "seq"),
        UniqueConstraint("channel", "inbound_key"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    channel: Mapped[str]
    seq: Mapped[int]
    author: Mapped[str]
    kind: Mapped[str]
    staff_id: Mapped[str | None] = mapped_column(
        ForeignKey("staff.id", ondelete="SET NULL"), index=True
    )
    inbound_key: Mapped[str | None]
    body: Mapped[bytes]
    """Sealed."""
    created_at: Mapped[datetime]
    in_reply_to: Mapped[str | None]


class EventRow(Base):
    """What happened, without personal data: the journal that outlives an erasure."""

    __tablename__ = "events"
    __table_args__ = (Index(None, "kind", "at"),)

    id: Mapped[int] = mapped_column(Counter, primary_key=True)
    conversation_id: Mapped[str | None] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str]
    kind: Mapped[str]
    data: Mapped[dict[str, Any]] = mapped_column(Data)


class LeadRow(Base):
    """What a prospect gave us to pass on."""

    __tablename__ = "leads"
    __table_args__ = (UniqueConstraint("reference"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str]
    conversation_id: Mapped[str | None] = mapped_column(
        ForeignKey("conversations.id", ondelete="SET NULL"), index=True
    )
    form: Mapped[str]
    status: Mapped[str] = mapped_column(index=True)
    owner_id: Mapped[str | None] = mapped_column(index=True)
    """A member of staff. No foreign key: SQLite could not take such a column away again."""
    urgency: Mapped[str | None] = mapped_column(index=True)
    """The option that was chosen, to be filtered by; none where it was not noted yet."""
    next_on: Mapped[date | None] = mapped_column(index=True)
    lost_reason: Mapped[str | None]
    version: Mapped[int]
    language: Mapped[str]
    body: Mapped[bytes]
    """Sealed."""
    created_at: Mapped[datetime] = mapped_column(index=True)
    updated_at: Mapped[datetime]


class DeliveryRow(Base):
    """One lead on its way to one receiver; `key` stays the same over all attempts."""

    __tablename__ = "deliveries"
    __table_args__ = (UniqueConstraint("key"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    target: Mapped[str]
    key: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    attempts: Mapped[int]
    last_error: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class ReminderRow(Base):
    """One mail to come that reminds of a renewal; once it is sent or not wanted its body is emptied."""

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("conversation_id", "reference", "number", "which"),
        UniqueConstraint("token_hash"),
        Index(None, "state", "due_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    reference: Mapped[str]
    number: Mapped[int]
    which: Mapped[str]
    language: Mapped[str]
    state: Mapped[str]
    due_at: Mapped[datetime]
    """From when it may be taken; moved on by every attempt, so that nobody else takes it meanwhile."""
    begun_at: Mapped[datetime | None]
    attempts: Mapped[int]
    last_error: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    token_hash: Mapped[str]
    body: Mapped[bytes]
    """Sealed."""
    created_at: Mapped[datetime]


class StaffRow(Base):
    """A member of staff."""

    __tablename__ = "staff"
    __table_args__ = (UniqueConstraint("login"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    login: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    shows_name: Mapped[bool]
    """Whether they agreed that prospects read their name."""
    last_seen_at: Mapped[datetime | None]
    totp: Mapped[bytes | None]
    """Sealed: the secret that codes for signing in are worked out from."""
    totp_since: Mapped[datetime | None]
    """Since when a code is asked for; a secret without it waits to be confirmed."""
    totp_step: Mapped[int | None]
    """The half minute of the last code that was taken: none of it or before it is taken again."""


class RecoveryCodeRow(Base):
    """A code that signs somebody in once where their telephone is lost; only its hash is kept."""

    __tablename__ = "recovery_codes"

    code_hash: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    used_at: Mapped[datetime | None]


class StaffSessionRow(Base):
    """A browser that is signed in; only the hash of its token is kept."""

    __tablename__ = "staff_sessions"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    last_seen_at: Mapped[datetime]
    browser: Mapped[str | None]
    """The family of browser and system, such as `Firefox on Windows`."""


class SetupLinkRow(Base):
    """A link that lets somebody set a password once: the first account, or a forgotten one."""

    __tablename__ = "setup_links"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    staff_login: Mapped[str | None]
    role: Mapped[str | None]
    """The role of the account it makes."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class MentionRow(Base):
    """A member of staff was named in a note."""

    __tablename__ = "mentions"
    __table_args__ = (Index(None, "staff_id", "seen_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    seq: Mapped[int]
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    by_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]


class ReceiptRow(Base):
    """How far a prospect's page has a conversation: numbers of lines."""

    __tablename__ = "receipts"

    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    delivered: Mapped[int]
    seen: Mapped[int]
    updated_at: Mapped[datetime]


class SignInAttemptRow(Base):
    """A sign-in that failed; the login is kept as a hash."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index(None, "login_hash", "at"),)

    id: Mapped[int] = mapped_column(Counter, primary_key=True)
    login_hash: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)


class ReviewLineRow(Base):
    """A line kept for review; nothing in it says who wrote it."""

    __tablename__ = "review_lines"
    # A number that was taken away is not given again: a reviewer may still have it before them.
    __table_args__ = (UniqueConstraint("fingerprint"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Counter, primary_key=True)
    fingerprint: Mapped[str]
    language: Mapped[str]
    kept_on: Mapped[date] = mapped_column(index=True)
    body: Mapped[bytes]
    """Sealed."""


class ReviewDraftRow(Base):
    """What a reviewer made of a line or a fact, to be taken as a patch."""

    __tablename__ = "review_drafts"
    __table_args__ = (UniqueConstraint("fingerprint"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Counter, primary_key=True)
    kind: Mapped[str]
    fingerprint: Mapped[str]
    """Of what it says: nothing is drafted twice."""
    staff_id: Mapped[str]
    made_on: Mapped[date] = mapped_column(index=True)
    body: Mapped[bytes]
    """Sealed."""


class FileRow(Base):
    """A file that a prospect uploaded; its content lies in pieces beside it."""

    __tablename__ = "files"
    __table_args__ = (UniqueConstraint("conversation_id", "upload_key"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    upload_key: Mapped[str]
    """The sender's own id of the upload: the same again is the same file."""
    size: Mapped[int]
    """In bytes, plain so that limits are sums: it says nothing of anybody."""
    body: Mapped[bytes]
    """Sealed: name, kind, digest."""
    created_at: Mapped[datetime] = mapped_column(index=True)
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    """When a message first named it; none for an upload that was never sent."""


class FileChunkRow(Base):
    """A piece of a file. Its id is the file's with its number, so a piece opens at its place only."""

    __tablename__ = "file_chunks"
    __table_args__ = (UniqueConstraint("file_id", "number"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    file_id: Mapped[str] = mapped_column(ForeignKey("files.id", ondelete="CASCADE"))
    number: Mapped[int]
    content: Mapped[bytes]
    """Sealed."""


class SearchTermRow(Base):
    """That a word stands in a message. The word is a keyed hash, so without the key nobody can look it up."""

    __tablename__ = "search_terms"
    __table_args__ = (Index(None, "conversation_id", "term"), {"sqlite_with_rowid": False})

    term: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Of the message, counted from the year 1: of a common word the latest are looked at first."""
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class LeadTermRow(Base):
    """The same of what a lead says."""

    __tablename__ = "lead_terms"
    __table_args__ = ({"sqlite_with_rowid": False},)

    term: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    lead_id: Mapped[str] = mapped_column(
        ForeignKey("leads.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class ContactRow(Base):
    """One person with several accounts, as the staff has it."""

    __tablename__ = "contacts"

    id: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]


class ContactMemberRow(Base):
    """An account of a person; taking the row away unlinks it, and nothing else hangs on it."""

    __tablename__ = "contact_members"

    channel: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    contact_id: Mapped[str] = mapped_column(
        ForeignKey("contacts.id", ondelete="CASCADE"), index=True
    )
    linked_at: Mapped[datetime]
    linked_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))


class BlockedIdentityRow(Base):
    """An account from which nothing is taken."""

    __tablename__ = "blocked_identities"

    channel: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    blocked_at: Mapped[datetime]
    blocked_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    told_at: Mapped[datetime | None]


class KeyCheckRow(Base):
    """A value sealed at the first start: a process with the wrong key stops at once."""

    __tablename__ = "key_check"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    sealed: Mapped[bytes]


DURABLE_TABLES = frozenset(
    {
        "application_versions",
        "dbos_migrations",
        "event_dispatch_kv",
        "notifications",
        "operation_outputs",
        "queues",
        "streams",
        "transaction_completion",
        "workflow_events",
        "workflow_events_history",
        "workflow_input",
        "workflow_output",
        "workflow_schedules",
        "workflow_status",
    }
)
"""The durable engine's tables, which on SQLite lie beside ours; ours must not be named so."""
