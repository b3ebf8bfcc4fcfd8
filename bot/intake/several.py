"""Several answers in one message: "Rossi SpA, Italy, a trademark, anna@rossi.example" answers four questions.

A message is cut into pieces. A piece that begins with a question's name answers that question; one that can be nothing
but the answer to an open question answers it; what is left answers the present question. Pieces that are left side by
side are one answer; those behind another answer are put to the person at the next question that takes any words. Commas
cut only where that finds an answer: company names have commas.
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
from bot.intake.typed import folded, folded_name, tidy
from knowledge.han import HAN
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
Span = tuple[int, int]
"""Where a piece stands in the message."""
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
    text: str
    taken: list[str] = field(default_factory=list)
    left: list[Span] = field(default_factory=list)
    is_whole: bool = True
    """Whether the message is in one piece."""

    def __post_init__(self) -> None:
        self.present = filling.present(self.form, self.progress)
        self.first = self.taken[0] if self.taken else self.present.path

    @property
    def rest(self) -> list[str]:
        """What is left, as it was typed."""
        return [self.text[start:end].strip() for start, end in self.left]

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

    Where something is proposed at the present question, whoever goes on to what follows has taken it for right; only
    what can be nothing else replaces it. Words that fit merely because the question takes any words do not overwrite a
    proposal, for they may be meant for another question: the person is asked once which of the two is right.
    """
    alone = _deal(form, progress, text, today, line)
    unclear = _unclear(alone)
    if unclear:
        return filling.refused(progress, unclear)
    confirmed = filling.confirm(form, progress, line)
    if confirmed is None or progress.at in alone.taken:
        return _finished(alone)
    if confirmed.at != SUMMARY:
        after = _deal(form, confirmed, text, today, line, known=progress.at)
        if len(after.taken) > 1:
            return _done(_proposing(after, after.rest))
    doubt = _doubt(alone)
    return filling.refused(progress, doubt) if doubt else _finished(alone)


def _deal(
    form: Form, progress: Progress, text: str, today: date, line: int, known: str | None = None
) -> _Dealing:
    """The best way to cut a message: that which finds most answers."""
    even = tidy(text)
    dealings = []
    for spans in _cuts(even):
        taken = [known] if known else []
        dealing = _Dealing(form, progress, today, line, even, taken, is_whole=len(spans) == 1)
        dealings.append(_dealt(dealing, spans))
    return max(dealings, key=lambda dealing: (len(dealing.taken), _leaves_an_answer(dealing)))


def _finished(dealing: _Dealing) -> Filled:
    """What was found, and the present question answered by what is left if it is still open."""
    if dealing.present.path in dealing.taken:
        return _done(_proposing(dealing, dealing.rest))
    if not dealing.taken:
        return _rest(dealing, dealing.text)
    if not _is_free(dealing.present):
        return _rest(dealing, ", ".join(dealing.rest))
    first, *others = dealing.rest or [""]
    return _rest(_proposing(dealing, others, dealing.present), first)


def _unclear(dealing: _Dealing) -> Rejected | None:
    """Why a line that is meant for the present question alone is no answer yet: "a trademark and a patent"."""
    at = dealing.present
    parsed = filling.parse(dealing.form, dealing.progress, at, dealing.text, dealing.today)
    meant = isinstance(parsed, Rejected) and parsed.is_answer and not {*dealing.taken} - {at.path}
    return parsed if meant and isinstance(parsed, Rejected) else None


def _doubt(dealing: _Dealing) -> Rejected | None:
    """Why words are not taken in place of a proposal at once; what holds the proposal only says more."""
    at, proposed = dealing.present, dealing.progress.proposed[dealing.present.path]
    parsed = dealing.parse(at, dealing.text) if _is_free(at) else None
    if parsed is None or dealing.progress.doubted or folded(proposed) in folded(parsed.value):
        return None
    values = {"proposed": " ".join(proposed.split()), "typed": " ".join(parsed.value.split())}
    return Rejected("instead_of_proposed", doubted=parsed.value, values=values)


def _is_free(step: Step) -> bool:
    return KINDS[step.field.kind].takes_any_words


def _leaves_an_answer(dealing: _Dealing) -> bool:
    """Whether of several pieces the one that is left answers a present question that takes any words."""
    if len(dealing.left) != 1 or not dealing.taken or dealing.present.path in dealing.taken:
        return False
    return _is_free(dealing.present) and dealing.parse(dealing.present, dealing.rest[0]) is not None


def _dealt(dealing: _Dealing, spans: list[Span]) -> _Dealing:
    """Every piece to its question; of those that are left neighbours stay together, as they were typed."""
    beside = False
    for start, end in spans:
        piece = dealing.text[start:end].strip()
        if _named(dealing, piece) or _plain(dealing, piece):
            beside = False
        elif beside:
            dealing.left[-1] = (dealing.left[-1][0], end)
        else:
            dealing.left.append((start, end))
            beside = True
    return dealing


def _proposing(dealing: _Dealing, rest: list[str], besides: Step | None = None) -> _Dealing:
    """What is left of several answers is put to the person at the next question that takes any words, if it is one
    piece: of more nobody knows which is which.
    """
    if len(rest) == 1 and len(dealing.taken) > 1 and not _options_called(dealing.form, rest[0]):
        free = (step for step in dealing.open() if _is_free(step) and step != besides)
        step = next(free, None)
        value = dealing.parse(step, rest[0]) if step else None
        if step and value:
            proposed = {**dealing.progress.proposed, step.path: value.value}
            dealing.progress = dealing.progress.with_(proposed=proposed)
    return dealing


def _cuts(text: str) -> Iterator[list[Span]]:
    """The message as lines, and in smaller pieces; of ways that find as many answers the first is taken."""
    for separator in (_LINES, _COMMAS, _SENTENCES):
        ends = [(match.start(), match.end()) for match in separator.finditer(text)]
        starts = [0, *(end for _, end in ends)]
        stops = [*(start for start, _ in ends), len(text)]
        cut = [span for span in zip(starts, stops, strict=True) if text[slice(*span)].strip()]
        spans = _with_numbers_together(text, cut)
        yield spans if len(spans) <= _MOST_PIECES else [(0, len(text))]


def _with_numbers_together(text: str, spans: list[Span]) -> list[Span]:
    """A number behind another one is of the same list: "no. 1234567, 2345678"."""
    found: list[Span] = []
    for start, end in spans:
        before = text[slice(*found[-1])].strip() if found else ""
        if found and _NUMBER.fullmatch(text[start:end].strip()) and _NUMBER.search(before):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
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
        yield from map(folded_name, (words.label, form.label(language, path), *words.names))


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
    taken = sorted(dealing.taken, key=lambda path: path != dealing.first)
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
    return _options_called(form, word) > 1


def _options_called(form: Form, piece: str) -> int:
    """In how many questions it means an option."""
    return sum(_is_option(form, key, folded(piece)) for key, _ in form.keyed())


def _is_option(form: Form, key: str, word: str) -> bool:
    return any(word == folded_name(each) for words in form.options(key).values() for each in words)


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
