"""Reads a message: language, questions, what is named, what is asked. The pure half of the engine.

In: a text, the language of the chat so far, and what the conversation was about. Out: a `Reading`. No day is needed:
what is asked never depends on it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from intents import entities
from intents.answer import Kind, Scored
from intents.aside import oddity, sign
from intents.catalogue import Topic
from intents.context import NO_CONTEXT, Context
from intents.deciding import MAYBE, OUTSIDE, SURE, decide, safety, unaccusing, whole
from intents.entities.contacts import without_contacts
from intents.entities.wording import as_asked, only_named
from intents.following import BASIS, Follower, as_each, going_on, led
from intents.foreign import Foreign, english_numbers, telling
from intents.handlers import needs
from intents.language import TAUGHT, Written, detect
from intents.matcher import Match, Matcher
from intents.normalise import fold, for_matching
from intents.questions import Question, asks, questions
from intents.reading import Entities, Odd, Part, Reading, Wish
from intents.registering import of_recordation
from knowledge.model import Language

Shares = dict[str, float]
_READ = 12
"""So many different questions of a message are read, twice what is answered."""
MOST_QUESTIONS = 6
"""More in one message are not answered at once: we ask which comes first."""
_UNSEEN = 0.002
"""The share of an intent that one of two readings does not list."""
_WISHES = (Kind.REFUSE, Kind.ESCALATE, Kind.INTAKE)
"""What a story may want besides the question it leads to."""
_PLAIN_WISH = 0.7
_YIELDING = ("talk.urgent", "talk.legal_advice")
"""Beside a question of law these give way: the question is answered, and a person offered."""
_LEANS: Mapping[str, float] = {"money": 4.0, "days": 1.5, "judged": 4.0}
"""How much likelier a worked-out answer becomes when what it needs is named."""
_OTHER_SIDE: Mapping[str, tuple[str, ...]] = {"holder": ("remedy",)}
"""Which topics speak to the other side of a case, by who asks."""
_NOT_OF: Mapping[str, tuple[str, ...]] = {
    "holder": ("applicant.licensee", "claim.licensee_may_record")
}
"""Questions about others than who asks."""
_AGAINST = 0.25
"""How much less likely these become."""
_OF_A_NUMBER: Mapping[str, float] = {"rights.trademark": 2.0, "rights.pending": 0.25}
"""Whoever tells the number of a registration asks about that, not about an application."""
_COMMA = re.compile(r"\s*[,，:：]\s*")
_CONDITION = re.compile(
    r"\s*(?:(?:and|but|so|ok|hi|hello)\b[\s,]*)*(?:if|when|once|unless|suppose|assuming|after|before|for|in|under)\b"
    r"|\s*(?:那|但|不过)?(?:如果|要是|假如|若|一旦|当|对于|除了)",
    re.IGNORECASE,
)
_SURE_ALONE = 0.7
"""How sure a short question must be to be taken at its own word, where it names a subject."""
_EVERYDAY = "outside.everyday"
_DAILY = 0.9
"""What names a right of ours is sent away as a matter of everyday life only where we are so sure."""
_TELLING = 4
"""Shorter words are not noted as known."""
_NEAR_TO_MANY = 5
_GREETINGS = 4
"""So many are read past: each costs a reading of all that follows, and who greets without end asks nothing."""
_POLITE = 0.5
"""How sure a clause must be small talk to be read past."""


@dataclass(frozen=True)
class Reader:
    """A matcher and the topics it decides about."""

    matcher: Matcher
    topics: Mapping[str, Topic]
    follower: Follower
    foreign: Foreign | None = None
    """For the commonest questions in some languages we do not speak."""
    terms_only: bool = False
    """For messages in languages we do not speak: beside those questions only the terms of our subject are read."""
    met: dict[str, Shares] = field(default_factory=dict, repr=False, compare=False)
    """What was made of the pieces of the message that is read; some are looked at more than once."""

    def read(
        self, text: str, hint: Language | None = None, context: Context = NO_CONTEXT
    ) -> Reading:
        """What the message was written in, asks for and names."""
        written = detect(text, hint)
        plain = english_numbers(text, written.code) if written.foreign else text
        named = entities.read(plain)
        nothing_asked = only_named(plain, named)
        taught = self.foreign if written.code in TAUGHT else None
        reader = replace(self, terms_only=written.foreign, foreign=taught, met={})
        odd, topic = oddity(text), sign(text)
        if (odd or topic) and not (nothing_asked or reader.following(Question(plain), context)):
            language = hint if hint and odd != "link" else written.answer_in
            return _odd(text, odd, topic, language)
        said = _lines_without_contacts(plain) if named.contacts else plain
        parts = (
            (Part(text=said, kind=Kind.CLARIFY, ranking=()),)
            if nothing_asked
            else reader.parts(said, context, written.answer_in)
        )
        if len({part.text for part in parts if asks(part.text)}) > MOST_QUESTIONS:
            return _too_many(text, written, parts)
        return Reading(
            text=text,
            language=written.answer_in,
            written_in="und" if nothing_asked else written.code,
            kind=_kind(parts, foreign=written.foreign),
            parts=parts,
            entities=named,
            only_named=nothing_asked,
        )

    def parts(
        self, text: str, context: Context = NO_CONTEXT, language: Language = "en"
    ) -> tuple[Part, ...]:
        """The questions one by one; the message as a whole where none of its questions makes sense by itself."""
        cut = questions(text, self.follower.wishes)
        every = list({question.text: question for question in cut}.values())[:_READ]
        asked = [each for each in every if not self.follower.says_nothing(each.text)] or every
        before: list[Question | None] = [None, *asked]
        parts: list[Part] = []
        for question, previous in zip(asked, before, strict=False):
            found = self.following(question, context) or self._alone(question, previous, context)
            if previous is None and not found[0].follows:
                found = self._with_last(question, found[0], context, language) or found
            context = going_on(context, found)
            parts += found
        if len(parts) > 1 and all(map(_unsure, parts)):
            together = self._part(Question(text))
            if not _unsure(together) or all(part.kind is Kind.OUT_OF_SCOPE for part in parts):
                return (together,)
        return (*self._wishes(asked, parts), *parts)

    def following(self, question: Question, context: Context) -> list[Part]:
        """What the question comes to after what was said before it; nothing where it stands alone, or ends a story."""
        if question.before and not self._polite(question.before):
            return []
        lead = self.follower.lead(question.text, context)
        if lead is None or (lead.wish is Wish.SOURCE and not lead.intents and self._law(question)):
            return []
        return led(question.text, lead, self.topics)

    def _polite(self, before: str) -> bool:
        return self._part(Question(before)).kind is Kind.SMALLTALK

    def _law(self, question: Question) -> bool:
        """Whether it asks for the law by itself, as in "what is the legal basis?"."""
        return self._part(question).intent == BASIS

    def _alone(self, question: Question, previous: Question | None, context: Context) -> list[Part]:
        """The question by itself; where it leaves open which of two matters is meant, both."""
        part = self._plainer(question, self._part(question, previous))
        if part.intent is None or part.kind is not Kind.ANSWER:
            return [part]
        named = self.follower.leaning(part.intent, context, part.entities)
        part = part.model_copy(update={"entities": named})
        said = f"{question.before} {question.text}"
        asked = self.follower.table.both(said, part.ranking, context.intents)
        return as_each(part, asked)

    def _plainer(self, question: Question, part: Part) -> Part:
        """Where a story hides what is asked, the sentence that asks by itself, or the clause of it that does."""
        told, clause = (
            (question.before, question.text) if question.before else _last_clause(question.text)
        )
        if part.kind is not Kind.CLARIFY or not (told and asks(clause)):
            return part
        alone = self._part(Question(clause))
        beside = self._part(Question(told))
        foreign = beside.kind is Kind.OUT_OF_SCOPE and not beside.unknown
        if alone.kind is not Kind.ANSWER or alone.ranking[0].confidence < _SURE_ALONE or foreign:
            return part
        return alone.model_copy(update={"text": question.text, "entities": part.entities})

    def _with_last(
        self, question: Question, alone: Part, context: Context, language: Language
    ) -> list[Part]:
        """A short question that names no subject of its own, read together with the one answered before it.

        That counts only where it comes to a neighbour of what was answered, and the question alone wants no talk.
        """
        asked = self.follower.asked_before(question.text, context, language)
        if asked is None or question.before or alone.kind not in (Kind.ANSWER, Kind.CLARIFY):
            return []
        part = self._part(replace(question, follows=True), Question(asked))
        if _unsure(part) or not self.follower.neighbours(part.intent, context):
            return []
        return [part.model_copy(update={"follows": True})]

    def _wishes(self, asked: list[Question], parts: list[Part]) -> list[Part]:
        """What the stories want by themselves: "I want to record our brand. What do you need?" is an order too."""
        told = [self._part(Question(question.before)) for question in asked if question.before]
        known = {part.intent for part in parts}
        return [wish for wish in told if self._plain(wish) and wish.intent not in known]

    def _plain(self, wish: Part) -> bool:
        plain = wish.kind in _WISHES and safety(wish.ranking, self.topics) >= _PLAIN_WISH
        return plain and wish.intent not in _YIELDING

    def _part(self, question: Question, previous: Question | None = None) -> Part:
        named = entities.read(f"{question.before} {question.text}")
        shares = of_recordation(self._shares(question, previous), named, question.text)
        shares = self._leaning(shares, named)
        ranking = unaccusing(_ranked(shares), self.topics)
        safe = 0.0 if self._gibberish(question, ranking) else safety(ranking, self.topics)
        kind = decide(ranking, self.topics) if safe else Kind.OUT_OF_SCOPE
        if ranking[0].id == _EVERYDAY and named.rights and ranking[0].confidence < _DAILY:
            kind = Kind.CLARIFY
        # Sure that it is nothing of ours, and of nothing else that it could be: that is not known either.
        unknown = safe < MAYBE or (kind is Kind.OUT_OF_SCOPE and ranking[0].confidence < MAYBE)
        if safe < MAYBE:
            ranking = (Scored(id=OUTSIDE, confidence=round(1 - safe, 6)), *ranking)
        return Part(text=question.text, kind=kind, ranking=ranking, entities=named, unknown=unknown)

    def _gibberish(self, question: Question, ranking: tuple[Scored, ...]) -> bool:
        """Whether no word of it is known, so that only letters speak for what it seems to ask."""
        words = for_matching(f"{question.before} {question.text}").split()
        if self.terms_only or ranking[0].confidence >= _PLAIN_WISH or not words:
            return False
        return all(map(self._meaningless, words))

    def _meaningless(self, word: str) -> bool:
        """Whether it is no word we know, nor surely a slip of one: a short one is near to too many."""
        if len(word) > 1 and len(set(word)) == 1:
            return True
        if not (word.isascii() and word.isalpha()) or len(word) < _TELLING:
            return False
        speller = self.matcher.speller
        slip = len(word) > _NEAR_TO_MANY and speller.mend(word) != word
        return not (speller.knows(word) or slip)

    def _shares(self, question: Question, previous: Question | None) -> Shares:
        """How likely each intent is; a question is read with its story, a short one also with the question before."""
        alone = self._past_greeting(f"{question.before} {question.text}".strip())
        own = _top(alone) >= _SURE_ALONE and self.follower.table.names_subject(question.text)
        if question.follows and previous and not own:
            return _both(alone, self._match(f"{previous.text} {question.text}"))
        return alone

    def _past_greeting(self, text: str, most: int = _GREETINGS) -> Shares:
        """A question behind "Good morning," is read without it as well; the surer reading counts."""
        whole_text = self._match(text)
        clauses = _COMMA.split(text, maxsplit=1)
        if not most or len(clauses) == 1 or not all(clauses):
            return whole_text
        greeting = self._match(clauses[0])
        first = max(greeting, key=lambda intent: greeting[intent])
        polite = self.topics[first].kind is Kind.SMALLTALK and greeting[first] >= _POLITE
        if not polite:
            return whole_text
        rest = self._past_greeting(clauses[1], most - 1)
        asks = self.topics[max(rest, key=lambda intent: rest[intent])].kind is not Kind.SMALLTALK
        return rest if asks and _top(rest) >= SURE else max(whole_text, rest, key=_top)

    def _match(self, text: str) -> Shares:
        if text not in self.met:
            self.met[text] = self._matched(as_asked(text))
        return self.met[text]

    def _matched(self, asked: str) -> Shares:
        taught = _listed(self.foreign.match(asked)) if self.foreign and self.terms_only else {}
        if taught and (_top(taught) >= SURE or not telling(asked, self.matcher.concepts)):
            return taught
        return _listed(self.matcher.match(asked, terms_only=self.terms_only))

    def _leaning(self, shares: Shares, named: Entities) -> Shares:
        """What is named points to what is asked: a value of goods to the security for it, a day to a deadline."""
        leant = {intent: share * self._lean(intent, named) for intent, share in shares.items()}
        total = max(1.0, sum(leant.values()))
        return {intent: share / total for intent, share in leant.items()}

    def _lean(self, intent: str, named: Entities) -> float:
        handler = self.topics[intent].handler
        need = needs(handler) if handler else None
        lean = _LEANS[need] if need and getattr(named, need) else 1.0
        if any(each.kind == "trademark" for each in named.registrations):
            lean *= _OF_A_NUMBER.get(intent, 1.0)
        role = named.case.get("role", "")
        other_side = intent.partition(".")[0] in _OTHER_SIDE.get(role, ())
        other_side = other_side or intent in _NOT_OF.get(role, ())
        return lean * _AGAINST if other_side else lean


def _lines_without_contacts(text: str) -> str:
    """What is cut into questions, and of what a part may be repeated."""
    return "\n".join(without_contacts(fold(line)) for line in text.splitlines())


def _last_clause(text: str) -> tuple[str, str]:
    """What is told before the last comma and what stands behind it; nothing is told where it sets a condition."""
    told, _, clause = text.rpartition("，" if "，" in text else ",")
    return ("", text) if _CONDITION.match(told) else (told.strip(), clause.strip())


def _listed(match: Match) -> Shares:
    return {scored.id: scored.confidence for scored in match.ranking}


def _odd(text: str, odd: Odd | None, topic: str | None, language: Language) -> Reading:
    """A message without a word: what its signs stand for, or nothing."""
    found = Scored(id=topic or OUTSIDE, confidence=1.0)
    kind = Kind.SMALLTALK if topic else Kind.OUT_OF_SCOPE
    part = Part(text=text, kind=kind, ranking=(found,), unknown=topic is None)
    return Reading(
        text=text, language=language, written_in="und", kind=kind, parts=(part,), odd=odd
    )


def _too_many(text: str, written: Written, parts: tuple[Part, ...]) -> Reading:
    """More questions than an answer holds: which of the surest ones comes first is asked."""
    known = sorted(
        (part for part in parts if part.kind is Kind.ANSWER),
        key=lambda part: -part.ranking[0].confidence,
    )
    asked = tuple(part.model_copy(update={"kind": Kind.CLARIFY}) for part in known or parts)
    return Reading(
        text=text,
        language=written.answer_in,
        written_in=written.code,
        kind=Kind.CLARIFY,
        parts=asked[:MOST_QUESTIONS],
        odd="too_many",
    )


def _top(shares: Shares) -> float:
    return max(shares.values())


def _unsure(part: Part) -> bool:
    return part.intent is None or part.intent == OUTSIDE


def _kind(parts: tuple[Part, ...], *, foreign: bool) -> Kind:
    answered = any(part.kind is Kind.ANSWER for part in parts)
    kinds = [part.kind for part in parts if not (answered and part.intent in _YIELDING)]
    kind = whole(kinds)
    return Kind.CLARIFY if foreign and kind is Kind.OUT_OF_SCOPE else kind


def _ranked(shares: Shares) -> tuple[Scored, ...]:
    order = sorted(shares, key=lambda intent: -shares[intent])
    return tuple(Scored(id=intent, confidence=round(shares[intent], 6)) for intent in order)


def _both(left: Shares, right: Shares) -> Shares:
    """What both readings can agree on: the geometric mean, as sure in all as the two on average."""
    intents = sorted(left.keys() | right.keys())
    agreed = {
        intent: math.sqrt(left.get(intent, _UNSEEN) * right.get(intent, _UNSEEN))
        for intent in intents
    }
    scale = (sum(left.values()) + sum(right.values())) / 2 / sum(agreed.values())
    return {intent: share * scale for intent, share in agreed.items()}
