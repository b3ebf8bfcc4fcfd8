"""The page of the search, by a plain form."""

import html

import httpx
import pytest

from bot.store import staff
from bot.store.staff import Role
from tests.bot.desk.conftest import Desk
from tests.bot.desk.page import words
from tests.bot.told import INTAKE


async def test_the_list_has_a_box_and_the_page_marks_what_was_found(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    conversation = await desk.says("? our <b>shoes</b> at Ningbo")
    assert 'action="/desk/search"' in (await lis.get("/desk")).text
    page = await lis.get("/desk/search", params={"q": "shoe"})
    assert "1 conversation" in words(page)
    assert "<mark>shoes</mark>" in page.text
    assert "<b>" not in page.text.split("<mark>")[0].rsplit("excerpt", 1)[1]
    assert f'href="/desk/conversations/{conversation}?whole=1#line-' in page.text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("", "parts of words find nothing"),
        ("the of", "no word in this"),
        ("unheard", "Nothing has all of these words"),
        ('"><script>', "Nothing has all of these words"),
    ],
)
async def test_nothing_found_is_told(lis: httpx.AsyncClient, asked: str, told: str) -> None:
    page = await lis.get("/desk/search", params={"q": asked, "page": "x"})
    assert told in words(page)
    assert f'value="{html.escape(asked)}"' in page.text.replace("&#34;", "&quot;")


async def test_a_lead_is_found_by_its_reference(desk: Desk, lis: httpx.AsyncClient) -> None:
    conversation = await desk.says("start an inquiry", *INTAKE, "send")
    (reference,) = (await desk.reception.state(conversation)).references
    page = await lis.get("/desk/search", params={"q": reference.lower()})
    assert f'href="/desk/leads/{reference}"' in page.text
    assert "Example Trading Ltd" in words(page)


async def test_a_reader_finds_words_and_reads_no_address(desk: Desk) -> None:
    await desk.says("? shoes for li@example.com")
    reader = await desk.hire("ria", "Ria")
    await desk.store.run(
        lambda work: staff.set_profile(work, reader.id, name="Ria", role=Role.READER)
    )
    browser = await desk.signed_in("ria")
    shown = words(await browser.get("/desk/search", params={"q": "shoes"}))
    assert "[e-mail]" in shown
    assert "li@example.com" not in shown
    asked = words(await browser.get("/desk/search", params={"q": "li@example.com"}))
    assert "are not looked for with your role" in asked
    await browser.aclose()
