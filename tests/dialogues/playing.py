"""Plays a transcript: the real reception, the real engine, SQLite in a file, and a clock that is told the time."""

from __future__ import annotations

import asyncio
import re
import shutil
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.channels import terminal
from bot.conversation import events as happened
from bot.conversation.events import StaffEvent
from bot.conversation.reply import Author
from bot.conversation.state import State
from bot.errors import ActionRefusedError, StaffNotFoundError
from bot.leads import registry
from bot.leads.model import Lead
from bot.live import Live
from bot.reception import Inbound, Line, Reception
from bot.settings import Settings
from bot.store import events, migrating, staff
from bot.store.conversations import ConversationKey
from bot.store.staff import Role
from bot.store.work import Store, Work
from intents.engine import Engine
from knowledge import datafiles
from tests.dialogues import transcript as transcripts
from tests.dialogues.transcript import Kept, KeptLead, Staff, Transcript, Turn
from tests.prepared import prepared_engine

THINKING = timedelta(seconds=20)
"""So long after one act comes the next."""


class TalkError(AssertionError):
    """Something else came than the transcript says; the message is the talk so far and the line of the file."""


@dataclass(frozen=True)
class Moment:
    """What one message or act did, for those who count what was reached."""

    before: State
    after: State
    text: str
    choice: str | None
    said: tuple[Line, ...]


@dataclass
class Played:
    """A conversation that was played."""

    name: str
    transcript: Transcript
    moments: list[Moment] = field(default_factory=list)
    journal: list[events.Event] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    """The talk as one reads it."""


def play(path: Path) -> Played:
    """Play the transcript in a file. Raises TalkError, DataFileError."""
    with TemporaryDirectory() as folder:
        shutil.copy(_template(), Path(folder) / "talk.db")
        return asyncio.run(_Player(path, Path(folder)).play())


@cache
def _engine() -> Engine:
    return prepared_engine()


@cache
def _template() -> Path:
    """A database that has all tables and no rows."""
    folder = TemporaryDirectory()
    _KEPT.append(folder)
    path = Path(folder.name) / "template.db"
    migrating.upgrade(f"sqlite:///{path}")
    return path


_KEPT: list[TemporaryDirectory[str]] = []


class _Player:
    """One talk, act by act."""

    def __init__(self, path: Path, folder: Path) -> None:
        self.path = path
        self.transcript = transcripts.load(path)
        self.now: datetime = self.transcript.begins
        self.played = Played(path.stem, self.transcript)
        self.settings = Settings(
            _env_file=None, data_dir=folder, database_url=f"sqlite:///{folder / 'talk.db'}"
        )
        self.key = ConversationKey(self.transcript.channel, "main", "somebody", "somebody")
        self.id = ""
        self.seen = 0
        self.sent = 0
        self.said: list[Line] = []
        self.earlier: list[Line] = []
        self.state = State(language=self.transcript.language)
        self.told = ""

    async def play(self) -> Played:
        """Every act in order, each with what is expected of it."""
        await self._begin()
        try:
            if self.transcript.talk[0].opens is None:
                await self._open()
            for number, turn in enumerate(self.transcript.talk):
                await self._turn(number, turn)
            self.played.journal = await self.store.read(lambda work: events.of(work, self.id))
        finally:
            await self.store.close()
        return self.played

    async def _begin(self) -> None:
        self.store = Store.open(self.settings)
        self.store.attach(lambda _session, _job: None)
        await self.store.migrate()
        self.reception = Reception(
            self.store, _engine(), self.transcript.agency, Live(), lambda: self.now
        )

    async def _turn(self, number: int, turn: Turn) -> None:
        self.said, self.told = [], ""
        try:
            await self._act(turn)
            self._expect(turn)
            if turn.store is not None:
                await self._expect_kept(turn.store)
        except AssertionError as error:
            talk = "\n".join(self.played.shown)
            where = transcripts.line(self.path, number)
            raise TalkError(f"{talk}\n\n{where}: {error}") from error
        self.now += THINKING

    async def _act(self, turn: Turn) -> None:
        if turn.opens is not None:
            await self._open()
        elif turn.staff is not None:
            await self._staff(turn.staff)
        elif turn.passes is not None:
            self.now += turn.length
            self.played.shown.append(f"--- {turn.passes} later ---")
        elif turn.restart:
            await self.store.close()
            await self._begin()
            self.played.shown.append("--- another process ---")
        for words in turn.prospect:
            await self._send(words, None, turn)
        for label in turn.presses:
            await self._press(label, turn)

    async def _open(self) -> None:
        self.id = await self.reception.open(self.key, self.transcript.language)
        await self._look("", None)

    async def _press(self, label: str, turn: Turn) -> None:
        lines = self.earlier[:-1] if turn.earlier else self.earlier[-1:]
        offered = [choice for line in reversed(lines) for choice in line.reply.choices]
        choice = next((each for each in offered if each.label == label), None)
        assert choice, f"no button {label!r}; there are {', '.join(c.label for c in offered)}"
        await self._send(choice.says, choice.payload, turn)

    async def _send(self, text: str, choice: str | None, turn: Turn) -> None:
        self.sent += 1
        is_terminal = self.transcript.channel == terminal.CHANNEL
        hint = self.transcript.language if is_terminal else None
        inbound = Inbound(self.key, f"message-{self.sent}", text, choice, hint)
        for _ in range(2 if turn.twice else 1):
            await self.reception.receive(inbound)
        await self._look(text, choice)
        self.now += timedelta(seconds=1)

    async def _staff(self, deed: Staff) -> None:
        by = await self._employed(deed.by)
        event: StaffEvent
        match deed.does:
            case "takes":
                event = happened.Taken(by=by)
            case "says":
                event = happened.Answered(by=by, text=deed.words)
            case "notes":
                event = happened.Noted(by=by, text=deed.words)
            case "hands back":
                event = happened.HandedBack(by=by)
            case "closes":
                event = happened.Closed(by=by)
        self.played.shown.append(f"({deed.by} {deed.does})")
        try:
            await self.reception.act(self.id, event)
        except ActionRefusedError as error:
            self.told = error.user_text
        await self._look("", None)

    async def _employed(self, name: str) -> happened.Staffer:
        login = re.sub(r"\W", "", name).lower()

        def work_on(work: Work) -> str:
            try:
                credentials = staff.credentials(work, login)
            except StaffNotFoundError:
                credentials = None
            if credentials is not None:
                return credentials.staff.id
            hired = staff.create(
                work, login=login, name=name, role=Role.AGENT, password_hash="x", now=self.now
            )
            return hired.id

        return happened.Staffer(id=await self.store.run(work_on), name=name)

    async def _look(self, text: str, choice: str | None) -> None:
        """Read what is new, as the person would."""
        lines = await self.reception.transcript(self.id, self.seen)
        before, self.state = self.state, await self.reception.state(self.id)
        self.played.moments.append(Moment(before, self.state, text, choice, tuple(lines)))
        for line in lines:
            self.seen = line.seq
            self.played.shown += _shown(line)
            if line.author is not Author.PROSPECT:
                self.said.append(line)
            if line.author is Author.BOT:
                self.earlier.append(line)

    def _expect(self, turn: Turn) -> None:
        bot = "\n".join(line.reply.text for line in self.said if line.author is Author.BOT)
        system = "\n".join(line.reply.text for line in self.said if line.author is Author.SYSTEM)
        labels = [choice.label for line in self.earlier[-1:] for choice in line.reply.choices]
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
            assert not self.told, f"refused to the staff: {self.told!r}"
        else:
            assert turn.refused in self.told, f"not refused so: {self.told!r}"

    async def _expect_kept(self, kept: Kept) -> None:
        state, progress = self.state, self.state.progress
        wanted = {
            "owner": (kept.owner, state.owner),
            "stage": (kept.stage, state.stage),
            "language": (kept.language, state.language),
            "form": (kept.form, progress.form if progress else "none"),
            "at": (kept.at, progress.at if progress else None),
            "reminders": (kept.reminders, len(state.reminded)),
        }
        for name, (want, found) in wanted.items():
            assert want is None or want == found, f"{name} is {found!r}, not {want!r}"
        for path, value in kept.answers.items():
            found_value = progress.value(path) if progress else None
            assert found_value == value, f"{path} is {found_value!r}, not {value!r}"
        for path, value in kept.proposed.items():
            proposed = progress.proposed.get(path) if progress else None
            assert proposed == value, f"{path} is proposed as {proposed!r}, not {value!r}"
        await self._expect_rows(kept)

    async def _expect_rows(self, kept: Kept) -> None:
        if kept.leads is not None:
            leads = await self.store.read(lambda work: registry.of_conversation(work, self.id))
            assert len(leads) == len(kept.leads), f"{len(leads)} leads, not {len(kept.leads)}"
            for lead, wanted in zip(leads, kept.leads, strict=True):
                _expect_lead(lead, wanted)
        if kept.called is not None:
            journal = await self.store.read(lambda work: events.of(work, self.id))
            why = tuple(each.data["reason"] for each in journal if each.kind == "staff_called")
            assert why == kept.called, f"called for {why}, not for {kept.called}"
        if kept.messages is not None:
            lines = await self.reception.transcript(self.id)
            found = sum(line.author is Author.PROSPECT for line in lines)
            assert found == kept.messages, f"{found} messages are kept, not {kept.messages}"


def _expect_lead(lead: Lead, wanted: KeptLead) -> None:
    assert lead.form == wanted.form
    assert wanted.language in (None, lead.language), f"the lead is in {lead.language}"
    for path, value in wanted.answers.items():
        found = lead.answers.get(path)
        assert found == value, f"the lead says {path} is {found!r}, not {value!r}"
    for path in wanted.without:
        assert path not in lead.answers, f"the lead says {path} is {lead.answers[path]!r}"
    if wanted.put_off is not None:
        assert lead.put_off == wanted.put_off, f"to come later: {lead.put_off}"


def _stands(words: str, text: str) -> bool:
    if len(words) > 2 and words[0] == words[-1] == "/":
        return re.search(words[1:-1], text, re.MULTILINE) is not None
    return words in text


def _shown(line: Line) -> list[str]:
    author = line.staff_name if line.author is Author.STAFF else line.author.value
    found = [f"{author}: {line.reply.text}"]
    if line.reply.choices:
        found.append("   " + " ".join(f"[{choice.label}]" for choice in line.reply.choices))
    return found


def place(path: Path) -> str:
    """A transcript's name in a report."""
    return datafiles.shown(path)
