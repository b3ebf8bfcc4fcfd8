"""Answers as people read them."""

import pytest

from bot.intake import filling
from bot.intake.showing import label, lines, rows, shown
from knowledge.model import Language
from tests.bot.intake.asking import RECORDATION
from tests.bot.intake.walking import LINES, walked


@pytest.mark.parametrize(
    ("path", "value", "language", "read"),
    [
        ("rights.2.right_type", "trademark", "en", "Trademark"),
        ("rights.2.right_type", "trademark", "zh", "商标"),
        ("country", "HK", "en", "Hong Kong, China"),
        ("country", "IT", "zh", "意大利"),
        ("country", "Narnia", "en", "Narnia"),
        ("authorised_users", "Alpha\nBeta", "en", "Alpha; Beta"),
        ("files", "f1\tcertificate.pdf", "zh", "certificate.pdf"),
        ("holder", "Rossi S.p.A.", "zh", "Rossi S.p.A."),
        ("role", "an option of old", "en", "an option of old"),
    ],
)
def test_an_answer_is_read_as_its_kind_shows_it(
    path: str, value: str, language: Language, read: str
) -> None:
    assert shown(RECORDATION, path, value, language) == read


def test_the_rows_stand_in_the_order_of_the_form_and_rounds_are_numbered() -> None:
    progress = walked("trademark", "registered", "1234567, 2345678", *LINES[3:])
    answers = filling.answers(RECORDATION, progress)
    turned = dict(sorted(answers.items(), reverse=True))
    labels = [label for label, _ in rows(RECORDATION, turned, "en")]
    assert labels[:8] == [
        "Right 1 · Kind of right",
        "Right 1 · State of the mark",
        "Right 1 · Registration number",
        "Right 2 · Kind of right",
        "Right 2 · State of the mark",
        "Right 2 · Registration number",
        "Your role",
        "Right holder",
    ]
    assert labels[-1] == "Consent"


def test_of_one_round_the_summary_has_each_answer_in_a_line_of_its_own() -> None:
    found = lines(RECORDATION, walked(*LINES), "en")
    assert [(line.at, line.label, line.said) for line in found[:3]] == [
        ("rights.1.right_type", "Kind of right", "Trademark"),
        ("rights.1.mark_state", "State of the mark", "Registered in China"),
        ("rights.1.registration_number", "Registration number", "1234567"),
    ]
    assert len(found) == 13


def test_of_several_rounds_the_summary_has_one_line_each() -> None:
    progress = walked("trademark", "registered", "1234567", "yes", "patent", "granted")
    for act in (filling.later, filling.later):
        progress = act(RECORDATION, progress) or progress
    progress = walked(*LINES[4:], start=progress)
    for language, first, second in (
        ("en", "Trademark, Registered in China, 1234567", "Patent, Granted in China"),
        ("zh", "商标，已在中国注册，1234567", "专利，已在中国授权"),
    ):
        found = lines(RECORDATION, progress, "en" if language == "en" else "zh")
        assert [line.at for line in found[:3]] == ["rights.1", "rights.2", "role"]
        assert found[0].said == first
        assert found[1].said.startswith(second)
    assert found[1].said.endswith("注册号或专利号（以后补）")


def test_the_summary_says_what_was_left_out_and_what_comes_later() -> None:
    progress = walked(*LINES[:8])
    progress = walked(*LINES[9:11], start=filling.later(RECORDATION, progress))
    progress = filling.skip(RECORDATION, progress) or progress
    told = {line.at: line.said for line in lines(RECORDATION, progress, "zh")}
    assert (told["goods"], told["name"]) == ("（以后补）", "（未填）")


def test_an_answer_is_called_with_its_round_only_where_there_are_several() -> None:
    one, two = walked("trademark"), walked("trademark", "pending", "yes")
    path = "rights.1.right_type"
    assert label(RECORDATION, one, path, "en") == "Kind of right"
    assert label(RECORDATION, two, path, "en") == "Right 1 · Kind of right"
    assert label(RECORDATION, two, "goods", "zh") == "商品"


def test_ends_of_rounds_are_no_rows_and_what_the_form_does_not_know_comes_last() -> None:
    answers = {"field_of_old": "x", "rights.1.more": "no", "rights.10.right_type": "patent"}
    answers |= {"rights.9.right_type": "patent"}
    assert rows(RECORDATION, answers, "zh") == [
        ("第9项权利 · 权利类型", "专利"),
        ("第10项权利 · 权利类型", "专利"),
        ("field_of_old", "x"),
    ]
