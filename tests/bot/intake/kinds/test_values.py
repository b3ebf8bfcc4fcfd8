"""Days and amounts of money."""

import pytest

from bot.intake.kinds import KINDS, FieldKind
from bot.intake.kinds.base import Asked, Rejected
from bot.intake.kinds.values import shown_amount, shown_day
from tests.bot.intake.asking import TODAY, kept, parse, problem


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31 May 2027", "2027-05-31"),
        ("May 31st, 2027", "2027-05-31"),
        ("until 31 May 2027, I think", "2027-05-31"),
        ("2027-05-31", "2027-05-31"),
        ("2027/5/31", "2027-05-31"),
        ("31.05.2027", "2027-05-31"),
        ("5/31/2027", "2027-05-31"),
        ("2027年5月31日", "2027-05-31"),
        ("２０２７年５月３１日", "2027-05-31"),
        ("到2027年5月31日为止", "2027-05-31"),
    ],
)
def test_a_day(text: str, day: str) -> None:
    assert kept(FieldKind.DAY, text) == day


def test_a_day_with_two_readings_is_asked_for_again() -> None:
    assert parse(FieldKind.DAY, "05/06/2027") == Rejected("which_day", values={"day": "05/06/2027"})


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31 May 2027 or 1 June 2027", "one_day"),
        ("May 2027", "no_day"),
        ("31 February 2027", "no_day"),
        ("in some years", "no_day"),
        ("", "no_day"),
        ("😀", "no_day"),
    ],
)
def test_what_is_no_day_is_refused(text: str, why: str) -> None:
    assert problem(FieldKind.DAY, text) == why


def test_a_day_is_shown_with_its_month_in_words() -> None:
    assert shown_day("2027-05-31", "en") == "31 May 2027"
    assert shown_day("2027-05-31", "zh") == "2027年5月31日"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("RMB 150,000", "CNY 150000"),
        ("15万元", "CNY 150000"),
        ("人民币十五万元", "CNY 150000"),
        ("about USD 30000", "USD 30000"),
        ("30k euro", "EUR 30000"),
        ("５０００欧元", "EUR 5000"),
    ],
)
def test_an_amount(text: str, amount: str) -> None:
    assert kept(FieldKind.AMOUNT, text) == amount


@pytest.mark.parametrize("text", ["150000", "", "a lot", "😀", "between RMB 1000 and RMB 2000"])
def test_an_amount_wants_its_currency_and_is_one(text: str) -> None:
    assert problem(FieldKind.AMOUNT, text) == "no_amount"


def test_an_amount_is_shown_as_the_answers_write_it() -> None:
    assert shown_amount("CNY 150000", "en") == "RMB 150,000"
    assert "30,000" in shown_amount("USD 30000", "zh")


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [(FieldKind.DAY, "31 May 2027", "2027-05-31"), (FieldKind.AMOUNT, "RMB 9", "CNY 9")],
)
def test_in_a_longer_message_they_are_found_where_they_are_alone(
    kind: FieldKind, text: str, value: str
) -> None:
    find = KINDS[kind].find
    assert find is not None
    found = find(text, Asked(TODAY))
    assert found is not None
    assert found.value == value
    assert find(f"{text}, 1 June 2028, RMB 8", Asked(TODAY)) is None
