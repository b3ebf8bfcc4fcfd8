"""An authenticator app for tests."""

from __future__ import annotations

import re

import httpx

from bot.desk import totp
from tests.bot.desk.conftest import PASSWORD, Desk


def code(secret: str, desk: Desk) -> str:
    """What the app shows now."""
    return totp.code(secret, totp.step_at(desk.clock()))


async def enrol(desk: Desk, browser: httpx.AsyncClient) -> tuple[str, list[str]]:
    """Set two-factor sign-in up by the page: the secret, and the recovery codes. Half a minute passes."""
    await browser.post("/desk/account/two-factor/begin", data={"present": PASSWORD})
    page = (await browser.get("/desk/account")).text
    found = re.search(r'<code id="secret">([^<]+)</code>', page)
    assert found
    secret = found[1].replace(" ", "")
    given = {"code": code(secret, desk)}
    answer = await browser.post("/desk/account/two-factor/confirm", data=given)
    codes = re.findall(r"<li><code>([^<]+)</code>", answer.text)
    assert len(codes) == 10, answer.status_code
    desk.clock.move(seconds=30)
    return secret, codes


async def password_given(
    browser: httpx.AsyncClient, login: str = "li", password: str = PASSWORD
) -> str:
    """The ticket a fitting password is worth."""
    answer = await browser.post("/desk/sign-in", data={"login": login, "password": password})
    found = re.search(r'name="ticket" value="([^"]+)"', answer.text)
    assert found, answer.status_code
    return found[1]
