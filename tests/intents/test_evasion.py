"""Help with evasion is refused; who asks about fakes, was wrongly accused or has genuine goods held is answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from intents.answer import Kind
from intents.engine import Engine
from intents.normalise import for_matching
from knowledge.datafiles import read
from knowledge.model import LANGUAGES
from tests.intents.asking import ask

FOLDER = Path(__file__).parent / "evasion"
FEWEST = 25


def sentences(name: str) -> list[str]:
    return [text for language in LANGUAGES for text in read(FOLDER / f"{language}.yaml")[name]]


@pytest.mark.parametrize("text", sentences("refused"))
def test_help_with_evasion_is_refused(engine: Engine, text: str) -> None:
    answer = ask(engine, text)
    assert answer.kind is Kind.REFUSE
    assert "bot.evasion" in answer.facts


@pytest.mark.parametrize("text", sentences("innocent"))
def test_an_innocent_question_is_not_taken_for_evasion(engine: Engine, text: str) -> None:
    assert ask(engine, text).kind is not Kind.REFUSE


def test_the_sentences_are_enough_and_were_not_taught(engine: Engine) -> None:
    taught = {
        for_matching(phrase) for group in engine.catalogue.training.values() for phrase in group
    }
    for name in ("refused", "innocent"):
        assert len(sentences(name)) >= FEWEST * len(LANGUAGES)
        assert not {for_matching(text) for text in sentences(name)} & taught
