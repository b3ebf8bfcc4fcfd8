"""One form of what somebody typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.typed import bare, folded, narrow, one_line, tidy


@given(st.text())
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert "\n" not in one_line(text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\u202ec\u200b", "abc"),
        ("\ud800 half", "half"),
        ("１２３　ＡＢＣ", "123 ABC"),
        ("  a \t b \r\n\n c ", "a b\nc"),
        ("👍🏽", "👍🏽"),
    ],
)
def test_what_nobody_sees_goes_and_the_rest_stays(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


@pytest.mark.parametrize("typed", ["Yes", " yes. ", "YES!!", "“yes”", "ｙｅｓ。"])
def test_case_and_closing_marks_make_no_difference(typed: str) -> None:
    assert folded(typed) == "yes"


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("it's Italy", "Italy"),
        ("We are in the Netherlands", "Netherlands"),
        ("我们在意大利", "意大利"),
        ("这是商标", "商标"),
        ("是", "是"),
        ("Its licensee", "Its licensee"),
        ("Italy", "Italy"),
    ],
)
def test_words_that_add_nothing_to_an_answer_go(typed: str, answer: str) -> None:
    assert bare(typed) == answer


@pytest.mark.parametrize(
    "typed",
    ["某某（中国）贸易有限公司", "跑鞋，运动包；手套：皮革", "真的？好！", "Ｔ恤", "Rossi™"],
)
def test_chinese_marks_were_once_narrowed_in_what_is_kept(typed: str) -> None:
    assert tidy(typed) == typed.replace("Ｔ", "T")
    assert one_line(typed) == tidy(typed)


@pytest.mark.parametrize(
    ("typed", "compared"), [("（ＡＢＣ）", "(abc)"), ("name＠example．com", "name@example.com")]
)
def test_what_is_compared_is_narrowed(typed: str, compared: str) -> None:
    assert folded(typed) == compared


@given(st.text())
def test_narrowing_twice_is_narrowing_once(text: str) -> None:
    assert narrow(narrow(text)) == narrow(text)
