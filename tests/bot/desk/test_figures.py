"""The figures' page: from real conversations to bars, lines, tables and files, by period."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import httpx
import pytest

from bot.conversation.events import Answered, Rated, Taken
from bot.desk import periods
from bot.desk.figures import ALL
from bot.outgoing import carry_out
from bot.store.figures import Unit
from bot.store.staff import Staff
from tests.bot.desk.conftest import Desk
from tests.bot.desk.page import words
from tests.bot.told import INTAKE, staffer

PAGE = "/desk/figures"
TODAY = date(2026, 11, 22)


def _figure(page: httpx.Response, name: str) -> str:
    """The words of one figure."""
    part = page.text.partition(f'aria-labelledby="{name}-h"')[2].partition("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())


async def _rows(browser: httpx.AsyncClient, name: str, query: str = "") -> list[dict[str, str]]:
    answer = await browser.get(f"{PAGE}/{name}.csv{query}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def test_without_anything_every_figure_says_so(lis: httpx.AsyncClient) -> None:
    page = await lis.get(PAGE)
    assert page.text.count("Nothing in these days.") == len(ALL)


async def test_what_happened_is_shown_counted_and_given_as_a_file(
    desk: Desk, lis: httpx.AsyncClient, li: Staff
) -> None:
    by = staffer(li.id, li.name)
    await desk.says("? cost", person="asks")
    await desk.says("blub", person="not understood")
    waiting = await desk.says("? cost", "! a person please", person="waits")
    desk.clock.move(minutes=6)
    await desk.reception.act(waiting, Taken(by=by))
    desk.clock.move(minutes=4)
    await desk.reception.act(waiting, Answered(by=by, text="Good morning."))
    await desk.says("start an inquiry", *INTAKE, "send", person="sends")
    await desk.says("start an inquiry", "trademark", person="leaves")

    page = await lis.get(PAGE)
    topics = [
        (row["intent"], row["English"], row["Chinese"]) for row in await _rows(lis, "intents")
    ]
    assert topics == [("fee.official", "4", "0")]
    assert "Label fee.official 4" in _figure(page, "intents")
    answered = {row["who"]: row["conversations"] for row in await _rows(lis, "answered")}
    assert answered == {
        "the assistant alone": "1",
        "assistant and colleague": "1",
        "a colleague alone": "0",
    }
    calls = {row["what came next"]: row["calls"] for row in await _rows(lis, "calls")}
    assert calls["a colleague came"] == "1"
    assert "half of them within 6 min" in _figure(page, "waits")
    assert "half of them within 10 min" in _figure(page, "replies")
    funnel = await _rows(lis, "funnel")
    assert funnel[0] == {"question": "Begun", "reached": "2", "left here": "0"}
    assert funnel[1] == {"question": "Kind of right", "reached": "2", "left here": "0"}
    assert funnel[2]["left here"] == "1"
    assert funnel[-1] == {"question": "Sent", "reached": "1", "left here": "0"}
    assert (await _rows(lis, "leads"))[0]["New"] == "1"
    for name in ALL:
        assert f"{PAGE}/{name}.csv?period=month" in page.text or "Nothing" in _figure(page, name)


async def test_a_picture_has_a_title_a_description_and_a_table(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    await desk.says("? cost")
    page = await lis.get(PAGE)
    pictures = re.findall(r'<svg class="plot"[^>]*>', page.text)
    assert pictures
    for picture in pictures:
        named = re.search(r'role="img" aria-labelledby="([\w-]+) ([\w-]+)"', picture)
        assert named
        assert all(f'id="{each}"' in page.text for each in named.groups())
    assert page.text.count("<table>") == len(pictures)
    assert not re.search(r"<style|\bstyle=", page.text)


async def test_satisfaction_is_told_as_a_share(desk: Desk, lis: httpx.AsyncClient) -> None:
    for person, mark in (("a", "good"), ("b", "good"), ("c", "bad")):
        here = await desk.says("? cost", person=person)
        await desk.store.run(
            lambda work, here=here, mark=mark: carry_out(  # type: ignore[misc]
                work, here, [Rated(mark=mark)], desk.clock()
            )
        )
    assert "67 % were content" in _figure(await lis.get(PAGE), "satisfaction")


async def test_days_of_ones_own(desk: Desk, lis: httpx.AsyncClient) -> None:
    await desk.says("? cost")
    inside = await _rows(lis, "questions", "?period=own&from=2026-11-22&to=2026-11-22")
    assert inside == [
        {"day": "2026-11-22", "questions": "1", "not understood": "0", "marked wrong": "0"}
    ]
    before = await _rows(lis, "questions", "?period=own&from=2026-11-20&to=2026-11-21")
    assert [row["questions"] for row in before] == ["0", "0"]


@pytest.mark.parametrize(
    "query",
    [
        "from=2026-11-22&to=2026-11-21",
        "from=x&to=2026-11-21",
        "to=2026-11-21",
        "from=0001-01-01&to=9999-12-31",
        "from=9999-12-31&to=9999-12-31",
    ],
)
async def test_days_that_cannot_be_shown_are_refused(lis: httpx.AsyncClient, query: str) -> None:
    page = await lis.get(f"{PAGE}?period=own&{query}")
    assert page.status_code == 422
    assert 'role="alert"' in page.text.partition("<main")[2]
    assert (await lis.get(f"{PAGE}/leads.csv?period=own&{query}")).status_code == 422


async def test_a_figure_there_is_none_of(lis: httpx.AsyncClient) -> None:
    answer = await lis.get(f"{PAGE}/nothing.csv")
    assert answer.status_code == 422
    assert words(answer)


@pytest.mark.parametrize(
    ("query", "first", "unit", "parts"),
    [
        ({"period": "week"}, date(2026, 11, 16), Unit.DAY, 7),
        ({"period": "month"}, date(2026, 10, 24), Unit.DAY, 30),
        ({"period": "quarter"}, date(2026, 8, 24), Unit.WEEK, 13),
        ({"period": "nonsense"}, date(2026, 10, 24), Unit.DAY, 30),
        (
            {"period": "own", "from": "2026-01-15", "to": "2026-11-02"},
            date(2026, 1, 15),
            Unit.MONTH,
            11,
        ),
        (
            {"period": "own", "from": "2026-10-01", "to": "2026-11-02"},
            date(2026, 10, 1),
            Unit.WEEK,
            6,
        ),
    ],
)
def test_periods(query: dict[str, str], first: date, unit: Unit, parts: int) -> None:
    period = periods.read(query, TODAY)
    assert (period.first, period.unit, len(period.parts)) == (first, unit, parts)
    assert period.parts[0] <= period.first
    assert period.parts[-1] <= period.last
    again = dict(pair.split("=") for pair in period.query.removeprefix("?").split("&"))
    assert periods.read(again, TODAY) == period
