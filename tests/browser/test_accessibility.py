"""axe looks at every page there is, with all that can be opened open: on a phone by night, at a desk by day.

The pages are those the application itself lists, so a new one cannot be left out. `SHOTS=folder` keeps a picture of
each.
"""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from bot.desk.accounts import Accounts
from bot.leads import registry
from bot.store import mentions, messages, staff
from bot.store.messages import Draft
from bot.store.work import Work
from tests.bot.told import INTAKE
from tests.browser.chat import chat
from tests.browser.console import opened, prospect_writes, session, staffed
from tests.browser.window import DESK, PHONE, OpenWindow
from tests.server import ServerProcess

SERIOUS = {"serious", "critical"}
OPEN_ALL = "document.querySelectorAll('details').forEach(each => each.open = true)"
LOOKS = [(PHONE, "dark"), (DESK, "light")]
PUBLIC = ("/", "/rules", "/unsubscribe/no-such-token", "/nowhere")
DOOR = ("/desk/sign-in", "/desk/setup/{token}")
TALLEST = 6000
"""Pixels of a page that is pictured as a whole."""
LEAST = 15
"""Fewer pages than that are not all."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def harbour(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ServerProcess]:
    """A server of its own: who waits here would stand first in the lists of other tests."""
    async with staffed(tmp_path_factory.mktemp("every page")) as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def known(harbour: ServerProcess) -> Mapping[str, Sequence[str]]:
    """Something to see on every page; what fills the addresses."""
    lead = await prospect_writes(harbour, "start an inquiry", *INTAKE, "send")
    form = await prospect_writes(harbour, "start an inquiry", *INTAKE[:6])
    waits = await prospect_writes(harbour, "what does it cost", "xyzzy plugh", "a person please")

    def work_on(work: Work) -> str:
        li, marco = (staff.credentials(work, each) for each in ("li", "marco"))
        assert li
        assert marco
        text = "@li please look at this"
        body = {"reply": {"blocks": [{"kind": "text", "text": text}]}, "staff_name": "Marco Rossi"}
        note = Draft(author="staff", body=body, kind="note", staff_id=marco.staff.id)
        kept = messages.append(work, waits, note, now=marco.staff.created_at)
        assert kept
        assert mentions.keep(work, kept, text)
        return registry.of_conversation(work, lead)[0].reference

    async with opened(harbour) as store:
        reference = await store.run(work_on)
        token = (await Accounts(store).invite("ada")).rsplit("/", 1)[1]
    return {"conversation_id": [waits, form, lead], "reference": [reference], "token": [token]}


async def _paths(site: ServerProcess, known: Mapping[str, Sequence[str]]) -> list[str]:
    """Where the desk shows a page, by its own list; what is saved or streamed is none."""
    async with httpx.AsyncClient(base_url=site.url) as client:
        listed = (await client.get("/openapi.json")).json()["paths"]
    found = []
    for path, ways in listed.items():
        shows = path.startswith("/desk") and "get" in ways
        if not shows or re.search(r"\.\w+$|stream|/files/|/export$", path):
            continue
        named = re.findall(r"\{(\w+)\}", path)
        fills = known[named[0]] if named else ("",)
        found += [path.replace(f"{{{named[0]}}}", each) if named else path for each in fills]
    assert len(found) > LEAST
    return [*found, "/desk/search?q=cost", "/desk/nowhere"]


async def _faults(page: Page, path: str) -> list[str]:
    if folder := os.environ.get("SHOTS"):
        await _picture(page, Path(folder), path)
    await page.evaluate(OPEN_ALL)
    results = await Axe().run(page)
    return [
        f"{path}: {each['id']}: {node['target']} {node['failureSummary']}"
        for each in results.response["violations"]
        if each["impact"] in SERIOUS
        for node in each["nodes"][:1]
    ]


async def _picture(page: Page, folder: Path, path: str) -> None:
    size = page.viewport_size
    assert size
    by_night = await page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    name = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\W+", "_", path).strip("_") or "chat"
    whole = await page.evaluate("document.documentElement.scrollHeight") < TALLEST
    file = folder / f"{name}.{size['width']}.{'dark' if by_night else 'light'}.png"
    await page.screenshot(path=file, full_page=whole)


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
async def test_axe_finds_no_serious_fault_on_any_page_of_the_desk(
    harbour: ServerProcess,
    open_window: OpenWindow,
    known: Mapping[str, Sequence[str]],
    size: dict[str, int],
    scheme: str,
) -> None:
    look = {"viewport": size, "color_scheme": scheme}
    inside = await open_window(
        f"{harbour.url}/desk", storage_state=await session(harbour.url, "li"), **look
    )
    outside = await open_window(f"{harbour.url}/desk/sign-in", **look)
    inside.forgive("404", "403")
    outside.forgive("404")
    faults = []
    for path in await _paths(harbour, known):
        page = (outside if path.startswith(("/desk/sign-in", "/desk/setup")) else inside).page
        await page.goto(f"{harbour.url}{path}")
        faults += await _faults(page, path)
    await inside.page.goto(f"{harbour.url}/desk/conversations/{known['conversation_id'][0]}")
    await inside.page.keyboard.press("?")
    faults += await _faults(inside.page, "help")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
async def test_axe_finds_no_serious_fault_on_any_page_of_the_prospects(
    harbour: ServerProcess, open_window: OpenWindow, size: dict[str, int], scheme: str
) -> None:
    window = await open_window(harbour.url, viewport=size, color_scheme=scheme)
    window.forgive("404")
    faults = []
    for path in PUBLIC:
        await window.page.goto(f"{harbour.url}{path}")
        faults += await _faults(window.page, path)
    prospect = await chat(await open_window(harbour.url, viewport=size, color_scheme=scheme))
    await prospect.writes("which documents do I need")
    faults += await _faults(prospect.page, "answered")
    await prospect.writes("start an inquiry")
    faults += await _faults(prospect.page, "asked")
    assert not faults, "\n".join(faults)
