"""The open form on the card, filled in by whoever has the conversation; no scripts."""

from __future__ import annotations

import html
import re

import httpx

from bot.store import events
from tests.bot.desk.conftest import Desk
from tests.bot.desk.page import actions, words
from tests.bot.told import INTAKE


def _path(conversation: str, action: str = "") -> str:
    return f"/desk/conversations/{conversation}" + (f"/{action}" if action else "")


def _posted(page: httpx.Response) -> dict[str, str]:
    """What the browser would post of the form as it stands."""
    part = page.text.partition('id="fill-in"')[2].partition("</form>")[0]
    fields = re.findall(r'<input[^>]*? name="([^"]+)" value="([^"]*)"', part)
    fields += re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)<', part)
    for name, options in re.findall(r'<select[^>]* name="([^"]+)">(.*?)</select>', part, re.DOTALL):
        chosen = re.findall(r'value="([^"]*)" selected', options)
        fields.append((name, chosen[0] if chosen else ""))
    return {name: html.unescape(value) for name, value in fields}


async def test_the_form_is_filled_in_and_saved(desk: Desk, lis: httpx.AsyncClient) -> None:
    conversation = await desk.says("start an inquiry", *INTAKE[:6])
    assert "form" not in actions(await lis.get(_path(conversation))), "it is not Li's yet"
    await lis.post(_path(conversation, "take"))
    form = _posted(await lis.get(_path(conversation)))
    assert form["field:holder"] == "Example Trading Ltd"
    assert form["field:role"] == "holder"
    assert "field:consent" not in form
    form |= {"field:country": "Italy", "field:role": "licensee"}
    answer = await lis.post(_path(conversation, "form"), data=form)
    assert answer.status_code == 303
    progress = (await desk.reception.state(conversation)).progress
    assert progress
    assert (progress.value("country"), progress.value("role")) == ("IT", "licensee")
    assert progress.value("holder") == "Example Trading Ltd"
    assert "Country: Italy" in (await desk.said(conversation))[-1][2]
    kept = await desk.store.read(lambda work: events.of(work, conversation))
    (filled,) = [event for event in kept if event.kind == "form_filled"]
    assert set(filled.data["fields"].split()) == {"role", "country"}


async def test_what_cannot_be_kept_comes_back_as_it_was_written(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    conversation = await desk.says("start an inquiry", *INTAKE[:6])
    await lis.post(_path(conversation, "take"))
    form = _posted(await lis.get(_path(conversation)))
    form |= {"field:country": "Ruritania", "field:contact": "by mail"}
    page = await lis.post(_path(conversation, "form"), data=form)
    assert page.status_code == 409
    assert "Country: " in words(page)
    assert "Contact: " in words(page)
    again = _posted(page)
    assert again["field:country"] == "Ruritania"
    again["field:contact"] = "name@example.com"
    assert (await lis.post(_path(conversation, "form"), data=again)).status_code == 303
    progress = (await desk.reception.state(conversation)).progress
    assert progress
    assert progress.value("country") == "Ruritania"


async def test_nothing_changed_says_nothing(desk: Desk, lis: httpx.AsyncClient) -> None:
    conversation = await desk.says("start an inquiry", *INTAKE)
    await lis.post(_path(conversation, "take"))
    before = await desk.said(conversation)
    form = _posted(await lis.get(_path(conversation)))
    await lis.post(_path(conversation, "form"), data=form)
    assert await desk.said(conversation) == before
