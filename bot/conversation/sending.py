"""What becomes of a finished form: a lead for the agency, or days on which the person is reminded."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation import buttons
from bot.conversation.events import CallStaff, Record, SetReminders, SubmitLead
from bot.conversation.owner import Move, Owner
from bot.conversation.prompting import progress_of, row
from bot.conversation.reply import Reply
from bot.conversation.scene import Outcome, Scene
from bot.conversation.texts import text
from bot.intake import filling as fill
from bot.intake import showing
from bot.intake.form import Form, Sends
from bot.intake.progress import Progress
from intents.answer import Block, Bullets, Text
from intents.reading import Entities
from knowledge import calendar, rendering
from knowledge.model import Language

URGENT = ("urgency", "held_now")
"""The answer that calls a person as soon as the inquiry is sent."""
CHECKLIST = "documents.checklist"
"""The question whose answer is the list of papers."""
_RIGHTS = {"trademark", "copyright", "patent"}
_MOST_LISTS = 2


def send(scene: Scene, outcome: Outcome, form: Form, reference: str) -> Outcome:
    """A complete form leaves the conversation. Consent is kept with its wording's version and its time."""
    if form.sends is Sends.REMINDER:
        return _remind(scene, outcome, form, reference)
    return _lead(scene, outcome, form, reference)


def _lead(scene: Scene, outcome: Outcome, form: Form, reference: str) -> Outcome:
    state, progress = outcome.state, progress_of(outcome)
    answers = fill.answers(form, progress)
    lead = SubmitLead(
        reference=reference,
        form=form.id,
        answers=answers,
        put_off=tuple(step.path for step in fill.put_off(form, progress)),
        consent_version=form.consent_version,
        consent_at=scene.now,
        language=state.language,
    )
    sent = outcome.remember(progress=None, references=(*state.references, reference), files=()).do(
        lead, Record(what="lead_sent", actor="prospect", data={"reference": reference})
    )
    lists = _papers(scene, form, progress, state.language)
    return _receipt(scene, sent, form, lead, lists)


def _receipt(
    scene: Scene, outcome: Outcome, form: Form, lead: SubmitLead, lists: tuple[Block, ...]
) -> Outcome:
    """Number, next step, when, who; a colleague at once where goods are held; then the papers that are wanted."""
    language = outcome.state.language
    field_id, urgent = URGENT
    day = rendering.weekday(calendar.china().after(scene.today, 1), language)
    lines = [
        text("form.receipt", language, agency=scene.agency, reference=lead.reference),
        text("form.receipt_next", language, contact=_contact(lead.answers, form), day=day),
    ]
    if lead.answers.get(field_id) == urgent and outcome.state.owner is not Owner.WAITING:
        lines.append(text("form.receipt_urgent", language))
        outcome = outcome.move(Move.CALL, "prospect").remember(
            waiting_since=scene.now, noted_while_waiting=False
        )
        outcome = outcome.do(CallStaff(reason="goods_held"))
    if lead.put_off:
        lines.append(text("form.receipt_put_off", language))
    blocks = (*(Text(text=line) for line in lines), *lists)
    return outcome.say(Reply(blocks=blocks, choices=(buttons.do("menu", language),)))


def _contact(answers: Mapping[str, str], form: Form) -> str:
    """Where the person is reached; a form wants that."""
    return next(value for path, value in answers.items() if form.field(path).tells == "contact")


def _papers(scene: Scene, form: Form, progress: Progress, language: Language) -> tuple[Block, ...]:
    """The papers that each kind of right will want, once each."""
    found: list[Block] = []
    cases = [fill.told(form, progress, number + 1) for number in range(fill.rounds(form, progress))]
    distinct = {(case.get("subject"), case.get("holder")): case for case in cases}
    for case in list(distinct.values())[:_MOST_LISTS]:
        right = case.get("subject")
        if right not in _RIGHTS:
            continue
        named = Entities(rights=(right,), case={k: v for k, v in case.items() if k == "holder"})
        found += scene.composer.topic(CHECKLIST, language, scene.today, named).blocks
    return tuple(found)


def _remind(scene: Scene, outcome: Outcome, form: Form, reference: str) -> Outcome:
    """The days are kept; each is named, so that a slip is seen now and not in years."""
    progress, language = progress_of(outcome), outcome.state.language
    answers = fill.answers(form, progress)
    effect = SetReminders(
        reference=reference,
        answers=answers,
        consent_version=form.consent_version,
        consent_at=scene.now,
        language=language,
    )
    kept = outcome.remember(progress=None, reminded=(*outcome.state.reminded, reference)).do(
        effect, Record(what="reminders_set", actor="prospect", data={"reference": reference})
    )
    rows = [
        row(line.label, line.said, language)
        for line in showing.lines(form, progress, language)
        if (line.at in answers) == (line.at.count(".") > 1) and "." in line.at
    ]
    blocks = (
        Text(text=text("form.reminders_set", language, email=_contact(answers, form))),
        Bullets(items=tuple(rows)),
        Text(text=text("form.reminders_stop", language)),
    )
    return kept.say(Reply(blocks=blocks, choices=(buttons.do("menu", language),)))
