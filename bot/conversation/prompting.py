"""Putting the present question of a form, its summary, and the choice of what to change."""

from __future__ import annotations

from collections.abc import Iterable

from bot.conversation import buttons
from bot.conversation.reply import Choice, Reply
from bot.conversation.scene import Outcome, Scene
from bot.conversation.texts import text
from bot.intake import filing, showing, steps
from bot.intake import filling as fill
from bot.intake import form as forms
from bot.intake.form import NO, YES, Form, group_of
from bot.intake.kinds import FieldKind
from bot.intake.progress import SUMMARY, Progress, Status
from bot.intake.steps import Step
from intents.answer import Block, Bullets, Text
from knowledge.model import Language


def ask(
    scene: Scene,
    outcome: Outcome,
    *before: str,
    blocks: tuple[Block, ...] = (),
    more: tuple[Choice, ...] = (),
) -> Outcome:
    """Put the present question, or the summary, under any lines and blocks that come before it."""
    progress, outcome = progress_of(outcome), outcome.remember(clarifying=False)
    if progress.at == SUMMARY:
        return _summary(outcome, before, blocks)
    form, language = forms.load(progress.form), outcome.state.language
    step = fill.present(form, progress)
    head = [] if progress.tries else _head(form, progress, step, language)
    question = form.words(language, step.path).question.format(agency=scene.agency)
    head.append(text("files.more", language) if filing.holds(form, progress) else question)
    said = (*_texts(before), *blocks, *_texts(head))
    choices = (*_question_choices(form, progress, step, language), *more)
    return outcome.say(Reply(blocks=said, choices=choices))


def _texts(lines: Iterable[str]) -> tuple[Text, ...]:
    return tuple(Text(text=line) for line in lines)


def stale(scene: Scene, outcome: Outcome) -> Outcome:
    """A button of an earlier step: say so, and show the present step again."""
    language = outcome.state.language
    if outcome.state.progress is not None:
        return ask(scene, outcome, text("stale", language))
    return outcome.line("stale", *buttons.always(outcome.state))


def progress_of(outcome: Outcome) -> Progress:
    """The open form. Raises AssertionError where none is open."""
    if outcome.state.progress is None:
        raise AssertionError("no form is open")
    return outcome.state.progress


def place_of(progress: Progress) -> dict[str, int]:
    """What "question {place} of {count}" fills in."""
    found = steps.place(forms.load(progress.form), progress)
    return {"place": found.number, "count": found.total}


def _head(form: Form, progress: Progress, step: Step, language: Language) -> list[str]:
    """What stands above a question: how far we are, what was answered or read before."""
    lines = [] if step.ends_round else [_where(form, progress, step, language)]
    answer = progress.answers.get(step.path)
    if step.field.needed and answer is not None and answer.status is Status.LATER:
        lines.append(text("form.still_needed", language))
    elif filing.given(progress, step.path):
        line = "files.changing" if progress.changing else "files.so_far"
        names = showing.said(form, progress, step.path, language)
        lines.append(text(line, language, names=names))
    elif progress.changing:
        value = showing.said(form, progress, step.path, language)
        lines.append(text("form.changing", language, value=value))
    elif step.path in progress.proposed and step.path not in progress.answers:
        value = showing.shown(form, step.path, progress.proposed[step.path], language)
        lines.append(text("form.proposed", language, value=value))
    return lines


def _where(form: Form, progress: Progress, step: Step, language: Language) -> str:
    """How far we are, and in which round where there are several."""
    group, number = group_of(step.path)
    far = text("form.progress", language, **place_of(progress))
    if group is None or fill.rounds(form, progress) == 1:
        return far
    return f"{form.wording[language].rounds[group].format(number=number)} · {far}"


def _question_choices(
    form: Form, progress: Progress, step: Step, language: Language
) -> tuple[Choice, ...]:
    proposed = step.path in progress.proposed and step.path not in progress.answers
    found = [buttons.form("confirm", language)] if proposed and not progress.changing else []
    for value, names in form.words(language, step.path).options.items():
        payload = f"option:{step.path}:{value}"
        found.append(Choice(label=names[0], payload=payload, says=names[0]))
    verbs = ["keep"] if progress.changing else []
    verbs += ["done"] if filing.holds(form, progress) else _ways_out(progress, step)
    verbs += ["back"] if progress.at != steps.of(form, progress)[0].path else []
    return (*found, *(buttons.form(verb, language) for verb in (*verbs, "why", "cancel")))


def _ways_out(progress: Progress, step: Step) -> list[str]:
    """Leave it out, or put it off; what is needed can be put off once."""
    if step.ends_round or step.field.must_be or step.field.kind is FieldKind.CHOICE:
        return []
    if step.field.optional:
        return ["skip"]
    put_off = progress.answers.get(step.path)
    once = put_off is not None and put_off.status is Status.LATER
    return [] if step.field.needed and once else ["later"]


def _summary(outcome: Outcome, before: tuple[str, ...], blocks: tuple[Block, ...]) -> Outcome:
    progress, language = progress_of(outcome), outcome.state.language
    form = forms.load(progress.form)
    found = showing.lines(form, progress, language)
    rows = tuple(row(line.label, line.said, language) for line in found)
    ends = tuple(buttons.form(verb, language) for verb in ("send", "not_yet", "cancel"))
    changes = tuple(_change_button(line.label, line.at, language) for line in found)
    more = _add_buttons(form, progress, language)
    said = (
        *_texts(before),
        *blocks,
        Text(text=text("form.summary", language)),
        Bullets(items=rows),
        Text(text=text("form.summary_end", language)),
    )
    return outcome.say(Reply(blocks=said, choices=(*ends, *more, *changes)))


def row(name: str, value: str, language: Language) -> str:
    """A label and its answer in one line."""
    return f"{name}：{value}" if language == "zh" else f"{name}: {value}"


def _change_button(name: str, at: str, language: Language) -> Choice:
    says = text("form.change", language, label=name)
    return Choice(label=name, payload=f"form:change:{at}", says=says)


def _add_buttons(form: Form, progress: Progress, language: Language) -> tuple[Choice, ...]:
    """For each group: one more round, as far as there may be one more."""
    found: list[Choice] = []
    for step in steps.of(form, progress):
        if step.ends_round and progress.value(step.path) == NO:
            name = form.words(language, step.path).options[YES][0]
            found.append(Choice(label=name, payload=f"form:add:{step.path}", says=name))
    return tuple(found)


def round_name(form: Form, at: str, language: Language) -> str | None:
    """What a round is called, if `at` is one."""
    group, _, number = at.partition(".")
    called = form.wording[language].rounds.get(group)
    return called.format(number=number) if called and number.isdecimal() else None


def which_of_round(outcome: Outcome, form: Form, at: str) -> Outcome | None:
    """The answers of one round to choose from; None where there is no such round."""
    progress, language = progress_of(outcome), outcome.state.language
    line = next((each for each in showing.lines(form, progress, language) if each.at == at), None)
    if line is None or round_name(form, at, language) is None:
        return None
    own = [step for step in steps.of(form, progress) if step.path.startswith(f"{at}.")]
    changes = tuple(
        _change_button(form.words(language, step.path).label, step.path, language)
        for step in own
        if not step.ends_round
    )
    remove = buttons.button("remove", f"form:remove:{at}", language)
    leave = buttons.button("done_changing", "form:resume", language)
    asked = text("form.whole_round", language, label=line.label, said=line.said)
    return outcome.say(Reply.of(asked, *changes, remove, leave))
