"""The page of one person, by plain links and forms."""

import httpx

from bot.store import events
from tests.bot.desk.conftest import Desk
from tests.bot.desk.page import words
from tests.bot.told import INTAKE


def _path(conversation: str, action: str = "") -> str:
    return f"/desk/contacts/{conversation}" + (f"/{action}" if action else "")


async def _do(
    browser: httpx.AsyncClient, conversation: str, action: str, **form: str
) -> httpx.Response:
    return await browser.post(_path(conversation, action), data=form, follow_redirects=True)


async def _kinds(desk: Desk, conversation: str) -> list[str]:
    journal = await desk.store.read(lambda work: events.of(work, conversation))
    return [line.kind for line in journal if line.kind.startswith("contact.")]


async def test_whoever_gave_the_same_address_is_suggested_linked_and_unlinked(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    one = await desk.says("start an inquiry", *INTAKE, "send", person="one")
    two = await desk.says("start an inquiry", *INTAKE, "send", person="two")
    other = [*INTAKE[:11], "else@example.com", *INTAKE[12:]]
    three = await desk.says("start an inquiry", *other, "send", person="three")
    assert f'href="{_path(one)}"' in (await lis.get(f"/desk/conversations/{one}")).text
    page = await lis.get(_path(one))
    assert "gave the same address or number" in words(page)
    assert two in page.text
    assert three not in page.text
    linked = await _do(lis, one, "link", other=two)
    assert "gave the same address" not in words(linked)
    assert linked.text.count("unlink</button>") == 2
    (theirs,) = (await desk.reception.state(two)).references
    assert theirs in words(linked)
    await _do(lis, one, "link", other=f"http://127.0.0.1:8000/desk/conversations/{three}?x=1")
    assert three in (await lis.get(_path(two))).text
    unlinked = await _do(lis, one, "unlink", other=two)
    assert theirs not in words(unlinked).replace(f"in {theirs}", "")
    assert await _kinds(desk, two) == ["contact.linked", "contact.unlinked"]


async def test_blocking_and_taking_it_back(desk: Desk, lis: httpx.AsyncClient) -> None:
    talk = await desk.says("? cost")
    assert "Blocked" in words(await _do(lis, talk, "block"))
    await desk.says("? let me in")
    assert "? let me in" not in str(await desk.said(talk))
    assert "Blocked" not in words(await _do(lis, talk, "unblock"))
    assert await _kinds(desk, talk) == ["contact.blocked", "contact.unblocked"]


async def test_everything_of_a_person_as_a_file(desk: Desk, lis: httpx.AsyncClient) -> None:
    talk = await desk.says("start an inquiry", *INTAKE, "send")
    await lis.post(f"/desk/conversations/{talk}/note", data={"text": "Looks serious."})
    answer = await lis.get(_path(talk, "export"))
    assert "attachment" in answer.headers["content-disposition"]
    (account,) = answer.json()["accounts"]
    (conversation,) = account["conversations"]
    assert "Looks serious." in str(conversation["messages"])
    assert answer.json()["leads"][0]["answer.contact"] == "name@example.com"
    assert await _kinds(desk, talk) == ["contact.exported"]


async def test_erasing_wants_to_be_sure_and_leaves_the_inquiry(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    talk = await desk.says("start an inquiry", *INTAKE, "send", person="one")
    other = await desk.says("? cost", person="two")
    (reference,) = (await desk.reception.state(talk)).references
    await _do(lis, talk, "link", other=other)
    assert (await _do(lis, talk, "erase")).status_code == 422
    assert (await lis.get(_path(talk))).status_code == 200
    await _do(lis, talk, "erase", sure="yes")
    for gone in (talk, other):
        assert (await lis.get(f"/desk/conversations/{gone}")).status_code == 404
        assert (await lis.get(_path(gone))).status_code == 404
    assert (await lis.get(f"/desk/leads/{reference}")).status_code == 200


async def test_a_person_nobody_knows(lis: httpx.AsyncClient) -> None:
    for action in ("block", "unblock", "unlink", "link", "erase"):
        answer = await _do(lis, "unknown", action, other="unknown", sure="yes")
        assert answer.status_code == 404
    assert (await lis.get(_path("unknown", "export"))).status_code == 404
