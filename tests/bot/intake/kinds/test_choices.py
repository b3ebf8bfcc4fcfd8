"""Options by button, word, number, and named in a sentence."""

import pytest

from bot.intake.kinds import KINDS, FieldKind
from bot.intake.kinds.base import Asked, Rejected
from bot.intake.kinds.choices import chosen
from tests.bot.intake.asking import RECORDATION, TODAY, kept, parse, problem

RIGHT, MARK, PATENT, ROLE = (
    "rights.1.right_type",
    "rights.1.mark_state",
    "rights.1.patent_state",
    "role",
)


@pytest.mark.parametrize(
    ("path", "text", "option"),
    [
        (RIGHT, "Trademark", "trademark"),
        (RIGHT, "TM", "trademark"),
        (RIGHT, "trade-mark", "trademark"),
        (RIGHT, "1", "trademark"),
        (RIGHT, "２", "service_mark"),
        (RIGHT, "It's a trademark.", "trademark"),
        (RIGHT, "we have a service mark", "service_mark"),
        (RIGHT, "brand logo", "trademark"),
        (RIGHT, "a design patent, please", "patent"),
        (RIGHT, "商标", "trademark"),
        (RIGHT, "我们的商标", "trademark"),
        (RIGHT, "服务商标", "service_mark"),
        (RIGHT, "外观专利", "patent"),
        (RIGHT, "not sure", "unsure"),
        (MARK, "yes", "registered"),
        (MARK, "yes, it is registered", "registered"),
        (MARK, "registered in China and Italy", "registered"),
        (MARK, "registered in Italy", "foreign_only"),
        (MARK, "only in the US", "foreign_only"),
        (MARK, "在意大利注册的", "foreign_only"),
        (MARK, "在中国和意大利都已注册", "registered"),
        (MARK, "it's pending", "pending"),
        (MARK, "we applied last month", "pending"),
        (MARK, "还没注册", "pending"),
        (MARK, "an international registration", "madrid"),
        (PATENT, "granted in Germany only", "foreign_only"),
        (ROLE, "I'm the owner", "holder"),
        (ROLE, "I am the lawyer of the owner", "adviser"),
        (ROLE, "we are the exclusive licensee", "licensee"),
        (ROLE, "我们是权利人", "holder"),
        ("urgency", "not urgent", "planning"),
        ("urgency", "It's not urgent, planning ahead", "planning"),
        ("urgency", "no hurry at all", "planning"),
        ("urgency", "very urgent", "held_now"),
        ("urgency", "非常急", "held_now"),
        ("urgency", "goods are held in Shenzhen", "held_now"),
        ("urgency", "货被海关扣了", "held_now"),
        ("urgency", "不着急", "planning"),
    ],
)
def test_an_option(path: str, text: str, option: str) -> None:
    assert kept(FieldKind.CHOICE, text, path) == option


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (RIGHT, "not a trademark"),
        (RIGHT, "不是商标"),
        (RIGHT, "9"),
        (RIGHT, "0"),
        (RIGHT, ""),
        (RIGHT, "😀"),
        (RIGHT, "brandy"),
        (MARK, "not registered in China"),
        (MARK, "no"),
        (MARK, "没有注册"),
    ],
)
def test_what_is_denied_doubled_or_unknown_chooses_nothing(path: str, text: str) -> None:
    assert problem(FieldKind.CHOICE, text, path) == "choose_one"


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("trademark", ("trademark",)),
        ("patents and trademarks", ("trademark", "patent")),
        ("1, 4", ("trademark", "patent")),
        ("商标、专利和著作权", ("trademark", "copyright", "patent")),
        ("we have a trademark as well as a patent", ("trademark", "patent")),
    ],
)
def test_several_options_in_their_own_order(text: str, options: tuple[str, ...]) -> None:
    assert chosen(kept(FieldKind.CHOICES, text, RIGHT)) == options


@pytest.mark.parametrize("text", ["", "none of them", "spaceships"])
def test_where_none_is_chosen_some_are_asked_for(text: str) -> None:
    assert problem(FieldKind.CHOICES, text, RIGHT) == "choose_some"


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("I agree", "agree"),
        ("Yes.", "agree"),
        ("yes, I agree", "agree"),
        ("好的，同意", "agree"),
        ("no", "decline"),
        ("不同意", "decline"),
        ("I don't agree", "decline"),
    ],
)
def test_consent_is_given_or_refused_in_so_many_words(text: str, option: str) -> None:
    assert kept(FieldKind.CONSENT, text, "consent") == option


@pytest.mark.parametrize(
    "text",
    ["yes but call me first", "I agree if it is free", "yes and no", "同意，但是不要打电话", "hm"],
)
def test_what_agrees_under_a_condition_does_not_agree(text: str) -> None:
    assert problem(FieldKind.CONSENT, text, "consent") == "choose_one"


def test_in_a_longer_message_an_option_stands_alone_and_is_no_number() -> None:
    find, asked = KINDS[FieldKind.CHOICE].find, Asked(TODAY, RECORDATION.options(RIGHT))
    assert find is not None
    found = find(" trademark ", asked)
    assert found is not None
    assert found.value == "trademark"
    assert find("1", asked) is None
    assert find("our trademark", asked) is None


def test_nothing_is_chosen_by_an_empty_answer() -> None:
    assert chosen("") == ()


def test_every_word_of_every_option_means_it_and_nothing_else() -> None:
    for name, field in RECORDATION.keyed():
        path = name.replace(".", ".1.")
        kind = FieldKind.CONSENT if field.must_be else FieldKind.CHOICE
        for option, words in RECORDATION.options(path).items():
            for word in words:
                said = word.replace("{abroad}", "Italy" if word.isascii() else "意大利")
                assert kept(kind, said, path) == option, (path, word)
                assert parse(kind, said.upper(), path) == parse(kind, said, path)


@pytest.mark.parametrize(
    "text", ["a trademark and a patent", "both", "Both, please", "all of them", "两个都有", "都要"]
)
def test_several_options_at_once_were_once_met_with_choose_one(text: str) -> None:
    parsed = parse(FieldKind.CHOICE, text, RIGHT)
    assert parsed == Rejected("one_at_a_time", is_answer=True)


def test_all_of_it_was_once_taken_for_registered_in_chinese() -> None:
    assert problem(FieldKind.CHOICE, "都有", MARK) == "one_at_a_time"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the first one", "registered"),
        ("second", "madrid"),
        ("the last one", "unsure"),
        ("第一个", "registered"),
        ("第三个", "pending"),
        ("China", "registered"),
        ("中国", "registered"),
        ("not in china", "foreign_only"),
        ("no idea", "unsure"),
    ],
)
def test_an_option_by_its_place_or_in_a_word_was_once_no_answer(text: str, value: str) -> None:
    assert kept(FieldKind.CHOICE, text, MARK) == value


def test_a_sign_for_yes_in_the_middle_of_a_sentence_once_added_a_right() -> None:
    more = "rights.1.more"
    assert problem(FieldKind.CHOICE, "我们工厂在东莞，商标是我们自己的", more) == "choose_one"
    assert kept(FieldKind.CHOICE, "有一个专利", more) == "yes"
