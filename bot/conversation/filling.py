"""The bot's part inside a form: asks, takes answers, goes back, sums up, sends."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import buttons
from bot.conversation.events import CallStaff, MessageReceived, Record, SubmitLead
from bot.conversation.owner import Move, Owner
from bot.conversation.reply import Choice, Reply
from bot.conversation.scene import Outcome, Scene
from bot.conversation.texts import text
from bot.intake import form as forms
from bot.intake.form import SUMMARY, Form, Progress, Rejected
from intents.answer import Bullets, Text
from knowledge.model import Language

FORM = "recordation"
TRIES_BEFORE_PERSON = 3
URGENT = ("urgency", "held_now")
"""The answer that calls a person as soon as the inquiry is sent."""


def start(scene: Scene, outcome: Outcome) -> Outcome:
    """Begin the intake, or offer to go on with the one that is open."""
    language = outcome.state.language
    if outcome.state.progress is not None:
        choices = (
            buttons.form("resume", language),
            buttons.form("restart", language),
            buttons.form("cancel", language),
        )
        return outcome.line("form.resume", *choices, **_place(outcome.state.progress))
    form = forms.load(FORM)
    begun = outcome.remember(progress=forms.begin(form), clarifying=False, misses=0).do(
        Record(what="form_begun", actor="prospect", data={"form": form.id})
    )
    return ask(scene, begun, form.wording[language].intro)


def ask(scene: Scene, outcome: Outcome, *before: str, more: tuple[Choice, ...] = ()) -> Outcome:
    """Put the present question, or the summary, under any lines that come before it."""
    progress = _progress(outcome)
    if progress.at == SUMMARY:
        return _summary(outcome, before)
    form, language = forms.load(progress.form), outcome.state.language
    words = form.words(language, progress.at)
    lines = [*before, text("form.progress", language, **_place(progress))]
    if progress.changing:
        shown = form.shown(language, progress.at, progress.value(progress.at) or "")
        shown = shown or text("form.skipped", language)
        lines.append(text("form.changing", language, value=shown))
    lines.append(words.question.format(agency=scene.agency))
    blocks = tuple(Text(text=line) for line in lines)
    choices = (*_question_choices(form, progress, language), *more)
    return outcome.say(Reply(blocks=blocks, choices=choices))


def take(scene: Scene, outcome: Outcome, event: MessageReceived) -> Outcome:
    """A typed line as the answer to the present question."""
    progress = _progress(outcome)
    if progress.at == SUMMARY:
        return ask(scene, outcome)
    form = forms.load(progress.form)
    filled, parsed = forms.fill(form, progress, event.text)
    if isinstance(parsed, Rejected):
        return _refuse(scene, outcome.remember(progress=filled), parsed.problem)
    return ask(scene, outcome.remember(progress=filled))


def option(scene: Scene, outcome: Outcome, payload: str) -> Outcome:
    """A pressed option button `field:value`; one of an earlier question asks the present one again."""
    field_id, _, value = payload.partition(":")
    progress = outcome.state.progress
    if progress is None or progress.at != field_id:
        return stale(scene, outcome)
    filled, parsed = forms.fill(forms.load(progress.form), progress, value)
    if isinstance(parsed, Rejected):
        return _refuse(scene, outcome.remember(progress=filled), parsed.problem)
    return ask(scene, outcome.remember(progress=filled))


def press(scene: Scene, outcome: Outcome, verb: str, event: MessageReceived) -> Outcome:
    """A button or command of the form: back, skip, change:goods, send ..."""
    if outcome.state.progress is None:
        return stale(scene, outcome)
    name, _, field_id = verb.partition(":")
    if name == "change":
        return _change(scene, outcome, field_id)
    if name == "send":
        return _send(scene, outcome, event.new_reference)
    return _VERBS.get(name, ask)(scene, outcome)


def stale(scene: Scene, outcome: Outcome) -> Outcome:
    """A button of an earlier step: say so, and show the present step again."""
    language = outcome.state.language
    if outcome.state.progress is not None:
        return ask(scene, outcome, text("stale", language))
    return outcome.line("stale", *buttons.always(language))


def _progress(outcome: Outcome) -> Progress:
    if outcome.state.progress is None:
        raise AssertionError("no form is open")
    return outcome.state.progress


def _place(progress: Progress) -> dict[str, int]:
    form = forms.load(progress.form)
    count = len(form.fields)
    return {"place": count if progress.at == SUMMARY else form.place(progress.at), "count": count}


def _question_choices(form: Form, progress: Progress, language: Language) -> tuple[Choice, ...]:
    field = form.field(progress.at)
    options = form.words(language, field.id).options
    found = [
        Choice(label=words[0], payload=f"option:{field.id}:{value}", says=words[0])
        for value, words in options.items()
    ]
    verbs = ["keep"] if progress.changing else []
    verbs += ["skip"] if field.optional else []
    verbs += ["back"] if form.place(field.id) > 1 else []
    found += [buttons.form(verb, language) for verb in (*verbs, "why", "cancel")]
    return tuple(found)


def _refuse(scene: Scene, outcome: Outcome, problem: str) -> Outcome:
    """Name the problem; from the second try on add help; from the third offer a person."""
    progress, language = _progress(outcome), outcome.state.language
    lines = [text(f"problems.{problem}", language)]
    if progress.tries > 1:
        lines.append(forms.load(progress.form).words(language, progress.at).help)
    if progress.tries < TRIES_BEFORE_PERSON:
        return ask(scene, outcome, *lines)
    offer = text("form.offer_person", language)
    return ask(scene, outcome, *lines, offer, more=(buttons.do("person", language),))


def _summary(outcome: Outcome, before: tuple[str, ...]) -> Outcome:
    progress, language = _progress(outcome), outcome.state.language
    form = forms.load(progress.form)
    lines = tuple(
        f"{form.words(language, field.id).label}: {_shown(form, progress, field.id, language)}"
        for field in form.fields
    )
    changes = tuple(
        Choice(
            label=form.words(language, field.id).label,
            payload=f"form:change:{field.id}",
            says=text("form.change", language, label=form.words(language, field.id).label),
        )
        for field in form.fields
    )
    ends = tuple(buttons.form(verb, language) for verb in ("send", "not_yet", "cancel"))
    blocks = (
        *(Text(text=line) for line in (*before, text("form.summary", language))),
        Bullets(items=lines),
        Text(text=text("form.summary_end", language)),
    )
    return outcome.say(Reply(blocks=blocks, choices=(*ends, *changes)))


def _shown(form: Form, progress: Progress, field_id: str, language: Language) -> str:
    value = progress.value(field_id)
    if value is None:
        return text("form.skipped", language)
    return form.shown(language, field_id, value)


def _change(scene: Scene, outcome: Outcome, field_id: str) -> Outcome:
    progress = _progress(outcome)
    if field_id not in {field.id for field in forms.load(progress.form).fields}:
        return stale(scene, outcome)
    return ask(scene, outcome.remember(progress=forms.change(progress, field_id)))


def _back(scene: Scene, outcome: Outcome) -> Outcome:
    progress = _progress(outcome)
    earlier = forms.back(forms.load(progress.form), progress)
    if earlier is None:
        return ask(scene, outcome, text("form.first", outcome.state.language))
    return ask(scene, outcome.remember(progress=earlier))


def _skip(scene: Scene, outcome: Outcome) -> Outcome:
    progress, language = _progress(outcome), outcome.state.language
    form = forms.load(progress.form)
    skipped = forms.skip(form, progress)
    if skipped is not None:
        return ask(scene, outcome.remember(progress=skipped))
    if progress.at == SUMMARY:
        return ask(scene, outcome)
    why = form.words(language, progress.at).why
    return ask(scene, outcome, text("form.cannot_skip", language, why=why))


def _keep(scene: Scene, outcome: Outcome) -> Outcome:
    progress = _progress(outcome)
    return ask(scene, outcome.remember(progress=forms.keep(forms.load(progress.form), progress)))


def _why(scene: Scene, outcome: Outcome) -> Outcome:
    progress = _progress(outcome)
    if progress.at == SUMMARY:
        return ask(scene, outcome)
    words = forms.load(progress.form).words(outcome.state.language, progress.at)
    return ask(scene, outcome, words.why)


def _cancel(_scene: Scene, outcome: Outcome) -> Outcome:
    gone = outcome.remember(progress=None).do(Record(what="form_cancelled", actor="prospect"))
    return gone.line("form.cancelled", *buttons.always(outcome.state.language))


def _restart(scene: Scene, outcome: Outcome) -> Outcome:
    return start(scene, outcome.remember(progress=None))


def _not_yet(_scene: Scene, outcome: Outcome) -> Outcome:
    language = outcome.state.language
    ends = (buttons.form("send", language), buttons.form("cancel", language))
    return outcome.line("form.not_yet", *ends)


def _send(scene: Scene, outcome: Outcome, reference: str) -> Outcome:
    """The inquiry goes to the agency, if every question has been answered."""
    progress, language = _progress(outcome), outcome.state.language
    form = forms.load(progress.form)
    if progress.at != SUMMARY:
        return ask(scene, outcome)
    answers = {id_: given.value for id_, given in progress.answers.items() if given.value}
    lead = SubmitLead(
        reference=reference,
        form=form.id,
        answers=answers,
        consent_version=form.consent_version,
        consent_at=scene.now,
        language=language,
    )
    references = (*outcome.state.references, reference)
    sent = outcome.remember(progress=None, references=references).do(
        lead, Record(what="lead_sent", actor="prospect", data={"reference": reference})
    )
    return _receipt(scene, sent, reference, answers)


def _receipt(scene: Scene, outcome: Outcome, reference: str, answers: dict[str, str]) -> Outcome:
    language = outcome.state.language
    field_id, urgent = URGENT
    lines = [
        text("form.receipt", language, agency=scene.agency, reference=reference),
        text("form.receipt_next", language, contact=answers["contact"]),
    ]
    if answers.get(field_id) == urgent and outcome.state.owner is Owner.BOT:
        lines.append(text("form.receipt_urgent", language))
        outcome = outcome.move(Move.CALL, "prospect").remember(
            waiting_since=scene.now, noted_while_waiting=False
        )
        outcome = outcome.do(CallStaff(reason="goods_held"))
    blocks = tuple(Text(text=line) for line in lines)
    return outcome.say(Reply(blocks=blocks, choices=(buttons.do("menu", language),)))


_VERBS: dict[str, Callable[[Scene, Outcome], Outcome]] = {
    "back": _back,
    "skip": _skip,
    "keep": _keep,
    "why": _why,
    "cancel": _cancel,
    "restart": _restart,
    "not_yet": _not_yet,
    "resume": ask,
}
