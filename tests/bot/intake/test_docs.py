"""The page on forms held against the code."""

import re
from pathlib import Path

from bot.intake.form import TOLD, Field, FieldWording, FormWording
from bot.intake.kinds import FieldKind

PAGE = (Path(__file__).parents[3] / "docs" / "forms.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(\w+)(?:: true)?` \|", PAGE, re.M)


def test_it_has_every_kind_of_field() -> None:
    assert [row for row in ROWS if row in set(FieldKind)] == list(FieldKind)


def test_it_has_every_key_of_a_field() -> None:
    keys = {name for name in Field.model_fields if name != "id"}
    assert {row for row in ROWS if row not in set(FieldKind)} == keys


def test_it_has_every_key_of_the_words() -> None:
    words = PAGE.partition("## Its words")[2]
    keys = {*FormWording.model_fields, *FieldWording.model_fields}
    assert not [key for key in keys if not re.search(rf"^ *{key}:", words, re.M)]


def test_it_names_every_part_of_the_case_that_an_answer_tells() -> None:
    assert not [part for part in TOLD if part not in PAGE]
