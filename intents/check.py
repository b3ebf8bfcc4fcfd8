"""Holds topics, answers and phrases against the rules of `docs/data.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from intents.answer import MOST_FACTS, Kind
from intents.catalogue import FOLDER, OTHERS, Catalogue, Phrases, Topic, Wording
from intents.check_following import check_following
from intents.grammar import escaped
from intents.handlers import names as handler_names
from intents.normalise import for_matching
from intents.stealing import owned, stolen
from intents.voice import NAME
from knowledge import procedures
from knowledge.datafiles import find, yaml_files
from knowledge.errors import KnowledgeError
from knowledge.library import Library, china
from knowledge.model import LANGUAGES, Language
from knowledge.problems import VALUE_IN_PROSE, Problem, told
from knowledge.remarks import FACT_VALUE

FEWEST_PHRASES = 12
LABEL_LENGTH: dict[Language, int] = {"en": 20, "zh": 10}
"""WhatsApp's button title holds 20 signs; a Chinese sign is about as wide as two Latin ones."""
MOST_NEXT = 3


@dataclass(frozen=True)
class _Data:
    catalogue: Catalogue
    library: Library


def check(folder: Path = FOLDER, library: Library | None = None) -> list[Problem]:
    """Everything that is wrong with this floor's data."""
    try:
        data = _Data(Catalogue.load(folder), library or china())
    except KnowledgeError as error:
        return told(error)
    found = (
        *_topics(data),
        *_answers(data),
        *_phrases(data),
        *_foreign(data),
        *_lists(folder, data),
        *_stolen(data),
        *_strangers(data),
        *_texts(data),
        *_concepts(data),
    )
    return [*(_placed(folder, problem) for problem in found), *_following(folder, data)]


def _following(folder: Path, data: _Data) -> list[Problem]:
    try:
        return list(check_following(folder / "followups", data.catalogue.topics))
    except KnowledgeError as error:
        return told(error)


def _placed(folder: Path, problem: Problem) -> Problem:
    """`answers/en: fee.official` as the file and line where that entry stands."""
    part, entry = problem.where.split(": ", 1)
    return Problem(f"{find(folder / part, entry)}: {entry}", problem.what)


def _topics(data: _Data) -> Iterator[Problem]:
    for topic in data.catalogue.topics.values():
        yield from (Problem(f"topics: {topic.id}", what) for what in _topic(data, topic))


def _topic(data: _Data, topic: Topic) -> Iterator[str]:
    for fact in topic.facts:
        if fact not in data.library.facts:
            yield f"no fact {fact}"
    if len(set(topic.facts)) != len(topic.facts):
        yield "a fact stands twice"
    if len(topic.facts) > MOST_FACTS:
        yield f"more than {MOST_FACTS} facts"
    if topic.kind is Kind.ANSWER and not (topic.next and topic.rests_on):
        yield "an answer rests on a fact and leads on to something"
    yield from _refers(data, topic)
    yield from _next(data, topic)


def _refers(data: _Data, topic: Topic) -> Iterator[str]:
    """What it names beside facts: its handler, its procedure, its remark."""
    if topic.handler and topic.handler not in handler_names():
        yield f"no handler {topic.handler}"
    if topic.procedure and topic.procedure not in procedures.china():
        yield f"no procedure {topic.procedure}"
    if topic.remark:
        remark = data.library.remarks.get(topic.remark)
        if remark is None:
            yield f"no remark {topic.remark}"
        elif remark.facts != topic.rests_on:
            yield f"it rests on what {topic.remark} states: {', '.join(remark.facts)}"


def _next(data: _Data, topic: Topic) -> Iterator[str]:
    for intent in topic.next:
        if intent not in data.catalogue.topics:
            yield f"next: no intent {intent}"
    if topic.id in topic.next or len(set(topic.next)) != len(topic.next):
        yield "next: itself, or the same twice"
    if len(topic.next) > MOST_NEXT:
        yield f"next: more than {MOST_NEXT}"


def _answers(data: _Data) -> Iterator[Problem]:
    for language in LANGUAGES:
        worded = data.catalogue.wordings[language]
        labels: dict[str, str] = {}
        for topic in data.catalogue.topics.values():
            where = f"answers/{language}: {topic.id}"
            wording = worded.get(topic.id)
            if wording is None:
                yield Problem(where, "no wording")
                continue
            yield from (Problem(where, what) for what in _wording(data, topic, wording, language))
            other = labels.setdefault(for_matching(wording.label), topic.id)
            if other != topic.id:
                yield Problem(where, f"the button of {other} has the same words")


def _wording(data: _Data, topic: Topic, wording: Wording, language: Language) -> Iterator[str]:
    if bool(wording.lead) == bool(topic.remark):
        yield "a lead, or a remark in the topic, but not both and not neither"
    if len(wording.label) > LABEL_LENGTH[language]:
        yield f"label longer than {LABEL_LENGTH[language]}: {wording.label}"
    lines = " ".join((wording.lead, *wording.also))
    for fact, value in FACT_VALUE.findall(lines):
        if fact not in topic.rests_on:
            yield f"the lead uses {fact}, on which the topic does not rest"
        elif fact in data.library.facts:
            periods = data.library.facts[fact].periods
            if not all(value in period.values for period in periods):
                yield f"{fact} has no value {value}"
    if VALUE_IN_PROSE.search(FACT_VALUE.sub("", lines)):
        yield "the lead holds a value in digits; write {fact:value}"


def _phrases(data: _Data) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for language in LANGUAGES:
        yield from _asked(language, data.catalogue.phrases[language], data.catalogue.topics, owners)


def _asked(
    language: str, phrases: Phrases, intents: Iterable[str], owners: dict[str, str]
) -> Iterator[Problem]:
    """Each intent has enough phrases, and none that another one has; `owners` is filled on the way."""
    for intent in intents:
        where, asked = f"phrases/{language}: {intent}", phrases.get(intent, ())
        if len(asked) < FEWEST_PHRASES:
            yield Problem(where, f"{len(asked)} phrases, {FEWEST_PHRASES} are wanted")
        for phrase in asked:
            owner = owners.setdefault(for_matching(phrase), intent)
            if owner != intent:
                yield Problem(where, f"{phrase!r} is a phrase of {owner} too")


def _foreign(data: _Data) -> Iterator[Problem]:
    """In every other language the same questions, each a topic, and none that is out of scope."""
    foreign = data.catalogue.foreign
    wanted = {intent: None for phrases in foreign.values() for intent in phrases}
    for intent in (intent for intent in wanted if intent not in data.catalogue.topics):
        language = next(code for code, phrases in foreign.items() if intent in phrases)
        yield Problem(f"phrases/{language}: {intent}", "no such topic")
    owners: dict[str, str] = {}
    for language, phrases in foreign.items():
        yield from _asked(language, phrases, wanted, owners)
    for line in data.catalogue.foreign_out_of_scope:
        if for_matching(line) in owners:
            owner = owners[for_matching(line)]
            yield Problem(f"out_of_scope/{OTHERS}: {owner}", f"{line!r} is a phrase of it")


def _stolen(data: _Data) -> Iterator[Problem]:
    """No phrase is nearly one of another intent; that they are the very same is said elsewhere."""
    for theft in stolen(owned(data.catalogue.every_phrase)):
        mine, theirs = theft.phrase, theft.other
        if for_matching(mine.text) != for_matching(theirs.text):
            yield Problem(f"phrases/{mine.language}: {mine.intent}", str(theft))


def _lists(folder: Path, data: _Data) -> Iterator[Problem]:
    for language, lists in data.catalogue.lists.items():
        for name, words in lists.items():
            where = f"phrases/{language}: {name}"
            yield from (Problem(where, what) for what in _list(words))
            paths = yaml_files(folder / "phrases" / language)
            if not any(f"{{{name}}}" in path.read_text(encoding="utf-8") for path in paths):
                yield Problem(where, "no phrase names this list")


def _list(words: Sequence[str]) -> Iterator[str]:
    """A list offers a choice of plain words."""
    if len(set(words)) < 2:
        yield "a list of at least two different words is wanted"
    if any(word != escaped(word) for word in words):
        yield "a word holds a sign of the grammar: [ ] ( ) { } | \\"


def _strangers(data: _Data) -> Iterator[Problem]:
    """Answers and phrases of no topic."""
    for language in LANGUAGES:
        groups = {
            "answers": data.catalogue.wordings[language],
            "phrases": data.catalogue.phrases[language],
        }
        for name, entries in groups.items():
            for intent in sorted(set(entries) - set(data.catalogue.topics)):
                yield Problem(f"{name}/{language}: {intent}", "no such topic")


def _texts(data: _Data) -> Iterator[Problem]:
    """The sentences of the code: the same in every language, with the same names to fill in."""
    first, *others = LANGUAGES
    ours = data.catalogue.texts[first]
    for language in others:
        theirs = data.catalogue.texts[language]
        for key in sorted(set(ours) ^ set(theirs)):
            yield Problem(f"answers: {key}", "not in every language")
        for key in sorted(set(ours) & set(theirs)):
            filled = {frozenset(NAME.findall(words)) for words in (*ours[key], *theirs[key])}
            if len(filled) != 1:
                yield Problem(f"answers: {key}", "the wordings fill in different names")
            if len(ours[key]) != len(theirs[key]):
                yield Problem(f"answers: {key}", "not as many wordings in every language")


def _concepts(data: _Data) -> Iterator[Problem]:
    """A term means one thing, and something is left of it when it is made ready for matching."""
    meant: dict[str, str] = {}
    entries = [entry for file in data.catalogue.vocabulary for entry in file.items()]
    for concept, languages in entries:
        for term in (term for terms in languages.values() for term in terms):
            ready = for_matching(term)
            if not ready or "#" in ready:
                yield Problem(f"concepts: {concept}", f"{term!r} is no word")
            elif meant.setdefault(ready, concept) != concept:
                yield Problem(f"concepts: {concept}", f"{term!r} means {meant[ready]} too")
