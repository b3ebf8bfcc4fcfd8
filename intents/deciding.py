"""From probabilities to a decision: answer, ask back, or say that it is not ours.

Being sure of an intent is more than is needed: an answer is right if it states what was asked for, so the
probability of every neighbour whose core the answer states as well counts towards it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intents.answer import Kind, Scored
from intents.catalogue import Topic

SURE = 0.46
"""From here on we answer."""
SURE_OF: Mapping[Kind, float] = {Kind.REFUSE: 0.7, Kind.ESCALATE: 0.5, Kind.INTAKE: 0.5}
"""A refusal accuses, a call rings somebody, a form interrupts: these want more than an answer does."""
MAYBE = 0.16
"""From here on we ask which of the likeliest is meant; below, we do not guess."""
OUTSIDE = "outside.subject"
OFFERED = 3
NEAR = 0.08
"""What is less likely than this is not near enough to ask for it: it adds choices, and hardly ever the right one."""

PRECEDENCE = (
    Kind.REFUSE,
    Kind.ESCALATE,
    Kind.INTAKE,
    Kind.ANSWER,
    Kind.CLARIFY,
    Kind.SMALLTALK,
    Kind.OUT_OF_SCOPE,
)
"""Which of several wishes in one message makes the kind of the whole."""


def decide(ranking: Sequence[Scored], topics: Mapping[str, Topic]) -> Kind:
    """What to do about one question."""
    safe = safety(ranking, topics)
    if ranking and safe >= SURE_OF.get(topics[ranking[0].id].kind, SURE):
        return topics[ranking[0].id].kind
    return Kind.CLARIFY if safe >= MAYBE else Kind.OUT_OF_SCOPE


def unaccusing(ranking: Sequence[Scored], topics: Mapping[str, Topic]) -> tuple[Scored, ...]:
    """The ranking without what would accuse, unless we are sure of it: a doubt is no reason to ask back either."""
    first = ranking[0]
    if topics[first.id].kind is not Kind.REFUSE or first.confidence >= SURE_OF[Kind.REFUSE]:
        return tuple(ranking)
    return tuple(scored for scored in ranking if topics[scored.id].kind is not Kind.REFUSE)


def safety(ranking: Sequence[Scored], topics: Mapping[str, Topic]) -> float:
    """The probability that answering the first intent of the ranking is right.

    To decline is right as well where the message wants nothing that we know: what is left over counts towards it.
    """
    if not ranking:
        return 0.0
    top = topics[ranking[0].id]
    right = sum(other.confidence for other in ranking if covers(top, topics[other.id]))
    if top.kind is Kind.OUT_OF_SCOPE:
        right += max(0.0, 1 - sum(scored.confidence for scored in ranking))
    return min(1.0, right)


def covers(top: Topic, other: Topic) -> bool:
    """Whether an answer to the first also answers the second: it states part of its core and is of its kind."""
    if top.id == other.id:
        return True
    return top.kind is other.kind and bool(set(top.facts) & set(other.rests_on))


def offers(ranking: Sequence[Scored], topics: Mapping[str, Topic]) -> list[str]:
    """The intents to choose from when we ask back."""
    askable = (Kind.ANSWER, Kind.INTAKE, Kind.ESCALATE)
    likely = [scored.id for scored in ranking if scored.confidence >= NEAR]
    return [intent for intent in likely if topics[intent].kind in askable][:OFFERED]


def whole(kinds: Sequence[Kind]) -> Kind:
    """The kind of a message from the kinds of its questions."""
    return min(kinds, key=PRECEDENCE.index)
