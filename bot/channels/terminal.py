"""The chat in a terminal: type, or press a button by its number."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import sys
import threading
from collections.abc import Callable, Iterator

from bot.channels.limits import CHANNELS
from bot.channels.recording import Recording
from bot.channels.rendering import parts, terminal_lines
from bot.channels.texts import word
from bot.conversation.reply import Author, Choice, Reply
from bot.errors import TidewaiterError
from bot.reception import Inbound, Line, Reception
from bot.store.conversations import ConversationKey
from knowledge.model import Language

CHANNEL = "terminal"
LOOK_SECONDS = 2.0
"""How often to look for lines of the staff, who sit at another process."""
LIMITS = CHANNELS[CHANNEL]


def _read() -> str:
    return sys.stdin.readline()


def _print(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


class Console:
    """Where lines come from and go to. Reading waits in a thread that nobody has to wait for."""

    def __init__(
        self, read: Callable[[], str] = _read, write: Callable[[str], None] = _print
    ) -> None:
        self._read = read
        self._write = write
        self._prompt = ""

    async def ask(self, prompt: str) -> str | None:
        """The next line; None at the end of input."""
        self._prompt = prompt
        self._write(prompt)
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[str] = loop.create_future()

        def wait() -> None:
            line = self._read()
            # The loop is gone if the chat was stopped meanwhile.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(_settle, answer, line)

        threading.Thread(target=wait, daemon=True, name="terminal").start()
        line = await answer
        self._prompt = ""
        return line.rstrip("\n") if line else None

    def say(self, text: str) -> None:
        """Print a text; where the prompt stands waiting it is written anew below."""
        self._write(f"\r{text}\n\n{self._prompt}" if self._prompt else f"{text}\n\n")


def _settle(answer: asyncio.Future[str], line: str) -> None:
    if not answer.done():
        answer.set_result(line)


async def chat(
    reception: Reception,
    language: Language,
    console: Console | None = None,
    recording: Recording | None = None,
) -> None:
    """Talk until the input ends, and write it down where that is wanted. Every run is a new conversation."""
    talk = Talk(reception, language, console or Console(), recording)
    await talk.run()


class Talk:
    """One conversation in a terminal."""

    def __init__(
        self,
        reception: Reception,
        language: Language,
        console: Console,
        recording: Recording | None = None,
    ) -> None:
        name = secrets.token_hex(8)
        self._reception = reception
        self._language = language
        self._console = console
        self._recording = recording
        self._key = ConversationKey(CHANNEL, "local", chat=name, person=name)
        self._id = ""
        self._seen = 0
        self._offered: tuple[Choice, ...] = ()
        self._reading = asyncio.Lock()

    async def run(self) -> None:
        """Greet, then take turns; lines of the staff are shown as they come."""
        self._console.say(self._word("hello"))
        self._id = await self._reception.open(self._key, self._language)
        await self._show()
        watching = asyncio.create_task(self._watch())
        try:
            await self._take_turns()
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
        self._console.say(self._word("bye"))

    async def _take_turns(self) -> None:
        while (line := await self._console.ask(f"{self._word('prompt')} › ")) is not None:
            if len(line) > LIMITS.text:
                self._console.say(self._word("too_long"))
            elif line.strip():
                await self._send(line.strip())

    async def _send(self, line: str) -> None:
        pressed = self._pressed(line)
        self._record(line, pressed)
        inbound = Inbound(
            key=self._key,
            message_id=secrets.token_hex(16),
            text=pressed.says if pressed else line,
            choice=pressed.payload if pressed else None,
            language=self._language,
        )
        try:
            await self._reception.receive(inbound)
        except TidewaiterError:
            self._console.say(self._word("not_stored"))
        await self._show()

    def _record(self, line: str, pressed: Choice | None) -> None:
        if self._recording is None:
            return
        if pressed is None:
            self._recording.typed(line)
        else:
            self._recording.pressed(pressed.label)

    def _pressed(self, line: str) -> Choice | None:
        """The button of that number."""
        number = int(line) if line.isdecimal() else 0
        return self._offered[number - 1] if 1 <= number <= len(self._offered) else None

    async def _watch(self) -> None:
        with self._reception.live.watch(self._id) as watch:
            async for _ in watch.changes(LOOK_SECONDS):
                with contextlib.suppress(TidewaiterError):
                    await self._show()

    async def _show(self) -> None:
        """Print what is new. One at a time, for a turn and a line of the staff may coincide."""
        async with self._reading:
            for line in await self._reception.transcript(self._id, self._seen):
                self._seen = line.seq
                self._offered = line.reply.choices
                if self._recording is not None:
                    self._recording.said(line.author, line.reply)
                for text in self._printed(line):
                    self._console.say(text)

    def _printed(self, line: Line) -> Iterator[str]:
        """A line as texts; what the prospect typed stands there already."""
        if line.author is Author.PROSPECT:
            return
        for part in parts(line.reply, LIMITS):
            body = "\n".join(
                terminal_lines(Reply.of(part.text, *part.choices), self._word("choices"))
            )
            yield f"{self._head(line)}{body}"

    def _head(self, line: Line) -> str:
        if line.author is Author.SYSTEM:
            return "· "
        if line.author is Author.STAFF:
            return f"{line.shown_name or self._word('staff')}:\n"
        return f"{self._word('assistant')}:\n"

    def _word(self, name: str) -> str:
        return word(f"terminal.{name}", self._language, limit=LIMITS.text)
