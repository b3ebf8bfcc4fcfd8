"""What a form's answers and a conversation tell of the case: proposals, verdicts, corrections."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from bot.conversation.scene import Scene
from bot.conversation.texts import text, texts_of
from bot.intake import filling as fill
from bot.intake import several, steps
from bot.intake.form import Form
from bot.intake.kinds import country
from bot.intake.kinds.numbers import written
from bot.intake.progress import Progress
from bot.intake.typed import bare, folded, tidy
from intents.answer import Block, Text
from intents.reading import Entities
from knowledge import eligibility
from knowledge.eligibility import CASE, Outcome, Rule, State
from knowledge.model import LANGUAGES, Language

ELIGIBLE = "rights.can_we"
"""The question whose answer is the verdict."""
SUBJECT = "subject"
"""Nothing is allowed without it."""
_PATENTS = frozenset({"invention", "utility_model", "design"})
NOTHING: Mapping[str, str] = MappingProxyType({})
_FIRST_ROUND = "1"
_STOP = re.compile(r"[,.:;!，。：；！]")
"""Between "no" and what is right instead; "No 5 Trading" denies nothing."""


def told_in(said: str, named: Entities) -> dict[str, str]:
    """What a message tells of a right besides its kind: the number; the holder's country, where it says that and
    names no other.
    """
    found: dict[str, str] = {}
    if named.registrations and named.registrations[0].fits is not False:
        found["number"] = written(named.registrations[0])
    seats = set(country.named(said))
    if named.case.get("origin") and len(seats) == 1:
        found["country"] = seats.pop()
    return found


def proposals(form: Form, named: Entities, before: Mapping[str, str] = NOTHING) -> dict[str, str]:
    """What was read from the conversation as answers to a form's first round, by path, to be confirmed; `before` is
    what was told in earlier messages.
    """
    told = {**before, **named.case}
    if named.rights:
        told.setdefault("subject", named.rights[0])
    if told.get("subject") in _PATENTS:
        told["subject"] = "patent"
    told |= told_in("", named)
    found: dict[str, str] = {}
    for name, field in form.keyed():
        value = told.get(field.tells or "")
        if value is not None and (not field.options or value in field.options):
            found[_first(name)] = value
    return found


def verdict(
    scene: Scene, form: Form, before: Progress, after: Progress, language: Language
) -> tuple[Block, ...]:
    """What stands in the way of a recordation, or does not although one may fear so: said as soon as an answer tells
    it, and each reason once.
    """
    known = {rule.id for rule, _ in _notable(form, before)}
    fresh = [(rule, case) for rule, case in _notable(form, after) if rule.id not in known]
    if not fresh:
        return ()
    case = fresh[0][1]
    rules = [rule for rule, other in fresh if other == case]
    allowed = all(rule.verdict is Outcome.YES for rule in rules)
    wanted = {part for part in CASE if any(rule.wants(part) for rule in rules)}
    wanted |= {SUBJECT} if allowed else set()
    told = {part: case[part] for part in CASE if part in wanted}
    said = scene.composer.topic(ELIGIBLE, language, scene.today, Entities(case=told)).blocks
    if allowed:
        return said
    return (*said, Text(text=text("form.goes_on", language)))


def _notable(form: Form, progress: Progress) -> list[tuple[Rule, dict[str, str]]]:
    """The rules that speak against a recordation or leave it open, those that allow it without a registration, and
    those on where the holder sits; each with its round's case.
    """
    found: list[tuple[Rule, dict[str, str]]] = []
    for number in range(1, fill.rounds(form, progress) + 1):
        case = _case(form, progress, number)
        judged = eligibility.judge(eligibility.china(), case)
        found += [
            (rule, case)
            for rule in (judged.reasons if judged else ())
            if rule.verdict is not Outcome.YES
            or rule.state == (State.UNREGISTERED,)
            or (rule.origin and "state" in case)
        ]
    return found


def correction(form: Form, progress: Progress, said: str) -> tuple[str, str] | None:
    """ "Change the country to France", "no, the country is France, not Italy": the path that is named, and the new
    answer if one is given. A statement counts only for what was answered before.
    """
    typed = tidy(said)
    plain = _lead_in().sub("", typed)
    for pattern in _patterns("changing"):
        match = pattern.fullmatch(plain)
        named = _named(form, progress, match["what"]) if match else None
        if match and named:
            return named, match["value"] or ""
    found = several.named(form, progress, plain)
    answered = found and found[0] in progress.answers and found[0] != progress.at
    if found and found[1] and (answered or (plain != typed and found[0] in progress.answers)):
        return found[0], _without_denial(found[1])
    return None


def instead(said: str) -> str | None:
    """ "No, Rossi SpA": what is right instead of a proposal; None where nothing is denied before it."""
    typed = tidy(said)
    match = _lead_in().match(typed)
    if match is None or not _STOP.search(match[0]):
        return None
    return bare(typed[match.end() :])


def _without_denial(value: str) -> str:
    """ "France, not Italy": France."""
    for pattern in _patterns("denying"):
        value = pattern.sub("", value) or value
    return value


def _named(form: Form, progress: Progress, what: str) -> str | None:
    """The question that is called so: of several rounds the last one, if none is named."""
    wanted = re.sub(r"^(?:the|my|our) |^我们?的", "", folded(what))
    found = [
        step.path
        for step in steps.of(form, progress)
        if not step.ends_round and wanted in several.names(form, step.path)
    ]
    return found[-1] if found else None


def _case(form: Form, progress: Progress, number: int) -> dict[str, str]:
    """The parts of the case that are told, with values that the rules know."""
    told = fill.told(form, progress, number)
    if "country" in told:
        told["origin"] = country.origin(told["country"])
    return {part: told[part] for part in CASE if told.get(part) in CASE[part]}


def _first(name: str) -> str:
    """The path of a field's key in the first round."""
    group, _, rest = name.rpartition(".")
    return f"{group}.{_FIRST_ROUND}.{rest}" if group else name


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """How people say something, in every language."""
    return tuple(
        re.compile(pattern, re.IGNORECASE | re.DOTALL)
        for language in LANGUAGES
        for pattern in texts_of(language)[name]
    )


@cache
def _lead_in() -> re.Pattern[str]:
    """ "No, ...", "sorry, ..." before what is right."""
    return re.compile("|".join(f"(?:{each.pattern})" for each in _patterns("protesting")), re.I)
