"""Conversations as they are kept: found by who talks where, one at a time under a lock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, select, tuple_, update

from bot.errors import ConversationNotFoundError
from bot.store.ids import new_id
from bot.store.tables import ConversationRow
from bot.store.upserts import insert_unless_there
from bot.store.work import Work

Row = ConversationRow


@dataclass(frozen=True)
class ConversationKey:
    """Who talks where: the identity of a conversation, written down once."""

    channel: str
    """web, telegram, whatsapp, terminal."""
    account: str
    """Which of our accounts on it: the bot's id, the number's id."""
    chat: str
    """The room; on most channels the same as the person."""
    person: str
    """The channel's own id of the person."""
    thread: str = ""
    """A topic within the room."""


@dataclass(frozen=True)
class Conversation:
    """A conversation as it was read. Change it with `dataclasses.replace`, then `save` it."""

    id: str
    key: ConversationKey
    owner: str
    """Who speaks for the agency; the floors above say what values there are."""
    stage: str
    language: str
    state: dict[str, Any]
    """Whatever the core remembers, as JSON; sealed at rest."""
    created_at: datetime
    updated_at: datetime
    last_inbound_at: datetime | None = None
    last_seq: int = 0
    """The number of the latest message. `messages.append` alone moves it."""
    unread_by_staff: int = 0
    staff_id: str | None = None
    """The member of staff it is with."""
    source: str | None = None
    """Where the person came from, such as the page the widget stood on."""
    form_since: datetime | None = None
    """When the form that is open was last touched; None where none is open."""
    form_unreminded_since: datetime | None = None
    """The same, until the person has been reminded of that form."""
    look_at: datetime | None = None
    """When the clock has something to do here next."""
    reply_due_at: datetime | None = None
    """When the staff's reply is due; None where none is owed, or the clock stands."""
    snoozed_until: datetime | None = None
    """Until when it is put off."""
    on_top_since: datetime | None = None
    """Since when it has to be seen to first: somebody waits for a person, or it came back from being put off."""
    listed_at: datetime | None = None
    """When it last changed, once it is in the staff's list; None before."""

    @property
    def heard_at(self) -> datetime:
        """When the person last wrote; where they never did, when it began."""
        return self.last_inbound_at or self.created_at


@dataclass(frozen=True)
class Beginning:
    """How a conversation is at its first message."""

    owner: str = "bot"
    stage: str = "open"
    language: str = "en"
    state: dict[str, Any] = field(default_factory=dict)
    source: str | None = None


FRESH = Beginning()


def find_or_create(
    work: Work, key: ConversationKey, *, now: datetime, beginning: Beginning = FRESH
) -> Conversation:
    """The conversation of this key, locked; begun now if there was none.

    Of two first messages at once one begins it and the other waits and finds it.
    """
    found = _for_update(_by_key(key))
    row = work.session.scalars(found).one_or_none()
    if row is None:
        _begin(work, key, now, beginning)
        row = work.session.scalars(found).one()
    return _read(work, row)


def find(work: Work, key: ConversationKey) -> Conversation | None:
    """The conversation of this key, if it has begun."""
    row = work.session.scalars(_anew(_by_key(key))).one_or_none()
    return None if row is None else _read(work, row)


def get(work: Work, conversation_id: str) -> Conversation:
    """A conversation to look at. Raises ConversationNotFoundError."""
    found = select(Row).where(Row.id == conversation_id)
    return _read(work, _one(work, _anew(found), conversation_id))


def those(work: Work, conversation_ids: Sequence[str]) -> list[Conversation]:
    """The conversations of these ids that are there, in that order, to look at."""
    rows = work.session.scalars(_anew(select(Row).where(Row.id.in_(conversation_ids))))
    found = {row.id: _read(work, row) for row in rows}
    return [found[each] for each in conversation_ids if each in found]


def lock(work: Work, conversation_id: str) -> Conversation:
    """A conversation to change: until the commit nobody else can. Raises ConversationNotFoundError.

    On SQLite the whole transaction has that lock from its beginning.
    """
    found = select(Row).where(Row.id == conversation_id)
    return _read(work, _one(work, _for_update(found), conversation_id))


def save(work: Work, conversation: Conversation) -> None:
    """Keep everything but key, `created_at` and `last_seq`. Raises ConversationNotFoundError."""
    changed = (
        update(Row)
        .where(Row.id == conversation.id)
        .values(
            owner=conversation.owner,
            stage=conversation.stage,
            language=conversation.language,
            state=work.cipher.seal(conversation.state, _context(conversation.id)),
            unread_by_staff=conversation.unread_by_staff,
            staff_id=conversation.staff_id,
            source=conversation.source,
            updated_at=conversation.updated_at,
            last_inbound_at=conversation.last_inbound_at,
            form_since=conversation.form_since,
            form_unreminded_since=conversation.form_unreminded_since,
            look_at=conversation.look_at,
            reply_due_at=conversation.reply_due_at,
            snoozed_until=conversation.snoozed_until,
            on_top_since=conversation.on_top_since,
            listed_at=conversation.listed_at,
        )
        .returning(Row.id)
    )
    if work.session.execute(changed).first() is None:
        raise ConversationNotFoundError(f"no conversation {conversation.id}")


def mark_seen(work: Work, conversation_id: str) -> None:
    """Nothing is unread by the staff any more; the memory of the conversation is not touched."""
    seen = update(Row).where(Row.id == conversation_id).values(unread_by_staff=0)
    work.session.execute(seen.execution_options(synchronize_session=False))


def recent(
    work: Work,
    *,
    owners: Sequence[str] = (),
    staff_id: str | None = None,
    before: Conversation | None = None,
    limit: int = 50,
) -> list[Conversation]:
    """The latest first, of these owners or this member of staff; `before` turns the page."""
    wanted = select(Row).order_by(Row.updated_at.desc(), Row.id.desc()).limit(limit)
    if owners:
        wanted = wanted.where(Row.owner.in_(owners))
    if staff_id is not None:
        wanted = wanted.where(Row.staff_id == staff_id)
    if before is not None:
        wanted = wanted.where(tuple_(Row.updated_at, Row.id) < (before.updated_at, before.id))
    return list(_read_all(work, work.session.scalars(_anew(wanted))))


def idle_since(
    work: Work, moment: datetime, *, owners: Sequence[str], limit: int = 100
) -> list[str]:
    """Ids of conversations of these owners in which nothing has happened since, oldest first."""
    wanted = select(Row.id).where(Row.owner.in_(owners), Row.updated_at < moment)
    return list(work.session.scalars(wanted.order_by(Row.updated_at).limit(limit)))


def count_by_owner(work: Work) -> dict[str, int]:
    """How many conversations each owner has."""
    counted = select(Row.owner, func.count().label("times")).group_by(Row.owner)
    return {row.owner: row.times for row in work.session.execute(counted)}


def of_person(work: Work, channel: str, account: str, person: str) -> list[Conversation]:
    """Everything one person has on a channel: to show it to them, or to erase it."""
    wanted = select(Row).where(Row.channel == channel, Row.account == account, Row.person == person)
    return list(_read_all(work, work.session.scalars(_anew(wanted).order_by(Row.created_at))))


def erase(work: Work, conversation_id: str) -> bool:
    """Take a conversation and its messages away for good; whether there was one.

    Events stay, for they hold nothing personal; leads are erased by their own registry.
    """
    gone = delete(Row).where(Row.id == conversation_id).returning(Row.id)
    return work.session.execute(gone).first() is not None


def _begin(work: Work, key: ConversationKey, now: datetime, beginning: Beginning) -> None:
    row_id = new_id()
    values = vars(key) | vars(beginning) | {"id": row_id, "created_at": now, "updated_at": now}
    values |= {"state": work.cipher.seal(beginning.state, _context(row_id))}
    values |= {"last_seq": 0, "unread_by_staff": 0}
    work.session.execute(insert_unless_there(work, Row, *vars(key)).values(**values))


def _by_key(key: ConversationKey) -> Select[Row]:
    return select(Row).filter_by(**vars(key))


def _for_update(query: Select[Row]) -> Select[Row]:
    return _anew(query).with_for_update()


def _anew(query: Select[Row]) -> Select[Row]:
    """Read from the database even where the session has seen the row before."""
    return query.execution_options(populate_existing=True)


def _one(work: Work, query: Select[Row], conversation_id: str) -> Row:
    row = work.session.scalars(query).one_or_none()
    if row is None:
        raise ConversationNotFoundError(f"no conversation {conversation_id}")
    return row


def _read_all(work: Work, rows: Any) -> Iterator[Conversation]:
    return (_read(work, row) for row in rows)


def _read(work: Work, row: Row) -> Conversation:
    key = ConversationKey(row.channel, row.account, row.chat, row.person, row.thread)
    return Conversation(
        id=row.id,
        key=key,
        owner=row.owner,
        stage=row.stage,
        language=row.language,
        state=work.cipher.open(row.state, _context(row.id)),
        created_at=row.created_at,
        updated_at=row.updated_at,
        last_inbound_at=row.last_inbound_at,
        last_seq=row.last_seq,
        unread_by_staff=row.unread_by_staff,
        staff_id=row.staff_id,
        source=row.source,
        form_since=row.form_since,
        form_unreminded_since=row.form_unreminded_since,
        look_at=row.look_at,
        reply_due_at=row.reply_due_at,
        snoozed_until=row.snoozed_until,
        on_top_since=row.on_top_since,
        listed_at=row.listed_at,
    )


def _context(conversation_id: str) -> str:
    return f"conversations.state:{conversation_id}"
