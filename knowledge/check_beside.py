"""Holds all that stands beside the facts against its rules: facts that exist, values that live in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from knowledge import eligibility
from knowledge.datafiles import place
from knowledge.documents import Documents
from knowledge.errors import KnowledgeError
from knowledge.han import HAN
from knowledge.library import Library
from knowledge.model import LANGUAGES, Language, Words
from knowledge.problems import VALUE_IN_PROSE, Problem, told
from knowledge.remarks import FACT_VALUE, Claim, Named, Remark


def check_remarks(library: Library, folder: Path) -> list[Problem]:
    """Everything that is wrong with wrong claims, unconfirmed points, neighbours and ambiguous words."""
    owners: dict[str, str] = {}
    found = []
    for remark in library.remarks.values():
        file, _, name = remark.id.partition("/")
        wrong = (*_facts(library, remark.facts), *_sentences(library, remark))
        if isinstance(remark, Named):
            wrong += tuple(_taken(remark.all_names(), remark.id, owners))
        found += [
            Problem(f"{place(folder / f'{file}.yaml', name)}: {name}", what) for what in wrong
        ]
    return found


def check_terms(library: Library, path: Path) -> list[Problem]:
    """Everything that is wrong with the glossary."""
    owners: dict[str, str] = {}
    return [
        Problem(f"{place(path, term.id)}: {term.id}", what)
        for term in library.terms.values()
        for what in (
            *_facts(library, term.facts),
            *_taken(term.names(), term.id, owners),
            *(["the languages are mixed up"] if HAN.search(term.en) else []),
            *([] if HAN.search(term.zh) else [f"zh: {term.zh!r} is not Chinese"]),
        )
    ]


def check_papers(library: Library, path: Path) -> list[Problem]:
    """Everything that is wrong with the papers of an application."""
    try:
        found = Documents.load(path)
    except KnowledgeError as error:
        return told(error)
    papers = [
        Problem(f"{place(path, 'papers', paper.id)}: {paper.id}", what)
        for paper in found.papers.values()
        for what in (*_facts(library, paper.facts), *_words(library, paper))
    ]
    return papers + [
        Problem(f"{place(path, group, name)}: {name}", what)
        for group, named in (("circumstances", found.circumstances), ("kinds", found.kinds))
        for name, words in named.items()
        for what in _words(library, words)
    ]


def check_eligibility(library: Library, path: Path) -> list[Problem]:
    """Everything that is wrong with the rules of eligibility."""
    try:
        rules = eligibility.load(path)
    except KnowledgeError as error:
        return told(error)
    return [
        Problem(f"{place(path, rule.id)}: {rule.id}", what)
        for rule in rules
        for what in (
            *_facts(library, rule.facts),
            *(_words(library, rule.first) if rule.first else ()),
        )
    ]


def _words(library: Library, words: Words) -> Iterator[str]:
    """Words of both languages, whose figures stand in facts."""
    for language in LANGUAGES:
        text = words.text(language)
        for fact, value in FACT_VALUE.findall(text):
            if fact not in library.facts or not _has(library, fact, value):
                yield f"{language}: there is no value {value} of {fact}"
        yield from _prose(language, text)
    if _mixed_up(words.en, words.zh):
        yield "the languages are mixed up"


def _facts(library: Library, facts: tuple[str, ...]) -> Iterator[str]:
    yield from (f"no fact {fact}; mend the id" for fact in facts if fact not in library.facts)


def _taken(names: tuple[str, ...], owner: str, owners: dict[str, str]) -> Iterator[str]:
    for name in dict.fromkeys(each.casefold() for each in names):
        other = owners.setdefault(name, owner)
        if other != owner:
            yield f"{name!r} stands under {other} too; a name belongs to one of them"


def _sentences(library: Library, remark: Remark) -> Iterator[str]:
    texts: Mapping[Language, str] = {language: remark.text(language) for language in LANGUAGES}
    for language, text in texts.items():
        for fact, value in FACT_VALUE.findall(text):
            if fact not in remark.facts:
                yield f"{language}: it states {fact}, which is not among its facts"
            elif fact in library.facts and not _has(library, fact, value):
                yield f"{language}: {fact} has no value {value}"
        yield from _prose(language, text)
    if _mixed_up(texts["en"].replace("备案", ""), texts["zh"]):
        yield "the languages are mixed up"
    if isinstance(remark, Claim) and _mixed_up(remark.claim.en, remark.claim.zh):
        yield "claim: the languages are mixed up"


def _mixed_up(en: str, zh: str) -> bool:
    return bool(HAN.search(en)) or not HAN.search(zh)


def _prose(language: Language, text: str) -> Iterator[str]:
    rest = FACT_VALUE.sub("", text)
    if figure := VALUE_IN_PROSE.search(rest):
        yield f"{language}: {figure[0]!r} is a value; write {{fact:value}}"
    if "{" in rest or "}" in rest:
        yield f"{language}: braces that name no value; write {{fact:value}}"


def _has(library: Library, fact: str, value: str) -> bool:
    return all(value in period.values for period in library.facts[fact].periods)
