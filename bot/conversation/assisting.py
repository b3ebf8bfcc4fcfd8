"""Staff fill in a form for the prospect: what each field takes is what it takes of the prospect.

Consent and sending stay with the prospect: nobody can agree for another, and what is sent was seen by who sends it.
"""

from __future__ import annotations

from bot.conversation.colleagues import READ_IN, called, capital
from bot.conversation.events import FilledByStaff, Given, Record, Refused, Say, Staffer
from bot.conversation.owner import Owner
from bot.conversation.prompting import row
from bot.conversation.reply import Author, Reply
from bot.conversation.scene import Outcome, Scene
from bot.conversation.texts import text
from bot.intake import filling as fill
from bot.intake import form as forms
from bot.intake import showing, steps
from bot.intake.form import Field, Form
from bot.intake.kinds import FieldKind
from bot.intake.kinds.base import Accepted, Rejected
from bot.intake.progress import Progress


def fill_in(scene: Scene, outcome: Outcome, event: FilledByStaff) -> Outcome:
    """Keep what was given if all of it can be kept, and tell the prospect; else say what is wrong and keep nothing."""
    state = outcome.state
    if state.owner is not Owner.PERSON or state.staff_id != event.by.id:
        return outcome.do(Refused(why="not_with_you"))
    if state.progress is None:
        return outcome.do(Refused(why="no_form"))
    form, progress = forms.load(state.progress.form), state.progress
    wrong: list[str] = []
    for given in event.answers:
        kept = _kept(scene, form, progress, given)
        if isinstance(kept, str):
            wrong.append(f"{form.label(READ_IN, given.path)}: {kept}")
        else:
            progress = kept
    if wrong:
        return outcome.do(Refused(why="unfit_answer", told="\n".join(wrong)))
    paths = [given.path for given in event.answers if steps.find(form, progress, given.path)]
    if progress.answers == state.progress.answers:
        return outcome
    noted = outcome.remember(progress=progress).do(
        Record(what="form_filled", actor=f"staff:{event.by.id}", data={"fields": " ".join(paths)})
    )
    return _told(noted, form, progress, paths, event.by)


def may_fill(field: Field) -> bool:
    """Whether staff may answer it: not consent, and files come from the prospect alone."""
    return field.kind not in (FieldKind.CONSENT, FieldKind.FILES) and field.must_be is None


def _kept(scene: Scene, form: Form, progress: Progress, given: Given) -> Progress | str:
    """The form with one more answer, or what is wrong with it."""
    step = steps.find(form, progress, given.path)
    if step is None:
        return "this is not asked any more."
    if not may_fill(step.field):
        return "only the prospect can give this."
    if not given.text:
        return _left_out(form, progress, given.path)
    parsed = fill.parse(form, progress, step, given.text, scene.today)
    if isinstance(parsed, Rejected) and parsed.doubted and given.again:
        parsed = Accepted(parsed.doubted)
    if isinstance(parsed, Rejected):
        return text(f"problems.{parsed.problem}", READ_IN, **parsed.values)
    return fill.give(form, progress, given.path, parsed)


def _left_out(form: Form, progress: Progress, path: str) -> Progress | str:
    """The form with a question left out, or put off."""
    there = fill.change(form, progress, path)
    left = fill.skip(form, there) if there else None
    return left or "an answer is needed."


def _told(
    outcome: Outcome, form: Form, progress: Progress, paths: list[str], by: Staffer
) -> Outcome:
    """A line for the prospect, so that they see what stands in their name. What was cleared is not named."""
    language = outcome.state.language
    rows = [
        row(
            showing.label(form, progress, path, language),
            showing.shown(form, path, value, language),
            language,
        )
        for path in paths
        if (value := progress.value(path)) is not None and not path.endswith(f".{forms.MORE}")
    ]
    if not rows:
        return outcome
    answers = ("；" if language == "zh" else "; ").join(rows)
    said = text("person.filled", language, name=called(by, language), answers=answers)
    return outcome.do(Say(author=Author.SYSTEM, reply=Reply.of(capital(said))))
