"""The ladder of languages: a guess, two clear messages in a row, an explicit wish; never inside a form."""

import pytest

from bot.conversation.language import LEAST
from bot.conversation.texts import wordings
from intents.answer import Kind
from knowledge.model import Language
from tests.bot.conversation.acting import Acting, in_form

ENGLISH, CHINESE = "a line of English words", "这是一句中文"
SWITCHED = {language: wordings("language_followed", language)[0] for language in ("en", "zh")}


def _says(acting: Acting, text: str, language: Language) -> Acting:
    acting.writes(text, Kind.ANSWER, language=language)
    return acting


def test_the_first_clear_message_settles_what_was_a_guess_and_says_so() -> None:
    acting = Acting()
    _says(acting.comes(language="en"), CHINESE, "zh")
    assert acting.state.language == "zh"
    assert acting.said[0].text == SWITCHED["zh"]
    assert [choice.label for choice in acting.said[0].choices] == ["English"]


def test_from_then_on_two_in_a_row_are_wanted() -> None:
    acting = _says(Acting().comes(), ENGLISH, "en")
    assert _says(acting, CHINESE, "zh").state.language == "en"
    assert SWITCHED["zh"] not in acting.text
    assert _says(acting, CHINESE, "zh").state.language == "zh"
    assert SWITCHED["zh"] in acting.text


def test_one_of_our_own_between_them_begins_the_count_anew() -> None:
    acting = _says(Acting().comes(), ENGLISH, "en")
    for text, language in ((CHINESE, "zh"), (ENGLISH, "en"), (CHINESE, "zh")):
        _says(acting, text, "zh" if language == "zh" else "en")
    assert acting.state.language == "en"


@pytest.mark.parametrize(
    ("text", "language"), [("费用吗", "zh"), ("fee? costs?"[: LEAST - 1], "en")]
)
def test_a_short_message_says_nothing_of_a_language(text: str, language: Language) -> None:
    acting = Acting().comes(language="en" if language == "zh" else "zh")
    for _ in range(3):
        _says(acting, text, language)
    assert acting.state.language != language


def test_who_was_never_greeted_is_greeted_in_their_language_without_a_remark() -> None:
    acting = _says(Acting(), CHINESE, "zh")
    assert acting.said[0].text.startswith("您好")
    assert SWITCHED["zh"] not in acting.text


@pytest.mark.parametrize("wish", ["中文", "/language", "Chinese", "说中文"])
def test_a_wish_wins_and_locks(wish: str) -> None:
    acting = _says(Acting().comes(), ENGLISH, "en")
    acting.writes(wish)
    assert acting.state.language == "zh"
    for _ in range(4):
        _says(acting, ENGLISH, "en")
    assert acting.state.language == "zh"
    assert acting.writes("English").state.language == "en"


def test_inside_a_form_nothing_changes_and_nothing_is_counted() -> None:
    form = in_form("holder")
    for _ in range(3):
        form.writes(CHINESE, Kind.OUT_OF_SCOPE, language="zh")
    assert form.state.language == "en"
    assert form.state.elsewhere == 0


def test_the_words_of_a_button_do_not_settle_a_language() -> None:
    acting = Acting().comes(language="zh")
    acting.writes("what do you know about me", language="en")
    assert acting.state.language == "zh"
