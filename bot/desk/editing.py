"""Which of one's own messages can still be given other words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.channels.limits import CHANNELS
from bot.conversation.events import AnswerEdited, Staffer
from bot.conversation.reply import Author
from bot.conversation.staffing import EDIT_WITHIN
from bot.desk.permissions import Permission, may
from bot.desk.talk import Talk
from bot.errors import ActionRefusedError
from bot.outgoing import REWORDED
from bot.queue import QueueEntry
from bot.reception import Line
from bot.store.staff import Staff


def editable(talk: Talk, me: Staff, now: datetime) -> Mapping[int, str]:
    """The numbers of my messages that can be changed now, each with its latest words."""
    if not _can(talk.entry.channel) or not may(me.role, Permission.TALK):
        return {}
    latest = {one.of: one.reply.text for one in talk.lines if one.kind == REWORDED}
    return {
        one.seq: latest.get(one.seq, one.reply.text)
        for one in talk.lines
        if _is_answer(one) and one.staff_id == me.id and now - one.at <= EDIT_WITHIN
    }


def event(
    entry: QueueEntry, lines: Sequence[Line], by: Staffer, number: str, text: str
) -> AnswerEdited:
    """What was posted, as the conversation knows it. Raises ActionRefusedError where there is no such message."""
    found = next((one for one in lines if str(one.seq) == number and _is_answer(one)), None)
    if found is None:
        raise ActionRefusedError("no such message", user_text="There is no such message.")
    return AnswerEdited(
        by=by,
        line=found.seq,
        text=text,
        written_by=found.staff_id,
        written_at=found.at,
        can=_can(entry.channel),
    )


def _is_answer(line: Line) -> bool:
    return line.author is Author.STAFF and line.kind == "message"


def _can(channel: str) -> bool:
    limits = CHANNELS.get(channel)
    return limits is not None and limits.edits
