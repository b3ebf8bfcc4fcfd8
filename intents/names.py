"""Finds what is named in a message: terms of the glossary, neighbouring matters, papers, words of several meanings.

In: names by what they stand for. Out: what a message names, in order. Case, width, script, punctuation do not matter;
a Latin name is found as whole words, with or without a plural s; where two names overlap, the longer one counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from intents.normalise import for_matching
from intents.tokens import tokens
from knowledge import documents
from knowledge.library import Library
from knowledge.remarks import Ambiguity, Neighbour

_LATIN = re.compile(r"[a-z0-9]")
_DENIED = re.compile(
    r"\b(?:not|never|no longer|(?:is|are|was|were|has|have|had)nt)(?: (?:yet|been|being|a|an|the|our|its))* $"
    r"|(?:不是|没有?被?|未被?|并未|并非)$"
)
_COUNTRY = re.compile(r"\bU\.?S\.?(?:A\.?)?(?=\s+(?:[Cc]ustoms|[Bb]order))")
"""In capitals it is the country; "they told us customs stopped it" is not."""


class Finder:
    """A set of names, ready to be looked for."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self._owners: dict[str, list[str]] = {}
        for owner, called in names.items():
            for name in called:
                owners = self._owners.setdefault(for_matching(name), [])
                if owner not in owners:
                    owners.append(owner)
        ordered = sorted(filter(None, self._owners), key=lambda name: (-len(name), name))
        latin = "|".join(_ending(name) for name in ordered if _LATIN.match(name[0]))
        other = "|".join(_ending(name) for name in ordered if not _LATIN.match(name[0]))
        # What stands before is looked at once for all: an alternative that begins with a letter is passed over quickly.
        either = (rf"(?<![a-z0-9])(?:{latin})" if latin else "", other)
        self._pattern = re.compile("|".join(filter(None, either)) or r"(?!)")

    def spots(
        self, text: str, but_after: re.Pattern[str] | None = None
    ) -> Iterator[tuple[str, str]]:
        """The names found in the text, each with what it stands for, in order; but not where that stands before one."""
        return self._spots(for_matching(text), but_after)

    def _spots(self, ready: str, but_after: re.Pattern[str] | None) -> Iterator[tuple[str, str]]:
        for match in self._pattern.finditer(ready):
            if but_after and but_after.search(ready[: match.start()]):
                continue
            name = match[0] if match[0] in self._owners else match[0].removesuffix("s")
            yield from ((name, owner) for owner in self._owners[name])

    def find(self, text: str) -> list[str]:
        """What the text names, each once, in order."""
        return list(dict.fromkeys(owner for _, owner in self.spots(text)))

    def find_affirmed(self, ready: str) -> list[str]:
        """What a text, made ready by `for_matching`, names without denying it: not `expired` in "has not expired"."""
        return list(dict.fromkeys(owner for _, owner in self._spots(ready, _DENIED)))

    def longest(self, text: str) -> str | None:
        """What the longest name in the text stands for; of two equally long ones the first."""
        found = list(self.spots(text))
        return max(found, key=lambda spot: len(spot[0]))[1] if found else None


def _ending(name: str) -> str:
    """A pattern that finds the name, but not where a Latin word goes on."""
    after = r"s?(?![a-z0-9])" if _LATIN.match(name[-1]) else ""
    return f"{re.escape(name)}{after}"


@dataclass(frozen=True)
class NameBook:
    """Everything of the knowledge base that can be named."""

    library: Library

    @cached_property
    def terms(self) -> Finder:
        """Terms of the glossary."""
        return Finder({term.id: term.names() for term in self.library.terms.values()})

    def neighbours_in(self, text: str) -> list[str]:
        """The matters beside ours that a message names."""
        return self._neighbours.find(_COUNTRY.sub("American", text))

    @cached_property
    def _neighbours(self) -> Finder:
        found = self.library.remarks_of(Neighbour)
        return Finder({each.id: each.all_names() for each in found})

    def only_ambiguous(self, text: str) -> str | None:
        """A word of several meanings that is all a message says, but for a word or two beside it."""
        read = for_matching(text)
        for name, owner in self.ambiguous.spots(text):
            if len(tokens(read.replace(name, " ", 1))) <= 2:
                return owner
        return None

    @cached_property
    def ambiguous(self) -> Finder:
        """Words of several meanings."""
        found = self.library.remarks_of(Ambiguity)
        return Finder({each.id: each.all_names() for each in found})

    @cached_property
    def papers(self) -> Finder:
        """Papers of an application."""
        papers = documents.china().papers.values()
        return Finder({paper.id: paper.all_names() for paper in papers})
