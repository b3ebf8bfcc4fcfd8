"""Whether a right can be recorded by an applicant, from what the message tells of both, and what comes first if not."""

from __future__ import annotations

from intents.handlers.registry import Case, register
from intents.voice import Opening
from knowledge import eligibility
from knowledge.eligibility import Outcome, Rule
from knowledge.library import Holding

_SHOWN = 3


@register("eligibility", needs="judged")
def verdict(case: Case) -> Opening | None:
    """The verdict with its reasons, or nothing where the message tells too little."""
    found = eligibility.judge(eligibility.china(), case.entities.case)
    if found is None:
        return None
    voice = case.voice
    reasons = found.reasons[:_SHOWN]
    facts = _facts(case, reasons)
    law = [voice.statement(fact) for fact in facts]
    first = list(dict.fromkeys(rule.first.text(voice.language) for rule in reasons if rule.first))
    # "Not yet" is half an answer: what has to come first is the other half, and stands before the law.
    said = [*first, *law] if found.outcome is Outcome.NOT_YET else [*law, *first]
    said.insert(0, voice.text(f"eligible.{found.outcome}"))
    said.append(
        voice.text("eligible.person" if found.outcome is Outcome.UNSURE else "eligible.case")
    )
    return Opening(voice.text("frame.space").join(said), facts, complete=True)


@register("eligible_right", needs="judged")
def obstacle(case: Case) -> Opening | None:
    """The same for a question about one right, where what is told stands in its way; else its plain answer is right."""
    found = eligibility.judge(eligibility.china(), case.entities.case)
    stands = found and case.entities.judged and found.outcome is not Outcome.YES
    return verdict(case) if stands else None


def _facts(case: Case, reasons: tuple[Rule, ...]) -> tuple[Holding, ...]:
    named = dict.fromkeys(rule.facts[0] for rule in reasons)
    return tuple(case.voice.holdings(tuple(named)))
