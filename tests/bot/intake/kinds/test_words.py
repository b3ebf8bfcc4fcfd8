"""Names on one line, free text, lists of names."""

import pytest

from bot.intake.kinds import FieldKind
from bot.intake.kinds.words import LONGEST_LINE, LONGEST_TEXT, MOST_NAMES, shown_names
from tests.bot.intake.asking import kept, problem


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  Example   Trading\nLtd ", "Example Trading Ltd"),
        ("某某贸易有限公司", "某某贸易有限公司"),
        ("Ｅｘａｍｐｌｅ　Ｌｔｄ", "Example Ltd"),
        ("3M", "3M"),
        ("\ud800Rossi\x00 S.p.A.\u200b", "Rossi S.p.A."),
        ("Rossi 😀", "Rossi 😀"),
    ],
)
def test_a_name(text: str, line: str) -> None:
    assert kept(FieldKind.LINE, text) == line


@pytest.mark.parametrize("kind", [FieldKind.LINE, FieldKind.TEXT, FieldKind.NAMES])
@pytest.mark.parametrize("text", ["", "—", "😀", "yes", "No.", "ok!", "none", "好的", "没有", "是"])
def test_a_word_that_agrees_or_denies_names_nothing(kind: FieldKind, text: str) -> None:
    assert problem(kind, text) == "no_letters"


def test_digits_are_no_name_but_can_be_a_text() -> None:
    assert problem(FieldKind.LINE, "12345") == "no_letters"
    assert kept(FieldKind.TEXT, "8517.13") == "8517.13"


@pytest.mark.parametrize(
    ("kind", "most"), [(FieldKind.LINE, LONGEST_LINE), (FieldKind.TEXT, LONGEST_TEXT)]
)
def test_what_is_too_long_is_refused(kind: FieldKind, most: int) -> None:
    assert kept(kind, "x" * most) == "x" * most
    assert problem(kind, "x" * (most + 1)) == "too_long"
    assert problem(kind, "x" * 4000) == "too_long"


def test_a_text_keeps_its_lines() -> None:
    assert kept(FieldKind.TEXT, " shoes \n\n bags ") == "shoes\nbags"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Alpha; Beta", ["Alpha", "Beta"]),
        ("Alpha\nBeta\n\nAlpha", ["Alpha", "Beta"]),
        ("1. Alpha\n2) Beta\n- Gamma", ["Alpha", "Beta", "Gamma"]),
        ("甲公司、乙公司，丙公司", ["甲公司", "乙公司", "丙公司"]),
        ("东莞甲厂，深圳乙厂；丙", ["东莞甲厂", "深圳乙厂", "丙"]),
        ("A Co., Ltd., B Inc., C GmbH", ["A Co., Ltd.", "B Inc.", "C GmbH"]),
        ("Shenzhen A Co.,Ltd,Ningbo B Co.,Ltd", ["Shenzhen A Co.,Ltd", "Ningbo B Co.,Ltd"]),
        ("Acme, Inc.", ["Acme, Inc."]),
        ("Alpha, S.p.A., Beta, S.r.l.", ["Alpha, S.p.A.", "Beta, S.r.l."]),
        ("Alpha Corporation, LLC", ["Alpha Corporation, LLC"]),
        ("Foo and Bar Ltd", ["Foo and Bar Ltd"]),
        ("Coach, Cole", ["Coach", "Cole"]),
    ],
)
def test_a_list_of_names(text: str, names: list[str]) -> None:
    assert kept(FieldKind.NAMES, text).split("\n") == names


def test_a_list_may_be_long_but_not_endless() -> None:
    names = [f"Maker {number}" for number in range(MOST_NAMES + 1)]
    assert kept(FieldKind.NAMES, "; ".join(names[:-1])).count("\n") == MOST_NAMES - 1
    assert problem(FieldKind.NAMES, "; ".join(names)) == "too_long"


def test_names_are_shown_in_one_line() -> None:
    assert shown_names("Alpha\nBeta", "en") == "Alpha; Beta"
    assert shown_names("甲\n乙", "zh") == "甲；乙"
