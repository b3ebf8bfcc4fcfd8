"""The audit log: everything the staff does is in it, it is narrowed and taken away, and it stays as it is."""

from __future__ import annotations

import csv
import io

import httpx
import pytest
from sqlalchemy import delete, text, update

from bot.conversation.events import Taken
from bot.desk import audit
from bot.desk.roster import OPERATOR, Roster
from bot.errors import StoreError
from bot.store import events
from bot.store.staff import Role, Staff
from bot.store.tables import EventRow
from bot.store.work import Work
from tests.bot.desk.conftest import Desk
from tests.bot.desk.page import words
from tests.bot.told import staffer

LOG = "/desk/people/audit"


def _rows(response: httpx.Response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.text.lstrip("\ufeff"))))


async def test_it_says_who_did_what_to_whom(
    desk: Desk, lis: httpx.AsyncClient, li: Staff, marco: Staff
) -> None:
    conversation = await desk.says("? cost")
    await desk.reception.act(conversation, Taken(by=staffer(marco.id, marco.name)))
    await lis.post(f"/desk/people/{marco.id}/role", data={"role": "reader"})
    await Roster(desk.store, None, desk.clock).set_role(OPERATOR, marco.id, Role.AGENT)
    await lis.get("/desk/leads.csv")
    said = words(await lis.get(LOG))
    for line in (
        "Li Na Exported the leads kind csv, count 0",
        "The operator, by the command Changed a role Marco Rossi, from reader, to agent",
        "Li Na Changed a role Marco Rossi, from agent, to reader",
        f"owner of a conversation Conversation {conversation[-4:].upper()} ; from bot, to person",
        "Li Na Signed in",
    ):
        assert line in said, line
    assert "answered" not in said, "what the bot does is no deed of the staff"


async def test_it_is_narrowed_by_person_kind_and_days(
    desk: Desk, lis: httpx.AsyncClient, li: Staff, marco: Staff
) -> None:
    for login in ("anna", "bruno"):
        await lis.post("/desk/people/invite", data={"login": login, "role": "agent", "days": "1"})
        desk.clock.move(hours=10)
        await lis.get("/desk")

    async def count(query: str) -> int:
        return (await lis.get(f"{LOG}?{query}")).text.count("<td>Invited somebody</td>")

    assert await count("") == 2
    assert await count(f"person=staff:{li.id}&kind=staff.invited") == 2
    assert await count(f"person=staff:{marco.id}") == 0
    assert await count("kind=staff.signed_in") == 0
    assert await count("from=2026-11-23") == 1
    assert await count("from=2026-11-22&to=2026-11-22") == 1
    assert await count("to=2026-11-21") == 0
    assert await count("from=nonsense&to=9999-99-99&before=x&before=²") == 2
    rows = _rows(await lis.get(f"{LOG}.csv?kind=staff.invited&from=2026-11-23"))
    assert [(row["name"], row["kind"]) for row in rows] == [("Li Na", "staff.invited")]


async def test_it_has_pages(
    desk: Desk, lis: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "PAGE", 2)
    for login in ("a1", "b1", "c1"):
        await lis.post("/desk/people/invite", data={"login": login, "role": "agent", "days": "1"})
    first = await lis.get(f"{LOG}?kind=staff.invited")
    assert first.text.count("<td>Invited somebody</td>") == 2
    older = first.text.partition(f'href="{LOG}?')[2].partition('"')[0].replace("&amp;", "&")
    second = await lis.get(f"{LOG}?{older}")
    assert second.text.count("<td>Invited somebody</td>") == 1
    assert "Older lines" not in words(second)


async def test_taking_it_away_is_a_line_too(lis: httpx.AsyncClient) -> None:
    first = _rows(await lis.get(f"{LOG}.csv"))
    second = _rows(await lis.get(f"{LOG}.csv"))
    assert len(second) == len(first) + 1
    assert (second[0]["kind"], second[0]["data"]) == ("audit.exported", f"count={len(first)}")


async def test_it_is_for_administrators(
    lis: httpx.AsyncClient, marco: Staff, marcos: httpx.AsyncClient
) -> None:
    for path in (LOG, f"{LOG}.csv", "/desk/people"):
        assert (await marcos.get(path)).status_code == 403
        assert "People" not in words(await marcos.get("/desk"))
        assert (await lis.get(path)).status_code == 200
        for method in ("POST", "PUT", "DELETE"):
            answer = await lis.request(method, path)
            assert answer.status_code == 405, "there is nothing to change"


async def test_the_database_refuses_to_change_a_line(desk: Desk, li: Staff) -> None:
    def count(work: Work) -> int:
        return len(events.of_staff(work, events.Sought()))

    before = await desk.store.read(count)
    assert before
    statements = [
        delete(EventRow),
        update(EventRow).values(kind="nothing"),
        text("DELETE FROM events WHERE id = 1"),
        *([] if desk.store.is_sqlite else [text("TRUNCATE events")]),
    ]
    for statement in statements:
        with pytest.raises(StoreError):
            await desk.store.run(lambda work, done=statement: work.session.execute(done))  # type: ignore[misc]
    assert await desk.store.read(count) == before
