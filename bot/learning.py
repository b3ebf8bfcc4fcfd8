"""Lines kept for review, told to a person, and what that person makes of one: a lesson, or nothing of ours.

What is written are files of this repository, so it goes through a review like any other change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.errors import FileNotWritableError, LessonRefusedError
from bot.masking import MARKS
from bot.store.review import ReviewLine
from intents import teaching
from intents.answer import Kind
from intents.engine import Engine
from intents.errors import IntentsError
from intents.reading import Reading
from intents.teaching import OURS, Change, Lesson, Places
from knowledge.datafiles import shown
from knowledge.model import Language

LIKELY = 3
"""How many of the likeliest intents are told."""
NOTHING = "there is nothing to review"


def overview(lines: Sequence[ReviewLine], engine: Engine, show: int) -> Iterator[str]:
    """The first so many lines: number, how often, language, words; why; what they would be read as now."""
    for line in lines[:show]:
        yield f"{line.number:>4}  {line.times}x  {line.language}  {line.text}"
        yield f"      {'; '.join(_told(line))}"
        yield f"      now: {_now(engine.read(line.text, hint=_language(line)))}"
    if len(lines) > show:
        yield f"and {len(lines) - show} more; --show {len(lines)} shows them all"
    if not lines:
        yield NOTHING


def learn(
    line: ReviewLine,
    intent: str,
    phrase: str,
    engine: Engine,
    *,
    sentence: str | None = None,
    places: Places = OURS,
) -> list[str]:
    """Put the line, or the sentence in its place, under test and teach the phrase; what was done, told line by line.

    Raises LessonRefusedError, FileNotWritableError, DataFileError; then nothing is written.
    """
    language, tested = _language(line), _one_line(sentence or line.text)
    _refuse_marks(tested, phrase)
    wanted = Lesson(intent, language, tested, _one_line(phrase))
    _need_checkout(places)
    try:
        changes = teaching.lesson(wanted, engine.catalogue, places)
    except IntentsError as error:
        raise LessonRefusedError(str(error)) from error
    _write(changes)
    return [*map(str, changes), _verdict(engine.read(tested, hint=language), intent)]


def put_outside(
    line: ReviewLine, engine: Engine, *, sentence: str | None = None, places: Places = OURS
) -> list[str]:
    """Teach that the line asks for nothing of ours; what was done. Raises as `learn` does."""
    words = _one_line(sentence or line.text)
    _refuse_marks(words)
    try:
        change = teaching.outside(words, _language(line), engine.catalogue, places)
    except IntentsError as error:
        raise LessonRefusedError(str(error)) from error
    _write([change])
    return [str(change), "it is learnt at the next start"]


def _told(line: ReviewLine) -> Iterator[str]:
    yield _counted(line.why).replace("_", " ")
    if line.said:
        yield f"said {_counted(line.said)}"
    if line.chosen:
        yield f"chosen {_counted(line.chosen)}"


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {times}" for name, times in counts.most_common())


def _now(reading: Reading) -> str:
    """How it is read today: what would be done, and the likeliest intents of each question."""
    likely = "; ".join(
        ", ".join(f"{scored.id} {scored.confidence:.2f}" for scored in part.ranking[:LIKELY])
        for part in reading.parts
    )
    return f"{reading.kind.value}: {likely}" if likely else reading.kind.value


def _verdict(reading: Reading, intent: str) -> str:
    """Whether the sentence fails today; the engine that reads it was made before the lesson."""
    landed = [part.intent for part in reading.parts if part.intent]
    if intent in landed:
        return f"it lands on {intent} today already, so the test passes; the phrase is learnt at the next start"
    where = f"it lands on {', '.join(landed)}" if landed else "it is asked back"
    if reading.kind is Kind.OUT_OF_SCOPE:
        where = "it is taken to be out of scope"
    return f"today {where} ({_now(reading)}), so the test fails; the phrase is learnt at the next start"


def _language(line: ReviewLine) -> Language:
    return "zh" if line.language == "zh" else "en"


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _refuse_marks(*words: str) -> None:
    for each in words:
        for mark in MARKS:
            if mark in each:
                raise LessonRefusedError(
                    f"{mark} stands for something personal; "
                    "give the sentence without it by --sentence"
                )


def _need_checkout(places: Places) -> None:
    if not places.tested.is_dir():
        raise FileNotWritableError(
            f"{shown(places.tested)}: not here; learn in a checkout of the project, "
            "not in an installed package"
        )


def _write(changes: Sequence[Change]) -> None:
    for change in changes:
        try:
            change.write()
        except OSError as error:
            raise FileNotWritableError(f"{shown(change.path)}: {error.strerror}") from error
