"""A chat in the terminal, written down: what comes of it passes as a test."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.channels.recording import STAFF, Recording
from bot.channels.terminal import chat
from bot.conversation.reply import Author, Reply
from bot.errors import FileNotWritableError
from bot.live import Live
from bot.reception import Reception
from bot.store.work import Store
from knowledge.model import Language
from tests.bot.channels.test_terminal import Typist
from tests.dialogues import transcript
from tests.dialogues.playing import TalkError, play
from tests.prepared import AGENCY, prepared_engine

ENGLISH = [
    *("how long is a recordation valid?", "4", "1", 'registered: "yes"', "", "1", "2", "1"),
    *("Example: Trading # Ltd", "1", "Italy", "shoes", "3", "2", "skip", "name@example.com", "1"),
    *("change the country to France", "send", "status"),
]
CHINESE = [
    *("您好", "开始登记", "1", "1", "跳过", "没有了", "1", "某某贸易有限公司", "1", "意大利", "鞋"),
    *("3", "暂不填写", "跳过", "name@example.com", "同意", "1"),
]
BEGUN = datetime(2026, 11, 30, 8, 59, tzinfo=UTC)


async def talk(store: Store, path: Path, language: Language, lines: list[str]) -> str:
    """What stood on the screen of a talk that was written down."""
    reception = Reception(store, prepared_engine(), AGENCY, Live(), lambda: BEGUN)
    typist = Typist(*lines)
    await chat(reception, language, typist, Recording(path, language, lambda: BEGUN))
    return typist.screen


@pytest.mark.parametrize(("language", "lines"), [("en", ENGLISH), ("zh", CHINESE)])
async def test_what_was_written_down_passes_as_a_test(
    store: Store, tmp_path: Path, language: Language, lines: list[str]
) -> None:
    path = tmp_path / f"a_talk.{language}.yaml"
    screen = await talk(store, path, language, lines)
    played = await asyncio.to_thread(play, path)
    assert played.transcript.title == "a talk"
    assert len(played.transcript.talk) == len([line for line in lines if line]) + 1
    assert "TW-2611" in screen
    assert "TW-2611" not in path.read_text(encoding="utf-8")
    assert "made-up names" in path.read_text(encoding="utf-8")


async def test_it_fails_where_the_answer_is_another(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a_talk.en.yaml"
    await talk(store, path, "en", ["how long is a recordation valid?"])
    text = path.read_text(encoding="utf-8")
    assert "10 years" in text
    path.write_text(text.replace("10 years", "11 years"), encoding="utf-8")
    with pytest.raises(TalkError, match="11 years"):
        await asyncio.to_thread(play, path)


def test_buttons_are_written_by_their_labels_and_pauses_as_time(tmp_path: Path) -> None:
    path, now = tmp_path / "pause.en.yaml", [BEGUN]
    recording = Recording(path, "en", lambda: now[0])
    recording.said(Author.BOT, Reply.of("Hello. I am here."))
    now[0] += timedelta(minutes=12, seconds=5)
    recording.pressed("Stop the form")
    recording.said(Author.BOT, Reply.of("Your reference is TW-2611-7KQ4M. Good."))
    recording.said(Author.STAFF, Reply.of("Good morning."))
    found = transcript.load(path)
    assert found.starts == "2026-11-30 16:59"
    assert [(turn.passes, turn.presses, turn.bot) for turn in found.talk] == [
        (None, (), ("Hello.",)),
        ("12 minutes", (), ()),
        (None, ("Stop the form",), ()),
    ]
    assert STAFF in path.read_text(encoding="utf-8")


def test_no_file_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a_talk.en.yaml"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(FileNotWritableError, match="already"):
        Recording(path, "en")
    assert path.read_text(encoding="utf-8") == "mine"
    with pytest.raises(FileNotWritableError, match="No such file"):
        Recording(tmp_path / "nowhere" / "a.yaml", "en")
