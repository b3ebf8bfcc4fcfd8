"""Files that a prospect sends: named back, kept for the inquiry or for the person, never lost."""

from __future__ import annotations

from bot.conversation import answering, buttons, filling
from bot.conversation.events import FilesReceived, Record
from bot.conversation.owner import Move, Owner
from bot.conversation.scene import Outcome, Scene
from bot.conversation.texts import text
from bot.intake import filing
from bot.intake import form as forms
from bot.intake.kinds.files import MOST_FILES
from knowledge import rendering
from knowledge.model import Language


def receive(scene: Scene, outcome: Outcome, event: FilesReceived) -> Outcome:
    """One or many files that came together: one answer. While a person owns the conversation none."""
    kept = _kept(outcome, event)
    if outcome.state.owner is Owner.PERSON:
        return _in_form(kept, event)[0]
    if outcome.state.owner is Owner.CLOSED:
        kept = kept.move(Move.RETURN, "prospect")
    if not kept.state.greeted:
        kept = answering.greet(scene, kept)
    if kept.state.progress is not None:
        return _to_form(scene, kept, event)
    return _thank(scene, kept, event)


def names(files: filing.Files, language: Language) -> str:
    """Their names in one line."""
    return rendering.listed((name for _, name in files), language)


def _kept(outcome: Outcome, event: FilesReceived) -> Outcome:
    together = dict((*outcome.state.files, *event.files))
    record = Record(what="files_received", actor="prospect", data={"count": str(len(event.files))})
    return outcome.remember(files=tuple(together.items())).do(record)


def _in_form(outcome: Outcome, event: FilesReceived) -> tuple[Outcome, filing.Files]:
    """With the files in the open form, and those it does not take."""
    progress = outcome.state.progress
    if progress is None:
        return outcome, event.files
    filed = filing.add(forms.load(progress.form), progress, event.files, event.line)
    return outcome.remember(progress=filed.progress), filed.left


def _to_form(scene: Scene, outcome: Outcome, event: FilesReceived) -> Outcome:
    """The form's answer, whatever is being asked; then the present question comes again."""
    language = outcome.state.language
    filled, left = _in_form(outcome, event)
    progress = filled.state.progress
    if progress is None:
        raise AssertionError("no form is open")
    at = filing.path(forms.load(progress.form))
    if at is None:
        return filling.ask(scene, filled, _text("kept_apart", event.files, language))
    taken = tuple(file for file in event.files if file not in left)
    is_asked = progress.at == at
    if is_asked:
        filled = filled.remember(progress=progress.with_(changing=False, tries=0))
    said = []
    if taken and not is_asked:
        said.append(_text("kept_for_form", taken, language))
    if left:
        said.append(_text("too_many", left, language))
    return filling.ask(scene, filled, *said)


def _thank(scene: Scene, outcome: Outcome, event: FilesReceived) -> Outcome:
    """Outside a form: kept for the person, and an inquiry is offered."""
    language = outcome.state.language
    shown = names(event.files, language)
    if outcome.state.owner is Owner.WAITING:
        back = buttons.do("bot", language)
        return outcome.line("files.waiting", back, names=shown)
    choices = buttons.always(outcome.state)
    return outcome.line("files.thanks", *choices, names=shown, agency=scene.agency)


def _text(name: str, files: filing.Files, language: Language) -> str:
    return text(f"files.{name}", language, names=names(files, language), most=MOST_FILES)
