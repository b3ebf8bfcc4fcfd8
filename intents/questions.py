"""Takes a message apart into its questions.

In: a message as typed. Out: its questions in order, each with what was told just before it.
A story is not a question: sentences that ask nothing are kept as the context of the question they lead to. A sentence
is cut within itself only where both sides ask by themselves ("is it compulsory, and does it cover exports?"), because
a wrong cut costs more than a missed one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from intents.normalise import fold, single_marks
from knowledge.han import HAN, RANGE

_ENDS = re.compile(
    rf"(?<=[!?。！？;；])\s*|(?<=[a-z{RANGE})\"'])\.+(?:\s+|$)|(?<=\d)\.\s+(?=[A-Z])",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(
    r"\b(art|no|nos|e\.g|i\.e|u\.s|co|ltd|inc|mr|ms|mrs|dr|vs|etc|approx|para|reg|regs)\.(?=\s)",
    re.IGNORECASE,
)
_OPENER = (
    r"(?:what|how|when|where|which|who|whom|whose|why|is|are|was|do|does|did|can|could|may|must|"
    r"shall|should|will|would|has|have|am|need|whats|hows)(?:'s|n't|nt)?\b"
)
_LEADING = (
    r"(?:(?:and|also|but|so|ok|okay|hi|hello|then|or|plus|please|pls|if so|if not|"
    r"another question)[\s,:]+)*"
)
_OPENS = re.compile(_LEADING + _OPENER, re.IGNORECASE)
_BIDS = re.compile(
    r"(?:please|pls|tell|explain|give|send|list|show|let me know|advise|quote|call|connect|"
    r"transfer|help|i (?:want|need|would like|'d like|have a question)|we (?:want|need|would like)|"
    r"请|帮|我想|我要|想|告诉|麻烦|给我|介绍|解释|说明|转)",
    re.IGNORECASE,
)
_ENGLISH_JOINT = re.compile(
    rf"(?:,|;)?\s+(?:and|also|plus|and also|as well as)\s+(?={_OPENER}|also\b)|,\s*(?={_OPENER})",
    re.IGNORECASE,
)
_CHINESE_JOINT = re.compile(
    r"[，,、]\s*(?:另外|还有|以及|并且|而且|同时|再问)?|(?:另外|还有就是|以及)"
)
_CHINESE_ASKS = re.compile(
    r"吗|呢|多久|多少|多长|多大|什么|啥|怎么|怎样|如何|哪|几[个天年次类]|谁|是否|能否|可否|有无|为何|"
    r"是不是|能不能|要不要|会不会|可不可以|有没有|行不行|需不需要|算不算|对不对"
)
_NUMBERED = re.compile(r"^\(?\d{1,2}\s*[).、]\s*(?=\D)")
"""The number of a question in a list."""
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        "what how when where which who why is are was do does did can cant could may must should "
        "will would has have am it its that this they them the a an to for of in on at and or also "
        "not if so then we you i us our my your too there done be t s about",
    )
)
"""Words that ask, but about nothing of their own."""
_OF_US = re.compile(r"\bwho (?:are|r) (?:you|u)\b", re.IGNORECASE)
_WORD = re.compile(rf"[^\W_{RANGE}]+|[{RANGE}]")
_FAR = 300
"""So far from a joint it is looked at whether both sides ask: a sentence without end is read in bounded time."""
_ELLIPTICAL_WORDS = 7
_ELLIPTICAL_CHARACTERS = 10


@dataclass(frozen=True)
class Question:
    """One question of a message."""

    text: str
    before: str = ""
    """What was told just before it."""
    follows: bool = False
    """Whether it is so short that it may lean on the question before it."""


def questions(text: str, stands: Callable[[str], bool] = lambda _: False) -> list[Question]:
    """The questions of a message; a message that asks nothing is one question as a whole.

    `stands` says of a piece such as "why?" that it is one although it names nothing.
    """
    pieces = [_NUMBERED.sub("", piece) for each in sentences(text) for piece in _cut(each)]
    found: list[Question] = []
    told: list[str] = []
    for piece in pieces:
        alone = stands(piece)
        if not (alone or asks(piece)):
            told.append(piece)
        elif found and not told and not alone and not _says_something(piece):
            found[-1] = Question(f"{found[-1].text} {piece}", found[-1].before, found[-1].follows)
        else:
            found.append(Question(piece, " ".join(told), bool(found) and _short(piece)))
            told = []
    return _with_rest(found, told, text)


def _with_rest(found: list[Question], told: list[str], text: str) -> list[Question]:
    """What is told after the last question belongs to it."""
    if not found:
        return [Question(fold(text))]
    if told:
        last = found[-1]
        found[-1] = Question(last.text, " ".join(filter(None, (last.before, *told))), last.follows)
    return found


def sentences(text: str) -> list[str]:
    """Cut at the ends of sentences and at line ends."""
    lines = [_ABBREVIATION.sub(r"\1", single_marks(fold(line))) for line in text.splitlines()]
    return [part.strip() for line in lines for part in _ENDS.split(line) if part and part.strip()]


def asks(piece: str) -> bool:
    """Whether a piece of a message asks or demands something."""
    return bool(
        piece.endswith(("?", "？"))
        or _opens(piece)
        or _BIDS.match(piece)
        or (HAN.search(piece) and _CHINESE_ASKS.search(piece))
    )


def _cut(sentence: str) -> Iterator[str]:
    """Cut a sentence where both sides ask."""
    joint, asking = (
        (_CHINESE_JOINT, _chinese_asks) if HAN.search(sentence) else (_ENGLISH_JOINT, _opens)
    )
    start = 0
    for match in joint.finditer(sentence):
        left = sentence[start : min(match.start(), start + _FAR)]
        right = sentence[match.end() : match.end() + _FAR]
        if asking(left) and asking(right) and _says_something(left) and _says_something(right):
            yield left.strip()
            start = match.end()
    yield sentence[start:].strip()


def _opens(piece: str) -> bool:
    """Whether it begins as a question, or does so behind a condition: "goods worth 150k, how much security"."""
    behind = (piece.rpartition(",")[2], piece.rpartition(":")[2])
    return any(_OPENS.match(part.strip()) for part in (piece, *behind))


def _chinese_asks(piece: str) -> bool:
    return bool(_CHINESE_ASKS.search(piece) or _opens(piece))


def _says_something(piece: str) -> bool:
    """Whether there is a word in it that carries meaning of its own, or it asks who we are."""
    return bool(_OF_US.search(piece)) or any(
        word.lower() not in _EMPTY for word in _WORD.findall(piece)
    )


def _short(piece: str) -> bool:
    characters = len(HAN.findall(piece))
    return (
        characters <= _ELLIPTICAL_CHARACTERS
        if characters
        else len(_WORD.findall(piece)) <= _ELLIPTICAL_WORDS
    )
