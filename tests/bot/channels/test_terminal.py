"""The chat in a terminal, driven by a console that types and listens."""

import asyncio
import io
from datetime import UTC, datetime

import pytest

from bot.channels import terminal
from bot.channels.terminal import Console, Talk, chat
from bot.conversation.events import Answered, HandedBack
from bot.conversation.reply import Author, Reply
from bot.errors import StoreError
from bot.reception import Line, Reception
from bot.store.work import Store
from knowledge.model import Language
from tests.bot.channels.conftest import until
from tests.bot.channels.test_chat_api import employ


class Typist(Console):
    """Types given lines one after another and keeps what was printed."""

    def __init__(self, *lines: str) -> None:
        self.printed: list[str] = []
        self._lines = list(lines)
        super().__init__(self._type, self.printed.append)

    def _type(self) -> str:
        return f"{self._lines.pop(0)}\n" if self._lines else ""

    @property
    def screen(self) -> str:
        return "".join(self.printed)


async def talk(reception: Reception, *lines: str, language: Language = "en") -> str:
    typist = Typist(*lines)
    await chat(reception, language, typist)
    return typist.screen


async def test_a_talk_from_greeting_to_goodbye(reception: Reception) -> None:
    screen = await talk(reception, "? cost")
    assert "I am the automated assistant of AAA IPRIGHT" in screen
    assert "answer fee.official" in screen
    assert screen.endswith("Goodbye.\n\n")


async def test_it_speaks_chinese_too(reception: Reception) -> None:
    screen = await talk(reception, language="zh")
    assert "您好" in screen
    assert screen.endswith("再见。\n\n")


async def test_a_number_presses_a_button(reception: Reception) -> None:
    by_number = await talk(reception, "4")
    by_words = await talk(reception, "start an inquiry")
    assert "[4] Start an inquiry" in by_number
    assert "[1] Trademark" in by_number
    assert by_number.split("Question 1")[1] == by_words.split("Question 1")[1]


@pytest.mark.parametrize("typed", ["0", "99", "²", "-1"])
async def test_a_number_without_a_button_is_words(reception: Reception, typed: str) -> None:
    assert "out_of_scope" in await talk(reception, typed)


async def test_an_empty_line_does_nothing(reception: Reception) -> None:
    assert (await talk(reception, "", "   ")).count("Assistant:") == 1


async def test_a_line_that_is_too_long_is_refused(reception: Reception) -> None:
    screen = await talk(reception, "x" * 4097)
    assert "4096 characters at most" in screen
    assert screen.count("Assistant:") == 1


async def test_what_was_not_stored_is_said(
    reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_inbound: object) -> None:
        raise StoreError("away")

    monkeypatch.setattr(reception, "receive", broken)
    assert "This was not stored" in await talk(reception, "? cost")


async def test_every_run_is_a_conversation_of_its_own(reception: Reception) -> None:
    await talk(reception, "? cost")
    assert "? cost" not in await talk(reception)


class Patient(Console):
    """Waits before each line until something is on the screen."""

    def __init__(self) -> None:
        self.printed: list[str] = []
        self.lines: asyncio.Queue[str] = asyncio.Queue()
        super().__init__(lambda: "", self.printed.append)

    async def ask(self, prompt: str) -> str | None:
        self._prompt = prompt
        line = await self.lines.get()
        self._prompt = ""
        return line or None

    @property
    def screen(self) -> str:
        return "".join(self.printed)


async def test_the_staff_is_seen_while_nothing_is_typed(reception: Reception, store: Store) -> None:
    console, li = Patient(), await employ(store)
    talking = Talk(reception, "en", console)
    running = asyncio.create_task(talking.run())
    await until(lambda: "Assistant" in console.screen)
    await reception.act(talking._id, Answered(by=li, text="Good morning."))
    await until(lambda: "Good morning." in console.screen)
    assert "Li Na:\nGood morning." in console.screen
    assert "· Li Na of AAA IPRIGHT has joined" in console.screen
    assert console.screen.endswith("You › "), "the prompt stands below again"
    await console.lines.put("thanks")
    await reception.act(talking._id, HandedBack(by=li))
    await until(lambda: "has left" in console.screen)
    await console.lines.put("")
    await running


async def test_without_a_name_it_is_the_staff(reception: Reception) -> None:
    talking = Talk(reception, "en", Typist())
    line = Line(1, Author.STAFF, "message", Reply.of("Hello"), datetime.now(UTC), None, None)
    assert list(talking._printed(line)) == ["A colleague:\nHello"]


async def test_a_talk_that_is_stopped_leaves_nothing_running(reception: Reception) -> None:
    running = asyncio.create_task(chat(reception, "en", Patient()))
    await until(lambda: bool(reception.live._watchers))
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert not reception.live._watchers


async def test_a_line_that_comes_after_the_end_is_nobodys(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    terminal._settle(answer, "first")
    terminal._settle(answer, "second")
    assert await answer == "first"


async def test_the_console_reads_and_writes_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("hello\n"))
    console = Console()
    assert await console.ask("You › ") == "hello"
    assert await console.ask("You › ") is None
    console.say("Bye.")
    assert capsys.readouterr().out == "You › You › Bye.\n\n"
