"""What is kept about somebody, shown to them, and erased when they wish it: asked once more, undone for ten minutes.

An inquiry that was sent lies with the agency too and is not taken back here: it is named, and how to have it erased.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.conversation import answering, buttons
from bot.conversation.events import Forget, Record
from bot.conversation.prompting import row
from bot.conversation.records import OwnFile, Reminder
from bot.conversation.reply import Reply
from bot.conversation.scene import BEIJING, Outcome, Scene
from bot.conversation.texts import text
from bot.intake import form as forms
from bot.intake.form import MORE
from bot.intake.showing import shown
from bot.masking import veiled
from intents.answer import Block, Bullets, Text
from knowledge import rendering
from knowledge.model import Language

UNDO_FOR = timedelta(minutes=10)
MOST_LISTED = 10
"""Lines of one list: more than a screen is not read. Of files the latest are shown, of reminders the next."""


def show(scene: Scene, outcome: Outcome) -> Outcome:
    """A plain list; what reaches a person is shown only so far that they know it again."""
    language = outcome.state.language
    talk = scene.records.talk()
    rows = [text("mydata.language", language)]
    if talk.since is not None:
        day = rendering.day(talk.since.astimezone(BEIJING).date(), language)
        rows.append(text("mydata.messages", language, count=talk.messages, day=day))
    if talk.source:
        rows.append(text("mydata.source", language, source=talk.source))
    if outcome.state.zone:
        rows.append(text("mydata.zone", language, zone=outcome.state.zone))
    rows += [
        text(f"status.{each.handled.value}", language, reference=each.reference)
        for each in scene.records.inquiries()
    ]
    blocks: list[Block] = [
        Text(text=text("mydata.intro", language)),
        Bullets(items=tuple(rows)),
        *_files(scene.records.files(), language),
        *_reminders(scene.records.reminders(), language),
        *_open_form(outcome, language),
        Text(text=text("mydata.end", language, agency=scene.agency)),
    ]
    ways = (buttons.do("forget", language), buttons.do("person", language))
    return answering.back_to_form(scene, outcome.say(Reply(blocks=tuple(blocks), choices=ways)))


def ask(scene: Scene, outcome: Outcome) -> Outcome:
    """Erasing is asked once more, with what it takes away and what it cannot."""
    language = outcome.state.language
    if outcome.state.forget_at is not None:
        return outcome.line("forget.already", buttons.do("forget_undo", language))
    ways = (buttons.do("forget_now", language), buttons.do("forget_not", language))
    asked = Reply(blocks=_on_forgetting(scene, "forget.ask", language), choices=ways)
    return outcome.remember(forget_asked=True).say(asked)


def forget(scene: Scene, outcome: Outcome) -> Outcome:
    """Confirmed: all of it goes in ten minutes. Without the question before it, the question comes first."""
    state = outcome.state
    if not state.forget_asked or state.forget_at is not None:
        return ask(scene, outcome)
    at = scene.now + UNDO_FOR
    going = outcome.remember(forget_asked=False, forget_at=at).do(
        Forget(at=at), Record(what="forget_asked", actor="prospect")
    )
    ways = (buttons.do("forget_undo", state.language),)
    told = _on_forgetting(scene, "forget.done", state.language)
    return going.say(Reply(blocks=told, choices=ways))


def keep(scene: Scene, outcome: Outcome) -> Outcome:
    """Thought better of it before it was confirmed."""
    kept = outcome.remember(forget_asked=False)
    return answering.back_to_form(scene, kept.line("forget.kept", *buttons.always(kept.state)))


def undo(scene: Scene, outcome: Outcome) -> Outcome:
    """Thought better of it within the ten minutes."""
    if outcome.state.forget_at is None:
        return keep(scene, outcome)
    undone = outcome.remember(forget_at=None).do(Record(what="forget_undone", actor="prospect"))
    return keep(scene, undone)


def _on_forgetting(scene: Scene, text_id: str, language: Language) -> tuple[Block, ...]:
    """A line, and if inquiries have left, which these are and how to have them erased."""
    lines = [text(text_id, language)]
    sent = rendering.listed((each.reference for each in scene.records.inquiries()), language)
    if sent:
        with_agency = "forget.with_the_agency"
        lines.append(text(with_agency, language, references=sent, agency=scene.agency))
    return tuple(Text(text=line) for line in lines)


def _files(files: Sequence[OwnFile], language: Language) -> tuple[Block, ...]:
    """Each by its name, the latest first."""
    rows = [
        text(
            "mydata.file" if file.sent else "mydata.file_not_sent",
            language,
            name=file.name,
            kind=file.kind.upper(),
            size=file.size,
            day=rendering.day(file.kept_at.astimezone(BEIJING).date(), language),
        )
        for file in reversed(files)
    ]
    return _list("mydata.files", rows, language)


def _reminders(reminders: Sequence[Reminder], language: Language) -> tuple[Block, ...]:
    """Each by what it is of, the next first; of the address only so much that it is known again."""
    rows = [
        text(
            f"mydata.reminder_{each.which}",
            language,
            about=each.about or text("mydata.reminder_unnamed", language, number=each.number),
            day=rendering.day(each.on, language),
            email=veiled(each.email),
        )
        for each in reminders
    ]
    return _list("mydata.reminders", rows, language)


def _list(title: str, rows: Sequence[str], language: Language) -> tuple[Block, ...]:
    """A heading that counts, and the first rows under it; nothing where there are none."""
    if not rows:
        return ()
    shown_rows = list(rows[:MOST_LISTED])
    if len(rows) > MOST_LISTED:
        shown_rows.append(text("mydata.more", language, count=len(rows) - MOST_LISTED))
    heading = Text(text=text(title, language, count=len(rows)))
    return heading, Bullets(items=tuple(shown_rows))


def _open_form(outcome: Outcome, language: Language) -> tuple[Block, ...]:
    progress = outcome.state.progress
    if progress is None or not progress.values():
        return ()
    form = forms.load(progress.form)
    rows = tuple(
        row(form.label(language, path), veiled(shown(form, path, value, language)), language)
        for path, value in progress.values().items()
        if form.field(path).id != MORE
    )
    return (Text(text=text("mydata.form", language)), Bullets(items=rows))
