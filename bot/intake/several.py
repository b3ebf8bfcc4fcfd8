"""Several answers in one message: "Rossi SpA, Italy, a trademark, anna@rossi.example" answers four questions.

A message is cut into pieces. A piece that begins with a question's name answers that question; one that can be nothing
but the answer to an open question answers it; what is left answers the present question. Commas cut only where that
finds an answer: company names have commas.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from bot.intake import filling, steps
from bot.intake.filling import Filled
from bot.intake.form import Form
from bot.intake.kinds import KINDS
from bot.intake.kinds.base import Accepted, Rejected
from bot.intake.progress import SUMMARY, Progress
from bot.intake.steps import Step
from bot.intake.typed import HAN, folded, tidy
from knowledge.model import LANGUAGES

_LINES = re.compile(r"\s*[\n;；]\s*")
_COMMAS = re.compile(r"\s*[\n;；,，、]\s*")
_SENTENCES = re.compile(
    r"\s*[\n;；]\s*|(?<=[.。!！])\s+|\s*[,，、]\s*|\s+(?:and|but)\s+", re.IGNORECASE
)
_POSSESSED = re.compile(
    r"^(?:and |also |but )?(?:the|my|our|its|their) |^(?:我们?的?|该)(?=.{2,}[:：是为])",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_@.+])(?:第\s*)?(?:G|ZL|CN)?\s?\d(?:[\d .]{3,}\d)[A-Z]?(?:\.[\dX])?(?:\s*号)?$",
    re.IGNORECASE,
)
"""What ends as a number of a right does."""
_JOIN = ", "
_SHORTEST, _SHORTEST_CHINESE = 4, 2
"""Words with fewer signs are no answers to a question that was not asked."""
_MOST_PIECES = 40


@dataclass
class _Dealing:
    """The answers found so far, and what is left for the present question."""

    form: Form
    progress: Progress
    today: date
    line: int
    present: Step
    is_whole: bool
    """Whether the message is in one piece."""
    taken: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def open(self) -> Iterator[Step]:
        """The questions without an answer, the present one first, then in order, then those that were put off; no
        further end of a round.
        """
        if self.present.path not in self.taken:
            yield self.present
        known = {*self.progress.answers, *self.taken, self.present.path}
        asked = [step for step in steps.of(self.form, self.progress) if not step.ends_round]
        yield from (step for step in asked if step.path not in known)
        put_off = filling.put_off(self.form, self.progress)
        yield from (step for step in put_off if step != self.present)

    def parse(self, step: Step, text: str) -> Accepted | None:
        """The text as an answer to a question."""
        parsed = filling.parse(self.form, self.progress, step, text, self.today)
        return None if isinstance(parsed, Rejected) else parsed

    def give(self, step: Step, value: Accepted) -> None:
        """Keep an answer without leaving the present question."""
        at = self.progress.at
        given = filling.give(self.form, self.progress, step.path, value, self.line)
        self.progress = given.with_(at=at)
        self.taken.append(step.path)


def take(form: Form, progress: Progress, text: str, today: date, line: int = 0) -> Filled:
    """All that a message answers. The present question's own refusal counts only where nothing else was answered.

    Whoever goes on to what follows a proposal has taken it for right.
    """
    filled = _take(form, progress, text, today, line)
    confirmed = None if filled.taken else filling.confirm(form, progress, line)
    if confirmed is None or confirmed.at == SUMMARY:
        return filled
    after = _take(form, confirmed, text, today, line)
    return Filled(after.progress, (progress.at, *after.taken)) if after.taken else filled


def _take(form: Form, progress: Progress, text: str, today: date, line: int) -> Filled:
    present = filling.present(form, progress)
    dealings = [
        _deal(_Dealing(form, progress, today, line, present, len(pieces) == 1), pieces)
        for pieces in _cuts(text)
    ]
    best = max(dealings, key=lambda dealing: (len(dealing.taken), _leaves_an_answer(dealing)))
    if present.path in best.taken:
        return _done(_proposing(best))
    return _rest(best, _JOIN.join(best.left) if best.taken else text)


def _leaves_an_answer(dealing: _Dealing) -> bool:
    """Whether of several pieces the one that is left answers a present question that takes any words."""
    if len(dealing.left) != 1 or not dealing.taken or dealing.present.path in dealing.taken:
        return False
    free = KINDS[dealing.present.field.kind].takes_any_words
    return free and dealing.parse(dealing.present, dealing.left[0]) is not None


def _deal(dealing: _Dealing, pieces: list[str]) -> _Dealing:
    for piece in pieces:
        if not _named(dealing, piece) and not _plain(dealing, piece):
            dealing.left.append(piece)
    return dealing


def _proposing(dealing: _Dealing) -> _Dealing:
    """A single piece that is left of several answers is put to the person at the next question that takes any words."""
    if len(dealing.left) == 1 and len(dealing.taken) > 1:
        free = (step for step in dealing.open() if KINDS[step.field.kind].takes_any_words)
        step = next(free, None)
        value = dealing.parse(step, dealing.left[0]) if step else None
        if step and value:
            proposed = {**dealing.progress.proposed, step.path: value.value}
            dealing.progress = dealing.progress.with_(proposed=proposed)
    return dealing


def _cuts(text: str) -> Iterator[list[str]]:
    """The message as lines, and in smaller pieces; of ways that find as many answers the first is taken."""
    for separator in (_LINES, _COMMAS, _SENTENCES):
        cut = [piece.strip() for piece in separator.split(tidy(text)) if piece and piece.strip()]
        pieces = _with_numbers_together(cut)
        yield pieces if len(pieces) <= _MOST_PIECES else [text]


def _with_numbers_together(pieces: list[str]) -> list[str]:
    """A number behind another one is of the same list: "no. 1234567, 2345678"."""
    found: list[str] = []
    for piece in pieces:
        if found and _NUMBER.fullmatch(piece) and _NUMBER.search(found[-1]):
            found[-1] = f"{found[-1]}{_JOIN}{piece}"
        else:
            found.append(piece)
    return found


def named(form: Form, progress: Progress, text: str) -> tuple[str, str] | None:
    """The path of the question that a text begins by naming, and what follows its name."""
    said = _POSSESSED.sub("", tidy(text))
    low = folded(said)
    found = [
        (len(name), step.path, rest)
        for step in steps.of(form, progress)
        if not step.ends_round
        for name in names(form, step.path)
        if (rest := _behind(low, name, said)) is not None
    ]
    if not found:
        return None
    _, path, rest = max(found, key=lambda each: each[0])
    return path, rest


def names(form: Form, path: str) -> Iterable[str]:
    """What the question at a path is called, in every language, folded."""
    for language in LANGUAGES:
        words = form.words(language, path)
        yield from map(folded, (words.label, form.label(language, path), *words.names))


def _rest(dealing: _Dealing, rest: str) -> Filled:
    """What is left over, as the answer to the present question."""
    done = _done(dealing) if dealing.taken else None
    if not rest.strip() and done:
        return done
    form, progress = dealing.form, dealing.progress
    alone = filling.fill(form, progress, rest, dealing.today, dealing.line)
    if alone.problem is None:
        return Filled(alone.progress, (dealing.present.path, *dealing.taken))
    return done or alone


def _done(dealing: _Dealing) -> Filled:
    taken = sorted(dealing.taken, key=lambda path: path != dealing.present.path)
    return Filled(filling.onward(dealing.form, dealing.progress), tuple(taken))


def _named(dealing: _Dealing, piece: str) -> bool:
    """A piece with its question's name before it; not consent, which is asked for in full."""
    found = named(dealing.form, dealing.progress, piece)
    step = steps.find(dealing.form, dealing.progress, found[0]) if found else None
    if (
        step is not None
        and step.field.must_be
        and not (dealing.is_whole and step == dealing.present)
    ):
        return False
    value = dealing.parse(step, found[1]) if step and found and found[1] else None
    if step is None or value is None:
        return False
    dealing.give(step, value)
    return True


def _plain(dealing: _Dealing, piece: str) -> bool:
    """A piece that is an answer by itself: to the present question, unless that takes any words, else to another."""
    for place, step in enumerate(dealing.open()):
        kind = KINDS[step.field.kind]
        if kind.takes_any_words or (step.field.must_be and not dealing.is_whole):
            continue
        if step is dealing.present or (place == 0 and not step.field.options):
            value = dealing.parse(step, piece)
        else:
            value = _only(dealing, step, piece, expected=place == 0)
        if value is not None:
            dealing.give(step, value)
            return True
    return False


def _only(dealing: _Dealing, step: Step, piece: str, *, expected: bool) -> Accepted | None:
    """The answer that a piece is, where it can be nothing else. Consent is never read out of a longer message."""
    kind = KINDS[step.field.kind]
    if kind.find is None or step.field.must_be:
        return None
    if step.field.options and not expected and _is_common(dealing.form, piece):
        return None
    found = kind.find(piece, filling.asked(dealing.form, dealing.progress, step, dealing.today))
    if found is None:
        return None
    whole = dealing.parse(step, piece)
    return whole if whole and whole.more else dealing.parse(step, found.raw)


def _is_common(form: Form, piece: str) -> bool:
    """Whether it is a word such as yes, now or not sure, which answers whatever was asked last."""
    word = folded(piece)
    if len(word) < (_SHORTEST_CHINESE if HAN.search(word) else _SHORTEST):
        return True
    return sum(_is_option(form, key, word) for key, _ in form.keyed()) > 1


def _is_option(form: Form, key: str, word: str) -> bool:
    return any(word == folded(each) for words in form.options(key).values() for each in words)


def _behind(low: str, name: str, text: str) -> str | None:
    """What stands behind a name at the beginning: "Country: Italy", "country is Italy", 国家是意大利."""
    if not name or not low.startswith(name):
        return None
    match = re.match(
        rf"{re.escape(name)}\s*(?:[:：=\-]|(?:is|are)\b|是|为)\s*(?P<rest>.*)",
        text,
        re.IGNORECASE | re.DOTALL,
    )
    return match["rest"].strip() if match else None
