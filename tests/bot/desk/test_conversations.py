"""The queue and a conversation, by plain links and forms: no script runs in these tests."""

import asyncio

import httpx
import pytest

from bot.conversation.events import Note
from bot.conversation.owner import Owner
from bot.desk.talk import SHOWN
from bot.outgoing import carry_out
from bot.reception import Edit, Inbound
from bot.store import events
from bot.store.conversations import ConversationKey
from bot.store.staff import Staff
from tests.bot.desk.conftest import Desk
from tests.bot.desk.page import actions, entries, hidden, title, words
from tests.bot.told import INTAKE, key


def _path(conversation: str, action: str = "") -> str:
    return f"/desk/conversations/{conversation}" + (f"/{action}" if action else "")


async def _do(
    browser: httpx.AsyncClient, conversation: str, action: str, **form: str
) -> httpx.Response:
    return await browser.post(_path(conversation, action), data=form, follow_redirects=True)


async def test_an_empty_desk_says_so(lis: httpx.AsyncClient) -> None:
    page = await lis.get("/desk")
    assert "Nobody has written yet" in words(page)
    assert title(page) == "Desk"


async def test_who_waits_stands_first_and_in_the_title(desk: Desk, lis: httpx.AsyncClient) -> None:
    waits = await desk.says("? cost", "! a person please", person="waits")
    desk.clock.move(minutes=5)
    newer = await desk.says("? how long", person="newer")
    page = await lis.get("/desk")
    assert entries(page) == [waits, newer]
    assert title(page) == "(1) Desk"
    assert "Waits for a person, 5 min" in words(page)
    assert "1 conversation waits for a person" in words(page)


@pytest.mark.parametrize(
    ("show", "seen"),
    [
        ("", {"bot", "waits", "mine", "theirs", "closed"}),
        ("?show=all", {"bot", "waits", "mine", "theirs", "closed"}),
        ("?show=nonsense", {"bot", "waits", "mine", "theirs", "closed"}),
        ("?show=waiting", {"waits"}),
        ("?show=mine", {"mine"}),
        ("?show=unassigned", {"waits", "bot"}),
        ("?show=bot", {"bot"}),
        ("?show=closed", {"closed"}),
    ],
)
async def test_filters(
    desk: Desk, lis: httpx.AsyncClient, marcos: httpx.AsyncClient, show: str, seen: set[str]
) -> None:
    names = ("bot", "waits", "mine", "theirs", "closed")
    ids = {name: await desk.says("? cost", person=name) for name in names}
    await desk.says("! a person", person="waits")
    await _do(lis, ids["mine"], "take")
    await _do(marcos, ids["theirs"], "take")
    await _do(lis, ids["closed"], "close")
    page = await lis.get(f"/desk{show}")
    assert set(entries(page)) == {ids[name] for name in seen}
    assert "All 5 Waiting 1 Mine 1 Unassigned 2 Bot 1 Closed 1" in words(page)


async def test_the_filter_stays_while_one_works(desk: Desk, lis: httpx.AsyncClient) -> None:
    conversation = await desk.says("! a person")
    await desk.says("? cost", person="another")
    page = await lis.get(f"{_path(conversation)}?show=waiting")
    assert entries(page) == [conversation]
    after = await lis.post(f"{_path(conversation, 'take')}?show=waiting", data={})
    assert after.headers["location"] == f"{_path(conversation)}?show=waiting"


async def test_opening_a_conversation_takes_the_unread_mark_away(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    conversation = await desk.says("? cost", "? how long")
    assert "2 unread messages" in words(await lis.get("/desk"))
    await lis.get(_path(conversation))
    assert "unread" not in words(await lis.get("/desk"))


async def test_a_page_nobody_looks_at_reads_nothing(desk: Desk, lis: httpx.AsyncClient) -> None:
    conversation = await desk.says("? cost")
    await lis.get(_path(conversation), headers={"X-Desk-Hidden": "1"})
    assert (await desk.reception.entry(conversation)).unread == 1


async def test_the_transcript_shows_who_said_what_in_which_language(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    conversation = await desk.says("? cost <b>bold</b>")
    await _do(lis, conversation, "reply", text="Good morning.\nIt depends.")
    page = await lis.get(_path(conversation))
    shown = words(page)
    for said in (
        "Prospect 09:00",
        "? cost <b>bold</b>",
        "Assistant",
        "answer fee.official",
        "Li Na of AAA IPRIGHT has joined",
        "Li Na",
        "Good morning. It depends.",
    ):
        assert said in shown.replace("17:00", "09:00")
    assert "<b>bold</b>" not in page.text
    assert 'lang="en"' in page.text


async def test_buttons_the_prospect_was_offered_are_shown(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    conversation = await desk.says("? cost", "+ begin")
    assert "Buttons offered to the prospect" in (await lis.get(_path(conversation))).text


async def test_only_the_latest_lines_are_shown_until_asked(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    conversation = await desk.says("? first of all")
    for _ in range(SHOWN // 2):
        await desk.says("? more")
    page = await lis.get(_path(conversation))
    assert "earlier lines" in words(page)
    assert "first of all" not in words(page)
    assert "first of all" in words(await lis.get(f"{_path(conversation)}?whole=1"))


async def test_the_card_shows_the_form_so_far(desk: Desk, lis: httpx.AsyncClient) -> None:
    conversation = await desk.says("start an inquiry", *INTAKE[:8])
    shown = words(await lis.get(_path(conversation)))
    assert "Recordation inquiry 7 of 13" in shown
    assert "Right holder Example Trading Ltd" in shown
    assert "Goods is being asked" in shown
    assert "Contact not yet" in shown


async def test_the_card_says_what_was_left_out_and_where_they_came_from(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    await desk.reception.open(key(), "en", "https://example.com/page")
    conversation = await desk.says("start an inquiry", *INTAKE)
    shown = words(await lis.get(_path(conversation)))
    assert "Your name left out" in shown
    assert "13 of 13, at the summary" in shown
    assert "Came from https://example.com/page" in shown


async def test_the_card_links_the_inquiries_that_were_sent(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    conversation = await desk.says("start an inquiry", *INTAKE, "send")
    (reference,) = (await desk.reception.state(conversation)).references
    page = await lis.get(_path(conversation))
    assert f'href="/desk/leads/{reference}"' in page.text
    assert f"{reference} consent 2026-12, given 17:00" in words(page)


async def test_the_card_says_what_was_asked_and_how_it_was_understood(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    conversation = await desk.says("? cost")
    desk.clock.move(minutes=1)
    await desk.says("gibberish")
    shown = words(await lis.get(_path(conversation)))
    assert "Asked, as understood not of our subject 17:01 Label fee.official 17:00" in shown


async def test_the_card_says_what_time_it_is_where_they_are(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    conversation = await desk.reception.open(key(), "en", zone="Europe/Rome")
    assert "Their time 10:00 Europe/Rome" in words(await lis.get(_path(conversation)))
    unknown = await desk.says("? cost", person="another")
    assert "Their time" not in words(await lis.get(_path(unknown)))


async def test_taking_over_and_handing_back(desk: Desk, lis: httpx.AsyncClient) -> None:
    conversation = await desk.says("! a person")
    before = await lis.get(_path(conversation))
    assert actions(before) == ["take", "snooze", "close", "reply", "note"]
    taken = await _do(lis, conversation, "take", once=hidden(before, "take"))
    assert "With you" in words(taken)
    assert actions(taken) == ["hand-back", "snooze", "close", "reply", "note"]
    back = await _do(lis, conversation, "hand-back")
    assert "The bot answers" in words(back)
    assert (await desk.reception.state(conversation)).owner is Owner.BOT


async def test_a_reply_takes_over_by_itself_and_the_page_says_so_before(
    desk: Desk, lis: httpx.AsyncClient, li: Staff
) -> None:
    conversation = await desk.says("? cost")
    before = words(await lis.get(_path(conversation)))
    assert "Sending takes the conversation over" in before
    assert "Li Na has joined" in before
    after = words(await _do(lis, conversation, "reply", text="Good morning."))
    assert "You have this conversation; the bot is silent." in after
    state = await desk.reception.state(conversation)
    assert (state.owner, state.staff_id) == (Owner.PERSON, li.id)
    await desk.says("? and how long")
    said = await desk.said(conversation)
    assert said[-1] == ("prospect", "message", "? and how long")


async def test_a_note_of_the_house_is_nobodys_and_stays_inside(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    conversation = await desk.says("? cost")
    note = Note(text="A mail was refused.", staff_id=None)
    await desk.store.run(lambda work: carry_out(work, conversation, [note], desk.clock()))
    page = words(await lis.get(_path(conversation)))
    assert "Note · System only the staff sees this" in page
    assert "A mail was refused." in page
    assert "A mail was refused." not in str(await desk.reception.transcript(conversation))


async def test_a_note_stays_inside(desk: Desk, lis: httpx.AsyncClient) -> None:
    conversation = await desk.says("? cost")
    page = await _do(lis, conversation, "note", text="An old client.")
    assert "Note · Li Na only the staff sees this" in words(page)
    assert (await desk.reception.state(conversation)).owner is Owner.BOT
    outside = await desk.reception.transcript(conversation)
    assert not any("old client" in line.reply.text for line in outside)


async def test_closing_and_what_can_be_done_after(desk: Desk, lis: httpx.AsyncClient) -> None:
    conversation = await desk.says("? cost")
    closed = await _do(lis, conversation, "close")
    assert "Closed" in words(closed)
    assert actions(closed) == ["take", "reply", "note"]
    again = await _do(lis, conversation, "close")
    assert again.status_code == 409
    assert "closed already" in words(again)


async def test_with_somebody_else_there_is_no_composer_but_a_note(
    desk: Desk, lis: httpx.AsyncClient, marcos: httpx.AsyncClient
) -> None:
    conversation = await desk.says("! a person")
    await _do(lis, conversation, "take")
    page = await marcos.get(_path(conversation))
    assert actions(page) == ["note"]
    assert "Li Na has this conversation." in words(page)
    noted = await _do(marcos, conversation, "note", text="Ask for the notice.")
    assert noted.status_code == 200


async def test_when_two_press_take_one_has_it_and_the_other_is_told(
    desk: Desk, lis: httpx.AsyncClient, marcos: httpx.AsyncClient
) -> None:
    conversation = await desk.says("! a person")
    pages = await asyncio.gather(_do(lis, conversation, "take"), _do(marcos, conversation, "take"))
    assert sorted(page.status_code for page in pages) == [200, 409]
    owner = (await desk.reception.state(conversation)).staff_name
    (refused,) = (page for page in pages if page.status_code == 409)
    assert f"{owner} has this conversation." in words(refused)


async def test_a_reply_that_came_too_late_is_not_lost(
    desk: Desk, lis: httpx.AsyncClient, marcos: httpx.AsyncClient
) -> None:
    conversation = await desk.says("! a person")
    await _do(lis, conversation, "take")
    page = await _do(marcos, conversation, "reply", text="A long and careful answer")
    assert page.status_code == 409
    assert "What you wrote was not sent: A long and careful answer" in words(page)
    assert ("staff", "message", "A long and careful answer") not in await desk.said(conversation)


@pytest.mark.parametrize("action", ["reply", "note"])
@pytest.mark.parametrize(
    ("text", "told"), [(" \n ", "write something"), ("x" * 4097, "longer than a message")]
)
async def test_what_cannot_be_sent_comes_back_with_the_reason(
    desk: Desk, lis: httpx.AsyncClient, action: str, text: str, told: str
) -> None:
    conversation = await desk.says("? cost")
    page = await _do(lis, conversation, action, text=text)
    assert page.status_code == 422
    assert told in words(page)
    assert text.strip() in page.text
    assert (await desk.reception.state(conversation)).owner is Owner.BOT


async def test_4096_chinese_characters_fit(desk: Desk, lis: httpx.AsyncClient) -> None:
    conversation = await desk.says("? cost")
    text = "备" * 4096
    assert (await _do(lis, conversation, "reply", text=text)).status_code == 200
    assert ("staff", "message", text) in await desk.said(conversation)


async def test_a_form_posted_twice_has_one_effect(desk: Desk, lis: httpx.AsyncClient) -> None:
    conversation = await desk.says("? cost")
    mark = hidden(await lis.get(_path(conversation)), "reply")
    posts = (_do(lis, conversation, "reply", text="Once only.", once=mark) for _ in range(5))
    assert {page.status_code for page in await asyncio.gather(*posts)} == {200}
    said = await desk.said(conversation)
    assert said.count(("staff", "message", "Once only.")) == 1


async def test_a_form_that_was_refused_may_be_posted_again(
    desk: Desk, lis: httpx.AsyncClient, marcos: httpx.AsyncClient
) -> None:
    conversation = await desk.says("! a person")
    mark = hidden(await marcos.get(_path(conversation)), "reply")
    await _do(lis, conversation, "take")
    assert (await _do(marcos, conversation, "reply", text="Hello.", once=mark)).status_code == 409
    await _do(lis, conversation, "hand-back")
    assert (await _do(marcos, conversation, "reply", text="Hello.", once=mark)).status_code == 200
    assert ("staff", "message", "Hello.") in await desk.said(conversation)


@pytest.mark.parametrize("action", ["", "take", "reply", "note", "hand-back", "close"])
async def test_a_conversation_that_is_not_there(lis: httpx.AsyncClient, action: str) -> None:
    if action:
        page = await lis.post(_path("gone", action), data={"text": "x"})
    else:
        page = await lis.get(_path("gone"))
    assert page.status_code == 404
    assert "no longer exists" in words(page)


async def test_who_did_what_is_in_the_journal(
    desk: Desk, lis: httpx.AsyncClient, li: Staff
) -> None:
    conversation = await desk.says("! a person")
    for action in ("take", "hand-back", "close"):
        await _do(lis, conversation, action)
    lines = await desk.store.read(lambda work: events.of(work, conversation))
    mine = [line for line in lines if line.actor == f"staff:{li.id}"]
    moves = [line.data["move"] for line in mine if "move" in line.data]
    assert moves == ["take", "hand_back", "close"]


async def test_content_of_any_language_is_shown_as_it_is(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    conversation = await desk.says("? 备案费 & “引号” <ü>")
    assert "? 备案费 & “引号” <ü>" in words(await lis.get(_path(conversation)))


async def test_a_changed_message_stands_beside_the_old_one(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    conversation = await desk.says("? cost")
    [asked] = [
        line
        for line in await desk.reception.transcript(conversation)
        if line.reply.text == "? cost"
    ]
    assert asked.message_id is not None
    await desk.reception.edit(Edit(key(), asked.message_id, "e1", "? price"))
    page = await lis.get(_path(conversation))
    assert "? cost" in words(page)
    assert "changed this message" in words(page)
    assert "? price" in words(page)
    assert f'href="#line-{asked.seq}"' in page.text


async def test_the_card_says_how_long_the_channel_lets_us_write(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    web = await desk.says("? cost")
    assert "Window to write" not in words(await lis.get(_path(web)))
    whatsapp = ConversationKey("whatsapp", "main", "49", "49")
    receipt = await desk.reception.receive(Inbound(whatsapp, "m1", "? cost"))
    desk.clock.move(hours=5)
    path = _path(receipt.conversation_id)
    assert "Window to write 19 h left" in words(await lis.get(path))
    desk.clock.move(hours=5)
    await desk.reception.receive(Inbound(whatsapp, "m2", "? how long"))
    assert "Window to write 1 day left" in words(await lis.get(path))
