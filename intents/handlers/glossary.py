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
    if meant := voice.names.ambiguous.find(case.text):
        remark = voice.library.remarks[meant[0]]
        return Opening(voice.remark(meant[0]), tuple(voice.holdings(remark.facts)), complete=True)
    named = voice.names.terms.longest(case.text)
    if named is None:
        return None
    term = voice.library.terms[named]
    facts = voice.holdings(term.facts)[:_EXPLAINED]
    said = (_called(voice, term), *map(voice.statement, facts))
    return Opening(voice.text("frame.space").join(said), tuple(facts), complete=True)


def _called(voice: Voice, term: Term) -> str:
    names = {language: term.name(language) for language in LANGUAGES}
    also = [name for language in LANGUAGES for name in term.also.get(language, ())][:4]
    said = voice.text("glossary.term", **names)
    if not also:
        return said
    others = voice.text("glossary.also", names=voice.text("frame.listed").join(also))
    return voice.text("frame.space").join((said, others))
