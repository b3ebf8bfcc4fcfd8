"""The bot's part inside a form: asks, takes answers, goes back, puts off, sums up, sends, undoes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.conversation import between, buttons, case, closing, sending
from bot.conversation.events import MessageReceived, Record, Wait
from bot.conversation.prompting import (
    ask,
    place_of,
    progress_of,
    round_name,
    row,
    stale,
    which_of_round,
)
from bot.conversation.reply import Choice
from bot.conversation.scene import Outcome, Scene
from bot.conversation.state import Undo
from bot.conversation.texts import text, words
from bot.intake import filing, several, showing, steps
from bot.intake import filling as fill
from bot.intake import form as forms
from bot.intake.filling import Filled
from bot.intake.form import MORE, YES, Form, group_of
from bot.intake.kinds.base import Accepted, Rejected
from bot.intake.progress import SUMMARY, Progress, Status
from bot.intake.typed import folded
from intents.reading import NOTHING_NAMED, Entities
from knowledge import rendering
from knowledge.model import Language

__all__ = [
    "ask",
    "correct",
    "edited",
    "option",
    "press",
    "read",
    "says_nothing",
    "stale",
    "start",
    "take",
    "with_question",
    "word",
]

FORM = "recordation"
HELP_FROM, PERSON_FROM = 2, 3
"""The failed try from which an example is shown, and the one from which a person is offered."""
UNDO_FOR = timedelta(minutes=10)


def start(
    scene: Scene, outcome: Outcome, form_id: str = FORM, named: Entities = NOTHING_NAMED
) -> Outcome:
    """Begin a form with what is known already, or offer to go on with the one that is open."""
    language = outcome.state.language
    if outcome.state.progress is not None:
        choices = (
            buttons.form("resume", language),
            buttons.form("restart", language),
            buttons.form("cancel", language),
        )
        return outcome.line("form.resume", *choices, **place_of(outcome.state.progress))
    form = forms.load(form_id)
    known = outcome.state.context.recent if named == NOTHING_NAMED else named
    fresh = fill.begin(form, case.proposals(form, known, outcome.state.told))
    progress = filing.add(form, fresh, outcome.state.files).progress
    begun = outcome.remember(progress=progress, clarifying=False, misses=0, undo=None, told={}).do(
        Record(what="form_begun", actor="prospect", data={"form": form.id})
    )
    return ask(scene, begun, form.wording[language].intro)


def read(scene: Scene, outcome: Outcome, event: MessageReceived) -> Filled | None:
    """What a typed line would answer; None at the summary, where nothing is asked."""
    return _read(scene, outcome, event.text, event.line)


def _read(scene: Scene, outcome: Outcome, typed: str, line: int) -> Filled | None:
    """ "No, Rossi SpA" at a proposal is read without its denial."""
    progress = progress_of(outcome)
    if progress.at == SUMMARY:
        return None
    said = case.instead(typed)
    denied = fill.deny(progress) if said else None
    form = forms.load(progress.form)
    return several.take(form, denied or progress, (denied and said) or typed, scene.today, line)


def take(
    scene: Scene, outcome: Outcome, event: MessageReceived, filled: Filled | None = None
) -> Outcome:
    """A typed line: the answer to the present question, to several, or to none. `filled` is what was read of it."""
    progress = progress_of(outcome)
    if progress.at == SUMMARY:
        return ask(scene, outcome)
    filled = filled or read(scene, outcome, event)
    if filled is None or says_nothing(progress, event.text):
        return _skip(scene, outcome)
    return _after(scene, outcome, filled, progress.at)


def says_nothing(progress: Progress, typed: str) -> bool:
    """ "None" at a question that may be left out."""
    field = fill.present(forms.load(progress.form), progress).field
    return field.optional and folded(typed) in words("nothing")


def option(scene: Scene, outcome: Outcome, payload: str, line: int = 0) -> Outcome:
    """An option `path:value`, pressed or named; one of an earlier question asks the present one again.

    `line` is the number of the message, by which an edit of it finds its answer.
    """
    path, _, value = payload.partition(":")
    progress = outcome.state.progress
    if progress is None or progress.at != path:
        return stale(scene, outcome)
    form = forms.load(progress.form)
    return _after(scene, outcome, fill.fill(form, progress, value, scene.today, line), path)


def word(state_progress: Progress | None, typed: str) -> str | None:
    """The payload of the option that a whole message names at the present question: it counts before any command."""
    if state_progress is None or state_progress.at == SUMMARY:
        return None
    form = forms.load(state_progress.form)
    step = fill.present(form, state_progress)
    wanted = folded(typed)
    for value, names in form.options(step.path).items():
        if wanted in map(folded, names):
            return f"option:{step.path}:{value}"
    return None


def press(scene: Scene, outcome: Outcome, verb: str, event: MessageReceived) -> Outcome:
    """A button or command of the form: back, skip, change:goods, send, undo ..."""
    name, _, path = verb.partition(":")
    if name == "undo":
        return _undo(scene, outcome)
    if outcome.state.progress is None:
        return stale(scene, outcome)
    if name in _AT:
        return _AT[name](scene, outcome, path)
    if name == "send":
        return _send(scene, outcome, event.new_reference)
    return _VERBS.get(name, ask)(scene, outcome)


def correct(scene: Scene, outcome: Outcome, event: MessageReceived) -> Outcome | None:
    """ "Change the country to France": another answer to a question that was asked; None where no such is named."""
    progress = progress_of(outcome)
    form = forms.load(progress.form)
    wanted = case.correction(form, progress, event.text)
    if wanted is None:
        return None
    path, value = wanted
    changed = fill.change(form, progress, path)
    if changed is None:
        return None
    if not value:
        return ask(scene, outcome.remember(progress=changed))
    filled = fill.fill(form, changed, value, scene.today, event.line)
    return _after(scene, outcome, filled, path, changes=True)


def with_question(scene: Scene, answered: Outcome, event: MessageReceived) -> Outcome | None:
    """A message that asks something and answers the form as well ("It's Italy. How long does it take?"): after the
    answer to its question, what it says to the form. None where it only asks.
    """
    progress, said = progress_of(answered), between.besides_questions(event.text)
    filled = _read(scene, answered, said, event.line) if said else None
    if filled is None:
        return None
    if says_nothing(progress, said):
        return _skip(scene, answered)
    if not filled.taken:
        return None
    return _after(scene, answered, filled, progress.at, more=between.meant(answered.state))


def edited(scene: Scene, outcome: Outcome, line: int, words_now: str) -> Outcome | None:
    """A message was edited: the answer it gave is given anew. None where it gave none, or still gives the same."""
    progress = outcome.state.progress
    if progress is None:
        return None
    asked = [step.path for step in steps.of(forms.load(progress.form), progress)]
    mine = {path for path, each in progress.answers.items() if each.line == line}
    given = [path for path in asked if path in mine]
    if not given:
        return None
    form, language = forms.load(progress.form), outcome.state.language
    filled = _given_anew(form, progress, given, words_now, scene, line)
    if filled.problem is not None:
        problem = text(f"problems.{filled.problem.problem}", language, **filled.problem.values)
        return ask(scene, outcome, text("form.edit_unread", language), problem)
    if filled.progress.answers == progress.answers:
        return None
    kept = filled.progress.with_(at=progress.at)
    at_rest = kept if steps.find(form, kept, kept.at) else fill.onward(form, kept)
    noted = _noted(form, at_rest, filled.taken, language)
    return ask(scene, outcome.remember(progress=at_rest), *noted)


def _given_anew(
    form: Form, progress: Progress, given: list[str], words_now: str, scene: Scene, line: int
) -> Filled:
    """The answers of an edited message from its new words; what these do not answer stays as it was."""
    others = {path: each for path, each in progress.answers.items() if path not in given}
    open_again = progress.with_(answers=others, at=given[0], tries=0, doubted=None, changing=False)
    filled = fill.fill(form, open_again, words_now, scene.today, line)
    if len(given) > 1 or filled.problem is not None:
        filled = several.take(form, open_again, words_now, scene.today, line)
    answers = {**progress.answers, **filled.progress.answers}
    rested = filled.progress.with_(answers=answers, tries=0, doubted=None)
    return Filled(rested, filled.taken, filled.problem)


def _after(
    scene: Scene,
    outcome: Outcome,
    filled: Filled,
    path: str,
    *,
    changes: bool = False,
    more: tuple[Choice, ...] = (),
) -> Outcome:
    """What follows an answer: what it means for the case, what else was taken, then the next question."""
    before = progress_of(outcome)
    told = outcome.remember(progress=filled.progress)
    if filled.problem is not None:
        return _refuse(scene, told, filled.problem)
    form, language = forms.load(before.form), outcome.state.language
    others = tuple(each for each in filled.taken if each != path)
    noted = _changed(form, filled, path, language) if changes or before.changing else []
    noted += _noted(form, filled.progress, others, language)
    noted += _alike(form, before, filled.progress, path, language)
    blocks = case.verdict(scene, form, before, filled.progress, language)
    if filled.progress.at == before.at and others and path not in filled.taken:
        noted = [*noted, text("form.still", language)]
    return ask(scene, told, *noted, blocks=blocks, more=more)


def _noted(form: Form, progress: Progress, paths: tuple[str, ...], language: Language) -> list[str]:
    """What else was taken, named back."""
    taken = [
        row(
            showing.label(form, progress, path, language),
            showing.shown(form, path, value, language),
            language,
        )
        for path in paths
        if (value := progress.value(path)) is not None
    ]
    comma = "；" if language == "zh" else "; "
    return [text("form.noted", language, answers=comma.join(taken))] if taken else []


def _changed(form: Form, filled: Filled, path: str, language: Language) -> list[str]:
    """That an answer is another one now."""
    value = filled.progress.value(path)
    if path not in filled.taken or value is None or path.endswith(f".{MORE}"):
        return []
    name = showing.label(form, filled.progress, path, language)
    return [
        text("form.changed", language, label=name, value=showing.shown(form, path, value, language))
    ]


def _alike(
    form: Form, before: Progress, after: Progress, path: str, language: Language
) -> list[str]:
    """That several answers given at once have made as many rounds."""
    count = fill.rounds(form, after) - fill.rounds(form, before)
    first = group_of(path)[1]
    if count < 1 or not first or path not in after.answers or after.value(path) is None:
        return []
    paths = [path]
    for _ in range(count):
        paths.append(fill.in_next_round(paths[-1]))
    values = [value for each in paths if (value := after.value(each))]
    if len(values) <= count:
        return []
    named = rendering.listed(values, language)
    return [text("form.alike", language, count=count + 1, values=named)]


def _refuse(scene: Scene, outcome: Outcome, problem: Rejected) -> Outcome:
    """Name the problem; then with an example; then offer to put it off or a person."""
    progress, language = progress_of(outcome), outcome.state.language
    form = forms.load(progress.form)
    lines = [text(f"problems.{problem.problem}", language, **problem.values)]
    if progress.tries >= HELP_FROM:
        lines.append(form.words(language, progress.at).help)
    if progress.tries < PERSON_FROM:
        return ask(scene, outcome, *lines)
    offer = text("form.offer_person", language)
    return ask(scene, outcome, *lines, offer, more=(buttons.do("person", language),))


def _add(scene: Scene, outcome: Outcome, path: str) -> Outcome:
    """One more round: the end of the last one is answered anew."""
    progress = progress_of(outcome)
    form = forms.load(progress.form)
    step = steps.find(form, progress, path)
    if step is None or not step.ends_round:
        return stale(scene, outcome)
    return ask(scene, outcome.remember(progress=fill.give(form, progress, path, Accepted(YES))))


def _remove(scene: Scene, outcome: Outcome, at: str) -> Outcome:
    """A whole round is taken out."""
    progress, language = progress_of(outcome), outcome.state.language
    form = forms.load(progress.form)
    name = round_name(form, at, language)
    group, _, number = at.partition(".")
    less = fill.remove(form, progress, group, int(number)) if name else None
    if less is None or name is None:
        return stale(scene, outcome)
    gone = outcome.remember(progress=less)
    return ask(scene, gone, text("form.removed", language, label=name))


def _change(scene: Scene, outcome: Outcome, path: str) -> Outcome:
    progress = progress_of(outcome)
    form = forms.load(progress.form)
    changed = fill.change(form, progress, path)
    if changed is None:
        return which_of_round(outcome, form, path) or stale(scene, outcome)
    return ask(scene, outcome.remember(progress=changed))


def _back(scene: Scene, outcome: Outcome) -> Outcome:
    progress = progress_of(outcome)
    earlier = fill.back(forms.load(progress.form), progress)
    if earlier is None:
        return ask(scene, outcome, text("form.first", outcome.state.language))
    return ask(scene, outcome.remember(progress=earlier))


def _skip(scene: Scene, outcome: Outcome) -> Outcome:
    return _leave(scene, outcome, fill.skip)


def _later(scene: Scene, outcome: Outcome) -> Outcome:
    return _leave(scene, outcome, fill.later)


def _leave(
    scene: Scene, outcome: Outcome, way: Callable[[Form, Progress], Progress | None]
) -> Outcome:
    progress, language = progress_of(outcome), outcome.state.language
    if progress.at == SUMMARY:
        return ask(scene, outcome)
    form = forms.load(progress.form)
    if filing.holds(form, progress):
        return _keep(scene, outcome)
    left = way(form, progress)
    if left is None:
        why = form.words(language, progress.at).why
        return ask(scene, outcome, text("form.cannot_skip", language, why=why))
    put_off = left.answers.get(progress.at)
    is_later = put_off is not None and put_off.status is Status.LATER
    gone = outcome.remember(progress=left)
    if not is_later:
        return ask(scene, gone)
    gone, said = gone.worded("form.put_off")
    return ask(scene, gone, said)


def _keep(scene: Scene, outcome: Outcome) -> Outcome:
    progress = progress_of(outcome)
    return ask(scene, outcome.remember(progress=fill.keep(forms.load(progress.form), progress)))


def _confirm(scene: Scene, outcome: Outcome) -> Outcome:
    progress = progress_of(outcome)
    path = progress.at
    confirmed = fill.confirm(forms.load(progress.form), progress)
    if confirmed is None:
        return stale(scene, outcome)
    return _after(scene, outcome, Filled(confirmed, (path,)), path)


def _deny(scene: Scene, outcome: Outcome) -> Outcome:
    denied = fill.deny(progress_of(outcome))
    if denied is None:
        return stale(scene, outcome)
    return ask(scene, outcome.remember(progress=denied))


def _why(scene: Scene, outcome: Outcome) -> Outcome:
    progress = progress_of(outcome)
    if progress.at == SUMMARY:
        return ask(scene, outcome)
    why = forms.load(progress.form).words(outcome.state.language, progress.at).why
    return ask(scene, outcome, why)


def _explain(scene: Scene, outcome: Outcome) -> Outcome:
    """What the question is for, and an example of an answer."""
    progress = progress_of(outcome)
    if progress.at == SUMMARY:
        return ask(scene, outcome)
    words_of = forms.load(progress.form).words(outcome.state.language, progress.at)
    return ask(scene, outcome, words_of.why, words_of.help)


def _never_mind(scene: Scene, outcome: Outcome) -> Outcome:
    """The question or the whole form: that is asked before anything goes."""
    progress, language = progress_of(outcome), outcome.state.language
    if progress.at == SUMMARY:
        return _not_yet(scene, outcome)
    leave = "skip" if fill.present(forms.load(progress.form), progress).field.optional else "later"
    ways = (buttons.form(verb, language) for verb in (leave, "cancel", "resume"))
    return outcome.line("form.leave_what", *ways)


def _cancel(scene: Scene, outcome: Outcome) -> Outcome:
    language = outcome.state.language
    undo = Undo(progress=progress_of(outcome), until=scene.now + UNDO_FOR)
    gone = outcome.remember(progress=None, undo=undo).do(
        Record(what="form_cancelled", actor="prospect"), Wait(until=undo.over)
    )
    choices = (buttons.form("undo", language), *buttons.always(gone.state))
    return gone.line("form.cancelled", *choices)


def _undo(scene: Scene, outcome: Outcome) -> Outcome:
    """A form that was stopped lately comes back as it was."""
    undo, language = outcome.state.undo, outcome.state.language
    if outcome.state.progress is not None:
        return ask(scene, outcome, text("form.nothing_to_undo", language))
    if undo is None:
        return outcome.line("form.nothing_to_undo", *buttons.always(outcome.state))
    if scene.now > undo.until or undo.progress is None:
        return outcome.remember(undo=None).line("form.undo_late", *buttons.always(outcome.state))
    back = outcome.remember(progress=undo.progress, undo=None).do(
        Record(what="form_restored", actor="prospect")
    )
    return ask(scene, back, text("form.undone", language))


def _restart(scene: Scene, outcome: Outcome) -> Outcome:
    form_id = progress_of(outcome).form
    return start(scene, outcome.remember(progress=None), form_id)


def _not_yet(_scene: Scene, outcome: Outcome) -> Outcome:
    """Not to be sent yet; at any other question, "wait" is no answer and the question stands."""
    language = outcome.state.language
    if progress_of(outcome).at != SUMMARY:
        return closing.standing(outcome, "form.no_hurry")
    ends = (buttons.form("send", language), buttons.form("cancel", language))
    return outcome.line("form.not_yet", *ends)


def _send(scene: Scene, outcome: Outcome, reference: str) -> Outcome:
    """What was filled in goes where the form says, if every question has been asked."""
    progress = progress_of(outcome)
    form = forms.load(progress.form)
    if progress.at != SUMMARY or not fill.is_complete(form, progress):
        return ask(scene, outcome.remember(progress=fill.onward(form, progress)))
    return sending.send(scene, outcome, form, reference)


_VERBS: dict[str, Callable[[Scene, Outcome], Outcome]] = {
    "back": _back,
    "skip": _skip,
    "later": _later,
    "keep": _keep,
    "done": _keep,
    "confirm": _confirm,
    "deny": _deny,
    "why": _why,
    "explain": _explain,
    "never_mind": _never_mind,
    "cancel": _cancel,
    "restart": _restart,
    "not_yet": _not_yet,
    "resume": ask,
}

_AT: dict[str, Callable[[Scene, Outcome, str], Outcome]] = {
    "change": _change,
    "add": _add,
    "remove": _remove,
}
"""What is done at a path."""
