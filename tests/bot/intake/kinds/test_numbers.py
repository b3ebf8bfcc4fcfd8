"""Numbers of rights and credit codes, as people copy them from certificates."""

import pytest

from bot.intake.kinds import KINDS, FieldKind
from bot.intake.kinds.base import Accepted, Asked, Rejected
from tests.bot.intake.asking import TODAY, kept, parse, problem

NUMBER, CODE = FieldKind.REGISTRATION_NUMBER, FieldKind.CREDIT_CODE
GOOD_CODE = "91110000600037341L"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234567", "1234567"),
        ("１２３４５６７", "1234567"),
        ("No. 1234567", "1234567"),
        ("#1234567", "1234567"),
        ("Our registration number is 1234567.", "1234567"),
        ("第1234567号", "1234567"),
        ("注册号：12345678", "12345678"),
        ("it's 1234567 I think", "1234567"),
        ("12345678 class 25", "12345678"),
        ("12345678（第25类）", "12345678"),
        ("12345678, classes 18 and 25", "12345678"),
        ("G1234567", "G1234567"),
        ("g 1234567", "G1234567"),
        ("IR 1234567", "G1234567"),
        ("Madrid registration no. 1234567A", "G1234567A"),
        ("马德里国际注册第1234567号", "G1234567"),
    ],
)
def test_the_number_of_a_mark(text: str, number: str) -> None:
    assert kept(NUMBER, text, right="trademark") == number


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1234567, 2345678 and 3456789", ("1234567", "2345678", "3456789")),
        ("第12345678号和第23456789号", ("12345678", "23456789")),
        ("1234567\n2345678", ("1234567", "2345678")),
        ("1234567 2345678", ("1234567", "2345678")),
        ("we have 7654321 and G1234567", ("7654321", "G1234567")),
        ("G1234567; 7654321; 7654321", ("G1234567", "7654321")),
        ("12345678（第25类）、23456789（第18类）", ("12345678", "23456789")),
    ],
)
def test_several_numbers_are_several_answers(text: str, numbers: tuple[str, ...]) -> None:
    assert parse(NUMBER, text, right="trademark") == Accepted(numbers[0], numbers[1:])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ZL 2020 3 0123456.3", "ZL202030123456.3"),
        ("zl202030123456.3", "ZL202030123456.3"),
        ("2020301234563", "202030123456.3"),
        ("专利号：ZL 2020 3 0123456.3", "ZL202030123456.3"),
        ("the patent is ZL 2020 3 0123456.3, granted", "ZL202030123456.3"),
        ("ZL202030123456", "ZL202030123456"),
    ],
)
def test_the_number_of_a_patent(text: str, number: str) -> None:
    assert kept(NUMBER, text, right="patent") == number


def test_a_last_digit_that_does_not_fit_is_doubted_and_named() -> None:
    parsed = parse(NUMBER, "ZL 2020 3 0123456.7", right="patent")
    assert parsed == Rejected("last_digit", "ZL202030123456.7", {"number": "ZL202030123456.7"})


@pytest.mark.parametrize("text", ["国作登字-2020-F-00123456", "2019SR0123456"])
def test_the_number_of_a_work(text: str) -> None:
    assert kept(NUMBER, text, right="copyright") == text


def test_a_number_of_a_shape_we_do_not_know_is_taken_as_it_is() -> None:
    assert kept(NUMBER, "vr-2020/5567") == "VR-2020/5567"


@pytest.mark.parametrize(
    "text", ["", "I do not know", "123", "😀", "none yet", "x" * 4000, "1" * 61]
)
def test_what_holds_no_number_is_refused(text: str) -> None:
    assert problem(NUMBER, text, right="trademark") == "no_registration_number"


def test_in_a_longer_message_only_what_can_be_nothing_else_is_found() -> None:
    find, asked = KINDS[NUMBER].find, Asked(TODAY)
    assert find is not None
    found = find("our mark G1234567 please", asked)
    assert found is not None
    assert found.value == "G1234567"
    assert find("we sold 1234567 shoes", asked) is None
    assert find("ZL 2020 3 0123456.7", asked) is None, "its last digit does not fit"


@pytest.mark.parametrize(
    "text",
    [
        GOOD_CODE,
        GOOD_CODE.lower(),
        "9111 0000 6000 3734 1L",
        "９１１１００００６０００３７３４１Ｌ",
        f"统一社会信用代码：{GOOD_CODE}。",
        f"our code is {GOOD_CODE}, thanks",
    ],
)
def test_a_credit_code(text: str) -> None:
    assert kept(CODE, text) == GOOD_CODE


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (GOOD_CODE[:-1] + "M", "code_check"),
        (GOOD_CODE[:-1], "no_credit_code"),
        ("12345", "no_credit_code"),
        ("we have none", "no_credit_code"),
        ("", "no_credit_code"),
        ("😀", "no_credit_code"),
    ],
)
def test_a_broken_credit_code_is_refused(text: str, why: str) -> None:
    assert problem(CODE, text) == why


def test_only_a_code_whose_check_sign_is_wrong_is_believed_when_it_comes_again() -> None:
    assert parse(CODE, GOOD_CODE[:-1] + "M") == Rejected("code_check", GOOD_CODE[:-1] + "M")
    assert parse(CODE, "12345") == Rejected("no_credit_code")


def test_a_credit_code_is_found_in_a_longer_message_only_where_it_fits() -> None:
    find, asked = KINDS[CODE].find, Asked(TODAY)
    assert find is not None
    assert find(f"Example Ltd {GOOD_CODE} Shenzhen", asked) is not None
    assert find(f"Example Ltd {GOOD_CODE[:-1]}M Shenzhen", asked) is None
