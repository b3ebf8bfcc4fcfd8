"""Leads: the list, one lead, what the staff does with it, and the files."""

import csv
import io
import json
from dataclasses import replace

import httpx
import pytest

from bot.desk import lead_views
from bot.leads import deliveries, model, registry
from bot.leads.model import DeliveryState, Lead, LeadStatus
from bot.live import DESK
from bot.store import conversations, events
from bot.store.staff import Staff
from bot.store.work import Work
from tests.bot.desk.conftest import Desk
from tests.bot.desk.page import actions, words
from tests.bot.told import INTAKE


async def sent(desk: Desk, person: str = "somebody", **changed: str) -> Lead:
    """A lead as a prospect sends it; `changed` lines are given in place of the usual ones."""
    places = {"holder": 5, "country": 7, "goods": 8, "urgency": 9, "contact": 12}
    lines = list(INTAKE)
    for field, text in changed.items():
        lines[places[field]] = text
    conversation = await desk.says("start an inquiry", *lines, "send", person=person)
    leads = await desk.store.read(lambda work: registry.of_conversation(work, conversation))
    return leads[-1]


async def _failed(desk: Desk, lead: Lead) -> str:
    def work_on(work: Work) -> str:
        (delivery,) = deliveries.of_leads(work, [lead.id])
        deliveries.mark_tried(work, delivery.id, "the mail server said 451")
        deliveries.mark_failed(work, delivery.id, "the mail server said 550", now=desk.clock())
        return delivery.id

    return await desk.store.run(work_on)


async def test_without_leads_the_page_says_what_will_stand_here(lis: httpx.AsyncClient) -> None:
    assert "No inquiry has been sent yet" in words(await lis.get("/desk/leads"))


async def test_a_line_says_all_one_needs_to_choose(desk: Desk, lis: httpx.AsyncClient) -> None:
    lead = await sent(desk, urgency="urgent")
    page = await lis.get("/desk/leads/table")
    shown = words(page)
    for text in (
        lead.reference,
        "New",
        "Trademark",
        "Example Trading Ltd",
        "Italy",
        "Goods are held now",
        "n…@example.com",
        "On its way",
    ):
        assert text in shown
    assert f'href="/desk/conversations/{lead.conversation_id}"' in page.text


async def test_a_failed_delivery_is_shown_with_its_reason(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    lead = await sent(desk)
    await _failed(desk, lead)
    assert "Failed 1 attempt: the mail server said 550" in words(await lis.get("/desk/leads/table"))


async def test_a_failed_delivery_can_be_sent_again(desk: Desk, lis: httpx.AsyncClient) -> None:
    lead = await sent(desk)
    delivery = await _failed(desk, lead)
    path = f"/desk/leads/{lead.reference}"
    assert "again" in actions(await lis.get(path))
    before = len(desk.jobs)
    page = await lis.post(f"{path}/deliveries/{delivery}/again", follow_redirects=True)
    assert "On its way" in words(page)
    assert "again" not in actions(page)
    assert len(desk.jobs) == before + 1
    kept = await desk.store.read(lambda work: deliveries.get(work, delivery))
    assert kept.state is DeliveryState.PENDING


async def test_a_lead_is_shown_with_everything_that_was_said(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    lead = await sent(desk, goods="shoes & <bags>")
    shown = words(await lis.get(f"/desk/leads/{lead.reference}"))
    assert "Goods shoes & <bags>" in shown
    assert "Registration number 1234567" in shown
    assert f"Consent version {lead.consent_version}" in shown


async def test_how_far_we_are_is_kept_and_written_down(
    desk: Desk, lis: httpx.AsyncClient, li: Staff
) -> None:
    lead = await sent(desk)
    path = f"/desk/leads/{lead.reference}/status"
    with desk.reception.live.watch(DESK) as watch:
        form = {"status": "contacted", "seen": "0"}
        page = await lis.post(path, data=form, follow_redirects=True)
        assert await anext(aiter(watch.changes(0.1)))
    assert "Li Na Moved to Contacted" in words(page)
    kept = await desk.store.read(lambda work: registry.get(work, lead.id))
    assert kept.status is LeadStatus.CONTACTED
    lines = await desk.store.read(lambda work: events.of(work, lead.conversation_id or ""))
    assert [line.actor for line in lines if line.kind == "lead.status"] == [f"staff:{li.id}"]
    for nonsense in ({"status": "nonsense", "seen": "0"}, {"status": "new"}, {"seen": "0"}):
        assert (await lis.post(path, data=nonsense)).status_code == 422


@pytest.mark.parametrize("path", ["TW-2611-00000", "TW-2611-00000/status"])
async def test_a_lead_that_is_not_there(lis: httpx.AsyncClient, path: str) -> None:
    if path.endswith("status"):
        answer = await lis.post(f"/desk/leads/{path}", data={"status": "new", "seen": "0"})
    else:
        answer = await lis.get(f"/desk/leads/{path}")
    assert answer.status_code == 404
    assert "does not exist" in words(answer)


async def test_a_delivery_that_is_not_there(desk: Desk, lis: httpx.AsyncClient) -> None:
    lead = await sent(desk)
    answer = await lis.post(f"/desk/leads/{lead.reference}/deliveries/none/again")
    assert answer.status_code == 404


async def test_the_list_turns_its_pages(
    desk: Desk, lis: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lead_views, "PAGE", 2)
    leads = []
    for person in ("one", "two", "three"):
        leads.append(await sent(desk, person))
        desk.clock.move(minutes=1)
    first = await lis.get("/desk/leads/table?sort=newest")
    assert "3 leads, page 1 of 2" in words(first)
    assert "/desk/leads/table?sort=newest&amp;page=2" in first.text
    assert leads[0].reference not in first.text
    second = await lis.get("/desk/leads/table?sort=newest&page=2")
    assert leads[0].reference in second.text
    assert leads[1].reference not in second.text
    assert "More leads" not in words(second)
    assert leads[0].reference in (await lis.get("/desk/leads/table?sort=newest&page=9")).text


async def test_the_table_opens_in_excel_and_calculates_nothing(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    await sent(desk, holder='=HYPERLINK("https://evil.example";"Open")', goods="鞋;\n@SUM(A1)")
    answer = await lis.get("/desk/leads.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="leads-2026-11-22.csv"' in answer.headers["content-disposition"]
    assert answer.content.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert row["answer.holder"].startswith("'=HYPERLINK")
    assert row["answer.goods"] == "鞋;\n'@SUM(A1)"
    assert row["answer.country"] == "IT"
    assert row["delivery.agency"] == "pending"


async def test_the_json_has_everything_as_it_was_said(desk: Desk, lis: httpx.AsyncClient) -> None:
    lead = await sent(desk, contact="+39 06 1234 5678", holder="=not a formula here")
    answer = await lis.get("/desk/leads.json")
    assert answer.headers["content-type"] == "application/json"
    (row,) = json.loads(answer.text)["leads"]
    assert row["reference"] == lead.reference
    assert row["answer.contact"] == "+390612345678"
    assert row["answer.holder"] == "=not a formula here"


async def test_files_without_leads_are_empty_but_whole(lis: httpx.AsyncClient) -> None:
    assert (await lis.get("/desk/leads.json")).json() == {"leads": []}
    assert (await lis.get("/desk/leads.csv")).status_code == 200


async def test_taking_all_leads_away_is_written_down(
    desk: Desk, lis: httpx.AsyncClient, li: Staff
) -> None:
    await sent(desk)
    await lis.get("/desk/leads.csv")
    counted = await desk.store.read(
        lambda work: events.between(
            work, desk.clock(), desk.clock().replace(year=2027), kinds=["leads.exported"]
        )
    )
    assert [(line.actor, line.data) for line in counted] == [
        (f"staff:{li.id}", {"kind": "csv", "count": 1})
    ]


async def test_a_field_the_form_no_longer_has_is_shown_as_it_was_said(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    lead = await sent(desk)
    kept = await desk.store.read(lambda work: lead_views.one(work, lead.reference))
    old = replace(kept, lead=kept.lead.model_copy(update={"answers": {"gone": "as said"}}))
    assert old.lines == [("gone", "as said")]
    assert old.told("owner") == ""
    assert not old.is_urgent


async def test_goods_that_are_held_stand_out_in_the_list(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    await sent(desk)
    assert 'class="urgent"' not in (await lis.get("/desk/leads/table")).text
    await sent(desk, person="another", urgency="urgent")
    assert (await lis.get("/desk/leads/table")).text.count('class="urgent"') == 1


async def test_a_lead_outlives_its_conversation_and_its_form(
    desk: Desk, lis: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = await sent(desk)
    await desk.store.run(lambda work: conversations.erase(work, lead.conversation_id or ""))
    monkeypatch.setattr(lead_views, "load_form", lambda _: None)
    monkeypatch.setattr(model, "load_form", lambda _: None)
    page = await lis.get("/desk/leads/table")
    assert lead.reference in words(page)
    assert "/desk/conversations/" not in page.text
    assert "rights.1.right_type trademark" in words(await lis.get(f"/desk/leads/{lead.reference}"))
