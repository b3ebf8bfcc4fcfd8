"""A form as data: what is asked, when, and in which words.

`forms/<id>.yaml` says what is asked and on what it depends; beside it lies one file of words a language. A form needs
no code of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Discriminator, Tag, model_validator
from pydantic import Field as Default

from bot.intake.kinds import FieldKind
from bot.intake.slips import CHOSEN, slips
from knowledge.datafiles import build, place, read
from knowledge.eligibility import CASE
from knowledge.errors import DataFileError
from knowledge.model import LANGUAGES, Language

FORMS = Path(__file__).parent / "forms"
MORE = "more"
"""The question that ends each round of a group: whether there is another one."""
YES, NO = "yes", "no"
SUMMARY = "summary"
"""Where the person stands when nothing is left to ask and the summary is shown."""
KEPT = frozenset({MORE, SUMMARY})
_NAME = re.compile(r"[a-z][a-z0-9_]*")

TOLD = frozenset({*CASE, "number", "country", "contact", "owner"})
"""What an answer can say of the case, besides its place in the form."""


class Frozen(BaseModel):
    """A value: never changed, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Sends(StrEnum):
    """What becomes of a finished form."""

    LEAD = "lead"
    """It goes to the agency."""
    REMINDER = "reminder"
    """It sets the days on which the person is reminded."""


class Field(Frozen):
    """One question."""

    id: str
    kind: FieldKind
    optional: bool = False
    """May be left out for good."""
    needed: bool = False
    """Cannot be put off either: without it the form cannot be sent."""
    options: tuple[str, ...] = ()
    must_be: str | None = None
    """The one option without which the form cannot be sent (consent)."""
    when: dict[str, tuple[str, ...]] = {}
    """Asked only where these other fields have one of these answers."""
    unless: dict[str, tuple[str, ...]] = {}
    """Not asked where one of these other fields has one of these answers."""
    urgent: str | None = None
    """The option that calls a person as soon as the form is sent."""
    tells: str | None = None
    """The part of the case that the answer tells; its options are then that part's values."""

    @model_validator(mode="after")
    def _fits(self) -> Field:
        if self.optional and self.needed:
            raise ValueError(f"{self.id}: what is optional cannot be needed")
        if self.tells is not None and self.tells not in TOLD:
            raise ValueError(f"{self.id}: tells: {self.tells} is none of {', '.join(sorted(TOLD))}")
        if self.id in KEPT or not _NAME.fullmatch(self.id):
            raise ValueError(
                f"{self.id}: a name is of small letters, and {', '.join(sorted(KEPT))} are kept for other things"
            )
        if (self.kind in CHOSEN) != bool(self.options):
            raise ValueError(
                f"{self.id}: options are wanted for {', '.join(sorted(CHOSEN))} and for no other kind"
            )
        if self.must_be and self.must_be not in self.options:
            raise ValueError(f"{self.id}: must_be: {self.must_be} is no option")
        if self.urgent and self.urgent not in self.options:
            raise ValueError(f"{self.id}: urgent: {self.urgent} is no option")
        return self


class Group(Frozen):
    """Fields that are asked in rounds, for as many things as there are."""

    id: str = Default(pattern=f"^{_NAME.pattern}$")
    most: int = Default(ge=2, le=50)
    fields: tuple[Field, ...] = Default(min_length=1)


class FieldWording(Frozen):
    """How a field is put in one language."""

    label: str
    question: str
    why: str
    help: str
    """An example of a right answer."""
    names: tuple[str, ...] = ()
    """What people call it when they change it or name it before their answer, besides its label."""
    options: dict[str, tuple[str, ...]] = {}
    """Option -> its button, then other words that mean it."""


class FormWording(Frozen):
    """How a form is put in one language."""

    title: str
    intro: str
    left_out: str
    """Stands in the summary for what was left out."""
    later: str
    """Stands there for what is to be given later."""
    rounds: dict[str, str] = {}
    """Group -> how one round of it is called, with its {number}."""
    fields: dict[str, FieldWording]
    """By the field's id, a group's under `group.field`; the end of a round under `group.more`."""


class Form(Frozen):
    """A form: its fields in the order they are asked, and its words in every language."""

    id: str
    sends: Sends
    consent_version: str
    entries: tuple[Field | Group, ...]
    wording: dict[Language, FormWording]

    @cached_property
    def _known(self) -> dict[str, Field]:
        return dict(self.keyed())

    @property
    def groups(self) -> Iterator[Group]:
        """The groups among the entries."""
        return (entry for entry in self.entries if isinstance(entry, Group))

    def keyed(self) -> Iterator[tuple[str, Field]]:
        """Every field under the key of its words: `holder`, `rights.number`, `rights.more`."""
        for entry in self.entries:
            if isinstance(entry, Field):
                yield entry.id, entry
            else:
                for field in (*entry.fields, END_OF_ROUND):
                    yield f"{entry.id}.{field.id}", field

    def field(self, path: str) -> Field:
        """The field at a path. Raises KeyError."""
        return self._known[key(path)]

    def words(self, language: Language, path: str) -> FieldWording:
        """How the field at a path is put in a language. Raises KeyError."""
        return self.wording[language].fields[key(path)]

    def label(self, language: Language, path: str) -> str:
        """What the answer at a path is called: in a group with the round it belongs to."""
        label = self.words(language, path).label
        group, number = group_of(path)
        if group is None:
            return label
        return f"{self.wording[language].rounds[group].format(number=number)} · {label}"

    def is_urgent(self, answers: Mapping[str, str]) -> bool:
        """Whether one of these answers, by path, calls a person at once; of fields it does not know none does."""
        known = self._known
        return any(
            value == known[key(path)].urgent
            for path, value in answers.items()
            if key(path) in known
        )

    def options(self, path: str) -> dict[str, tuple[str, ...]]:
        """The options of a field with the words that mean them, in all languages."""
        return {
            option: tuple(
                word
                for language in LANGUAGES
                for word in self.words(language, path).options.get(option, ())
            )
            for option in self.field(path).options
        }


END_OF_ROUND = Field.model_construct(id=MORE, kind=FieldKind.CHOICE, options=(YES, NO))
"""The question at the end of a round."""


def key(path: str) -> str:
    """The key of a path's words: `rights.2.number` -> `rights.number`."""
    parts = path.split(".")
    return path if len(parts) == 1 else f"{parts[0]}.{parts[-1]}"


def group_of(path: str) -> tuple[str | None, int]:
    """The group a path belongs to, and the round; None and 0 outside of groups."""
    parts = path.split(".")
    return (None, 0) if len(parts) == 1 else (parts[0], int(parts[1]))


def _sort(data: object) -> str:
    return "group" if isinstance(data, dict) and "fields" in data else "field"


class _Written(Frozen):
    """A form as it stands in its own file."""

    id: str
    sends: Sends
    consent_version: str
    fields: tuple[
        Annotated[
            Annotated[Field, Tag("field")] | Annotated[Group, Tag("group")],
            Discriminator(_sort),
        ],
        ...,
    ] = Default(min_length=1)


@cache
def load(form_id: str) -> Form:
    """A form of this package, with its words. Raises DataFileError."""
    return load_from(FORMS, form_id)


def load_from(folder: Path, form_id: str) -> Form:
    """A form of a folder, with its words. Raises DataFileError with a line for everything that is wrong."""
    files = {language: folder / f"{form_id}.{language}.yaml" for language in LANGUAGES}
    own = folder / f"{form_id}.yaml"
    written = build(_Written, own, "", read(own))
    wording = {
        language: build(FormWording, path, "", read(path)) for language, path in files.items()
    }
    form = Form(
        id=written.id,
        sends=written.sends,
        consent_version=written.consent_version,
        entries=written.fields,
        wording=wording,
    )
    wrong = [
        f"{place(files[slip.language] if slip.language else own, *slip.keys)}: {slip.what}"
        for slip in slips(form)
    ]
    if wrong:
        raise DataFileError("\n".join(wrong))
    return form


def ids() -> tuple[str, ...]:
    """The forms there are."""
    names: Iterable[str] = (path.name for path in FORMS.glob("*.yaml"))
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.count(".") == 1))
