"""The page of dialogues is what the data gives."""

from __future__ import annotations

import re

from bot.conversation.answering import MISSES_BEFORE_PERSON
from bot.conversation.owner import TRANSITIONS
from bot.intake import form as forms
from docs import diagrams


def test_the_page_is_what_the_data_gives() -> None:
    written = diagrams.PAGE.read_text(encoding="utf-8")
    assert written == diagrams.page(), "draw it anew: python -m docs.diagrams"


def test_every_move_and_every_question_is_on_it() -> None:
    page = diagrams.page()
    assert all(f"{owner} --> {to}: {move}" in page for (owner, move), to in TRANSITIONS.items())
    for form_id in forms.ids():
        form = forms.load(form_id)
        for name, _ in form.keyed():
            assert f"| `{name}` |" in page
            assert name.replace(".", "_") in page


def test_every_rung_of_the_ladder_has_its_words() -> None:
    assert len(diagrams.LADDER) == MISSES_BEFORE_PERSON


def test_every_node_that_is_led_to_is_drawn() -> None:
    for diagram in re.findall(r"```mermaid\nflowchart TD\n(.*?)```", diagrams.page(), re.S):
        drawn = set(re.findall(r"^\s*(\w+)[\[({]", diagram, re.M)) | {"person"}
        led = {
            end
            for pair in re.findall(r"^\s*(\w+) -->(?:\|[^|]*\|)? (\w+)", diagram, re.M)
            for end in pair
        }
        assert led <= drawn
