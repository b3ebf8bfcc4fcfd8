"""What a turn may look up about the person it talks to, read in the turn's own transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TypeVar

from bot.conversation.records import Handled, Inquiry, OwnFile, Reminder, Talk
from bot.files.names import size_in_words
from bot.leads import deliveries, registry
from bot.leads.model import DeliveryState, Lead, LeadStatus
from bot.reminders import registry as reminders
from bot.reminders.model import Coming
from bot.reminders.plan import day_of
from bot.store import conversations, files, messages
from bot.store.conversations import Conversation
from bot.store.files import KeptFile
from bot.store.work import Work

T = TypeVar("T")

_HANDLED = {
    LeadStatus.CONTACTED: Handled.IN_HAND,
    LeadStatus.ENGAGED: Handled.IN_HAND,
    LeadStatus.WON: Handled.IN_HAND,
    LeadStatus.LOST: Handled.CLOSED,
}
"""What the prospect is told: of one that is won the work goes on, and why one is lost is ours to know."""


class PersonRecords:
    """The records of the person of one conversation: found by channel and identity, never by a reference alone."""

    def __init__(self, work: Work, conversation: Conversation) -> None:
        self._work = work
        self._conversation = conversation

    def inquiries(self) -> tuple[Inquiry, ...]:
        """Every inquiry the person sent from this channel, oldest first."""
        leads = self._from_all(registry.of_conversation)
        arrived = self._arrived(leads)
        leads.sort(key=lambda lead: lead.created_at)
        return tuple(_inquiry(lead, arrived=lead.id in arrived) for lead in leads)

    def talk(self) -> Talk:
        """What was written in this conversation."""
        here = self._conversation
        count = messages.count(self._work, here.id)
        return Talk(messages=count, since=here.created_at, source=here.source)

    def files(self) -> tuple[OwnFile, ...]:
        """Every file of the person on this channel that is kept, oldest first."""
        kept = self._from_all(files.of_conversation)
        kept.sort(key=lambda file: file.created_at)
        return tuple(map(_file, kept))

    def reminders(self) -> tuple[Reminder, ...]:
        """Every reminder set from this channel that is still to come, the next one first."""
        found = self._from_all(reminders.to_come)
        found.sort(key=lambda coming: coming.due_at)
        return tuple(map(_reminder, found))

    def _from_all(self, of: Callable[[Work, str], Iterable[T]]) -> list[T]:
        """What each of the person's conversations has of something."""
        return [one for each in self._everything for one in of(self._work, each)]

    @cached_property
    def _everything(self) -> list[str]:
        """Ids of the person's conversations: looked up once a turn, for every memory is unsealed on the way."""
        key = self._conversation.key
        found = conversations.of_person(self._work, key.channel, key.account, key.person)
        return [each.id for each in found]

    def _arrived(self, leads: Sequence[Lead]) -> set[str]:
        found = deliveries.of_leads(self._work, [lead.id for lead in leads])
        return {each.lead_id for each in found if each.state is DeliveryState.SENT}


def _inquiry(lead: Lead, *, arrived: bool) -> Inquiry:
    fresh = Handled.SENT if arrived else Handled.ON_ITS_WAY
    handled = _HANDLED.get(lead.status, fresh)
    return Inquiry(reference=lead.reference, sent_at=lead.created_at, handled=handled)


def _file(file: KeptFile) -> OwnFile:
    return OwnFile(
        name=file.name,
        kind=file.kind,
        size=size_in_words(file.size),
        kept_at=file.created_at,
        sent=file.sent_at is not None,
    )


def _reminder(coming: Coming) -> Reminder:
    return Reminder(
        number=coming.recordation.number,
        about=coming.recordation.about,
        which=coming.which.value,
        on=day_of(coming.due_at),
        email=coming.email,
    )
