"""Reads a page of the console as a person would: its parts by what they are, not by their markup."""

from __future__ import annotations

import html
import re

import httpx


def words(response: httpx.Response) -> str:
    """The page's text, without its head."""
    body = response.text.partition("<body")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def title(response: httpx.Response) -> str:
    """What the browser's tab says."""
    found = re.search(r"<title>(.*?)</title>", response.text, re.DOTALL)
    assert found
    return html.unescape(found[1])


def actions(response: httpx.Response) -> list[str]:
    """Where the page's forms are posted to, last parts only, without the sign-out."""
    forms = re.findall(r"<form[^>]*>", response.text)
    posted = [form for form in forms if 'method="post"' in form and "sign-out" not in form]
    return [re.findall(r'\baction="([^"?]+)', form)[0].rsplit("/", 1)[1] for form in posted]


def hidden(response: httpx.Response, ending: str) -> str:
    """The mark of the form that is posted to an address with this ending."""
    found = re.search(
        rf'action="[^"]*/{ending}[^>]*>\s*<input type="hidden" name="once" value="([^"]+)"',
        response.text,
    )
    assert found
    return found[1]


def entries(response: httpx.Response) -> list[str]:
    """The ids of the conversations in the list, in order."""
    return re.findall(r'id="entry-([^"]+)"', response.text)
