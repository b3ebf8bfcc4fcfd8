"""The pure filling of a form: every act returns a new progress, none touches the world."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.intake import steps
from bot.intake.form import MORE, NO, YES, Form, group_of
from bot.intake.kinds import KINDS
from bot.intake.kinds.base import Accepted, Asked, Parsed, Rejected
from bot.intake.progress import SUMMARY, FieldAnswer, Progress, Status
from bot.intake.steps import Step

RIGHT = "subject"
"""The part of the case by which the numbers of a round are read."""


@dataclass(frozen=True)
class Filled:
    """What came of a typed answer."""

    progress: Progress
    taken: tuple[str, ...] = ()
    """The paths that were answered, the present question's first if it was."""
    problem: Rejected | None = None
    """Why the present question has no answer yet."""


def begin(form: Form, proposed: dict[str, str] | None = None) -> Progress:
    """The first question of an empty form, with what was read from the conversation before."""
    fresh = Progress(form=form.id, at=SUMMARY, proposed=proposed or {})
    return fresh.with_(at=steps.following(form, fresh))


def asked(form: Form, progress: Progress, step: Step, today: date) -> Asked:
    """What the reading of an answer may know of the question."""
    return Asked(today, form.options(step.path), _right(form, progress, step.path))


def parse(form: Form, progress: Progress, step: Step, text: str, today: date) -> Parsed:
    """Read a typed line as the answer to a question; a doubted answer is believed when it is given again."""
    question = asked(form, progress, step, today)
    parsed = KINDS[step.field.kind].parse(text, question)
    if isinstance(parsed, Rejected) and parsed.doubted and parsed.doubted == progress.doubted:
        return Accepted(parsed.doubted)
    if isinstance(parsed, Accepted) and step.field.must_be not in (None, parsed.value):
        return Rejected("consent_needed")
    return parsed


def fill(form: Form, progress: Progress, text: str, today: date, line: int = 0) -> Filled:
    """Take a typed line as the answer to the present question, and to nothing else; a refused one counts as a try."""
    step = present(form, progress)
    parsed = parse(form, progress, step, text, today)
    if isinstance(parsed, Rejected):
        return refused(progress, parsed)
    return Filled(give(form, progress, step.path, parsed, line), (step.path,))


def refused(progress: Progress, problem: Rejected) -> Filled:
    """One more try, and what is believed if it comes again."""
    tried = progress.with_(tries=progress.tries + 1, doubted=problem.doubted)
    return Filled(tried, problem=problem)


def give(form: Form, progress: Progress, path: str, parsed: Accepted, line: int = 0) -> Progress:
    """Keep an answer; of several given at once each further one begins a round like this one. Goes on."""
    filled = _kept(progress, path, parsed.value, line)
    for value in parsed.more if group_of(path)[0] else ():
        grown = _next_round(form, filled, path, value, line)
        if grown is None:
            break
        filled, path = grown, in_next_round(path)
    return onward(form, filled)


def skip(form: Form, progress: Progress) -> Progress | None:
    """Leave the present question out: for good where it is optional, else for later; None where it is needed."""
    if progress.at == SUMMARY:
        return None
    field = present(form, progress).field
    if field.needed:
        return None
    return _left(form, progress, Status.SKIPPED if field.optional else Status.LATER)


def later(form: Form, progress: Progress) -> Progress | None:
    """Put the present question off. One that is needed comes again at the end; put off there, it is None."""
    if progress.at == SUMMARY:
        return None
    before = progress.answers.get(progress.at)
    if present(form, progress).field.needed and before and before.status is Status.LATER:
        return None
    return _left(form, progress, Status.LATER)


def back(form: Form, progress: Progress) -> Progress | None:
    """The question before; None at the first."""
    order = [step.path for step in steps.of(form, progress)]
    place = order.index(progress.at) if progress.at in order else len(order)
    return None if place == 0 else change(form, progress, order[place - 1])


def change(form: Form, progress: Progress, path: str) -> Progress | None:
    """Ask a question again; its old answer stays until a new one is given. None where it is not asked."""
    if steps.find(form, progress, path) is None:
        return None
    changing = path in progress.answers
    return progress.with_(at=path, tries=0, doubted=None, changing=changing)


def keep(form: Form, progress: Progress) -> Progress:
    """Leave the answer that was being changed as it was and go on."""
    return onward(form, progress)


def confirm(form: Form, progress: Progress, line: int = 0) -> Progress | None:
    """What was proposed for the present question is right; None where nothing was."""
    value = progress.proposed.get(progress.at)
    if value is None or progress.at in progress.answers:
        return None
    return give(form, progress, progress.at, Accepted(value), line)


def deny(progress: Progress) -> Progress | None:
    """What was proposed for the present question is not right, so it is asked plainly; None where nothing was."""
    if progress.at not in progress.proposed or progress.at in progress.answers:
        return None
    others = {path: value for path, value in progress.proposed.items() if path != progress.at}
    return progress.with_(proposed=others, tries=0, doubted=None)


def onward(form: Form, progress: Progress) -> Progress:
    """To the next open question, or the summary."""
    rested = progress.with_(tries=0, doubted=None, changing=False)
    return rested.with_(at=steps.following(form, rested))


def is_complete(form: Form, progress: Progress) -> bool:
    """Whether it can be sent."""
    return steps.following(form, progress) == SUMMARY


def put_off(form: Form, progress: Progress) -> tuple[Step, ...]:
    """The questions that apply and whose answers are to be given later."""
    status = {path: answer.status for path, answer in progress.answers.items()}
    return tuple(step for step in steps.of(form, progress) if status.get(step.path) is Status.LATER)


def answers(form: Form, progress: Progress) -> dict[str, str]:
    """The answers that apply, by path, without the ends of rounds."""
    values = progress.values()
    applying = (step.path for step in steps.of(form, progress) if not step.ends_round)
    return {path: values[path] for path in applying if path in values}


def told(form: Form, progress: Progress, number: int = 1) -> dict[str, str]:
    """What the answers tell of the case: its parts by name, of a group those of one round."""
    values = progress.values()
    return {
        step.field.tells: values[step.path]
        for step in steps.of(form, progress)
        if step.field.tells and step.path in values and group_of(step.path)[1] in (0, number)
    }


def rounds(form: Form, progress: Progress) -> int:
    """How many rounds the longest group has: 0 where there is none."""
    return max((group_of(step.path)[1] for step in steps.of(form, progress)), default=0)


def remove(form: Form, progress: Progress, group: str, number: int) -> Progress | None:
    """Take a round out; those behind it move up. None where it is the only one, or there is none of that number."""
    count = rounds(form, progress)
    if count < 2 or not 1 <= number <= count:
        return None
    kept: dict[str, FieldAnswer] = {}
    for path, answer in progress.answers.items():
        own, place = group_of(path)
        if own != group or place < number:
            kept[path] = answer
        elif place > number:
            kept[f"{group}.{place - 1}.{path.rpartition('.')[2]}"] = answer
    end = f"{group}.{count - 1}.{MORE}"
    kept[end] = FieldAnswer(status=Status.ANSWERED, value=NO)
    proposed = {p: value for p, value in progress.proposed.items() if group_of(p)[0] != group}
    return onward(form, progress.with_(answers=kept, proposed=proposed))


def present(form: Form, progress: Progress) -> Step:
    """The present question. Raises LookupError at the summary."""
    step = steps.find(form, progress, progress.at)
    if step is None:
        raise LookupError(f"{form.id}: {progress.at} is no question that is asked")
    return step


def _left(form: Form, progress: Progress, status: Status) -> Progress:
    answers = {**progress.answers, progress.at: FieldAnswer(status=status)}
    left = progress.with_(answers=answers)
    if progress.at.endswith(f".{MORE}"):
        left = _kept(progress, progress.at, NO, 0)
    return onward(form, left)


def _kept(progress: Progress, path: str, value: str, line: int) -> Progress:
    given = FieldAnswer(status=Status.ANSWERED, value=value, line=line)
    proposed = {key: kept for key, kept in progress.proposed.items() if key != path}
    return progress.with_(answers={**progress.answers, path: given}, proposed=proposed)


def _next_round(
    form: Form, progress: Progress, path: str, value: str, line: int
) -> Progress | None:
    """A further round, like this one but for the answer itself; None where there may be no more."""
    group, number = group_of(path)
    own = f"{group}.{number}."
    found = next(entry for entry in form.groups if entry.id == group)
    if number == found.most or f"{own}{MORE}" in progress.answers:
        return None
    like = {
        in_next_round(each): answer.model_copy(update={"line": line})
        for each, answer in progress.answers.items()
        if each.startswith(own) and each != path
    }
    grown = progress.with_(answers={**progress.answers, **like})
    grown = _kept(grown, f"{own}{MORE}", YES, line)
    return _kept(grown, in_next_round(path), value, line)


def in_next_round(path: str) -> str:
    """The path of the same question in the round after."""
    group, number = group_of(path)
    return f"{group}.{number + 1}.{path.rpartition('.')[2]}"


def _right(form: Form, progress: Progress, path: str) -> str | None:
    """The kind of right told in the same round."""
    _, number = group_of(path)
    return told(form, progress, number or 1).get(RIGHT)
