"""Forms as data: what is refused, and where it says the slip is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.intake import form as forms
from bot.intake.form import MORE, group_of, key
from bot.intake.kinds import FieldKind
from bot.intake.kinds.base import Accepted
from knowledge.errors import DataFileError
from knowledge.model import LANGUAGES
from tests.bot.intake.asking import RECORDATION, parse

ALL = [forms.load(form_id) for form_id in forms.ids()]


def words(**more: object) -> dict[str, Any]:
    return {"label": "A", "question": "A?", "why": "a", "help": "a", **more}


def form_data() -> tuple[dict[str, Any], dict[str, Any]]:
    """A small form that is right, and its words."""
    consent = {
        "id": "consent",
        "kind": "consent",
        "options": ["agree", "decline"],
        "must_be": "agree",
        "needed": True,
    }
    data = {
        "id": "small",
        "sends": "lead",
        "consent_version": "1",
        "fields": [
            {"id": "colour", "kind": "choice", "options": ["red", "blue"]},
            {"id": "things", "most": 3, "fields": [{"id": "thing", "kind": "line"}]},
            {"id": "shade", "kind": "line", "when": {"colour": ["red"]}},
            {"id": "contact", "kind": "email", "needed": True, "tells": "contact"},
            consent,
        ],
    }
    worded = {
        "title": "Small",
        "intro": "Some questions.",
        "left_out": "(left out)",
        "later": "(later)",
        "rounds": {"things": "Thing {number}"},
        "fields": {
            "colour": words(options={"red": ["Red"], "blue": ["Blue"]}),
            "things.thing": words(),
            "things.more": words(options={"yes": ["Another"], "no": ["That is all"]}),
            "shade": words(),
            "contact": words(),
            "consent": words(options={"agree": ["I agree"], "decline": ["I do not agree"]}),
        },
    }
    return data, worded


def written(folder: Path, data: dict[str, Any], worded: dict[str, Any]) -> Path:
    """The form as files; every JSON is YAML."""
    (folder / "small.yaml").write_text(json.dumps(data, indent=1), encoding="utf-8")
    for language in LANGUAGES:
        path = folder / f"small.{language}.yaml"
        path.write_text(json.dumps(worded, indent=1), encoding="utf-8")
    return folder


def line_of(path: Path, text: str) -> int:
    """The first line of a file that holds the text."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


def test_the_small_form_is_right(tmp_path: Path) -> None:
    small = forms.load_from(written(tmp_path, *form_data()), "small")
    assert [name for name, _ in small.keyed()] == [
        "colour",
        "things.thing",
        "things.more",
        "shade",
        "contact",
        "consent",
    ]


def _unknown_condition(data: dict[str, Any], _words: dict[str, Any]) -> None:
    data["fields"][2]["when"] = {"size": ["big"]}


def _condition_on_a_later_field(data: dict[str, Any], _words: dict[str, Any]) -> None:
    data["fields"][2]["when"] = {"consent": ["agree"]}


def _impossible_condition(data: dict[str, Any], _words: dict[str, Any]) -> None:
    data["fields"][2]["unless"] = {"colour": ["green"]}


def _reserved_name(data: dict[str, Any], _words: dict[str, Any]) -> None:
    data["fields"][2]["id"] = MORE


def _unknown_kind(data: dict[str, Any], _words: dict[str, Any]) -> None:
    data["fields"][2]["kind"] = "sentence"


def _unknown_key(data: dict[str, Any], _words: dict[str, Any]) -> None:
    data["fields"][2]["optionnal"] = True


def _optional_and_needed(data: dict[str, Any], _words: dict[str, Any]) -> None:
    data["fields"][2] |= {"optional": True, "needed": True}


def _choice_without_options(data: dict[str, Any], _words: dict[str, Any]) -> None:
    data["fields"][2]["kind"] = "choice"


def _options_of_a_line(data: dict[str, Any], _words: dict[str, Any]) -> None:
    data["fields"][2]["options"] = ["light", "dark"]


def _must_be_what_it_cannot(data: dict[str, Any], _words: dict[str, Any]) -> None:
    data["fields"][2] |= {"must_be": "light"}


def _urgent_where_it_cannot_be(data: dict[str, Any], _words: dict[str, Any]) -> None:
    data["fields"][2] |= {"urgent": "light"}


def _tells_nothing_known(data: dict[str, Any], _words: dict[str, Any]) -> None:
    data["fields"][2]["tells"] = "weather"


def _twice(data: dict[str, Any], _words: dict[str, Any]) -> None:
    data["fields"].insert(3, {"id": "shade", "kind": "text"})


@pytest.mark.parametrize(
    ("slip", "line", "said"),
    [
        (_unknown_condition, '"id": "shade"', "shade: no field size is asked before it"),
        (_condition_on_a_later_field, '"id": "shade"', "no field consent is asked before it"),
        (_impossible_condition, '"id": "shade"', "shade: colour is never green"),
        (_reserved_name, '"id": "more"', "more, summary are kept for other things"),
        (_unknown_kind, '"kind": "sentence"', "Input should be 'choice'"),
        (_unknown_key, "optionnal", "no entry has this key"),
        (_optional_and_needed, '"id": "shade"', "what is optional cannot be needed"),
        (_choice_without_options, '"id": "shade"', "options are wanted"),
        (_options_of_a_line, '"id": "shade"', "options are wanted"),
        (_must_be_what_it_cannot, '"id": "shade"', "must_be: light is no option"),
        (_urgent_where_it_cannot_be, '"id": "shade"', "urgent: light is no option"),
        (_tells_nothing_known, '"id": "shade"', "weather is none of"),
        (_twice, '"id": "shade"', "there are two of that name"),
    ],
)
def test_a_slip_in_the_form_is_told_with_file_and_line(
    tmp_path: Path, slip: Any, line: str, said: str
) -> None:
    data, worded = form_data()
    slip(data, worded)
    with pytest.raises(DataFileError) as error:
        forms.load_from(written(tmp_path, data, worded), "small")
    path = tmp_path / "small.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    begin = max(n for n in range(1, line_of(path, line) + 1) if lines[n - 1].strip() == "{")
    told = [each for each in str(error.value).splitlines() if said in each]
    assert told, str(error.value)
    assert told[0].startswith(f"{path}:")
    number = int(told[0].removeprefix(f"{path}:").partition(":")[0])
    assert number in (begin, line_of(path, line))


def _no_words(worded: dict[str, Any]) -> None:
    del worded["fields"]["shade"]


def _words_of_nothing(worded: dict[str, Any]) -> None:
    worded["fields"]["size"] = words()


def _other_options(worded: dict[str, Any]) -> None:
    worded["fields"]["colour"]["options"] = {"red": ["Red"], "green": ["Green"]}


def _options_turned_round(worded: dict[str, Any]) -> None:
    worded["fields"]["colour"]["options"] = {"blue": ["Blue"], "red": ["Red"]}


def _ambiguous(worded: dict[str, Any]) -> None:
    worded["fields"]["colour"]["options"]["blue"].append("red")


def _long_button(worded: dict[str, Any]) -> None:
    worded["fields"]["colour"]["options"]["red"] = ["A red that is very red"]


def _no_button(worded: dict[str, Any]) -> None:
    worded["fields"]["colour"]["options"]["red"] = []


def _long_label(worded: dict[str, Any]) -> None:
    worded["fields"]["shade"]["label"] = "The shade of the colour"


def _strange_name(worded: dict[str, Any]) -> None:
    worded["fields"]["shade"]["question"] = "Which shade, {name}?"


def _no_round(worded: dict[str, Any]) -> None:
    worded["rounds"] = {}


def _no_why(worded: dict[str, Any]) -> None:
    del worded["fields"]["shade"]["why"]


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        (_no_words, "shade: it has no words here"),
        (_words_of_nothing, "size: no such field is asked"),
        (_other_options, "colour: the options are red, blue, in this order"),
        (_options_turned_round, "colour: the options are red, blue, in this order"),
        (_ambiguous, "colour: red means red as well as blue"),
        (_long_button, "a button has 20 signs at most"),
        (_no_button, "its button is wanted"),
        (_long_label, "a label has 20 signs at most"),
        (_strange_name, "name: nothing is filled in under that name"),
        (_no_round, "rounds: one name for each of things is wanted"),
        (_no_why, "why: it is missing"),
    ],
)
def test_a_slip_in_the_words_is_told_with_the_file_of_its_language(
    tmp_path: Path, slip: Any, said: str
) -> None:
    data, worded = form_data()
    slip(worded)
    with pytest.raises(DataFileError) as error:
        forms.load_from(written(tmp_path, data, worded), "small")
    [first, *_] = [line for line in str(error.value).splitlines() if said in line]
    assert first.startswith(f"{tmp_path / 'small.en.yaml'}:")


def test_a_form_without_consent_is_refused(tmp_path: Path) -> None:
    data, worded = form_data()
    data["fields"].pop()
    del worded["fields"]["consent"]
    with pytest.raises(DataFileError, match="a consent is wanted"):
        forms.load_from(written(tmp_path, data, worded), "small")


def test_a_form_that_asks_for_no_contact_is_refused(tmp_path: Path) -> None:
    data, worded = form_data()
    del data["fields"][3]["needed"]
    with pytest.raises(DataFileError, match="tells: contact"):
        forms.load_from(written(tmp_path, data, worded), "small")


def test_every_form_of_ours_is_right_and_worded_in_every_language() -> None:
    assert {form.id for form in ALL} == {"recordation", "renewal_reminder"}
    for form in ALL:
        for language in LANGUAGES:
            for name, _ in form.keyed():
                each = form.words(language, name)
                assert all((each.label, each.question, each.why, each.help)), name


def test_no_two_fields_have_the_same_label_or_name() -> None:
    for form in ALL:
        for language in LANGUAGES:
            seen: dict[str, str] = {}
            for name, field in form.keyed():
                each = form.words(language, name)
                for called in {each.label.casefold(), *map(str.casefold, each.names)}:
                    if field.id != MORE:
                        assert seen.setdefault(called, name) == name, called


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_in_a_help_is_an_answer(language: str) -> None:
    """What follows the colon, up to the first mark, is what somebody may copy."""
    examples = {
        "rights.registration_number": ("1234567", "ZL 2020 3 0123456.3"),
        "contact": (
            "name@example.com",
            "+39 06 1234 5678" if language == "en" else "+86 138 0013 8000",
        ),
        "country": ("Italy" if language == "en" else "意大利",),
        "urgency": ("planning ahead" if language == "en" else "提前规划",),
    }
    for name, each in examples.items():
        help_ = RECORDATION.words("en" if language == "en" else "zh", name).help
        field = RECORDATION.field(name)
        path = name if field.options else None
        for example in each:
            assert example in help_
            assert isinstance(parse(FieldKind(field.kind), example, path), Accepted)


def test_a_path_knows_its_group_and_round() -> None:
    assert key("rights.2.registration_number") == "rights.registration_number"
    assert group_of("rights.12.more") == ("rights", 12)
    assert (key("goods"), group_of("goods")) == ("goods", (None, 0))


def test_what_calls_a_person_is_said_by_the_form_and_not_by_code() -> None:
    assert RECORDATION.is_urgent({"urgency": "held_now"})
    assert not RECORDATION.is_urgent({"urgency": "soon", "gone": "held_now", "holder": "held_now"})
    own = {field.id for form in ALL for _, field in form.keyed() if "_" in field.id}
    own |= {option for form in ALL for _, field in form.keyed() for option in field.options}
    own = {name for name in own if "_" in name} - {kind.value for kind in FieldKind}
    assert {"right_type", "held_now"} <= own
    bot = Path(forms.__file__).parents[1]
    pages = [
        *(bot / "conversation").rglob("*.py"),
        *(bot / "leads").rglob("*.py"),
        *(bot / "desk").rglob("*.py"),
        *(bot / "desk").rglob("*.html"),
    ]
    named = {
        (path.name, name)
        for path in pages
        for name in own
        if re.search(rf"[\"']{name}[\"']", path.read_text(encoding="utf-8"))
    }
    assert not named
