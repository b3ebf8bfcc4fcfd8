"""A conversation as it is stored: its memory, sealed, and beside it the plain columns by which it is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.conversation.state import State
from bot.store.conversations import Beginning, Conversation
from knowledge.model import Language


def beginning_in(language: Language, source: str | None) -> Beginning:
    """How a conversation begins."""
    state = State(language=language)
    return Beginning(
        owner=state.owner.value,
        stage=state.stage.value,
        language=language,
        state=state.model_dump(mode="json"),
        source=source,
    )


def after_turn(conversation: Conversation, state: State, now: datetime) -> Conversation:
    """The conversation as a turn leaves it."""
    touched = conversation.last_inbound_at or now
    open_since = None if state.progress is None else touched
    return replace(
        conversation,
        owner=state.owner.value,
        stage=state.stage.value,
        language=state.language,
        state=state.model_dump(mode="json"),
        staff_id=state.staff_id,
        source=state.source or conversation.source,
        updated_at=now,
        form_since=open_since,
        on_top_since=state.on_top_since,
        listed_at=now if _is_listed(conversation, state) else None,
        form_unreminded_since=None if state.form_reminded else open_since,
        look_at=state.looked_at,
        reply_due_at=state.owed.due_at if state.owed else None,
        snoozed_until=state.snoozed_until,
    )


def written_to(conversation: Conversation, now: datetime) -> Conversation:
    """The conversation with one more message of the prospect."""
    unread = conversation.unread_by_staff + 1
    return replace(conversation, unread_by_staff=unread, last_inbound_at=now)


def _is_listed(conversation: Conversation, state: State) -> bool:
    """Whether the staff's list shows it: not before somebody has spoken or called, and always after."""
    spoken = conversation.last_inbound_at or state.staff_id or state.waiting_since
    return bool(spoken or conversation.listed_at)
