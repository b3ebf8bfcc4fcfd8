"""One person as the staff knows them: every channel account that is theirs, and all that is kept of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot import forgetting
from bot.clock import Clock, utc_now
from bot.intake.form import key as field_key
from bot.intake.kinds import FieldKind
from bot.leads import registry
from bot.leads.model import Lead, load_form, plain
from bot.live import DESK, Live
from bot.queue import title_of
from bot.reminders import registry as reminders
from bot.reminders.model import Coming
from bot.store import contacts, conversations, events, files, messages
from bot.store.contacts import Blocked, Identity
from bot.store.conversations import Conversation
from bot.store.files import KeptFile
from bot.store.tables import LeadRow, LeadTermRow
from bot.store.words import index_words
from bot.store.work import Store, Work

REACHES = (FieldKind.CONTACT, FieldKind.EMAIL, FieldKind.PHONE)


@dataclass(frozen=True)
class Talk:
    """A conversation in one line."""

    id: str
    title: str
    begun: datetime
    updated_at: datetime


@dataclass(frozen=True)
class Account:
    """One identity of the person."""

    identity: Identity
    blocked: Blocked | None
    talks: Sequence[Talk]
    """Its conversations, latest first; the first one stands for it in addresses."""


@dataclass(frozen=True)
class Suggestion:
    """Somebody who gave the same address or number."""

    talk: Talk
    reference: str
    """The inquiry in which they gave it."""


@dataclass(frozen=True)
class Person:
    """All that is kept of a person."""

    accounts: Sequence[Account]
    leads: Sequence[Lead]
    files: Sequence[KeptFile]
    reminders: Sequence[Coming]
    suggestions: Sequence[Suggestion]

    @property
    def is_blocked(self) -> bool:
        """Whether nothing is taken from any of the accounts."""
        return all(account.blocked is not None for account in self.accounts)


class Persons:
    """Looks people up, links, blocks, gives out and erases. Every act names who did it, for the journal."""

    def __init__(self, store: Store, live: Live, clock: Clock = utc_now) -> None:
        self._store = store
        self._live = live
        self._clock = clock

    async def of(self, conversation_id: str) -> Person:
        """The person of a conversation. Raises ConversationNotFoundError."""
        return await self._store.read(lambda work: _person(work, conversation_id))

    async def link(self, conversation_id: str, other_id: str, staff_id: str) -> None:
        """The persons of both conversations are one. Raises ConversationNotFoundError."""

        def work_on(work: Work) -> None:
            one, other = _identity(work, conversation_id), _identity(work, other_id)
            if other in contacts.linked(work, one):
                return
            now = self._clock()
            contact = contacts.link(work, one, other, by=staff_id, now=now)
            for each in (conversation_id, other_id):
                _journal(work, "contact.linked", staff_id, now, each, contact=contact)

        await self._acted(work_on)

    async def unlink(self, conversation_id: str, staff_id: str) -> None:
        """The account of this conversation is somebody else's. Raises ConversationNotFoundError."""

        def work_on(work: Work) -> None:
            if contacts.unlink(work, _identity(work, conversation_id)):
                _journal(work, "contact.unlinked", staff_id, self._clock(), conversation_id)

        await self._acted(work_on)

    async def block(self, conversation_id: str, staff_id: str) -> None:
        """No more messages from any account of the person. Raises ConversationNotFoundError."""

        def work_on(work: Work) -> None:
            now = self._clock()
            for each in contacts.linked(work, _identity(work, conversation_id)):
                if contacts.block(work, each, by=staff_id, now=now):
                    _journal(work, "contact.blocked", staff_id, now, conversation_id)

        await self._acted(work_on)

    async def unblock(self, conversation_id: str, staff_id: str) -> None:
        """Messages from all accounts again. Raises ConversationNotFoundError."""

        def work_on(work: Work) -> None:
            for each in contacts.linked(work, _identity(work, conversation_id)):
                if contacts.unblock(work, each):
                    _journal(work, "contact.unblocked", staff_id, self._clock(), conversation_id)

        await self._acted(work_on)

    async def erase(self, conversation_id: str, staff_id: str) -> None:
        """Take away all conversations of the person's accounts, with files and reminders; inquiries stay.

        Raises ConversationNotFoundError.
        """

        def work_on(work: Work) -> None:
            for each in contacts.linked(work, _identity(work, conversation_id)):
                forgetting.forget(work, each, actor=f"staff:{staff_id}", now=self._clock())

        await self._acted(work_on)

    async def export(self, conversation_id: str, staff_id: str) -> dict[str, Any]:
        """All that is kept of the person, as plain values; that it was taken is journaled.

        Raises ConversationNotFoundError.
        """

        def work_on(work: Work) -> dict[str, Any]:
            now = self._clock()
            _journal(work, "contact.exported", staff_id, now, conversation_id)
            return {"exported_at": now.isoformat(), **_exported(work, conversation_id)}

        return await self._store.run(work_on)

    async def _acted(self, work_on: Any) -> None:
        await self._store.run(work_on)
        self._live.publish(DESK)


def _person(work: Work, conversation_id: str) -> Person:
    identity = _identity(work, conversation_id)
    theirs = contacts.linked(work, identity)
    accounts = [_account(work, each) for each in theirs]
    ids = [talk.id for account in accounts for talk in account.talks]
    leads = [lead for each in ids for lead in registry.of_conversation(work, each)]
    kept = [file for each in ids for file in files.of_conversation(work, each) if file.sent_at]
    return Person(
        accounts=accounts,
        leads=sorted(leads, key=lambda lead: lead.created_at, reverse=True),
        files=sorted(kept, key=lambda file: file.created_at, reverse=True),
        reminders=[coming for each in ids for coming in reminders.to_come(work, each)],
        suggestions=list(_suggested(work, leads, set(theirs))),
    )


def _account(work: Work, identity: Identity) -> Account:
    found = conversations.of_person(work, *identity)
    talks = sorted(map(_talk, found), key=lambda talk: talk.updated_at, reverse=True)
    return Account(identity, contacts.blocked(work, identity), talks)


def _suggested(work: Work, leads: Sequence[Lead], known: set[Identity]) -> Iterator[Suggestion]:
    """Others whose inquiry names an address or a number that one of these names, found by its hash alone."""
    given = set().union(*map(_reached_at, leads))
    terms = [term for word in given for term in work.cipher.blinded(word)]
    query = select(LeadRow.reference).join(LeadTermRow, LeadTermRow.lead_id == LeadRow.id)
    there = query.where(LeadTermRow.term.in_(terms), LeadRow.conversation_id.is_not(None))
    for reference in work.session.scalars(there.distinct().order_by(LeadRow.reference)).all():
        lead = registry.find(work, reference)
        if lead.conversation_id is None or not _reached_at(lead) & given:
            continue
        talk = conversations.get(work, lead.conversation_id)
        identity = Identity.of(talk.key)
        if identity not in known:
            known.add(identity)
            yield Suggestion(_talk(talk), reference)


def _reached_at(lead: Lead) -> set[str]:
    """The addresses and numbers of a lead, as words of the index."""
    form = load_form(lead.form)
    fields = dict(form.keyed()) if form else {}
    said = (
        value
        for path, value in lead.answers.items()
        if field_key(path) in fields and fields[field_key(path)].kind in REACHES
    )
    return {word for value in said for word in index_words(value) if word[:2] in ("m:", "n:")}


def _exported(work: Work, conversation_id: str) -> dict[str, Any]:
    person = _person(work, conversation_id)
    return {
        "accounts": [
            {
                **account.identity._asdict(),
                "blocked_at": account.blocked.at.isoformat() if account.blocked else None,
                "conversations": [_whole(work, talk.id) for talk in account.talks],
            }
            for account in person.accounts
        ],
        "leads": [plain(lead) for lead in person.leads],
        "files": [
            {"id": file.id, "name": file.name, "kind": file.kind, "size": file.size}
            for file in person.files
        ],
        "reminders": [
            {
                "about": each.recordation.about,
                "which": each.which.value,
                "email": each.email,
                "due_at": each.due_at.isoformat(),
            }
            for each in person.reminders
        ],
    }


def _whole(work: Work, conversation_id: str) -> dict[str, Any]:
    """A conversation with everything that was said in it. The staff's notes are of the person, so they are in it."""
    found = conversations.get(work, conversation_id)
    return {
        "id": found.id,
        "language": found.language,
        "source": found.source,
        "begun": found.created_at.isoformat(),
        "messages": [
            {
                "seq": each.seq,
                "at": each.created_at.isoformat(),
                "author": each.author,
                "kind": each.kind,
                "body": each.body,
            }
            for each in messages.since(work, conversation_id)
        ],
    }


def _identity(work: Work, conversation_id: str) -> Identity:
    return Identity.of(conversations.get(work, conversation_id).key)


def _talk(found: Conversation) -> Talk:
    return Talk(found.id, title_of(found), found.created_at, found.updated_at)


def _journal(
    work: Work, what: str, staff_id: str, now: datetime, conversation_id: str, **data: str
) -> None:
    actor = f"staff:{staff_id}"
    events.record(work, what, actor=actor, now=now, conversation_id=conversation_id, data=data)
