"""What is said of the subject beside its rules: wrong claims put right, points not confirmed, neighbouring matters.

In: `claims.yaml unconfirmed.yaml neighbours.yaml ambiguous.yaml` of a jurisdiction. A remark rests on facts and takes
its values from them, `{fact:value}`, so that it changes with the law like everything else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from knowledge.model import Called, Frozen, Language, Names, Words

FACT_VALUE = re.compile(r"\{([a-z]+(?:\.[a-z0-9_]+)+):([a-z][a-z0-9_]*)\}")


class Remark(Words):
    """One or two sentences, and the facts they state."""

    id: str = Field(pattern=r"^[a-z]+/[a-z][a-z0-9_]*$")
    """The file it stands in and its name there: `claims/official_fee`."""
    facts: tuple[str, ...] = Field(min_length=1, max_length=5)


class Claim(Remark):
    """Something one reads elsewhere that is wrong or imprecise; the remark itself says what is right."""

    seen: Literal["web", "article"]
    """On other people's pages, or, as an imprecision, in the agency's own article."""
    claim: Words


class Unconfirmed(Remark):
    """A point that no source settles; never answered as if one did."""


class Named(Called, Remark):
    """A matter that is recognised by how it is named in a message."""

    names: Names


class Neighbour(Named):
    """A matter beside ours that people take for it; the remark says where the border lies."""

    elsewhere: bool = False
    """Whether it is the customs of another territory, where none of our rules holds."""


class Ambiguity(Named):
    """A word that means several things; the remark names them."""


REMARKS: Mapping[str, type[Remark]] = {
    "claims": Claim,
    "unconfirmed": Unconfirmed,
    "neighbours": Neighbour,
    "ambiguous": Ambiguity,
}
"""The files by their names, and what one entry of each is."""


class Term(Frozen):
    """A term of the subject: what it is called in both languages, and the facts that explain it."""

    id: str
    en: str
    zh: str
    also: Names = {}
    """Synonyms, abbreviations, slang."""
    misspelt: Names = {}
    """How it is mistyped, and what it is called in languages we do not speak."""
    facts: tuple[str, ...] = Field(default=(), max_length=3)

    def name(self, language: Language) -> str:
        """What we call it ourselves."""
        return self.zh if language == "zh" else self.en

    def names(self) -> tuple[str, ...]:
        """Everything it is called."""
        others = (name for names in (self.also, self.misspelt) for name in names.values())
        return (self.en, self.zh, *(each for names in others for each in names))
