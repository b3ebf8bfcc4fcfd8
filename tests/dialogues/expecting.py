"""What a transcript expects of an act: what is said, and what is kept."""

from __future__ import annotations

import email
import re
from collections.abc import Iterable
from email.policy import default
from pathlib import Path
from typing import Any, Protocol

from bot.conversation.reply import Author, Reply
from bot.conversation.state import State
from bot.leads import registry
from bot.leads.model import Lead, files_of
from bot.reception import Line
from bot.store import conversations, events, files, messages
from bot.store.conversations import ConversationKey
from bot.store.events import Event
from bot.store.work import Work
from tests.dialogues.house import House
from tests.dialogues.transcript import Kept, KeptLead, Turn


class Talk(Protocol):
    """A talk as far as it was played."""

    house: House
    key: ConversationKey
    id: str
    state: State
    said: list[Line]
    """What was said to the last act."""
    earlier: list[Line]
    """What the bot has said so far."""
    told: str
    """What was refused in the last act."""


def said(talk: Talk, turn: Turn) -> None:
    """Raises AssertionError where something else was said than is expected."""
    bot = "\n".join(line.reply.text for line in talk.said if line.author is Author.BOT)
    system = "\n".join(line.reply.text for line in talk.said if line.author is Author.SYSTEM)
    labels = [choice.label for line in talk.earlier[-1:] for choice in line.reply.choices]
    for words in turn.bot:
        assert _stands(words, bot), f"the bot does not say {words!r}"
    for words in turn.not_:
        assert not _stands(words, bot), f"the bot says {words!r}"
    for words in turn.system:
        assert _stands(words, system), f"no line says {words!r}"
    for label in turn.buttons:
        assert label in labels, f"no button {label!r}; there are {', '.join(labels)}"
    for label in turn.no_buttons:
        assert label not in labels, f"there is a button {label!r}"
    if turn.silent:
        assert not bot, f"the bot is not silent: {bot!r}"
    if turn.refused is None:
        assert not talk.told, f"refused: {talk.told!r}"
    else:
        assert turn.refused in talk.told, f"not refused so: {talk.told!r}"


async def kept(talk: Talk, wanted: Kept) -> None:
    """Raises AssertionError where something else is kept than is expected."""
    state, progress = talk.state, talk.state.progress
    plain = {
        "owner": (wanted.owner, state.owner),
        "stage": (wanted.stage, state.stage),
        "language": (wanted.language, state.language),
        "form": (wanted.form, progress.form if progress else "none"),
        "at": (wanted.at, progress.at if progress else None),
        "reminders": (wanted.reminders, len(state.reminded)),
    }
    for name, (want, found) in plain.items():
        assert want is None or want == found, f"{name} is {found!r}, not {want!r}"
    for path, value in wanted.answers.items():
        found_value = progress.value(path) if progress else None
        assert found_value == value, f"{path} is {found_value!r}, not {value!r}"
    for path, value in wanted.proposed.items():
        proposed = progress.proposed.get(path) if progress else None
        assert proposed == value, f"{path} is proposed as {proposed!r}, not {value!r}"
    await talk.house.store.read(lambda work: _rows(work, talk, wanted))
    if wanted.mails is not None:
        _mails(talk, wanted.mails)


def _rows(work: Work, talk: Talk, wanted: Kept) -> None:
    if wanted.leads is not None:
        leads = registry.of_conversation(work, talk.id)
        assert len(leads) == len(wanted.leads), f"{len(leads)} leads, not {len(wanted.leads)}"
        for lead, wanted_lead in zip(leads, wanted.leads, strict=True):
            _lead(lead, wanted_lead)
    journal = events.of(work, talk.id)
    _same(
        "called for", wanted.called, (e.data["reason"] for e in journal if _is(e, "staff_called"))
    )
    _same("rated", wanted.rated, (e.data["mark"] for e in journal if _is(e, "rated")))
    here = files.of_conversation(work, talk.id)
    _same("the files are", wanted.files, (file.name for file in here))
    _lines(work, talk, wanted)


def _lines(work: Work, talk: Talk, wanted: Kept) -> None:
    lines = messages.since(work, talk.id)
    mine = [each for each in lines if each.author == Author.PROSPECT.value]
    if wanted.messages is not None:
        found = sum(each.kind == "message" for each in mine)
        assert found == wanted.messages, f"{found} messages are kept, not {wanted.messages}"
    edits = (_words(each.body) for each in mine if each.kind == "edit")
    _same("the edits are", wanted.edits, edits)
    here = conversations.find(work, talk.key)
    if wanted.source is not None:
        source = here.source if here else None
        assert source == wanted.source, f"the source is {source!r}, not {wanted.source!r}"
    if wanted.erased is not None:
        assert (here is None) == wanted.erased, "it is kept" if here else "it is erased"


def _lead(lead: Lead, wanted: KeptLead) -> None:
    assert lead.form == wanted.form
    assert wanted.language in (None, lead.language), f"the lead is in {lead.language}"
    for path, value in wanted.answers.items():
        found = lead.answers.get(path)
        assert found == value, f"the lead says {path} is {found!r}, not {value!r}"
    for path in wanted.without:
        assert path not in lead.answers, f"the lead says {path} is {lead.answers[path]!r}"
    if wanted.put_off is not None:
        assert lead.put_off == wanted.put_off, f"to come later: {lead.put_off}"
    _same("the lead's files are", wanted.files, (name for _, name in files_of(lead)))


def _mails(talk: Talk, wanted: tuple[str, ...]) -> None:
    """Every mail that has left, oldest first."""
    outbox = sorted(talk.house.settings.outbox.glob("*.eml"), key=lambda path: path.stat().st_mtime)
    mails = [_mail(path) for path in outbox]
    assert len(mails) == len(wanted), f"{len(mails)} mails have left, not {len(wanted)}"
    for mail, words in zip(mails, wanted, strict=True):
        assert _stands(words, mail), f"no mail says {words!r}: {mail}"


def _mail(path: Path) -> str:
    """Whom it goes to, what it is about, what it says, what goes with it."""
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    body = message.get_body(("plain",))
    enclosed = (str(each.get_filename()) for each in message.iter_attachments())
    said_ = body.get_content() if body else ""
    return "\n".join([f"To: {message['To']}", str(message["Subject"]), said_, *enclosed])


def _same(what: str, wanted: tuple[str, ...] | None, found: Iterable[str]) -> None:
    """Raises AssertionError where all that was found is not what is wanted."""
    if wanted is not None:
        all_found = tuple(found)
        assert all_found == wanted, f"{what} {all_found}, not {wanted}"


def _is(event: Event, kind: str) -> bool:
    return event.kind == kind


def _words(body: dict[str, Any]) -> str:
    return Reply.model_validate(body["reply"]).text


def _stands(words: str, text: str) -> bool:
    if len(words) > 2 and words[0] == words[-1] == "/":
        return re.search(words[1:-1], text, re.MULTILINE) is not None
    return words in text
