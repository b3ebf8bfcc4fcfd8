"""Board, review room and figures in a real browser: moving leads, drafts with one click, pictures, at every width."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from bot.conversation.counting import ASKED, STEP
from bot.leads import registry
from bot.leads.model import Handling, LeadStatus, NewLead
from bot.store import conversations, events, review
from bot.store.conversations import ConversationKey
from bot.store.review import Mark
from bot.store.work import Store, Work
from tests.browser.colours import contrast
from tests.browser.conftest import PHONE
from tests.browser.console import SignIn, opened
from tests.browser.test_console_looks import NARROW, SMALL
from tests.server import ServerProcess

pytestmark = pytest.mark.timeout(300)

PAGES = (
    "/leads",
    "/leads/table",
    "/leads/TW-2611-BQARD",
    "/review",
    "/review/facts?show=all",
    "/review/drafts",
    "/figures",
)
ASKED_LINE = "do the people at the harbour want coins when we sign our logo up"


def _lead(work: Work, reference: str, handling: Handling) -> None:
    """A lead that is handled in some way already."""
    key = ConversationKey("web", "main", reference, reference)
    now = datetime.now(UTC)
    conversation = conversations.find_or_create(work, key, now=now).id
    new = NewLead(
        conversation_id=conversation,
        reference=reference,
        form="recordation",
        answers={"rights.1.right_type": "trademark", "holder": "Example Trading Ltd"},
        consent_version="2026-12",
        consent_at=now,
        language="en",
    )
    registry.create(work, new, now=now)
    registry.change(work, reference, handling, seen=0, by="staff:none", now=now)


def _happened(work: Work) -> None:
    now = datetime.now(UTC) - timedelta(minutes=5)
    for intent, language in (
        ("fee.official", "en"),
        ("fee.official", "zh"),
        ("time.decision", "en"),
    ):
        data = {"intent": intent, "language": language, "kind": "answer"}
        events.record(work, ASKED, actor="prospect", now=now, conversation_id="x", data=data)
    for kind, data in (
        ("form_begun", {"form": "recordation"}),
        (STEP, {"form": "recordation", "at": "rights.right_type"}),
    ):
        events.record(work, kind, actor="prospect", now=now, conversation_id="x", data=data)


@pytest_asyncio.fixture(scope="module", loop_scope="session", autouse=True)
async def _work_to_do(harbour: ServerProcess) -> AsyncIterator[None]:
    """Leads, lines to review, and something to count."""
    late = Handling(
        status=LeadStatus.CONTACTED,
        next_action="Ask for the certificate",
        next_on=date.today() - timedelta(days=3),  # noqa: DTZ011 - some day in the past
    )
    async with opened(harbour) as store:
        store.attach(lambda *_: None)
        for reference in ("BQARD", "M0VED", "KEYED", "BQTH1"):
            await store.run(lambda work, r=reference: _lead(work, f"TW-2611-{r}", late))  # type: ignore[misc]
        await store.run(_happened)
        await _keep(store, ASKED_LINE, "another line of the tide")
    yield


async def _keep(store: Store, *texts: str) -> None:
    for text in texts:
        mark = Mark(text, text, "en", "not_understood")
        await store.run(lambda work, mark=mark: review.keep(work, mark, on=date(2026, 11, 22)))  # type: ignore[misc]


def _column(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)


async def test_a_lead_is_moved_by_its_button_and_the_focus_goes_with_it(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    li, marco = await sign_in("li"), await sign_in("marco")
    for one in (li, marco):
        await one.page.goto(f"{harbour.url}/desk/leads")
    await li.button("TW-2611-M0VED: Engaged").click()
    moved = _column(li.page, "Engaged").get_by_role("link", name="TW-2611-M0VED")
    await expect(moved).to_be_focused()
    there = _column(marco.page, "Engaged").get_by_role("link", name="TW-2611-M0VED")
    await expect(there).to_be_visible()
    badge = marco.page.locator(".top nav a[aria-current] .calling")
    await expect(badge).to_contain_text("overdue")


async def test_by_keyboard_alone_a_lead_is_lost_with_its_reason(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    li = await sign_in("li")
    await li.page.goto(f"{harbour.url}/desk/leads")
    press = li.page.keyboard.press
    await li.page.locator("summary[aria-label='TW-2611-KEYED: move elsewhere']").focus()
    await press("Enter")
    await li.page.get_by_label("Why TW-2611-KEYED was lost").focus()
    await press("n")
    await press("Tab")
    await press("Enter")
    await expect(_column(li.page, "Lost")).to_contain_text("no answer")


async def test_who_looks_at_an_old_page_is_told_who_was_faster(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    li, marco = await sign_in("li"), await sign_in("marco", java_script_enabled=False)
    marco.window.forgive("409")
    for one in (li, marco):
        await one.page.goto(f"{harbour.url}/desk/leads")
    await li.button("TW-2611-BQTH1: Engaged").click()
    await expect(_column(li.page, "Engaged")).to_contain_text("TW-2611-BQTH1")
    await marco.button("TW-2611-BQTH1: Engaged").click()
    await expect(marco.page.get_by_role("alert").last).to_contain_text("Li Na was faster")
    await expect(_column(marco.page, "Engaged")).to_contain_text("TW-2611-BQTH1")


async def test_owner_next_step_and_dossier(harbour: ServerProcess, sign_in: SignIn) -> None:
    li = await sign_in("li")
    await li.page.goto(f"{harbour.url}/desk/leads/TW-2611-BQARD")
    await li.page.get_by_label("Looked after by").select_option("Marco Rossi")
    await li.button("Save owner").click()
    history = li.page.get_by_role("region", name="History")
    await expect(history).to_contain_text("Given to Marco Rossi")
    await li.page.get_by_label("Next step").fill("Send the form")
    await li.page.get_by_label("To be done by").fill("2031-01-05")
    await li.button("Save next step").click()
    await expect(history).to_contain_text("Next step planned for 2031-01-05")
    async with li.page.expect_download() as saving:
        await li.page.get_by_role("link", name="Dossier (PDF)").click()
    saved = await saving.value
    assert saved.suggested_filename == "TW-2611-BQARD.pdf"
    assert (await saved.path()).read_bytes().startswith(b"%PDF-")


async def test_one_click_makes_a_draft_and_the_drafts_a_patch(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    li = await sign_in("li")
    await li.page.goto(f"{harbour.url}/desk/review")
    line = li.page.locator("li.sheet").filter(has_text=ASKED_LINE)
    await line.get_by_label("Another topic").select_option("fee.official")
    await line.get_by_role("button", name="That", exact=True).click()
    await expect(line).to_have_count(0)
    other = li.page.locator("li.sheet").filter(has_text="another line of the tide")
    await other.get_by_role("button", name="Needs a new answer").click()
    await expect(other).to_have_count(0)
    await li.page.get_by_role("link", name="Drafts").click()
    async with li.page.expect_download() as saving:
        await li.page.get_by_role("link", name="Patch").click()
    text = (await (await saving.value).path()).read_text()
    assert f"+  - {ASKED_LINE}" in text


async def test_a_figure_is_a_picture_with_a_name_a_table_and_a_file(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    li = await sign_in("li")
    await li.page.goto(f"{harbour.url}/desk/figures?period=week")
    picture = li.page.get_by_role("img", name="Questions by topic and language")
    await expect(picture).to_be_visible()
    figure = li.page.get_by_role("region", name="Questions by topic and language")
    await figure.locator("summary").click()
    await expect(figure.get_by_role("row").nth(1)).to_contain_text("fee.official")
    async with li.page.expect_download() as saving:
        await figure.get_by_role("link", name="CSV").click()
    assert "fee.official" in (await (await saving.value).path()).read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_words_stand_out_and_nothing_is_cut(
    harbour: ServerProcess, sign_in: SignIn, scheme: str
) -> None:
    async with opened(harbour) as store:
        await _keep(store, "a line to look at")
    li = await sign_in("li", color_scheme=scheme, viewport=NARROW)
    for path in PAGES:
        await li.page.goto(f"{harbour.url}/desk{path}")
        await expect(li.page.locator(".top nav [aria-current]")).to_be_in_viewport()
        for viewport in (PHONE, {"width": 900, "height": 700}, NARROW):
            await li.page.set_viewport_size(
                {"width": viewport["width"], "height": viewport["height"]}
            )
            wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            assert not await li.page.evaluate(wide), (path, viewport)
            assert await li.page.evaluate(SMALL) == [], (path, viewport)
    for path, selectors in (
        ("/leads", (".column h2 b", ".lead-card .overdue", ".lead-card .soft", ".calling")),
        ("/review", (".review .soft", ".choices legend", ".button.primary .sure")),
    ):
        await li.page.goto(f"{harbour.url}/desk{path}")
        for selector in selectors:
            assert await contrast(li.page, selector) >= 4.5, (scheme, selector)
