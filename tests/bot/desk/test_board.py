"""The board of leads: what stands where, moving by buttons, two who move at once, next steps, the dossier."""

from __future__ import annotations

import contextlib
import html
import re

import httpx
import pytest

from bot.leads import registry
from bot.leads.model import Handling, Lead, LeadStatus, LostReason
from bot.store import events, staff
from bot.store.staff import Role, Staff
from tests.bot.desk.conftest import PASSWORD, Desk
from tests.bot.desk.page import words
from tests.bot.desk.test_leads import sent

BOARD = "/desk/leads"


async def _kept(desk: Desk, lead: Lead) -> Lead:
    return await desk.store.read(lambda work: registry.get(work, lead.id))


def _in(page: httpx.Response, status: str) -> list[str]:
    """The references in a column."""
    column = page.text.partition(f'id="state-{status}"')[2].partition("</section>")[0]
    return re.findall(r'class="lead-name" href="/desk/leads/([^"]+)"', column)


async def _do(
    browser: httpx.AsyncClient, lead: Lead, act: str, seen: int, **form: str
) -> httpx.Response:
    path = f"/desk/leads/{lead.reference}/{act}"
    return await browser.post(path, data={"seen": str(seen), **form}, follow_redirects=True)


async def test_a_lead_goes_from_column_to_column_and_the_board_comes_back(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    lead = await sent(desk)
    page = await lis.get(BOARD)
    assert _in(page, "new") == [lead.reference]
    for number, status in enumerate(("contacted", "engaged", "won")):
        page = await _do(lis, lead, "status", number, status=status, back=f"{BOARD}?owner=nobody")
        assert str(page.url).endswith("/desk/leads?owner=nobody")
        assert _in(page, status) == [lead.reference]
    lost = {"status": "lost", "reason": "elsewhere", "back": BOARD}
    page = await _do(lis, lead, "status", 3, **lost)
    assert _in(page, "lost") == [lead.reference]
    assert "went to another agency" in words(page)


async def test_nothing_leads_elsewhere_than_to_the_leads(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    lead = await sent(desk)
    evil = ("https://evil.example", "//evil.example/desk/leads", "/desk/leads.evil", "/desk")
    for number, back in enumerate(evil):
        path = f"/desk/leads/{lead.reference}/status"
        status = ("contacted", "engaged")[number % 2]
        form = {"seen": str(number), "status": status, "back": back}
        answer = await lis.post(path, data=form)
        assert answer.headers["location"] == f"/desk/leads/{lead.reference}"


async def test_of_two_who_move_a_lead_the_second_is_told_who_was_faster(
    desk: Desk, lis: httpx.AsyncClient, marcos: httpx.AsyncClient
) -> None:
    lead = await sent(desk)
    await _do(lis, lead, "status", 0, status="contacted", back=BOARD)
    for back in (BOARD, f"{BOARD}/table?sort=newest", ""):
        page = await _do(marcos, lead, "status", 0, status="engaged", back=back)
        assert page.status_code == 409
        assert "Li Na was faster: moved to Contacted. Look again, then decide." in words(page)
        assert lead.reference in page.text
    assert (await _kept(desk, lead)).status is LeadStatus.CONTACTED


async def test_a_lead_is_not_lost_without_a_reason(desk: Desk, lis: httpx.AsyncClient) -> None:
    lead = await sent(desk)
    page = await _do(lis, lead, "status", 0, status="lost", back=BOARD)
    assert page.status_code == 422
    assert "say why the lead was lost" in words(page)
    assert (await _kept(desk, lead)).status is LeadStatus.NEW


async def test_somebody_looks_after_it(desk: Desk, lis: httpx.AsyncClient, marco: Staff) -> None:
    lead = await sent(desk)
    assert "Mine" in words(await lis.get(BOARD))
    page = await _do(lis, lead, "owner", 0, owner=marco.id)
    assert "Li Na Given to Marco Rossi" in words(page)
    assert _in(await lis.get(f"{BOARD}?owner={marco.id}"), "new") == [lead.reference]
    assert _in(await lis.get(f"{BOARD}?owner=nobody"), "new") == []
    await desk.store.run(lambda work: staff.disable(work, marco.id, now=desk.clock()))
    for nobody in ("none", marco.id):
        assert (await _do(lis, lead, "owner", 1, owner=nobody)).status_code == 422
    page = await _do(lis, lead, "owner", 1, owner="")
    assert "Li Na Given to nobody" in words(page)


async def test_a_next_step_that_is_late_stands_out_and_is_counted_in_the_menu(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    lead, other = await sent(desk), await sent(desk, "other")
    await _do(lis, lead, "next", 0, action="Ask for the certificate", on="2026-11-23")
    page = await lis.get(BOARD)
    assert "tomorrow Ask for the certificate" in words(page)
    assert "overdue" not in words(page).split("Next step")[0]
    desk.clock.move(days=2, hours=6)
    await lis.post("/desk/sign-in", data={"login": "li", "password": PASSWORD})
    page = await lis.get(BOARD)
    assert "Overdue: yesterday Ask for the certificate" in words(page)
    assert _in(page, "new") == [lead.reference, other.reference]
    for path in ("/desk", BOARD, f"{BOARD}/{lead.reference}"):
        assert "Leads 1 , 1 overdue" in words(await lis.get(path))
    assert _in(await lis.get(f"{BOARD}?due=overdue"), "new") == [lead.reference]
    await _do(lis, lead, "status", 1, status="won")
    assert "1 overdue" not in words(await lis.get(BOARD))


@pytest.mark.parametrize("on", ["2026-11-24", ""])
async def test_a_next_step_is_short_and_has_a_day_or_none(
    desk: Desk, lis: httpx.AsyncClient, on: str
) -> None:
    lead = await sent(desk)
    page = await _do(lis, lead, "next", 0, action="x" * 201, on=on)
    assert page.status_code == 422
    assert "200 characters at most" in words(page)
    assert (await _do(lis, lead, "next", 0, action="x", on="soon")).status_code == 422
    await _do(lis, lead, "next", 0, action=" Call \n them ", on=on)
    handling = (await _kept(desk, lead)).handling
    assert handling.next_action == "Call them"
    assert (handling.next_on is not None) is bool(on)


async def test_an_address_that_is_not_understood_shows_what_it_can(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    lead = await sent(desk)
    odd = "state=none&urgency=x&due=x&sort=x&page=-1&owner="
    for path in (BOARD, f"{BOARD}/table"):
        assert lead.reference in (await lis.get(f"{path}?{odd}")).text
    huge = await lis.get(f"{BOARD}/table?page={'9' * 5000}")
    assert lead.reference in huge.text


async def test_a_full_column_leads_on_to_the_table(
    desk: Desk, lis: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.desk.lead_views.IN_COLUMN", 1)
    for person in ("one", "two"):
        await sent(desk, person)
    page = await lis.get(BOARD)
    assert len(_in(page, "new")) == 1
    assert "All 2 in the table" in words(page)
    assert 'href="/desk/leads/table?state=new"' in page.text


async def test_who_looks_on_sees_no_name_and_moves_nothing(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    lead = await sent(desk)
    await _do(lis, lead, "next", 0, action="Call Mr Wei", on="2026-11-24")
    who = await desk.hire("reader", "The reader")
    await desk.store.run(
        lambda work: staff.set_profile(work, who.id, name=who.name, role=Role.READER)
    )
    async with contextlib.aclosing(await desk.signed_in("reader")) as browser:
        for path in (BOARD, f"{BOARD}/table", f"{BOARD}/{lead.reference}"):
            page = words(await browser.get(path))
            assert "Example Trading" not in page
            assert "name@example.com" not in page
            assert "Wei" not in page
            assert "hidden" in page
            assert "Mine" not in page
        assert (await browser.get(f"{BOARD}/{lead.reference}/dossier.pdf")).status_code == 403
        for act in ("status", "owner", "next"):
            assert (await _do(browser, lead, act, 1, status="won")).status_code == 403


async def test_the_dossier_is_a_file_and_its_saving_is_written_down(
    desk: Desk, lis: httpx.AsyncClient, li: Staff
) -> None:
    lead = await sent(desk)
    answer = await lis.get(f"{BOARD}/{lead.reference}/dossier.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert f'filename="{lead.reference}.pdf"' in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.startswith(b"%PDF-")
    page = await lis.get(f"{BOARD}/{lead.reference}")
    assert "Li Na Dossier saved" in words(page)
    assert (await lis.get(f"{BOARD}/TW-2611-00000/dossier.pdf")).status_code == 404


async def test_exports_tell_how_leads_are_handled(desk: Desk, lis: httpx.AsyncClient) -> None:
    lead = await sent(desk)
    owner = re.search(r'name="owner" value="([^"]+)"', (await lis.get(BOARD)).text)
    assert owner
    await _do(lis, lead, "owner", 0, owner=html.unescape(owner[1]))
    await _do(lis, lead, "next", 1, action="=Call", on="2026-11-24")
    (row,) = (await lis.get("/desk/leads.json")).json()["leads"]
    told = {name: row[name] for name in ("status", "owner", "next_action", "next_on")}
    assert told == {
        "status": "new",
        "owner": "Li Na",
        "next_action": "=Call",
        "next_on": "2026-11-24",
    }
    assert row["lost_reason"] is None
    assert "'=Call" in (await lis.get("/desk/leads.csv")).text


async def test_a_lead_that_was_closed_in_an_earlier_version_says_so(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    lead = await sent(desk)
    closed = Handling(status=LeadStatus.LOST, lost_reason=LostReason.UNKNOWN)

    def close(work: object) -> None:
        registry.change(work, lead.reference, closed, seen=0, by="staff:x", now=desk.clock())  # type: ignore[arg-type]
        data = {"reference": lead.reference, "status": "in_hand"}
        about = {"conversation_id": lead.conversation_id, "data": data}
        events.record(work, "lead.status", actor="staff:x", now=desk.clock(), **about)  # type: ignore[arg-type]

    await desk.store.run(close)
    page = words(await lis.get(f"{BOARD}/{lead.reference}"))
    assert "Lost closed before outcomes were kept" in page
    assert "a former colleague Moved to Contacted" in page
