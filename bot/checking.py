"""Checks every data file of the project; what the type checker is to the code."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation import texts
from bot.desk import replies
from bot.intake import form
from intents.check import check as check_intents
from knowledge.check import check as check_knowledge
from knowledge.errors import KnowledgeError
from knowledge.model import LANGUAGES


def problems() -> Iterator[str]:
    """A line for everything that is wrong, with the file it is wrong in."""
    yield from map(str, check_knowledge())
    yield from map(str, check_intents())
    yield from _forms()
    yield from _texts()
    yield from replies.problems()


def _forms() -> Iterator[str]:
    for form_id in form.ids():
        try:
            form.load(form_id)
        except KnowledgeError as error:
            yield from str(error).splitlines()


def _texts() -> Iterator[str]:
    """Both languages say the same things, with the same names to fill in."""
    first, *others = LANGUAGES
    for language in others:
        for text_id in sorted(texts.ids(first) ^ texts.ids(language)):
            yield f"bot/conversation/texts: {text_id} is not in every language"
        for text_id in sorted(texts.ids(first) & texts.ids(language)):
            yield from _wordings(
                text_id, texts.wordings(text_id, first), texts.wordings(text_id, language)
            )
    try:
        texts.commands()
    except KnowledgeError as error:
        yield f"bot/conversation/texts: {error}"


def _wordings(text_id: str, ours: tuple[str, ...], theirs: tuple[str, ...]) -> Iterator[str]:
    """As many wordings in either language, and all with the same names."""
    where = f"bot/conversation/texts: {text_id}"
    if len({frozenset(texts.names(words)) for words in (*ours, *theirs)}) != 1:
        yield f"{where}: the wordings fill in different names"
    if len(ours) != len(theirs):
        yield f"{where}: not as many wordings in every language"
