"""Suggested answers and canned replies beside the editor, without scripts."""

from __future__ import annotations

import html
import re
from pathlib import Path

import httpx
import pytest

from bot.desk import replies
from bot.desk.suggesting import Suggesting
from bot.reception import Edit, Inbound
from bot.store import staff
from bot.store.staff import Staff
from knowledge.errors import DataFileError
from tests.bot.desk.conftest import Desk
from tests.bot.desk.page import words
from tests.bot.told import INTAKE, ToldUnderstanding, key


def _path(conversation: str, action: str = "") -> str:
    return f"/desk/conversations/{conversation}" + (f"/{action}" if action else "")


def _editor(page: httpx.Response) -> str:
    found = re.search(r'<textarea id="reply"[^>]*>(.*?)</textarea>', page.text, re.DOTALL)
    assert found
    return html.unescape(found[1])


async def test_nothing_is_suggested_while_the_bot_answers(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    conversation = await desk.says("? cost")
    assert "Suggested answer" not in words(await lis.get(_path(conversation)))


async def test_the_last_question_is_answered_beside_the_editor(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    conversation = await desk.says("! a person")
    await lis.post(_path(conversation, "take"))
    await desk.says("? cost")
    shown = words(await lis.get(_path(conversation)))
    assert "Suggested answer Label fee.official answer fee.official" in shown
    assert "Or meant Label fee.history Label fee.agency" in shown


async def test_a_suggestion_is_put_behind_what_was_written(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    conversation = await desk.says("! a person")
    await lis.post(_path(conversation, "take"))
    await desk.says("? cost")
    before = await desk.said(conversation)
    form = {"text": "Good morning.", "use": "answer:fee.official"}
    page = await lis.post(_path(conversation, "reply"), data=form)
    assert _editor(page) == "Good morning.\n\nanswer fee.official"
    form = {"text": "", "use": "answer:fee.history"}
    page = await lis.post(_path(conversation, "reply"), data=form)
    assert _editor(page) == "answer fee.history"
    assert await desk.said(conversation) == before, "nothing is sent by putting it into the editor"


async def test_a_suggestion_is_sent_as_it_is(desk: Desk, lis: httpx.AsyncClient) -> None:
    conversation = await desk.says("! a person")
    await lis.post(_path(conversation, "take"))
    await desk.says("? cost")
    page = await lis.get(_path(conversation))
    found = re.search(r'name="text" value="([^"]+)"', page.text)
    assert found
    await lis.post(_path(conversation, "reply"), data={"text": html.unescape(found[1])})
    assert (await desk.said(conversation))[-1] == ("staff", "message", "answer fee.official")
    assert "Suggested answer" not in words(await lis.get(_path(conversation))), "it is answered"


async def test_a_question_is_read_once_in_its_latest_words_and_as_a_whole(desk: Desk) -> None:
    conversation = await desk.says("! a person")
    await desk.says("? cost", "? and time")
    lines = await desk.reception.transcript(conversation, inside=True)
    state = await desk.reception.state(conversation)
    understanding = ToldUnderstanding()
    suggesting = Suggesting(understanding, 4096)
    for _ in range(2):
        await suggesting.of(conversation, state, lines, desk.clock())
    assert [text for text, _ in understanding.heard] == ["? and time"]
    asked = next(line for line in lines if line.reply.text == "? and time")
    assert asked.message_id
    await desk.reception.edit(Edit(key(), asked.message_id, "e1", "? and what time"))
    lines = await desk.reception.transcript(conversation, inside=True)
    await suggesting.of(conversation, state, lines, desk.clock())
    assert understanding.heard[-1][0] == "? and what time"


async def test_what_a_message_cannot_carry_is_not_suggested(desk: Desk) -> None:
    conversation = await desk.says("! a person", "? cost")
    lines = await desk.reception.transcript(conversation, inside=True)
    state = await desk.reception.state(conversation)
    found = await Suggesting(ToldUnderstanding(), 5).of(conversation, state, lines, desk.clock())
    assert found.answer is None
    assert not found.near


async def test_who_looks_on_and_who_is_not_the_owner_is_offered_nothing(
    desk: Desk, lis: httpx.AsyncClient, marcos: httpx.AsyncClient
) -> None:
    conversation = await desk.says("! a person", "? cost")
    await lis.post(_path(conversation, "take"))
    shown = words(await marcos.get(_path(conversation)))
    assert "Suggested answer" not in shown
    assert "Canned replies" not in shown


async def test_canned_replies_are_filled_in(desk: Desk, lis: httpx.AsyncClient) -> None:
    conversation = await desk.says("! a person")
    page = await lis.post(_path(conversation, "reply"), data={"text": "", "use": "reply:greeting"})
    agency = desk.settings.agency_name
    assert _editor(page).startswith(f"Hello, this is Li Na of {agency}.")
    assert "Inquiry received" not in words(page), "there is no reference yet"


async def test_a_canned_reply_gave_away_a_name_whose_owner_had_not_agreed(
    desk: Desk, lis: httpx.AsyncClient, li: Staff
) -> None:
    conversation = await desk.says("! a person")
    assert "this is Li Na of AAA IPRIGHT" in words(await lis.get(_path(conversation)))
    await desk.store.run(lambda work: staff.set_name(work, li.id, li.name, shown=False))
    shown = words(await lis.get(_path(conversation)))
    assert "this is a colleague of AAA IPRIGHT" in shown


async def test_the_reference_is_that_of_the_last_inquiry(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    conversation = await desk.says("start an inquiry", *INTAKE, "send")
    state = await desk.reception.state(conversation)
    form = {"text": "", "use": "reply:inquiry_received"}
    page = await lis.post(_path(conversation, "reply"), data=form)
    assert state.references[-1] in _editor(page)


async def test_a_chinese_prospect_gets_chinese_replies(desk: Desk, lis: httpx.AsyncClient) -> None:
    inbound = Inbound(key(), "m1", "! 转人工", language="zh")
    conversation = (await desk.reception.receive(inbound)).conversation_id
    page = await lis.post(_path(conversation, "reply"), data={"text": "", "use": "reply:goodbye"})
    assert _editor(page) == replies.wordings("zh")["goodbye"].text


def test_replies_name_no_price_and_are_in_both_languages() -> None:
    assert list(replies.problems()) == []
    for language in ("en", "zh"):
        texts = [one.text for one in replies.wordings(language).values()]
        assert len(texts) >= 12
        assert not [text for text in texts if re.search(r"\d|[¥€$]|guarantee|保证", text)]


def test_a_slip_in_a_file_is_told_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("en", "zh"):
        written = 'hello:\n  title: Hello\n  text: "Hello {nobody}"\n'
        (tmp_path / f"{name}.yaml").write_text(written, encoding="utf-8")
    monkeypatch.setattr(replies, "FOLDER", tmp_path)
    replies.wordings.cache_clear()
    with pytest.raises(DataFileError, match="nobody"):
        replies.wordings("en")
    (tmp_path / "en.yaml").write_text("hello:\n  title: A\n  text: A\n", encoding="utf-8")
    (tmp_path / "zh.yaml").write_text("bye:\n  title: A\n  text: A\n", encoding="utf-8")
    replies.wordings.cache_clear()
    assert "not the same replies" in next(replies.problems())
    replies.wordings.cache_clear()
