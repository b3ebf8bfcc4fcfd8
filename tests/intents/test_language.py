"""Which language a message is written in, and which of ours it is answered in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.language import detect
from knowledge.model import LANGUAGES, Language


@pytest.mark.parametrize(
    ("text", "code", "answer_in"),
    [
        ("How much does recordation cost?", "en", "en"),
        ("cost", "en", "en"),
        ("recordel trademrk custom chna", "en", "en"),
        ("备案要多少钱？", "zh", "zh"),
        ("備案多少錢", "zh", "zh"),
        ("GACC备案要多久", "zh", "zh"),
        ("这个OEM算侵权吗", "zh", "zh"),
        ("what does 备案 mean for our company", "mixed", "en"),
        ("我们的trademark在customs备案了以后还要做什么", "mixed", "zh"),
        ("¿Cuánto cuesta registrar la marca en la aduana?", "es", "en"),
        ("Combien coûte le dépôt de la marque pour nous ?", "fr", "en"),
        ("Wie viel kostet die Anmeldung der Marke beim Zoll?", "de", "en"),
        ("Quanto custa o registo da marca na alfândega?", "pt", "en"),
        ("Сколько стоит запись товарного знака?", "ru", "en"),
        ("商標の登録料金はいくらですか", "ja", "en"),
        ("상표 등록 비용은 얼마입니까", "ko", "en"),
        ("كم تكلفة تسجيل العلامة", "ar", "en"),
        ("12345", "und", "en"),
        ("", "und", "en"),
        ("🙂", "und", "en"),
    ],
)
def test_the_language_is_read_off_the_text(text: str, code: str, answer_in: Language) -> None:
    written = detect(text)
    assert (written.code, written.answer_in) == (code, answer_in)


@pytest.mark.parametrize("text", ["12345", "", "???", "🙂", "RMB"])
@pytest.mark.parametrize("hint", LANGUAGES)
def test_where_the_text_tells_nothing_the_chat_so_far_decides(text: str, hint: Language) -> None:
    assert detect(text, hint).answer_in == hint


@pytest.mark.parametrize(
    ("text", "hint", "answer_in"),
    [("备案要多久？", "en", "zh"), ("how long does it take?", "zh", "en")],
)
def test_the_text_outweighs_the_chat_so_far(text: str, hint: Language, answer_in: Language) -> None:
    assert detect(text, hint).answer_in == answer_in


@pytest.mark.parametrize(
    ("text", "foreign"),
    [("Сколько стоит?", True), ("备案", False), ("hello", False), ("12", False)],
)
def test_a_language_we_do_not_speak_is_foreign(text: str, foreign: bool) -> None:
    assert detect(text).foreign is foreign


@given(st.text(), st.sampled_from([None, *LANGUAGES]))
def test_any_text_is_answered_in_a_language_of_ours(text: str, hint: Language | None) -> None:
    assert detect(text, hint).answer_in in LANGUAGES
