"""A form's answers as a person should read them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from bot.intake import steps
from bot.intake.form import MORE, Form, group_of, key
from bot.intake.kinds import KINDS, FieldKind, choices
from bot.intake.progress import Progress, Status
from bot.intake.steps import Step
from knowledge import rendering
from knowledge.model import Language


def shown(form: Form, path: str, value: str, language: Language) -> str:
    """One answer: options by their buttons, the rest as its kind shows it."""
    field = form.field(path)
    if field.options:
        names = form.words(language, path).options
        chosen = choices.chosen(value)
        return rendering.listed(
            (names[each][0] if each in names else each for each in chosen), language
        )
    return KINDS[field.kind].shown(value, language)


def label(form: Form, progress: Progress, path: str, language: Language) -> str:
    """What the answer at a path is called: with its round only where there are several."""
    if _rounds(steps.of(form, progress))[group_of(path)[0]] > 1:
        return form.label(language, path)
    return form.words(language, path).label


_BARE = frozenset({FieldKind.DAY, FieldKind.AMOUNT})
"""Kinds whose answers do not show what they are of: two days side by side are a riddle."""


@dataclass(frozen=True)
class Line:
    """One line of a summary: `at` is the path of its question, or of a whole round, such as `rights.2`."""

    at: str
    label: str
    said: str


def lines(form: Form, progress: Progress, language: Language) -> list[Line]:
    """The summary: a line for each question, and of several rounds one line for each round."""
    found: dict[str, Line] = {}
    asked = steps.of(form, progress)
    rounds = _rounds(asked)
    for step in asked:
        group, number = group_of(step.path)
        if step.ends_round:
            continue
        if group is None or rounds[group] == 1:
            name = form.words(language, step.path).label
            found[step.path] = Line(step.path, name, said(form, progress, step.path, language))
        elif (at := f"{group}.{number}") not in found:
            called = form.wording[language].rounds[group].format(number=number)
            found[at] = Line(at, called, _round(form, progress, at, language))
    return list(found.values())


def said(form: Form, progress: Progress, path: str, language: Language) -> str:
    """An answer as the person should read it, or what was done instead of answering."""
    value = progress.value(path)
    if value is not None:
        return shown(form, path, value, language)
    answer = progress.answers.get(path)
    is_later = answer is not None and answer.status is Status.LATER
    return form.wording[language].later if is_later else form.wording[language].left_out


def _round(form: Form, progress: Progress, at: str, language: Language) -> str:
    """The answers of one round in one line; what was left out is left out here too."""
    comma = "，" if language == "zh" else ", "
    paths = [
        step.path
        for step in steps.of(form, progress)
        if step.path.startswith(f"{at}.") and not step.ends_round
    ]
    parts: list[str] = []
    for path in paths:
        answer = progress.answers.get(path)
        if answer is None or answer.status is Status.SKIPPED:
            continue
        part = said(form, progress, path, language)
        space = "" if language == "zh" else " "
        name = form.words(language, path).label
        called = name[0].lower() + name[1:]
        tells_itself = progress.value(path) and form.field(path).kind not in _BARE
        parts.append(part if tells_itself else f"{called}{space}{part}")
    return comma.join(parts)


def _rounds(asked: tuple[Step, ...]) -> Counter[str | None]:
    """How many rounds each group has come to."""
    found = Counter[str | None]()
    for group, number in (group_of(step.path) for step in asked):
        found[group] = max(found[group], number)
    return found


def rows(form: Form, answers: dict[str, str], language: Language) -> list[tuple[str, str]]:
    """(label, answer) of everything answered, in the form's order; what the form does not know comes last, by path."""
    order = {name: place for place, (name, _) in enumerate(form.keyed())}

    def rank(path: str) -> tuple[int, int, int]:
        parts = path.split(".")
        group = min((order[name] for name in order if name.startswith(f"{parts[0]}.")), default=0)
        if key(path) not in order:
            return (len(order), 0, 0)
        if len(parts) == 1:
            return (order[path], 0, 0)
        return (group, int(parts[1]), order[key(path)])

    known = [path for path in answers if not path.endswith(f".{MORE}")]
    return [
        (form.label(language, path), shown(form, path, answers[path], language))
        if key(path) in order
        else (path, answers[path])
        for path in sorted(known, key=rank)
    ]
