"""What becomes of a finished form: a lead for the agency, or days on which the person is reminded."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation import buttons, waiting
from bot.conversation.events import CallStaff, Record, SetReminders, SubmitLead
from bot.conversation.owner import Move, Owner
from bot.conversation.prompting import progress_of
from bot.conversation.reply import Reply
from bot.conversation.scene import Outcome, Scene
from bot.conversation.texts import text
from bot.intake import filling as fill
from bot.intake.form import Form, Sends
from bot.intake.progress import Progress
from bot.reminders import plan
from bot.reminders.plan import Recordation, Rules, Which
from intents.answer import Block, Bullets, Text
from intents.reading import Entities
from knowledge import calendar, rendering
from knowledge.library import china
from knowledge.model import Language

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
    scene: Scene, outcome: Outcome, form: Form, lead: SubmitLead, lists: list[tuple[Block, ...]]
) -> Outcome:
    """Number, next step, when, who; a colleague at once where goods are held; then each list of papers by itself."""
    language = outcome.state.language
    day = rendering.weekday(calendar.china().after(scene.today, 1), language)
    lines = [
        text("form.receipt", language, agency=scene.agency, reference=lead.reference),
        text("form.receipt_next", language, contact=_contact(lead.answers, form), day=day),
    ]
    if form.is_urgent(lead.answers) and outcome.state.owner is not Owner.WAITING:
        lines.append(text("form.receipt_urgent", language))
        outcome, times = waiting.times(scene, outcome)
        lines += times
        outcome = waiting.begin(scene, outcome.move(Move.CALL, "prospect", reason="goods_held"))
        outcome = outcome.do(CallStaff(reason="goods_held"))
    if lead.put_off:
        lines.append(text("form.receipt_put_off", language))
    said = [tuple(Text(text=line) for line in lines), *lists]
    *before, last = (Reply(blocks=blocks) for blocks in said)
    for reply in before:
        outcome = outcome.say(reply)
    return outcome.say(last.model_copy(update={"choices": (buttons.do("menu", language),)}))


def _contact(answers: Mapping[str, str], form: Form) -> str:
    """Where the person is reached; a form wants that."""
    return next(value for path, value in answers.items() if form.field(path).tells == "contact")


def _papers(
    scene: Scene, form: Form, progress: Progress, language: Language
) -> list[tuple[Block, ...]]:
    """The papers that each kind of right will want, once each."""
    found: list[tuple[Block, ...]] = []
    cases = [fill.told(form, progress, number + 1) for number in range(fill.rounds(form, progress))]
    distinct = {(case.get("subject"), case.get("holder")): case for case in cases}
    for case in list(distinct.values())[:_MOST_LISTS]:
        right = case.get("subject")
        if right not in _RIGHTS:
            continue
        named = Entities(rights=(right,), case={k: v for k, v in case.items() if k == "holder"})
        found.append(scene.composer.topic(CHECKLIST, language, scene.today, named).blocks)
    return found


def _remind(scene: Scene, outcome: Outcome, form: Form, reference: str) -> Outcome:
    """The days are kept; each is named, so that a slip is seen now and not in years, with what is still to come."""
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
    rows = [_ahead(scene, each, language) for each in plan.recordations(answers)]
    some = any(
        plan.planned(_rules(scene), each, scene.today) for each in plan.recordations(answers)
    )
    told = "form.reminders_set" if some else "form.reminders_over"
    blocks = (
        Text(text=text(told, language, email=_contact(answers, form))),
        Bullets(items=tuple(rows)),
        Text(text=text("form.reminders_stop", language)),
    )
    return kept.say(Reply(blocks=blocks, choices=(buttons.do("menu", language),)))


def _ahead(scene: Scene, recordation: Recordation, language: Language) -> str:
    """When the renewal of a recordation opens and closes, and which reminders are still to come."""
    days = recordation.window(_rules(scene).library, scene.today)
    coming = {each.which: each.on for each in plan.planned(_rules(scene), recordation, scene.today)}
    if not coming:
        said = "over"
    elif Which.OPENS in coming:
        said = "ahead"
    else:
        said = "now" if coming[Which.CLOSES] <= scene.today else "open"
    opens, closes = (rendering.day(day, language) for day in (days.opens, days.closes))
    about = recordation.about or text("form.remind.unnamed", language)
    return text(f"form.remind.{said}", language, about=about, opens=opens, closes=closes)


def _rules(scene: Scene) -> Rules:
    return scene.rules or Rules(china())
