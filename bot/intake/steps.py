"""Which questions a form comes to, given what has been answered: dependent fields and rounds of groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bot.intake.form import END_OF_ROUND, MORE, YES, Field, Form, Group
from bot.intake.kinds import FieldKind
from bot.intake.progress import SUMMARY, Progress, Status


@dataclass(frozen=True)
class Step:
    """One question at its place: `holder`, `rights.2.number`."""

    path: str
    field: Field

    @property
    def ends_round(self) -> bool:
        """Whether it asks if there is another one."""
        return self.field.id == MORE


class Place(NamedTuple):
    """Question 3 of 8, as far as is known now."""

    number: int
    total: int


def steps(form: Form, answers: Mapping[str, str]) -> tuple[Step, ...]:
    """The questions that apply, in order; `answers` are values by path."""
    return tuple(_steps(form, answers))


def of(form: Form, progress: Progress) -> tuple[Step, ...]:
    """The questions that apply to what has been answered so far."""
    return steps(form, progress.values())


def find(form: Form, progress: Progress, path: str) -> Step | None:
    """The step of that path, if it applies."""
    return next((step for step in of(form, progress) if step.path == path), None)


def following(form: Form, progress: Progress) -> str:
    """The first question without an answer; then what is needed and was put off; then the summary."""
    applying = of(form, progress)
    for step in applying:
        if step.path not in progress.answers:
            return step.path
    for step in applying:
        if step.field.needed and progress.answers[step.path].status is not Status.ANSWERED:
            return step.path
    return SUMMARY


def place(form: Form, progress: Progress) -> Place:
    """Where the present question stands among those that apply. Ends of rounds are no questions of their own."""
    counted = [step.path for step in of(form, progress) if not step.ends_round]
    if progress.at == SUMMARY:
        return Place(len(counted), len(counted))
    before = [path for path in counted if _stands_before(form, progress, path)]
    return Place(min(len(before) + 1, len(counted)), len(counted))


def _stands_before(form: Form, progress: Progress, path: str) -> bool:
    order = [step.path for step in of(form, progress)]
    return progress.at not in order or order.index(path) < order.index(progress.at)


def _steps(form: Form, answers: Mapping[str, str]) -> Iterator[Step]:
    for entry in form.entries:
        if isinstance(entry, Group):
            yield from _rounds(entry, answers)
        elif _applies(entry, answers, "") or _was_sent(entry, answers):
            yield Step(entry.id, entry)


def _was_sent(field: Field, answers: Mapping[str, str]) -> bool:
    """Files count once they were sent, whether or not they were asked for."""
    return field.kind is FieldKind.FILES and bool(answers.get(field.id))


def _rounds(group: Group, answers: Mapping[str, str]) -> Iterator[Step]:
    for number in range(1, group.most + 1):
        prefix = f"{group.id}.{number}."
        for field in group.fields:
            if _applies(field, answers, prefix):
                yield Step(f"{prefix}{field.id}", field)
        if number == group.most:
            return
        yield Step(f"{prefix}{MORE}", END_OF_ROUND)
        if answers.get(f"{prefix}{MORE}") != YES:
            return


def _applies(field: Field, answers: Mapping[str, str], prefix: str) -> bool:
    """Whether its conditions hold; a field that was not answered has no answer that fits."""

    def answered(name: str) -> str | None:
        return answers.get(f"{prefix}{name}", answers.get(name))

    wanted = all(answered(name) in values for name, values in field.when.items())
    return wanted and not any(answered(name) in values for name, values in field.unless.items())
