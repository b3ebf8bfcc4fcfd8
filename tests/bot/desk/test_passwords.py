"""What a password has to be."""

import pytest

from bot.desk import passwords
from bot.desk.errors import WeakPasswordError


@pytest.mark.parametrize(
    "password",
    ["a harbour at night", "x7#kQ2!pLm9z", "海关备案服务台的一个长口令啊", "twelve signs"],
)
def test_what_is_long_and_not_known_passes(password: str) -> None:
    passwords.check(password, "li")


@pytest.mark.parametrize(
    ("password", "login", "told"),
    [
        ("short", "li", "at least 12"),
        ("elevensigns", "li", "at least 12"),
        ("x" * 201, "li", "at most 200"),
        ("li.na@example.com", "li.na@example.com", "not be the login"),
        ("LI.NA@Example.com", "li.na@example.com", "not be the login"),
        ("liliana-li-liliana-li-", "liliana-li-", "not be the login"),
        ("password1234", "li", "tried first"),
        ("Password 1234", "li", "tried first"),
        ("ＰＡＳＳＷＯＲＤ１２３４", "li", "tried first"),
        ("correct horse battery staple", "li", "tried first"),
        ("aaaaaaaaaaaaaaaa", "li", "tried first"),
        ("121212121212121212", "li", "tried first"),
    ],
)
def test_what_is_weak_is_refused_with_the_rule(password: str, login: str, told: str) -> None:
    with pytest.raises(WeakPasswordError) as refused:
        passwords.check(password, login)
    assert told in refused.value.user_text


def test_the_password_is_not_in_the_error_itself() -> None:
    with pytest.raises(WeakPasswordError) as refused:
        passwords.check("password1234", "li")
    assert "password1234" not in str(refused.value) + refused.value.user_text


def test_every_common_password_of_the_list_would_pass_otherwise() -> None:
    lines = passwords.COMMON.read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if not line.startswith("#")]
    assert all(len(line) >= passwords.SHORTEST - 2 for line in listed)
    assert len(listed) == len(set(listed)) >= 80
