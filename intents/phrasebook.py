"""Recognises short messages that lean on the answer before them: `why?`, `source please`, `那费用呢`.

In: the files of `followups/`, in which `(a|b)` is a choice and `(a|)` may be left out. Out: which form a whole message
has, or whether nothing but little words stands around what it names. A form is the whole message or none: a question
that goes on to name its own subject is a question of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from intents.normalise import for_matching
from knowledge.compiled import mappings
from knowledge.errors import DataFileError
from knowledge.han import HAN, RANGE
from knowledge.model import LANGUAGES

FOLDER = Path(__file__).parent / "followups"
COURTESY = "courtesy"
AROUND = "around"
SPELT = "spelt"
_NO_FORMS = (COURTESY, AROUND, SPELT)
LONGEST = 90
"""Signs; what is longer says something of its own."""
_SHORT = 36
"""Signs of a message that may leave its subject to the one before it."""
_MOST_COURTESIES = 5
_WIDER = 1.5
"""By how much more a Chinese sign says than a letter."""
_BLANK_AT_HAN = re.compile(rf"(?<=[{RANGE}])\s+|\s+(?=[{RANGE}])")
_LATIN = re.compile(r"[a-z]+")
_MENDED_FROM = 4
"""Letters; of a shorter word too much else is near."""

Patterns = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Phrasebook:
    """The patterns of all languages by form."""

    patterns: Patterns

    @classmethod
    def load(cls, folder: Path = FOLDER, *, cache: Path | None = None) -> Phrasebook:
        """Read the files of every language. Raises DataFileError."""
        found: dict[str, list[str]] = {}
        for path, forms in mappings(
            "followups", folder, [folder / f"{language}.yaml" for language in LANGUAGES], cache
        ).items():
            for form, patterns in forms.items():
                if not isinstance(patterns, list) or not all(isinstance(p, str) for p in patterns):
                    raise DataFileError(f"{folder / path}: {form}: a list of sentences is wanted")
                found.setdefault(form, []).extend(patterns)
        return cls({form: tuple(patterns) for form, patterns in found.items()})

    @property
    def forms(self) -> list[str]:
        """The names of the forms."""
        return [name for name in self.patterns if name not in _NO_FORMS]

    def form(self, text: str) -> str | None:
        """The form that the message has; the one that stands first in the files, where it could have two."""
        said = _compared(text)
        if not said or len(said) > LONGEST:
            return None
        match = self._forms.fullmatch(said) or self._forms.fullmatch(self.mended(said))
        return match.lastgroup if match else None

    def nothing_but_little_words(self, text: str) -> bool:
        """Whether courtesies and the words that stand around a name are all that it says."""
        return bool(self._little.fullmatch(_compared(text)))

    def only_courtesy(self, text: str) -> bool:
        """Whether it is courtesy and nothing else."""
        return bool(self._courtesy.fullmatch(_compared(text)))

    def short(self, text: str) -> bool:
        """Whether it is too short to say much by itself."""
        said = _compared(text)
        return len(said) + _WIDER * len(HAN.findall(said)) <= _SHORT

    def mended(self, said: str) -> str:
        """Slips of one letter put right, towards the words of the forms; hardly anybody slips on the first letter."""
        return _LATIN.sub(self._mend, said)

    def _mend(self, found: re.Match[str]) -> str:
        word = found[0]
        if word in self._words or len(word) < _MENDED_FROM:
            return word
        near = process.extract(
            word, self._sorted_words, scorer=OSA.distance, score_cutoff=1, limit=None
        )
        likely = [each for each, _, _ in near if each[0] == word[0]]
        return min(likely, key=lambda each: sorted(each) != sorted(word), default=word)

    @cached_property
    def _words(self) -> frozenset[str]:
        every = " ".join(pattern for patterns in self.patterns.values() for pattern in patterns)
        return frozenset(_LATIN.findall(every))

    @cached_property
    def _sorted_words(self) -> list[str]:
        return sorted(word for word in self._words if len(word) >= _MENDED_FROM)

    @cached_property
    def _forms(self) -> re.Pattern[str]:
        forms = "|".join(f"(?P<{name}>{as_regex(self.patterns[name])})" for name in self.forms)
        courtesy = as_regex(self.patterns[COURTESY])
        before = rf"(?:(?:{courtesy})(?![a-z0-9]) *){{0,{_MOST_COURTESIES}}}"
        after = rf"(?: *(?<![a-z0-9])(?:{courtesy})){{0,{_MOST_COURTESIES}}}"
        return re.compile(f"{before}(?:{forms}){after}")

    @cached_property
    def _little(self) -> re.Pattern[str]:
        return _only((*self.patterns[COURTESY], *self.patterns[AROUND]))

    @cached_property
    def _courtesy(self) -> re.Pattern[str]:
        return _only(self.patterns[COURTESY])


def _only(patterns: Iterable[str]) -> re.Pattern[str]:
    """These in any number, and nothing else."""
    return re.compile(rf" *(?:(?<![a-z0-9])(?:{as_regex(patterns)})(?![a-z0-9]) *)*")


def as_regex(patterns: Iterable[str]) -> str:
    """What the patterns look like: a blank in them may be missing or stand twice where a word was left out."""
    ways = (re.sub(r" +", " *", pattern.strip()).replace("(", "(?:") for pattern in patterns)
    return "|".join(f"(?:{way})" for way in ways)


def _compared(text: str) -> str:
    """The words alone, Chinese without blanks."""
    return _BLANK_AT_HAN.sub("", for_matching(text))
