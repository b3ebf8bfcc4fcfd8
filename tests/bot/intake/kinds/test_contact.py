"""E-mail addresses and phone numbers, with whatever people write around them."""

import pytest

from bot.intake.kinds import KINDS, FieldKind
from bot.intake.kinds.base import Asked
from tests.bot.intake.asking import TODAY, kept, problem


@pytest.mark.parametrize("kind", [FieldKind.EMAIL, FieldKind.CONTACT])
@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("anna@rossi.example", "anna@rossi.example"),
        ("write to <anna@rossi.example>, please", "anna@rossi.example"),
        ("[mailto:anna@rossi.example]", "anna@rossi.example"),
        ("My e-mail is anna@rossi.example.", "anna@rossi.example"),
        ("邮箱anna@rossi.example", "anna@rossi.example"),
        ("我的邮箱是anna@rossi.example，谢谢", "anna@rossi.example"),
        ("ａｎｎａ＠ｒｏｓｓｉ．ｅｘａｍｐｌｅ", "anna@rossi.example"),
        ("jörg.müller@firma.example", "jörg.müller@firma.example"),
        ("anna@ROSSI.example", "anna@rossi.example"),
    ],
)
def test_an_address(kind: FieldKind, text: str, address: str) -> None:
    assert kept(kind, text) == address


@pytest.mark.parametrize("kind", [FieldKind.PHONE, FieldKind.CONTACT])
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+39 06 1234 5678", "+390612345678"),
        ("0039 06 1234 5678", "+390612345678"),
        ("call me on +44 (0)20 7946 0958 after five", "+442079460958"),
        ("13800138000", "+8613800138000"),
        ("电话：138 0013 8000", "+8613800138000"),
        ("（010）8888 8888", "+861088888888"),
        ("021-62881234", "+862162881234"),
        ("＋３９ ０６ １２３４ ５６７８", "+390612345678"),
    ],
)
def test_a_phone_number(kind: FieldKind, text: str, number: str) -> None:
    assert kept(kind, text) == number


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        (FieldKind.EMAIL, "anna", "no_email"),
        (FieldKind.EMAIL, "anna@rossi", "no_email"),
        (FieldKind.EMAIL, "+39 06 1234 5678", "no_email"),
        (FieldKind.PHONE, "12", "no_phone"),
        (FieldKind.PHONE, "anna@rossi.example", "no_phone"),
        (FieldKind.CONTACT, "name@", "no_email"),
        (FieldKind.CONTACT, "call me", "which_phone"),
        (FieldKind.CONTACT, "by mail", "which_email"),
        (FieldKind.CONTACT, "email, please", "which_email"),
        (FieldKind.CONTACT, "by phone", "which_phone"),
        (FieldKind.CONTACT, "whatsapp is fine", "which_phone"),
        (FieldKind.CONTACT, "发邮件", "which_email"),
        (FieldKind.CONTACT, "打电话吧", "which_phone"),
        (FieldKind.CONTACT, "微信联系", "which_phone"),
        (FieldKind.CONTACT, "I called you by phone before", "no_contact"),
        (FieldKind.CONTACT, "wechat: abc123", "no_contact"),
        (FieldKind.CONTACT, "😀", "no_contact"),
        (FieldKind.CONTACT, "", "no_contact"),
    ],
)
def test_what_reaches_nobody_is_refused(kind: FieldKind, text: str, why: str) -> None:
    assert problem(kind, text) == why


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (FieldKind.EMAIL, "Rossi, müller@rossi.example, Italy", "müller@rossi.example"),
        (FieldKind.EMAIL, "联系邮箱anna@rossi.example谢谢", "anna@rossi.example"),
        (FieldKind.PHONE, "Rossi, +39 06 1234 5678, Italy", "+390612345678"),
        (FieldKind.CONTACT, "+39 06 1234 5678 or anna@rossi.example", "anna@rossi.example"),
    ],
)
def test_in_a_longer_message_it_is_found(kind: FieldKind, text: str, value: str) -> None:
    find = KINDS[kind].find
    assert find is not None
    found = find(text, Asked(TODAY))
    assert found is not None
    assert found.value == value


def test_no_contact_is_found_where_none_is() -> None:
    find = KINDS[FieldKind.CONTACT].find
    assert find is not None
    assert find("1234567 pairs of shoes", Asked(TODAY)) is None
