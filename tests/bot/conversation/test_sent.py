"""What is no text: each kind its own short, true reaction, in both languages, and no form is disturbed."""

import pytest

from bot.conversation.events import Rated, What
from bot.conversation.owner import Owner
from bot.conversation.texts import wordings
from intents.answer import Kind
from knowledge.model import LANGUAGES, Language
from tests.bot.conversation.acting import Acting, fill, in_form

SILENT = What.REACTION


@pytest.mark.parametrize("what", [what for what in What if what is not SILENT])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_a_reaction_of_its_own(what: What, language: Language) -> None:
    acting = Acting()
    acting.comes(language=language)
    assert acting.sends(what).text == wordings(f"sent.{what.value}", language)[0]
    assert len(wordings(f"shown.{what.value}", language)) == 1


def test_no_two_kinds_have_the_same_reaction() -> None:
    for language in LANGUAGES:
        texts = [wordings(f"sent.{what.value}", language)[0] for what in What if what != SILENT]
        assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("what", list(What))
def test_a_form_stands_with_its_buttons_and_its_question_is_not_put_again(what: What) -> None:
    form = in_form("goods")
    before = form.state
    form.sends(what)
    assert form.state.progress == before.progress
    assert form.state.offered == before.offered
    assert "Question" not in form.text
    form.writes("running shoes")
    assert form.state.progress is not None
    assert form.state.progress.at != "goods"


def test_a_contact_answers_the_question_how_to_reach_somebody() -> None:
    form = in_form("contact")
    form.sends(What.CONTACT, "+86 138 0013 8000")
    assert form.state.progress is not None
    assert form.state.progress.at == "consent"
    assert form.state.progress.value("contact") is not None
    assert form.state.progress.answers["contact"].line == form.sent


def test_a_contact_without_a_number_and_one_elsewhere_answer_nothing() -> None:
    form = in_form("contact")
    form.sends(What.CONTACT, "")
    assert form.state.progress is not None
    assert form.state.progress.at == "contact"
    other = in_form("holder").sends(What.CONTACT, "+86 138 0013 8000")
    assert other.state.progress is not None
    assert other.state.progress.at == "holder"
    assert other.text == wordings("sent.contact", "en")[0]


def test_a_voice_message_offers_a_person() -> None:
    acting = Acting()
    acting.comes()
    assert acting.sends(What.VOICE).labels == ["Ask a person"]


@pytest.mark.parametrize("sign", ["👍", "👍🏽", "❤️", "🙏"])
@pytest.mark.parametrize("what", [What.STICKER, What.REACTION])
def test_a_thumb_is_a_closing_word(what: What, sign: str) -> None:
    acting = Acting()
    acting.comes().writes("what does it cost", Kind.ANSWER)
    acting.sends(what, sign)
    assert acting.labels == ["It helped", "It did not help"]
    acting.writes("It helped")
    assert any(isinstance(effect, Rated) for effect in acting.effects)


def test_a_reaction_is_met_with_nothing_else() -> None:
    acting = Acting()
    acting.comes()
    assert acting.sends(What.REACTION, "👍").effects == ()
    assert acting.sends(What.REACTION, "🤔").effects == ()


@pytest.mark.parametrize("what", list(What))
def test_the_bot_is_silent_beside_a_person(what: What) -> None:
    acting = Acting()
    acting.comes().takes()
    assert acting.sends(what, "👍").effects == ()


def test_a_sticker_does_not_open_what_was_closed_and_a_voice_message_does() -> None:
    acting = Acting()
    acting.comes().closes()
    assert acting.sends(What.STICKER, "👍").state.owner is Owner.CLOSED
    assert acting.sends(What.VOICE).state.owner is Owner.BOT


def test_stickers_in_a_row_are_not_met_with_the_same_words() -> None:
    acting = Acting()
    acting.comes()
    said = [acting.sends(What.STICKER).text for _ in range(3)]
    assert len(set(said)) == 3


def test_a_contact_completes_an_inquiry() -> None:
    form = in_form("contact").sends(What.CONTACT, "13800138000")
    fill(form, "summary")
    assert "138" in form.text
