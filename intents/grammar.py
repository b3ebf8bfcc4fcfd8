"""Phrases with gaps: one line of a data file for what people say in several ways.

`[please] (how|where) do I file [the] {recordation}`: what is in brackets may be left out, one of what stands between
parentheses is said, and a name in braces stands for any word of the list of that name. A backslash takes its meaning
from the sign behind it. A line becomes at most `MOST` phrases, chosen evenly among all it could be and always the same.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intents.errors import GrammarError

MOST = 12
"""The phrases a line becomes; more would drown those of other intents, and training takes longer with every one."""
TOO_MANY = 2000
"""From here on a line no longer says what its author had in mind."""
_SIGNS = re.compile(r"[\[\](){}|\\]")
_BLANKS = re.compile(r"\s+")
_BEFORE_MARK = re.compile(r" (?=[?!.,;:。，！？；：、])")
_CLOSES = {"[": "]", "(": ")"}
_GOLDEN = (math.sqrt(5) - 1) / 2

Lists = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class _Choice:
    """One of several sequences."""

    options: tuple[_Sequence, ...]

    def count(self) -> int:
        return sum(option.count() for option in self.options)

    def pick(self, number: int) -> str:
        for option in self.options:
            if number < option.count():
                return option.pick(number)
            number -= option.count()
        raise IndexError(number)


@dataclass(frozen=True)
class _Sequence:
    """Texts and choices, one after the other."""

    parts: tuple[str | _Choice, ...]

    def count(self) -> int:
        return math.prod(part.count() for part in self.parts if isinstance(part, _Choice))

    def pick(self, number: int) -> str:
        said = []
        for part in self.parts:
            if isinstance(part, _Choice):
                number, own = divmod(number, part.count())
                said.append(part.pick(own))
            else:
                said.append(part)
        return "".join(said)


def expand(line: str, lists: Lists, most: int = MOST) -> tuple[str, ...]:
    """The phrases a line stands for, in order, without repeats. Raises GrammarError, saying what is wrong in it."""
    if not _SIGNS.search(line):
        return (line,)
    read = _Reader(line, lists).line()
    total = read.count()
    if total > TOO_MANY:
        raise GrammarError(f"it stands for {total:,} phrases; split it, {TOO_MANY:,} are the most")
    found = dict.fromkeys(_tidy(read.pick(number)) for number in _evenly(total, most))
    if "" in found:
        raise GrammarError("nothing is left of it where all that may be left out is")
    return tuple(found)


def escaped(text: str) -> str:
    """A text as a line that stands for this text only."""
    return _SIGNS.sub(lambda sign: f"\\{sign[0]}", text)


def _evenly(total: int, most: int) -> list[int]:
    """Some of the numbers below `total`: strides of the golden section leave no choice out for long."""
    if total <= most:
        return list(range(total))
    stride = max(1, round(total * _GOLDEN))
    while math.gcd(stride, total) > 1:
        stride += 1
    return sorted(step * stride % total for step in range(most))


def _tidy(text: str) -> str:
    """Without the blanks that what was left out leaves behind."""
    return _BEFORE_MARK.sub("", _BLANKS.sub(" ", text)).strip(" ,，、")


class _Reader:
    """Reads one line from left to right."""

    def __init__(self, line: str, lists: Lists) -> None:
        self._line = line
        self._lists = lists
        self._place = 0

    def line(self) -> _Sequence:
        """All of it."""
        found = self._sequence()
        if self._place < len(self._line):
            sign = self._line[self._place]
            raise GrammarError(
                "a | stands between ( and ) or [ and ]; write \\| for the sign itself"
                if sign == "|"
                else f"{sign} closes nothing; write \\{sign} for the sign itself"
            )
        return found

    def _sequence(self) -> _Sequence:
        """Up to a sign that ends it, or the end."""
        parts: list[str | _Choice] = []
        while self._place < len(self._line) and self._line[self._place] not in "|])}":
            parts.append(self._part())
        return _Sequence(tuple(parts))

    def _part(self) -> str | _Choice:
        sign = self._line[self._place]
        if sign == "\\":
            return self._literal()
        if sign in _CLOSES:
            return self._choice(sign)
        if sign == "{":
            return self._list()
        start = self._place
        end = _SIGNS.search(self._line, start)
        self._place = end.start() if end else len(self._line)
        return self._line[start : self._place]

    def _literal(self) -> str:
        sign = self._line[self._place + 1 : self._place + 2]
        if not _SIGNS.match(sign):
            raise GrammarError(r"a \ stands before a sign of the grammar: [ ] ( ) { } | \ ")
        self._place += 2
        return sign

    def _choice(self, opens: str) -> _Choice:
        self._place += 1
        options = [self._sequence()]
        while self._line[self._place : self._place + 1] == "|":
            self._place += 1
            options.append(self._sequence())
        if self._line[self._place : self._place + 1] != _CLOSES[opens]:
            raise GrammarError(f"{opens} is not closed; write \\{opens} for the sign itself")
        self._place += 1
        if any(_blank(option) for option in options):
            raise GrammarError("an alternative is empty; what may be left out stands in [ ]")
        if opens == "[":
            return _Choice((*options, _Sequence(())))
        if len(options) == 1:
            raise GrammarError(r"( ) with one alternative; write \( \) for the signs themselves")
        return _Choice(tuple(options))

    def _list(self) -> _Choice:
        end = self._line.find("}", self._place)
        if end < 0:
            raise GrammarError("{ is not closed; write \\{ for the sign itself")
        name = self._line[self._place + 1 : end].strip()
        if name not in self._lists:
            known = ", ".join(sorted(self._lists)) or "none"
            raise GrammarError(f"no list {name!r}; there are: {known}")
        self._place = end + 1
        return _Choice(tuple(_Sequence((word,)) for word in self._lists[name]))


def _blank(option: _Sequence) -> bool:
    return all(isinstance(part, str) and not part.strip() for part in option.parts)
