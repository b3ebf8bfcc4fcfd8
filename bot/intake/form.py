"""A form as data, and the pure filling of one: every step returns a new progress."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from bot.intake.fields import PARSERS, Accepted, FieldKind, Parsed, Rejected
from knowledge.datafiles import read
from knowledge.model import LANGUAGES, Language

FORMS = Path(__file__).parent / "forms"
SUMMARY = "summary"
"""Where the person stands when every field is done and the summary is shown."""


class Frozen(BaseModel):
    """A value: never changed, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Field(Frozen):
    """One question of a form."""

    id: str
    kind: FieldKind
    optional: bool = False
    options: tuple[str, ...] = ()
    must_be: str | None = None
    """The one option without which the form cannot be sent (consent)."""


class FieldWording(Frozen):
    """How a field is put in one language."""

    label: str
    question: str
    why: str
    help: str
    options: dict[str, tuple[str, ...]] = {}
    """Option -> its button, then other words that mean it."""


class FormWording(Frozen):
    """How a form is put in one language."""

    title: str
    intro: str
    fields: dict[str, FieldWording]


class Form(Frozen):
    """A form: its fields in the order they are asked, and its words in every language."""

    id: str
    consent_version: str
    fields: tuple[Field, ...]
    wording: dict[Language, FormWording]

    @model_validator(mode="after")
    def _every_field_has_words(self) -> Form:
        for language in LANGUAGES:
            worded = self.wording[language].fields
            if set(worded) != {field.id for field in self.fields}:
                raise ValueError(f"{self.id}.{language}: fields and wording differ")
            for field in self.fields:
                if tuple(worded[field.id].options) != field.options:
                    raise ValueError(f"{self.id}.{language}.{field.id}: options differ")
        return self

    def field(self, field_id: str) -> Field:
        """A field by its id. Raises KeyError."""
        return {field.id: field for field in self.fields}[field_id]

    def words(self, language: Language, field_id: str) -> FieldWording:
        """How a field is put in a language."""
        return self.wording[language].fields[field_id]

    def place(self, field_id: str) -> int:
        """Which question it is, from 1."""
        return [field.id for field in self.fields].index(field_id) + 1

    def shown(self, language: Language, field_id: str, value: str) -> str:
        """An answer as the person should read it: an option by its button."""
        options = self.words(language, field_id).options
        return options[value][0] if value in options else value

    def parse(self, field_id: str, text: str) -> Parsed:
        """Read a typed line as an answer; option words count in every language."""
        field = self.field(field_id)
        words = {
            option: tuple(
                word
                for language in LANGUAGES
                for word in self.words(language, field_id).options.get(option, ())
            )
            for option in field.options
        }
        return PARSERS[field.kind](text, words)


class FieldAnswer(Frozen):
    """What was given for a field."""

    status: Literal["answered", "skipped"]
    value: str = ""


class Progress(Frozen):
    """How far a form is filled. `at` is a field's id or SUMMARY."""

    form: str
    at: str
    answers: dict[str, FieldAnswer] = {}
    tries: int = 0
    """Failed answers to the present question."""
    changing: bool = False
    """Whether one answer is being changed, so that the summary comes next."""

    def value(self, field_id: str) -> str | None:
        """What was answered, or None where it was skipped or not reached."""
        answer = self.answers.get(field_id)
        return answer.value if answer and answer.status == "answered" else None


def begin(form: Form) -> Progress:
    """The first question of an empty form."""
    return Progress(form=form.id, at=form.fields[0].id)


def _next(form: Form, progress: Progress) -> str:
    """The first field without an answer, or the summary."""
    unanswered = (field.id for field in form.fields if field.id not in progress.answers)
    return next(unanswered, SUMMARY)


def _given(form: Form, progress: Progress, answer: FieldAnswer) -> Progress:
    filled = progress.model_copy(
        update={
            "answers": {**progress.answers, progress.at: answer},
            "tries": 0,
            "changing": False,
        }
    )
    return filled.model_copy(update={"at": _next(form, filled)})


def fill(form: Form, progress: Progress, text: str) -> tuple[Progress, Parsed]:
    """Take a typed line as the answer to the present question; a refused one counts as a try."""
    parsed = form.parse(progress.at, text)
    if isinstance(parsed, Rejected):
        return progress.model_copy(update={"tries": progress.tries + 1}), parsed
    field = form.field(progress.at)
    if field.must_be and parsed.value != field.must_be:
        return progress.model_copy(update={"tries": progress.tries + 1}), Rejected("consent_needed")
    return _given(form, progress, FieldAnswer(status="answered", value=parsed.value)), parsed


def skip(form: Form, progress: Progress) -> Progress | None:
    """Leave the present question out; None where it cannot be left out."""
    if progress.at == SUMMARY or not form.field(progress.at).optional:
        return None
    return _given(form, progress, FieldAnswer(status="skipped"))


def back(form: Form, progress: Progress) -> Progress | None:
    """The question before; None at the first."""
    ids = [field.id for field in form.fields]
    place = len(ids) if progress.at == SUMMARY else ids.index(progress.at)
    return None if place == 0 else change(progress, ids[place - 1])


def change(progress: Progress, field_id: str) -> Progress:
    """Ask a field again; its old answer stays until a new one is given."""
    update = {"at": field_id, "tries": 0, "changing": field_id in progress.answers}
    return progress.model_copy(update=update)


def keep(form: Form, progress: Progress) -> Progress:
    """Leave the answer that was being changed as it was and go on."""
    return progress.model_copy(update={"at": _next(form, progress), "changing": False, "tries": 0})


@cache
def load(form_id: str) -> Form:
    """A form of this package, with its words. Raises DataFileError, or ValueError where they differ."""
    data = read(FORMS / f"{form_id}.yaml")
    wording = {language: read(FORMS / f"{form_id}.{language}.yaml") for language in LANGUAGES}
    return Form.model_validate({**data, "wording": wording})


__all__ = ["SUMMARY", "Accepted", "Form", "Progress", "Rejected", "back", "begin", "change"]
__all__ += ["fill", "keep", "load", "skip"]
