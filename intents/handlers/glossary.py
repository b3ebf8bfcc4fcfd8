"""What a term of the subject is called in the other language, and what it is."""

from __future__ import annotations

from intents.handlers.registry import Case, register
from intents.voice import Opening, Voice
from knowledge.model import LANGUAGES
from knowledge.remarks import Term

_EXPLAINED = 2


@register("glossary")
def meaning(case: Case) -> Opening | None:
    """The term that the message names, in both languages, and the rules that explain it; nothing without one."""
    voice = case.voice
    if meant := _ambiguous(case):
        return voice.remarked(meant)
    named = voice.names.terms.longest(case.text)
    if named is None:
        return None
    term = voice.library.terms[named]
    facts = voice.holdings(term.facts)[:_EXPLAINED]
    said = (_called(voice, term), *map(voice.statement, facts))
    return Opening(voice.text("frame.space").join(said), tuple(facts), complete=True)


def _ambiguous(case: Case) -> str | None:
    """The word of several meanings that is asked about; none where it is only part of the name of a term."""
    names = case.voice.names
    terms = [name for name, _ in names.terms.spots(case.text)]
    for word, owner in names.ambiguous.spots(case.text):
        if not any(word in name and word != name for name in terms):
            return owner
    return None


def _called(voice: Voice, term: Term) -> str:
    names = {language: term.name(language) for language in LANGUAGES}
    also = [name for language in LANGUAGES for name in term.also.get(language, ())][:4]
    said = voice.text("glossary.term", **names)
    if not also:
        return said
    others = voice.text("glossary.also", names=voice.text("frame.listed").join(also))
    return voice.text("frame.space").join((said, others))
