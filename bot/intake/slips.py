"""What is wrong in the data of a form beyond the shape of its entries, and where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING

from bot.intake.kinds import FieldKind
from bot.intake.typed import folded
from knowledge.model import LANGUAGES, Language

if TYPE_CHECKING:
    from bot.intake.form import Field, FieldWording, Form

CHOSEN = frozenset({FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.CONSENT})
"""Kinds whose answers are options."""
LONGEST_BUTTON = 20
"""The signs that fit on the tightest channel's button."""
LONGEST_LABEL = 20
"""Labels stand on buttons too, without their round."""
_IN_QUESTIONS, _IN_ROUNDS = {"agency"}, {"number"}


@dataclass(frozen=True)
class Slip:
    """Something wrong: in which file (of a language, or the form's own), below which keys, and what."""

    language: Language | None
    keys: tuple[str | int, ...]
    what: str


def slips(form: Form) -> Iterator[Slip]:
    """Everything that does not fit together."""
    yield from _fields(form)
    yield from _conditions(form)
    for language in LANGUAGES:
        yield from _wording(form, language)
    yield from _ambiguous(form)


def _fields(form: Form) -> Iterator[Slip]:
    names = Counter(name for name, _ in form.keyed())
    for name, count in names.items():
        if count > 1:
            yield Slip(None, _at(form, name), f"{name}: there are two of that name")
    consents = [field for _, field in form.keyed() if field.kind is FieldKind.CONSENT]
    if not any(field.must_be and field.needed for field in consents):
        yield Slip(None, ("fields",), "a consent is wanted that is needed and says what it must be")
    if not any(field.needed and field.tells == "contact" for _, field in form.keyed()):
        what = "a field is wanted that is needed and has `tells: contact`"
        yield Slip(None, ("fields",), what)


def _conditions(form: Form) -> Iterator[Slip]:
    """A condition names a field that is asked before, and answers that it can have."""
    before: dict[str, Field] = {}
    for name, field in form.keyed():
        group = name.rpartition(".")[0]
        for other_name, values in (*field.when.items(), *field.unless.items()):
            other = before.get(f"{group}.{other_name}") or before.get(other_name)
            if other is None:
                what = f"{name}: no field {other_name} is asked before it"
                yield Slip(None, _at(form, name), what)
            elif other.options and (strange := sorted(set(values) - set(other.options))):
                what = f"{name}: {other_name} is never {', '.join(strange)}"
                yield Slip(None, _at(form, name), what)
        before[name] = field


def _wording(form: Form, language: Language) -> Iterator[Slip]:
    known, wording = dict(form.keyed()), form.wording[language]
    for name in sorted(known.keys() - wording.fields.keys()):
        yield Slip(language, ("fields",), f"{name}: it has no words here")
    for name in sorted(wording.fields.keys() - known.keys()):
        yield Slip(language, ("fields", name), f"{name}: no such field is asked")
    groups = {group.id for group in form.groups}
    if wording.rounds.keys() != groups:
        what = f"rounds: one name for each of {', '.join(sorted(groups)) or 'no group'} is wanted"
        yield Slip(language, ("rounds",), what)
    for group, called in wording.rounds.items():
        yield from _filled_in(language, ("rounds", group), called, _IN_ROUNDS)
    for name in known.keys() & wording.fields.keys():
        yield from _field_wording(language, name, known[name], wording.fields[name])


def _field_wording(
    language: Language, name: str, field: Field, words: FieldWording
) -> Iterator[Slip]:
    at = ("fields", name)
    if tuple(words.options) != field.options:
        what = f"{name}: the options are {', '.join(field.options) or 'none'}, in this order"
        yield Slip(language, (*at, "options"), what)
    yield from _filled_in(language, (*at, "question"), words.question, _IN_QUESTIONS)
    if len(words.label) > LONGEST_LABEL:
        yield Slip(language, (*at, "label"), f"{name}: a label has {LONGEST_LABEL} signs at most")
    for option, meant in words.options.items():
        if not meant:
            what = f"{name}: {option}: its button is wanted"
            yield Slip(language, (*at, "options", option), what)
        elif len(meant[0]) > LONGEST_BUTTON:
            what = f"{name}: {meant[0]}: a button has {LONGEST_BUTTON} signs at most"
            yield Slip(language, (*at, "options", option), what)


def _filled_in(
    language: Language, keys: tuple[str, ...], words: str, known: Iterable[str]
) -> Iterator[Slip]:
    strange = {name for _, name, _, _ in Formatter().parse(words) if name} - set(known)
    if strange:
        what = f"{', '.join(sorted(strange))}: nothing is filled in under that name"
        yield Slip(language, keys, what)


def _ambiguous(form: Form) -> Iterator[Slip]:
    """No word means two options of one field, in whatever languages it stands."""
    for name, field in form.keyed():
        seen: dict[str, str] = {}
        for language in LANGUAGES:
            worded = form.wording[language].fields.get(name)
            for option in field.options if worded else ():
                for word in worded.options.get(option, ()) if worded else ():
                    if seen.setdefault(folded(word), option) != option:
                        keys = ("fields", name, "options", option)
                        what = f"{name}: {word} means {seen[folded(word)]} as well as {option}"
                        yield Slip(language, keys, what)


def _at(form: Form, name: str) -> tuple[str | int, ...]:
    """The keys below which a field stands in the form's own file."""
    for place, entry in enumerate(form.entries):
        if entry.id == name:
            return ("fields", place)
        inner = [field.id for field in getattr(entry, "fields", ())]
        if name.startswith(f"{entry.id}.") and name.rpartition(".")[2] in inner:
            return ("fields", place, "fields", inner.index(name.rpartition(".")[2]))
    return ("fields",)
