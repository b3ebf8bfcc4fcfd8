"""How well the phrases tell the intents apart: for each intent and language how many there are, and who steals.

Quick, without training: each phrase is left out in turn and given to the intent of the phrase nearest to it among all
others of its language. So the share that lands is lower than what the matcher reaches; what counts is the comparison.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intents.catalogue import Catalogue, Phrases
from intents.language import unaccented
from intents.normalise import for_matching
from intents.teaching import LANDING, OURS
from intents.vectoriser import Vectoriser
from knowledge.datafiles import read
from knowledge.model import LANGUAGES

FEWER = 0.5
"""The share of the other language's phrases below which a language has too few."""
LOWER = 0.25
"""How much lower the share that lands must be to be told."""
_BLOCK = 512

SENTENCES = OURS.tested
"""Where the sentences under test lie in a checkout."""
Counts = Mapping[str, Mapping[str, int]]
"""Language, intent, number."""


@dataclass(frozen=True)
class Row:
    """One intent in one language."""

    language: str
    intent: str
    phrases: int
    """As they are after the lines with gaps are expanded."""
    sentences: int
    """Sentences under test that must land there."""
    lands: float
    """The share of its phrases whose nearest neighbour is its own."""
    thief: str | None
    """The intent that most of the others went to."""
    stolen: int
    """How many went there."""


@dataclass(frozen=True)
class Gap:
    """An intent for which one language is worse off than another."""

    intent: str
    language: str
    other: str
    what: str


@dataclass(frozen=True)
class Report:
    """All rows, and where the languages are not alike."""

    rows: tuple[Row, ...]
    gaps: tuple[Gap, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """Those it tells of, in the order of their rows."""
        return tuple(dict.fromkeys(row.language for row in self.rows))

    def only(self, language: str) -> Report:
        """What it tells of one language."""
        return Report(
            tuple(row for row in self.rows if row.language == language),
            tuple(gap for gap in self.gaps if language in (gap.language, gap.other)),
        )

    def lines(self) -> Iterator[str]:
        """A plain table, a line in all for each language, and the gaps."""
        width = max((len(row.intent) for row in self.rows), default=6)
        yield f"lang  {'intent':{width}}  phrases  tests  lands  most stolen by"
        for row in self.rows:
            counts = f"{row.phrases:7}  {row.sentences:5}  {row.lands:5.0%}"
            thief = f"{row.thief} ({row.stolen})" if row.thief else ""
            yield f"{row.language:4}  {row.intent:{width}}  {counts}  {thief}".rstrip()
        for language in self.languages:
            yield _in_all(language, self.only(language).rows)
        yield from (f"{gap.intent}: {gap.language} {gap.what} ({gap.other})" for gap in self.gaps)

    def as_json(self) -> dict[str, Any]:
        """One object."""
        return {
            "intents": [{**asdict(row), "lands": round(row.lands, 4)} for row in self.rows],
            "gaps": [asdict(gap) for gap in self.gaps],
        }


def examine(catalogue: Catalogue, spoken: Vectoriser, foreign: Vectoriser, tests: Counts) -> Report:
    """The report on all languages.

    The vectorisers are those of the matchers of the languages we speak and of the others; `tests` are the sentences
    under test, as `sentences` counts them.
    """
    ours = {language: catalogue.phrases[language] for language in LANGUAGES}
    theirs = {code: _bare(phrases) for code, phrases in catalogue.foreign.items() if phrases}
    found = [
        row
        for vectoriser, groups in ((spoken, ours), (foreign, theirs))
        for language, phrases in groups.items()
        for row in rows(language, phrases, vectoriser, tests.get(language, {}))
    ]
    return Report(tuple(found), tuple(gaps(found, (ours, theirs))))


def _bare(phrases: Phrases) -> Phrases:
    return {intent: tuple(map(unaccented, group)) for intent, group in phrases.items()}


def rows(
    language: str, phrases: Phrases, vectoriser: Vectoriser, tests: Mapping[str, int]
) -> list[Row]:
    """A row for each intent of a language, those whose phrases land least first."""
    intents = [intent for intent, group in phrases.items() if group]
    sizes = [len(phrases[intent]) for intent in intents]
    texts = [for_matching(text) for intent in intents for text in phrases[intent]]
    went = _nearest(texts, np.repeat(np.arange(len(intents)), sizes), vectoriser)
    found = [
        _row(language, intents, number, each, tests)
        for number, each in enumerate(np.split(went, np.cumsum(sizes)[:-1]))
    ]
    return sorted(found, key=lambda row: (row.lands, row.intent))


def _row(
    language: str,
    intents: Sequence[str],
    number: int,
    went: NDArray[np.intp],
    tests: Mapping[str, int],
) -> Row:
    strays = Counter(intents[place] for place in went.tolist() if place not in (number, -1))
    thief, stolen = strays.most_common(1)[0] if strays else (None, 0)
    name, lands = intents[number], float((went == number).mean())
    return Row(language, name, len(went), tests.get(name, 0), lands, thief, stolen)


def gaps(rows: Iterable[Row], groups: Iterable[Iterable[str]]) -> Iterator[Gap]:
    """Where a language has less than half the phrases of the best of its group, or clearly fewer that land."""
    known = tuple(rows)
    for group in map(frozenset, groups):
        beside: dict[str, list[Row]] = {}
        for row in known:
            if row.language in group:
                beside.setdefault(row.intent, []).append(row)
        for alike in beside.values():
            yield from _gaps(alike)


def sentences(folder: Path) -> Counts:
    """How many sentences under test there are; none where there is no such folder."""
    found: dict[str, Counter[str]] = {}
    for path in sorted(folder.glob("*/*.yaml")):
        counts = found.setdefault(path.parent.name, Counter())
        for intent, lists in read(path).items():
            counts[intent] += sum(len(lists.get(name, ())) for name in LANDING)
    return found


def _nearest(
    texts: list[str], owners: NDArray[np.intp], vectoriser: Vectoriser
) -> NDArray[np.intp]:
    """For each text the owner of the one nearest to it, itself left out; -1 where nothing is like it at all."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - costs a quarter second to import

    vectors = vectoriser.rows(texts)
    matrix = csr_matrix(
        (vectors.values, vectors.columns, vectors.starts), shape=(len(texts), vectors.width)
    )
    found = np.full(len(texts), -1, np.intp)
    for first in range(0, len(texts), _BLOCK):
        likeness = (matrix[first : first + _BLOCK] @ matrix.T).toarray()
        own = np.arange(len(likeness))
        likeness[own, first + own] = 0
        best = likeness.argmax(1)
        near = likeness[own, best] > 0
        found[first : first + len(likeness)][near] = owners[best[near]]
    return found


def _gaps(alike: Sequence[Row]) -> Iterator[Gap]:
    most = max(alike, key=lambda row: row.phrases)
    best = max(alike, key=lambda row: row.lands)
    for row in alike:
        if row.phrases < FEWER * most.phrases:
            what = f"has {row.phrases} phrases against {most.phrases}"
            yield Gap(row.intent, row.language, most.language, what)
        if row.lands <= best.lands - LOWER:
            what = f"lands {row.lands:.0%} of its phrases against {best.lands:.0%}"
            yield Gap(row.intent, row.language, best.language, what)


def _in_all(language: str, rows: Sequence[Row]) -> str:
    count = sum(row.phrases for row in rows)
    share = sum(row.lands * row.phrases for row in rows) / count
    return f"{language}: {len(rows)} intents, {count} phrases, {share:.1%} land"
