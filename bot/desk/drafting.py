"""What reviewers drafted, as a patch that `git apply` takes. Nothing of ours is changed here.

The changes are made on a copy of the data files, one after the other, by the same code as `tidewaiter learn` and
`tidewaiter knowledge verify`; the patch is how the copy then differs.
"""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.errors import LessonRefusedError
from bot.masking import MARKS
from bot.store.drafts import Draft, NewDraft
from intents import teaching
from intents.catalogue import FOLDER, Catalogue
from intents.errors import IntentsError
from intents.teaching import OURS, Lesson, Places
from knowledge.editing import verified
from knowledge.errors import KnowledgeError
from knowledge.library import CHINA, Library
from knowledge.model import Language

ROOT = FOLDER.parent
FACTS = CHINA / "facts"
NO_NEWLINE = "\n\\ No newline at end of file\n"


class Sort(StrEnum):
    """What is to be done."""

    PHRASE = "phrase"
    """Words are taught for an intent; with other words, the words go under test and the others are taught."""
    OUTSIDE = "outside"
    """Words are taught to ask for nothing of ours."""
    ANSWER = "answer"
    """A question that no answer of ours fits: for the lawyers, and in no patch."""
    CHECKED = "checked"
    """A fact was checked against its source."""


@dataclass(frozen=True)
class Data:
    """The data as they were read."""

    catalogue: Catalogue
    library: Library


@dataclass(frozen=True)
class Patch:
    """A unified diff, and the drafts that it has to leave out, each with the reason."""

    text: str
    refused: Mapping[int, str]


def patch(drafts: Sequence[Draft], data: Data) -> Patch:
    """All drafts as one change of the data files. It reads and writes files: not for the event loop."""
    refused: dict[int, str] = {}
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        _copy(copy)
        for draft in drafts:
            try:
                _apply(draft, data, copy)
            except (IntentsError, KnowledgeError, LessonRefusedError) as error:
                refused[draft.id] = str(error).replace(f"{copy}/", "")
        return Patch("".join(_differences(copy)), refused)


def check(new: NewDraft, data: Data, on: date) -> None:
    """Raises LessonRefusedError where the draft could not be carried out, or holds something personal."""
    for words in new.says.values():
        for mark in MARKS:
            if mark in words:
                raise LessonRefusedError(
                    f"{mark} stands for something personal; write the question without it"
                )
    refused = patch([Draft(0, new.kind, new.says, "", on)], data).refused
    if refused:
        raise LessonRefusedError(refused[0])


def questions(drafts: Sequence[Draft]) -> str:
    """The questions that need a new answer, as a list for the lawyers."""
    lines = ["# Questions that need a new answer", ""]
    for draft in drafts:
        if draft.kind == Sort.ANSWER:
            says = draft.says
            near = f" Nearest today: {says['nearest']}." if says.get("nearest") else ""
            lines.append(f"- ({says['language']}) {says['words']}{near}")
    return "\n".join(lines) + "\n"


def _copy(copy: Path) -> None:
    for folder in (OURS.taught / "phrases", OURS.taught / "out_of_scope", OURS.tested, FACTS):
        if folder.is_dir():
            shutil.copytree(folder, copy / folder.relative_to(ROOT), copy_function=shutil.copyfile)


def _apply(draft: Draft, data: Data, copy: Path) -> None:
    _APPLIED[Sort(draft.kind)](draft.says, data, copy)


def _phrase(says: Mapping[str, str], data: Data, copy: Path) -> None:
    language, places = _language(says), _places(copy)
    intent, words, other = says["intent"], says["words"], says.get("other", "")
    if not other:
        teaching.phrase(words, intent, language, data.catalogue, places).write()
        return
    if not places.tested.is_dir():
        raise LessonRefusedError("the sentences under test are not here: give one phrase only")
    wanted = Lesson(intent, language, words, other)
    for change in teaching.lesson(wanted, data.catalogue, places):
        change.write()


def _outside(says: Mapping[str, str], data: Data, copy: Path) -> None:
    teaching.outside(says["words"], _language(says), data.catalogue, _places(copy)).write()


def _answer(_says: Mapping[str, str], _data: Data, _copy: Path) -> None:
    """No file of ours changes: the lawyers have to write."""


def _checked(says: Mapping[str, str], data: Data, copy: Path) -> None:
    due = date.fromisoformat(says["due"]) if says.get("due") else None
    on, facts = date.fromisoformat(says["on"]), copy / FACTS.relative_to(ROOT)
    path, text = verified(data.library.fact(says["fact"]), on, due, facts)
    path.write_bytes(text.encode("utf-8"))


_APPLIED: Mapping[Sort, Callable[[Mapping[str, str], Data, Path], None]] = {
    Sort.PHRASE: _phrase,
    Sort.OUTSIDE: _outside,
    Sort.ANSWER: _answer,
    Sort.CHECKED: _checked,
}


def _places(copy: Path) -> Places:
    return Places(copy / OURS.taught.relative_to(ROOT), copy / OURS.tested.relative_to(ROOT))


def _language(says: Mapping[str, str]) -> Language:
    return "zh" if says["language"] == "zh" else "en"


def _differences(copy: Path) -> Iterator[str]:
    for path in sorted(each for each in copy.rglob("*") if each.is_file()):
        name = path.relative_to(copy)
        old, new = (each.read_bytes().decode("utf-8") for each in (ROOT / name, path))
        if old != new:
            yield f"diff --git a/{name.as_posix()} b/{name.as_posix()}\n"
            files = (f"a/{name.as_posix()}", f"b/{name.as_posix()}")
            for line in difflib.unified_diff(_lines(old), _lines(new), *files):
                yield line if line.endswith("\n") else line + NO_NEWLINE


def _lines(text: str) -> list[str]:
    """Its lines as git parts them: at line feeds alone."""
    *whole, rest = text.split("\n")
    return [*(f"{line}\n" for line in whole), *([rest] if rest else [])]
