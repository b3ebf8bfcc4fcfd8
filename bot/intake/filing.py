"""Files in a form: they are given by being sent, whatever is being asked, and add up."""

from __future__ import annotations

from dataclasses import dataclass

from bot.intake import form as forms
from bot.intake.form import Form
from bot.intake.kinds import FieldKind
from bot.intake.kinds.files import MOST_FILES, files, kept
from bot.intake.progress import FieldAnswer, Progress, Status

Files = tuple[tuple[str, str], ...]
"""(id, name) of each."""


@dataclass(frozen=True)
class Filed:
    """What came of files that were sent."""

    progress: Progress
    left: Files = ()
    """Those that are too many for the form."""


def path(form: Form) -> str | None:
    """Where the form keeps files, if it does."""
    found = (entry.id for entry in form.entries if _takes_files(entry))
    return next(found, None)


def given(progress: Progress, at: str) -> Files:
    """The files that were given there; none where the question is for something else."""
    return files(progress.value(at) or "") if at == path(forms.load(progress.form)) else ()


def add(form: Form, progress: Progress, new: Files, line: int = 0) -> Filed:
    """Keep files beside those there are; the present question stays."""
    at = path(form)
    if at is None:
        return Filed(progress, new)
    together = dict((*given(progress, at), *new))
    taken, left = tuple(together.items())[:MOST_FILES], tuple(together.items())[MOST_FILES:]
    if not taken:
        return Filed(progress)
    answer = FieldAnswer(status=Status.ANSWERED, value=kept(taken), line=line)
    return Filed(progress.with_(answers={**progress.answers, at: answer}), left)


def holds(form: Form, progress: Progress) -> bool:
    """Whether the present question is that for files, and some were given since it was put."""
    return (
        progress.at == path(form) and not progress.changing and bool(given(progress, progress.at))
    )


def _takes_files(entry: object) -> bool:
    return getattr(entry, "kind", None) is FieldKind.FILES
