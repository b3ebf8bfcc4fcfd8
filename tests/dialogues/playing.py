"""Plays a transcript: the real reception, the real engine, SQLite in a file, and a clock that is told the time."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bot.channels import terminal
from bot.channels.texts import word
from bot.conversation import events as happened
from bot.conversation.events import What
from bot.conversation.reply import Author
from bot.conversation.state import State
from bot.errors import (
    ActionRefusedError,
    ConversationNotFoundError,
    FileRefusedError,
    StaffNotFoundError,
)
from bot.files.shelf import MEGABYTE, Limits, Upload
from bot.inbound import line_of
from bot.leads import registry
from bot.leads.model import Handling, LeadStatus, LostReason
from bot.looking import INSIDE
from bot.reception import Edit, Inbound, InboundFiles, Line
from bot.store import conversations, events, messages, staff
from bot.store.conversations import ConversationKey
from bot.store.staff import Role
from bot.store.work import Work
from knowledge import datafiles
from knowledge.model import Language
from tests.dialogues import expecting, files
from tests.dialogues import transcript as transcripts
from tests.dialogues.house import Clock, House, Jobs, prepare
from tests.dialogues.transcript import Sent, Staff, Transcript, Turn

THINKING = timedelta(seconds=20)
"""So long after one act comes the next."""
TYPING = timedelta(seconds=10)
"""So long after one line comes the next, where nothing else is said: longer than any answer waits."""
UPLOADING = timedelta(seconds=1)
SPOKEN = "telegram"
"""Nobody opens a page there: a talk begins with its first message."""
_HANDLED = {
    "takes the inquiry in hand": Handling(status=LeadStatus.CONTACTED),
    "closes the inquiry": Handling(status=LeadStatus.LOST, lost_reason=LostReason.GIVEN_UP),
}


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


class Mine(NamedTuple):
    """A message of the prospect's: the channel's id of it, and its words."""

    id: str
    words: str


def play(path: Path) -> Played:
    """Play the transcript in a file. Raises TalkError, DataFileError."""
    transcript = transcripts.load(path)
    with TemporaryDirectory() as folder:
        prepare(Path(folder))
        return asyncio.run(_Player(path, transcript, Path(folder)).play())


class _Player:
    """One talk, act by act."""

    def __init__(self, path: Path, transcript: Transcript, folder: Path) -> None:
        self.path = path
        self.transcript = transcript
        self.folder = folder
        self.clock = Clock(transcript.begins)
        self.jobs = Jobs(self.clock)
        self.played = Played(path.stem, transcript)
        self.key = ConversationKey(transcript.channel, "main", "somebody", "somebody")
        self.id = ""
        self.seen = 0
        self.mine: list[Mine] = []
        self.said: list[Line] = []
        self.earlier: list[Line] = []
        self.state = State(language=transcript.language)
        self.told = ""

    async def play(self) -> Played:
        """Every act in order, each with what is expected of it."""
        self.house = House(self.folder, self.transcript.agency, self.clock, self.jobs)
        await self.house.open()
        try:
            if self.transcript.talk[0].opens is None and self.transcript.channel != SPOKEN:
                await self._open(self.transcript.language, None)
            for number, turn in enumerate(self.transcript.talk):
                await self._turn(number, turn)
            self.played.journal = await self.house.store.read(lambda work: events.of(work, self.id))
        finally:
            await self.house.close()
        return self.played

    async def _turn(self, number: int, turn: Turn) -> None:
        self.said, self.told = [], ""
        try:
            await self._act(turn)
            if not (turn.goes_on or turn.passes or turn.until):
                await self._settle()
            expecting.said(self, turn)
            if turn.store is not None:
                await expecting.kept(self, turn.store)
        except AssertionError as error:
            talk = "\n".join(self.played.shown)
            where = transcripts.line(self.path, number)
            raise TalkError(f"{talk}\n\n{where}: {error}") from error
        if not (turn.goes_on or turn.passes or turn.until):
            await self._pass(THINKING)

    async def _act(self, turn: Turn) -> None:
        """Whatever it is: one of these has something to do."""
        await self._goes_on(turn)
        await self._types(turn)
        if turn.opens is not None:
            await self._open(turn.opens.language, turn.opens.link, turn.opens.zone)
        if turn.sends is not None:
            await self._sends(turn.sends, turn)
        if turn.edits is not None:
            await self._edit(turn.edits.old, turn.edits.new, turn)
        if turn.missed:
            await self._catch_up(turn)

    async def _goes_on(self, turn: Turn) -> None:
        """What is not the prospect's doing."""
        if turn.staff is not None:
            await self._staff(turn.staff)
        if turn.passes is not None or turn.until is not None:
            await self._wait(turn)
        if turn.restart:
            await self._restart()

    async def _types(self, turn: Turn) -> None:
        for number, words in enumerate(turn.prospect):
            if number:
                await self._pass(turn.pause(number - 1, TYPING))
            await self._send(words, None, turn)
        for label in turn.presses:
            await self._press(label, turn)

    async def _open(self, language: Language, link: str | None, zone: str | None = None) -> None:
        self._is_now(await self.house.reception.open(self.key, language, link, zone))
        await self._look("", None)

    async def _wait(self, turn: Turn) -> None:
        if turn.passes is not None:
            self.played.shown.append(f"--- {turn.passes} later ---")
            await self._pass(transcripts.length(turn.passes))
        elif turn.until is not None:
            then = transcripts.moment(turn.until)
            assert then > self.clock.now, f"{turn.until} is over: it is {self.clock.now}"
            self.played.shown.append(f"--- {turn.until} ---")
            await self._pass(then - self.clock.now)

    async def _restart(self) -> None:
        self.played.shown.append("--- another process ---")
        await self.house.close()
        self.house = House(self.folder, self.transcript.agency, self.clock, self.jobs)
        await self.house.open(again=True)

    async def _pass(self, length: timedelta) -> None:
        """Time passes, and what happens by itself happens."""
        then = self.clock.now + length
        async for _ in self.house.until(then, watched=self._is_left):
            await self._look("", None)

    def _is_left(self) -> bool:
        """Whether a form lies open that is to be reminded of."""
        return self.state.progress is not None and not self.state.form_reminded

    async def _settle(self) -> None:
        """Nothing follows: what waits is answered."""
        while self.state.waiting is not None:
            await self._pass(self.state.waiting.until - self.clock.now)

    async def _press(self, label: str, turn: Turn) -> None:
        lines = self.earlier[:-1] if turn.earlier else self.earlier[-1:]
        offered = [choice for line in reversed(lines) for choice in line.reply.choices]
        choice = next((each for each in offered if each.label == label), None)
        assert choice, f"no button {label!r}; there are {', '.join(c.label for c in offered)}"
        await self._send(choice.says, choice.payload, turn)
        self.clock.now += timedelta(seconds=1)

    async def _send(self, text: str, choice: str | None, turn: Turn) -> None:
        patient = self.transcript.channel != terminal.CHANNEL
        inbound = replace(self._inbound(text), choice=choice, patient=patient)
        await self._receive(inbound, times=2 if turn.twice else 1)

    async def _receive(self, inbound: Inbound, *, times: int = 1) -> None:
        for _ in range(times):
            receipt = await self.house.reception.receive(inbound)
            self._is_now(receipt.conversation_id)
        text = "" if inbound.what else inbound.text
        await self._look(text, inbound.choice)

    async def _catch_up(self, turn: Turn) -> None:
        """What was sent while nobody was here comes in one batch."""
        batch = [self._inbound(words, sent_at=self.clock.now - ago) for ago, words in turn.late]
        receipts = await self.house.reception.receive_late(batch)
        self._is_now(receipts[-1].conversation_id)
        await self._look("", None)

    async def _sends(self, thing: Sent, turn: Turn) -> None:
        if thing.what is not None:
            inbound = self._inbound(thing.says, what=thing.what)
            await self._receive(inbound, times=2 if turn.twice else 1)
            return
        ids = [each for name in thing.files if (each := await self._upload(name))]
        if ids:
            inbound_files = InboundFiles(self.key, self._new_id(""), tuple(ids))
            for _ in range(2 if turn.twice else 1):
                await self.house.reception.receive_files(inbound_files)
        await self._look("", None)

    async def _upload(self, name: str) -> str | None:
        """The file's id; None where it is refused."""
        upload = Upload(self._new_id(name), name, files.content(name))
        limits = Limits.of(self.house.settings)
        self.clock.now += UPLOADING
        try:
            return (await self.house.reception.shelf.keep(self.id, upload, limits)).file.id
        except FileRefusedError as error:
            language = self.transcript.language
            values = {"megabytes": limits.size // MEGABYTE, "count": limits.count}
            self.told = word(f"errors.{error.reason}", language, **values)
            self.played.shown.append(f"(refused: {name}: {self.told})")
            return None

    async def _edit(self, old: str, new: str, turn: Turn) -> None:
        mine = next((each for each in reversed(self.mine) if each.words == old), None)
        assert mine, f"nothing was sent in the words {old!r}"
        edit = Edit(self.key, mine.id, self._new_id(""), new, self.transcript.language)
        for _ in range(2 if turn.twice else 1):
            await self.house.reception.edit(edit)
        self.mine.append(Mine(mine.id, new))
        self.played.shown.append(f"({old} -> {new})")
        await self._look("", None)

    async def _staff(self, deed: Staff) -> None:
        by = await self._employed(deed.by)
        self.played.shown.append(f"({deed.by} {deed.does})")
        to = await self._employed(deed.words) if deed.does == "gives it to" else None
        event = _event(deed, by, to)
        if event is None:
            handling = _HANDLED[deed.does]
            await self.house.store.run(lambda work: self._handle(work, handling, by.id))
            return
        try:
            await self.house.reception.act(self.id, event)
        except ActionRefusedError as error:
            self.told = error.user_text
        await self._look("", None)

    def _handle(self, work: Work, handling: Handling, by: str) -> None:
        leads = registry.of_conversation(work, self.id)
        assert leads, "there is no inquiry"
        last, now = leads[-1], self.clock.now
        registry.change(
            work, last.reference, handling, seen=last.version, by=f"staff:{by}", now=now
        )

    async def _employed(self, name: str) -> happened.Staffer:
        login = re.sub(r"\W", "", name).lower()

        def work_on(work: Work) -> str:
            try:
                credentials = staff.credentials(work, login)
            except StaffNotFoundError:
                credentials = None
            if credentials is not None:
                return credentials.staff.id
            now = self.clock.now
            hired = staff.create(
                work,
                login=login,
                name=name,
                role=Role.AGENT,
                password_hash="x",
                now=now,
                shows_name=True,
            )
            return hired.id

        return happened.Staffer(id=await self.house.store.run(work_on), name=name)

    def _inbound(
        self, words: str, *, what: What | None = None, sent_at: datetime | None = None
    ) -> Inbound:
        """A message as the channel hands it in, which knows the person's language."""
        language = self.transcript.language
        mine = self._new_id(words)
        return Inbound(self.key, mine, words, language=language, what=what, sent_at=sent_at)

    def _new_id(self, words: str) -> str:
        mine = Mine(f"message-{len(self.mine) + 1}", words)
        self.mine.append(mine)
        return mine.id

    def _is_now(self, conversation_id: str) -> None:
        """After everything was erased it is another conversation."""
        if conversation_id != self.id:
            self.id, self.seen, self.earlier = conversation_id, 0, []

    def _new(self, work: Work) -> tuple[State, list[Line]]:
        """What the conversation remembers and the lines that were not seen yet, in one reading."""
        state = State.model_validate(conversations.get(work, self.id).state)
        kept = messages.since(work, self.id, self.seen)
        return state, [line_of(each) for each in kept if each.kind not in INSIDE]

    async def _look(self, text: str, choice: str | None) -> None:
        """Read what is new, as the person would."""
        try:
            before, (self.state, lines) = self.state, await self.house.store.read(self._new)
        except ConversationNotFoundError:
            self.state = State(language=self.transcript.language)
            return
        self.played.moments.append(Moment(before, self.state, text, choice, tuple(lines)))
        for line in lines:
            self.seen = line.seq
            self.played.shown += _shown(line)
            if line.author is not Author.PROSPECT:
                self.said.append(line)
            if line.author is Author.BOT:
                self.earlier.append(line)


def _event(
    deed: Staff, by: happened.Staffer, to: happened.Staffer | None
) -> happened.StaffEvent | None:
    """What it is to the conversation; None where it concerns the inquiry alone."""
    does = _DEEDS.get(deed.does)
    if deed.does == "gives it to" and to is not None:
        return happened.Transferred(by=by, to=to)
    return does(by, deed.words) if does else None


_DEEDS: dict[str, Callable[[happened.Staffer, str], happened.StaffEvent]] = {
    "takes": lambda by, _: happened.Taken(by=by),
    "says": lambda by, words: happened.Answered(by=by, text=words),
    "notes": lambda by, words: happened.Noted(by=by, text=words),
    "hands back": lambda by, _: happened.HandedBack(by=by),
    "closes": lambda by, words: happened.Closed(by=by, reason=words or None),
    "puts it off until": lambda by, words: happened.Snoozed(by=by, until=transcripts.moment(words)),
    "takes it up": lambda by, _: happened.Woken(by=by),
}


def _shown(line: Line) -> list[str]:
    author = line.staff_name if line.author is Author.STAFF else line.author.value
    found = [f"{author}: {line.reply.text}"]
    if line.reply.choices:
        found.append("   " + " ".join(f"[{choice.label}]" for choice in line.reply.choices))
    return found


def place(path: Path) -> str:
    """A transcript's name in a report."""
    return datafiles.shown(path)
