"""Who a visitor is: a token of theirs alone, of which we keep the digest."""

import hashlib

import pytest
from fastapi import Request, Response
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.visitors import Cookies, Visitor, page_id


def asking(cookie: str) -> Request:
    headers = [(b"cookie", cookie.encode("latin-1"))]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": headers})


def cookie_of(cookies: Cookies, visitor: Visitor) -> str:
    response = Response()
    cookies.write(response, visitor)
    return response.headers["set-cookie"]


def test_the_key_holds_only_the_digest() -> None:
    visitor = Visitor.new()
    key = visitor.key
    assert key.person == hashlib.sha256(visitor.token.encode()).hexdigest()
    assert visitor.token not in repr(key)


def test_no_two_visitors_are_the_same() -> None:
    assert len({Visitor.new().token for _ in range(100)}) == 100


def test_over_tls_the_cookie_is_bound_to_this_host() -> None:
    written = cookie_of(Cookies(secure=True), Visitor("x" * 43))
    assert written.startswith(f"__Host-tidewaiter_visitor={'x' * 43}; ")
    parts = set(written.split("; ")[1:])
    assert parts == {"HttpOnly", "Max-Age=15552000", "Path=/", "SameSite=lax", "Secure"}


def test_without_tls_it_has_a_plain_name() -> None:
    written = cookie_of(Cookies(secure=False), Visitor("x" * 43))
    assert written.startswith("tidewaiter_visitor=")
    assert "Secure" not in written
    assert "HttpOnly" in written


@pytest.mark.parametrize("secure", [True, False])
def test_what_is_written_is_read(*, secure: bool) -> None:
    cookies, visitor = Cookies(secure=secure), Visitor.new()
    assert cookies.read(asking(cookie_of(cookies, visitor).split(";")[0])) == visitor


@pytest.mark.parametrize("token", ["", "short", "x" * 42, "x" * 44, "x" * 42 + "/", "x" * 42 + " "])
def test_what_is_no_token_is_nobody(token: str) -> None:
    assert Cookies(secure=False).read(asking(f"tidewaiter_visitor={token}")) is None


def test_a_plain_cookie_counts_for_nothing_over_tls() -> None:
    assert Cookies(secure=True).read(asking(f"tidewaiter_visitor={'x' * 43}")) is None


@given(st.uuids())
def test_the_pages_id_comes_back(message_id: object) -> None:
    assert page_id(Visitor("x" * 43).inbound_id(str(message_id))) == str(message_id)


def test_two_visitors_cannot_use_up_each_others_ids() -> None:
    assert Visitor("x" * 43).inbound_id("1") != Visitor("y" * 43).inbound_id("1")


def test_a_line_that_did_not_come_in_has_no_id() -> None:
    assert page_id(None) is None
