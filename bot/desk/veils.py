"""What a page shows to whoever's role sees no personal data: every value is masked before a template gets it.

Forms and leads are masked by the kinds of their fields, answers typed into a form altogether, and other words by
`bot.masking` and by what is known of the person: what they filled in is masked wherever it is said again.
Notes of colleagues are hidden, for they are about somebody.
Limit: a name that is typed outside a form, and never filled into one, cannot be told from other words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

from bot.conversation.reply import Author, Choice, Reply
from bot.conversation.texts import command
from bot.desk.card import Card, Row
from bot.files.attachment import Attachment
from bot.inbound import Line
from bot.intake import form as forms
from bot.intake.kinds import FieldKind
from bot.intake.kinds import files as file_lists
from bot.intake.typed import folded
from bot.leads.model import Lead, load_form
from bot.masking import masked
from bot.queue import QueueEntry
from bot.store.files import KeptFile
from intents.answer import Block, Sources

HIDDEN = "[hidden]"
"""Stands for a name, a number, free words; contacts have their own marks."""
OPEN = frozenset(
    {
        FieldKind.CHOICE,
        FieldKind.CHOICES,
        FieldKind.CONSENT,
        FieldKind.COUNTRY,
        FieldKind.DAY,
        FieldKind.AMOUNT,
    }
)
"""Kinds whose values tell of the case and name nobody."""
SHORTEST = 4
"""Characters of a value that is looked for in other words; shorter ones would mask half the language."""
REFERENCE = re.compile(r"(TW-\d{4}-\w+)")
FORM = "form:"
"""How the buttons under a question of a form begin."""


def veiled_page(values: Mapping[str, Any]) -> dict[str, Any]:
    """A page's values, with nothing personal in them."""
    known = _Known(sorted({*_personal(values)}, key=len, reverse=True))
    return {name: _veiled(value, known) for name, value in values.items()}


class _Known:
    """What is known of the people of a page, and takes it out of words."""

    def __init__(self, values: Sequence[str]) -> None:
        words = (r"\s+".join(map(re.escape, value.split())) for value in values)
        self._pattern = re.compile("|".join(words) or r"(?!)", re.IGNORECASE)

    def words(self, text: str, *, contacts: bool = True) -> str:
        """The text without them; references of inquiries stay."""
        if not contacts:
            return self._pattern.sub(HIDDEN, text)
        parts = REFERENCE.split(self._pattern.sub(HIDDEN, text))
        return "".join(
            part if REFERENCE.fullmatch(part) else _spaced(part, masked(part)) for part in parts
        )


def _spaced(before: str, after: str) -> str:
    """Masking strips a line; within a text the blanks at its ends part it from its neighbours."""
    left = " " if before[:1].isspace() else ""
    right = " " if before[-1:].isspace() and after else ""
    return f"{left}{after}{right}"


def _veiled(value: Any, known: _Known) -> Any:
    """A value masked by its type; what has no type of its own here is searched through."""
    hand = _BY_TYPE.get(type(value))
    if hand is not None:
        return hand(value, known)
    if isinstance(value, list | tuple):
        is_talk = any(isinstance(each, Line) for each in value)
        return _lines(value, known) if is_talk else [_veiled(each, known) for each in value]
    if isinstance(value, Counter):
        return value
    if isinstance(value, dict):
        return {name: _veiled(each, known) for name, each in value.items()}
    return _inside(value, known) if _is_data(value) else value


def _is_data(value: Any) -> bool:
    return is_dataclass(value) and not isinstance(value, type)


def _entry(entry: QueueEntry, _known: _Known) -> QueueEntry:
    """Last words stand alone in the list: whether they name somebody, only the whole talk could tell."""
    return replace(entry, preview=HIDDEN) if entry.preview else entry


def _card(card: Card, known: _Known) -> Card:
    source = known.words(card.source) if card.source else None
    inside: Card = _inside(card, known)
    return replace(inside, source=source)


def _row(row: Row, _known: _Known) -> Row:
    return replace(row, text=HIDDEN) if row.text and row.kind not in OPEN else row


def _kept(file: KeptFile, _known: _Known) -> KeptFile:
    return replace(file, name=_file(file.name))


def _inside(value: Any, known: _Known) -> Any:
    given = (field.name for field in fields(value) if field.init)
    return replace(value, **{name: _veiled(getattr(value, name), known) for name in given})


def _lead(lead: Lead, _known: _Known) -> Lead:
    form = load_form(lead.form)
    kinds = {name: field.kind for name, field in form.keyed()} if form else {}
    answers = {
        path: _answer(kinds.get(forms.key(path)), said) for path, said in lead.answers.items()
    }
    step = HIDDEN if lead.handling.next_action else ""
    handling = lead.handling.model_copy(update={"next_action": step})
    return lead.model_copy(update={"answers": answers, "handling": handling})


def _answer(kind: FieldKind | None, value: str) -> str:
    if kind in OPEN or not value:
        return value
    if kind is FieldKind.FILES:
        those = file_lists.files(value)
        return file_lists.kept(tuple((file_id, _file(name)) for file_id, name in those))
    return HIDDEN


def _file(name: str) -> str:
    """A file's name is its sender's own words; what it is stays."""
    return f"{HIDDEN}.{name.rpartition('.')[2]}" if "." in name else HIDDEN


def _lines(lines: Sequence[Line], known: _Known) -> list[Line]:
    """A transcript: what is typed after a question of a form is an answer to it, and so are its later words."""
    shown: list[Line] = []
    asking, answers = False, set[int]()
    for line in lines:
        if line.author is Author.BOT:
            asking = any(choice.payload.startswith(FORM) for choice in line.reply.choices)
        if line.author is Author.PROSPECT and (asking or line.of in answers):
            answers.add(line.seq)
        shown.append(_line(line, known, answers=line.seq in answers))
    return shown


def _line(line: Line, known: _Known, *, answers: bool = False) -> Line:
    if answers or line.files or line.kind == "note":
        reply = Reply.of(HIDDEN)
    else:
        # The bot's answers quote laws and addresses of authorities; what they say of a person is known.
        contacts = not (line.author is Author.BOT and line.reply.facts)
        reply = _reply(line.reply, known, contacts=contacts)
    these = tuple(each.model_copy(update={"name": _file(each.name)}) for each in line.files)
    return replace(line, reply=reply, files=these)


def _reply(reply: Reply, known: _Known, *, contacts: bool) -> Reply:
    def words(value: Any) -> Any:
        if isinstance(value, str):
            return known.words(value, contacts=contacts)
        if isinstance(value, tuple):
            return tuple(words(each) for each in value)
        return value

    def block(one: Block) -> Block:
        if isinstance(one, Sources):
            return one
        return one.model_copy(
            update={name: words(getattr(one, name)) for name in WORDS if hasattr(one, name)}
        )

    choices = tuple(
        Choice(label=words(each.label), payload=each.payload, says=words(each.says))
        for each in reply.choices
    )
    return reply.model_copy(update={"blocks": tuple(map(block, reply.blocks)), "choices": choices})


WORDS = ("text", "items", "head", "rows", "caption")
"""Where a block keeps its words."""


def _personal(value: Any) -> Iterator[str]:
    """What people have filled in, wherever it lies among a page's values."""
    if isinstance(value, list | tuple) and any(isinstance(each, Line) for each in value):
        yield from _typed(value)
        return
    for text in _own(value):
        yield from _findable(text)
    for part in _parts(value):
        yield from _personal(part)


def _own(value: Any) -> Iterator[str]:
    """What a value itself holds of somebody."""
    if isinstance(value, Row) and value.kind not in OPEN:
        yield value.text
    elif isinstance(value, Lead):
        form = load_form(value.form)
        kinds = {name: field.kind for name, field in form.keyed()} if form else {}
        yield from (
            said for path, said in value.answers.items() if kinds.get(forms.key(path)) not in OPEN
        )
    elif isinstance(value, KeptFile | Attachment):
        yield value.name


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, list | tuple):
        return value
    if isinstance(value, Counter):
        return value
    if isinstance(value, dict):
        return value.values()
    return [getattr(value, field.name) for field in fields(value)] if _is_data(value) else ()


def _typed(lines: Sequence[Line]) -> Iterator[str]:
    """What was typed into a form, also one that was stopped since, but not its buttons."""
    offered: frozenset[str] = frozenset()
    asking = False
    for line in lines:
        if line.author is Author.BOT:
            asking = any(choice.payload.startswith(FORM) for choice in line.reply.choices)
            labels = (word for each in line.reply.choices for word in (each.label, each.says))
            offered = frozenset(labels)
        elif line.author is Author.PROSPECT and asking:
            said = line.reply.text
            yield from () if said in offered or _chooses(said) else _findable(said)
        for file in line.files:
            yield from _findable(file.name)


def _chooses(text: str) -> bool:
    """Whether a line is the words of an option or of a command, which every answer of the bot may hold too."""
    return folded(text) in _options() or command(text) is not None


@cache
def _options() -> frozenset[str]:
    found = (
        word
        for form in map(forms.load, forms.ids())
        for name, _ in form.keyed()
        for value, words in form.options(name).items()
        for word in (value, *words)
    )
    return frozenset(map(folded, found))


def _findable(text: str) -> Iterator[str]:
    for part in (text, *text.splitlines()):
        if len(part.strip()) >= SHORTEST:
            yield part.strip()


_BY_TYPE: Mapping[type, Callable[[Any, _Known], Any]] = {
    Card: _card,
    KeptFile: _kept,
    Lead: _lead,
    Line: _line,
    QueueEntry: _entry,
    Row: _row,
}
