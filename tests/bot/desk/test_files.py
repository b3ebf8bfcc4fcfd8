"""Files on the desk: named where they came, saved by the staff alone, each access in the journal."""

from __future__ import annotations

import re

import httpx
import pytest

from bot.desk.files import disposition
from bot.files.shelf import Limits, Upload
from bot.intake.kinds.files import kept
from bot.leads import registry
from bot.reception import InboundFiles
from bot.store import conversations, events, files
from bot.store.staff import Staff
from bot.store.work import Work
from tests.bot.desk.conftest import Desk
from tests.bot.desk.page import words
from tests.bot.files.samples import JPG, PDF
from tests.bot.leads.making import REFERENCE, new_lead
from tests.bot.told import key


async def send(desk: Desk, conversation: str, **contents: bytes) -> list[str]:
    """A prospect sends files; their ids."""
    ids = []
    for name, content in contents.items():
        upload = Upload(name, name.replace("_", "."), content)
        ids.append((await desk.reception.shelf.keep(conversation, upload, Limits())).file.id)
    await desk.reception.receive_files(InboundFiles(key(), f"files {ids[0]}", tuple(ids)))
    return ids


async def test_a_conversation_shows_them_in_the_line_and_on_the_card(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    conversation = await desk.says("? cost")
    ids = await send(desk, conversation, 证书_pdf=PDF, shoe_jpg=JPG)
    page = await lis.get(f"/desk/conversations/{conversation}")
    for file_id in ids:
        assert page.text.count(f'href="/desk/files/{file_id}"') == 2
    assert "PDF 证书.pdf 1 KB" in words(page)


async def test_a_form_under_way_names_its_files_on_the_card(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    conversation = await desk.says("start an inquiry")
    [file_id] = await send(desk, conversation, 证书_pdf=PDF)
    form = words(await lis.get(f"/desk/conversations/{conversation}"))
    assert "Files 证书.pdf" in form
    assert file_id not in form


async def test_what_was_never_sent_is_not_shown(desk: Desk, lis: httpx.AsyncClient) -> None:
    conversation = await desk.says("? cost")
    await desk.reception.shelf.keep(conversation, Upload("u", "secret.pdf", PDF), Limits())
    assert "secret.pdf" not in (await lis.get(f"/desk/conversations/{conversation}")).text


async def test_a_file_is_saved_and_never_shown(
    desk: Desk, lis: httpx.AsyncClient, li: Staff
) -> None:
    conversation = await desk.says("? cost")
    [file_id] = await send(desk, conversation, 证书_pdf=PDF)
    answer = await lis.get(f"/desk/files/{file_id}")
    assert answer.content == PDF
    given = answer.headers
    assert given["content-disposition"].startswith("attachment;")
    assert "filename*=UTF-8''%E8%AF%81%E4%B9%A6.pdf" in given["content-disposition"]
    assert given["content-type"] == "application/octet-stream"
    assert given["x-content-type-options"] == "nosniff"
    assert given["content-security-policy"] == "default-src 'none'; sandbox"
    assert given["cache-control"] == "no-store"
    lines = await desk.store.read(lambda work: events.of(work, conversation))
    taken = [(line.actor, line.data) for line in lines if line.kind == "file.downloaded"]
    assert taken == [(f"staff:{li.id}", {"file": file_id})]


async def test_a_stranger_gets_nothing(
    desk: Desk, stranger: httpx.AsyncClient, lis: httpx.AsyncClient
) -> None:
    conversation = await desk.says("? cost")
    [file_id] = await send(desk, conversation, a_pdf=PDF)
    answer = await stranger.get(f"/desk/files/{file_id}")
    assert answer.status_code == 303
    assert PDF not in answer.content
    await desk.store.run(lambda work: conversations.erase(work, conversation))
    gone = await lis.get(f"/desk/files/{file_id}")
    assert gone.status_code == 404
    assert "no longer exists" in words(gone)


async def test_a_leads_page_has_its_files_as_long_as_they_are_kept(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    conversation = await desk.says("? cost")
    ids = await send(desk, conversation, a_pdf=PDF, b_jpg=JPG)

    def submit(work: Work) -> None:
        found = files.those(work, ids)
        answers = {"holder": "Example", "files": kept(tuple((f.id, f.name) for f in found))}
        registry.create(work, new_lead(conversation, answers=answers), now=desk.clock())

    await desk.store.run(submit)
    exported = (await lis.get("/desk/leads.csv")).text
    assert '"a.pdf; b.jpg"' in exported
    assert not any(file_id in exported for file_id in ids)
    [as_json] = (await lis.get("/desk/leads.json")).json()["leads"]
    assert as_json["answer.files"][0] == {"id": ids[0], "name": "a.pdf"}
    page = await lis.get(f"/desk/leads/{REFERENCE}")
    assert re.findall(r'href="/desk/files/([^"]+)"', page.text) == ids
    await desk.store.run(lambda work: conversations.erase(work, conversation))
    page = await lis.get(f"/desk/leads/{REFERENCE}")
    assert "/desk/files/" not in page.text
    assert "a.pdf, b.jpg" in words(page), "their names stay in the answer"


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("a b.pdf", "attachment; filename=\"a b.pdf\"; filename*=UTF-8''a%20b.pdf"),
        ("证.pdf", "attachment; filename=\"_.pdf\"; filename*=UTF-8''%E8%AF%81.pdf"),
    ],
)
def test_the_name_to_save_under(name: str, header: str) -> None:
    assert disposition(name) == header
