"""Who sees no personal data sees none on any page; who may see it leaves a line in the journal."""

from __future__ import annotations

import contextlib
import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot.conversation.events import Answered, Noted
from bot.conversation.reply import Author, Choice, Reply
from bot.desk import leads, veils
from bot.inbound import Line
from bot.leads import registry
from bot.store import events, files, staff
from bot.store.staff import Role, Staff
from intents.answer import Text
from tests.bot.desk.conftest import Desk
from tests.bot.desk.page import words
from tests.bot.desk.test_permissions import BEFORE_THE_DOOR, routes
from tests.bot.told import INTAKE, key, staffer

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SECRETS = ("name@example.com", "Example Trading", "1234567", "+39 06 1234", "running shoes")
FILLS = {"reference", "conversation_id", "file_id", "staff_id", "delivery_id", "name"}


async def _sent(desk: Desk, by: Staff) -> tuple[str, str]:
    """A prospect with a lead, one half-way through the form, one who stopped it: conversation and reference."""
    sent = await desk.says("+ an inquiry", *INTAKE, "send", person="sent")
    await desk.says("Any news? Call +39 06 1234 5678 or name@example.com", person="sent")
    note = Noted(by=staffer(by.id, by.name), text="Example  trading: call +39 06 1234 5678")
    await desk.reception.act(sent, note)
    who = staffer(by.id, by.name)
    await desk.reception.act(sent, Answered(by=who, text="Dear example  TRADING ltd, hello."))
    scan = files.pack(
        desk.store.cipher, b"x", upload_key="1", name="Example Trading certificate.pdf", kind="pdf"
    )
    await desk.store.run(lambda work: files.keep(work, sent, scan, now=desk.clock()))
    await desk.store.run(lambda work: files.mark_sent(work, [scan.id], now=desk.clock()))
    await desk.says("+ an inquiry", *INTAKE[:6], person="half")
    await desk.says("+ an inquiry", *INTAKE[:8], person="asked")
    await desk.says("+ an inquiry", *INTAKE[:6], "cancel", person="stopped")
    (lead,) = await desk.store.read(lambda work: registry.of_conversation(work, sent))
    return sent, lead.reference


async def _pages(desk: Desk, browser: httpx.AsyncClient) -> dict[str, str]:
    """Every page of the console that opens, filled with everything there is."""
    keys = [key(person) for person in ("sent", "half", "asked", "stopped")]
    talks = [await desk.reception.find(each) for each in keys]
    leads = await desk.store.read(lambda work: [each.reference for each in registry.latest(work)])
    fills: dict[str, list[str | None]] = {
        "conversation_id": talks,
        "reference": [*leads],
        "file_id": ["x"],
        "staff_id": ["x"],
        "name": ["questions"],
    }
    found: dict[str, str] = {}
    for method, path in routes(desk):
        if method != "GET" or path in BEFORE_THE_DOOR or path == "/desk/stream":
            continue
        named = re.findall(r"\{(\w+)\}", path)
        assert set(named) <= FILLS, f"teach this test what fills {path}"
        ways = (
            [path.replace(f"{{{named[0]}}}", str(one)) for one in fills[named[0]]]
            if named
            else [path]
        )
        for way in ways:
            answer = await browser.get(way)
            if answer.status_code == 200:
                found[way] = answer.text + words(answer)
    return found


@pytest.mark.parametrize("role", [Role.READER, Role.REVIEWER])
async def test_no_page_shows_personal_data_to_whoever_looks_on(
    desk: Desk, li: Staff, marco: Staff, role: Role
) -> None:
    sent, reference = await _sent(desk, li)
    async with contextlib.aclosing(await desk.signed_in("li")) as lis:
        clear = "".join((await _pages(desk, lis)).values())
        assert all(secret in clear for secret in SECRETS), "else nothing is tested"
    await desk.store.run(lambda work: staff.set_role(work, marco.id, role))
    async with contextlib.aclosing(await desk.signed_in("marco")) as browser:
        pages = await _pages(desk, browser)
        assert {"/desk", "/desk/leads", f"/desk/conversations/{sent}"} < pages.keys()
        for path, shown in pages.items():
            for secret in SECRETS:
                assert secret.lower() not in shown.lower(), (path, secret)
        talk = pages[f"/desk/conversations/{sent}"]
        assert "Any news? Call [number] or [hidden]" in talk
        assert "[hidden].pdf" in talk
        assert "/desk/files/" not in talk
        assert "Italy" in pages[f"/desk/leads/{reference}"], "what names nobody stays"
        assert reference in talk
        for write in (f"/desk/leads/{reference}/contact", f"/desk/leads/{reference}/status"):
            assert (await browser.post(write)).status_code == 403


def test_what_the_bot_says_of_the_law_stays_whole() -> None:
    asked = Choice(label="Back", payload="form:back", says="back")
    rule = Reply(
        blocks=(Text(text="Ask Eve Ltd for the trademark registered by a company: www.gov.cn"),),
        facts=("cn.fee.current",),
    )
    said = [(Author.BOT, Reply.of("Which right?", asked))]
    said += [(Author.PROSPECT, Reply.of(each)) for each in ("trademark", "company", "Eve Ltd")]
    said += [(Author.BOT, rule), (Author.PROSPECT, Reply.of("See www.eve.example, please"))]
    lines = [
        Line(seq, author, "message", reply, NOW, None, None)
        for seq, (author, reply) in enumerate(said, 1)
    ]
    shown = [line.reply.text for line in veils.veiled_page({"lines": lines})["lines"]]
    assert shown == [
        "Which right?",
        *["[hidden]"] * 3,
        "Ask [hidden] for the trademark registered by a company: www.gov.cn",
        "See [link] please",
    ]


async def test_a_contact_in_the_list_is_shown_by_a_button_and_written_down(
    desk: Desk, lis: httpx.AsyncClient, li: Staff
) -> None:
    _, reference = await _sent(desk, li)
    listed = await lis.get("/desk/leads/table")
    assert "name@example.com" not in listed.text
    assert "n…@example.com" in listed.text
    shown = await lis.post(f"/desk/leads/{reference}/contact")
    assert "name@example.com" in shown.text
    assert "name@example.com" not in (await lis.get("/desk/leads/table")).text, "masked again"
    assert (await lis.post("/desk/leads/TW-2611-NONE/contact")).status_code == 404
    assert await _kinds(desk, li, "contact.shown") == 1


@pytest.mark.parametrize(
    ("contact", "hint"),
    [("WeChat marco_r92", "W…"), ("name@example.com", "n…@example.com"), ("", "")],
)
def test_a_hint_never_is_the_whole_contact(contact: str, hint: str) -> None:
    assert leads._hint(contact) == hint


async def test_who_opens_a_lead_or_a_conversation_is_written_down_once_a_day(
    desk: Desk, lis: httpx.AsyncClient, li: Staff, marco: Staff, marcos: httpx.AsyncClient
) -> None:
    sent, reference = await _sent(desk, li)
    for browser in (lis, lis, marcos):
        await browser.get(f"/desk/leads/{reference}")
        await browser.get(f"/desk/conversations/{sent}")
    for who in (li, marco):
        assert await _kinds(desk, who, "lead.seen") == 1
        assert await _kinds(desk, who, "conversation.seen") == 1
    desk.clock.move(hours=11)
    await lis.get(f"/desk/leads/{reference}")
    assert await _kinds(desk, li, "lead.seen") == 2
    await desk.store.run(lambda work: staff.set_role(work, marco.id, Role.READER))
    await marcos.get(f"/desk/leads/{reference}")
    assert await _kinds(desk, marco, "lead.seen") == 1, "masked, so nothing was seen"


async def _kinds(desk: Desk, who: Staff, kind: str) -> int:
    day = timedelta(days=2)
    lines = await desk.store.read(
        lambda work: events.between(work, desk.clock() - day, desk.clock() + day, kinds=[kind])
    )
    return sum(line.actor == f"staff:{who.id}" for line in lines)
