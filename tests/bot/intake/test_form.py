"""The filling of a form, step by step."""

from typing import Any

import pytest
from pydantic import ValidationError

from bot.intake import form as forms
from bot.intake.form import SUMMARY, Form, Rejected
from knowledge.model import LANGUAGES

RECORDATION = forms.load("recordation")


def test_every_field_is_worded_in_every_language_and_asks_helps_and_says_why() -> None:
    for language in LANGUAGES:
        for field in RECORDATION.fields:
            words = RECORDATION.words(language, field.id)
            assert all((words.label, words.question, words.why, words.help))


def test_option_words_are_unambiguous_within_a_field() -> None:
    for field in RECORDATION.fields:
        seen: dict[str, str] = {}
        for language in LANGUAGES:
            for option, words in RECORDATION.words(language, field.id).options.items():
                for word in words:
                    assert seen.setdefault(word.casefold(), option) == option, word


def test_labels_fit_the_tightest_button() -> None:
    for language in LANGUAGES:
        for field in RECORDATION.fields:
            words = RECORDATION.words(language, field.id)
            assert len(words.label) <= 20
            assert all(len(option[0]) <= 20 for option in words.options.values())


def test_option_words_of_the_other_language_count() -> None:
    progress, _ = forms.fill(RECORDATION, forms.begin(RECORDATION), "商标")
    assert progress.value("right_type") == "trademark"


def test_changing_an_answer_returns_to_the_summary() -> None:
    progress = forms.begin(RECORDATION)
    for text in (
        "tm",
        "1234567",
        "A Ltd",
        "Italy",
        "shoes",
        "b",
        "c",
        "soon",
        "a@example.com",
        "yes",
    ):
        progress, _ = forms.fill(RECORDATION, progress, text)
    assert progress.at == SUMMARY
    progress, _ = forms.fill(RECORDATION, forms.change(progress, "goods"), "boots")
    assert (progress.at, progress.value("goods")) == (SUMMARY, "boots")


def test_declining_consent_is_no_answer() -> None:
    progress = forms.change(forms.begin(RECORDATION), "consent")
    progress, parsed = forms.fill(RECORDATION, progress, "no")
    assert parsed == Rejected("consent_needed")
    assert progress.value("consent") is None


def test_going_back_from_the_summary_reaches_the_last_question() -> None:
    progress = forms.begin(RECORDATION).model_copy(update={"at": SUMMARY})
    earlier = forms.back(RECORDATION, progress)
    assert earlier is not None
    assert earlier.at == "consent"


def _data() -> dict[str, Any]:
    words = {"label": "A", "question": "A?", "why": "a", "help": "a", "options": {"x": ["X"]}}
    wording = {"title": "t", "intro": "i", "fields": {"a": words}}
    field = {"id": "a", "kind": "choice", "options": ["x"]}
    return {
        "id": "f",
        "consent_version": "1",
        "fields": [field],
        "wording": dict.fromkeys(LANGUAGES, wording),
    }


def test_a_field_without_words_is_refused() -> None:
    data = _data()
    data["fields"].append({"id": "b", "kind": "line"})
    with pytest.raises(ValidationError, match="fields and wording differ"):
        Form.model_validate(data)


def test_an_option_without_words_is_refused() -> None:
    data = _data()
    data["fields"][0]["options"] = ["x", "y"]
    with pytest.raises(ValidationError, match="options differ"):
        Form.model_validate(data)
