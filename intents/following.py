"""What a message that leans on the last answer asks for: the same about another right or amount, why, where it says so.

In: a text, the context of the conversation, the topics. Out: a `Lead`, the intents and entities it comes to; or
nothing where the message stands alone. Which words lean is data (`followups/<lang>.yaml`), and so is which topic
answers "and how long does that take?" about which other (`followups/topics.yaml`). What has no answer is asked back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from intents import entities
from intents.answer import Frozen, Kind, Scored
from intents.catalogue import Catalogue, Topic
from intents.context import NO_CONTEXT, URGENT, Context, merged, of_parts
from intents.entities.case import without_case
from intents.entities.money import currency, money
from intents.entities.rate import without_rate
from intents.entities.rights import without_rights
from intents.entities.scaling import scaling
from intents.handlers import needs
from intents.names import Finder, NameBook
from intents.normalise import for_matching, normalise
from intents.phrasebook import FOLDER, LONGEST, Phrasebook
from intents.reading import NOTHING_NAMED, Entities, Money, Part, Wish
from knowledge.compiled import mappings
from knowledge.datafiles import build
from knowledge.model import Language

TOPICS = "topics.yaml"
RENMINBI = "CNY"
BASIS = "law.basis"
"""What "what is the legal basis?" asks for where nothing was said before it."""
_OFFERED = 0.3
"""What is offered is worth no more than that."""
_ANY = "any"
_PATENTS = frozenset(("invention", "utility_model", "design"))
_NUMBER = re.compile(r"(?<![\d.,])\d{1,4}(?:\.\d{1,6})?(?![.,]?\d|\s*%)")
_RATE = re.compile(r"(?<![\d.,])\d{1,2}\.\d{1,6}(?![.,]?\d)")
_RECORDED = {"recorded": True, "unrecorded": False}


class Table(Frozen):
    """Which topic answers which follow-up."""

    sisters: tuple[dict[str, str], ...] = ()
    """Topics that answer the same question for different rights; `any` for one that names none."""
    only: dict[str, tuple[str, ...]] = {}
    """Topics that speak of one right alone, by the right."""
    instead: dict[str, tuple[str, ...]] = {}
    """What to offer where a right has no sister topic."""
    twins: tuple[tuple[str, str], ...] = ()
    """Topics between which a question may leave open which is meant, in the order they are told."""
    twinned_by: tuple[str, ...] = ()
    """Words without one of which a question is about neither of them."""
    told_apart: tuple[str, ...] = ()
    """Words that tell twins apart."""
    subjects: tuple[str, ...] = ()
    """Words by which a question names its own subject."""
    aspects: dict[str, dict[str, str]] = {}
    """By form: the topic that answers it about another one."""

    @classmethod
    def load(cls, folder: Path = FOLDER, *, cache: Path | None = None) -> Table:
        """Read the file. Raises DataFileError."""
        path = folder / TOPICS
        data = mappings("followup-topics", folder, [path], cache)[TOPICS]
        return build(cls, path, "", data)

    def aspect(self, form: str, intents: Iterable[str]) -> str | None:
        """The topic that answers the form about the latest of the intents for which there is one."""
        told = self.aspects.get(form, {})
        for intent in reversed(tuple(intents)):
            found = told.get(intent) or told.get(intent.partition(".")[0])
            if found:
                return found
        return None

    def sister(self, intent: str, right: str) -> str | None:
        """The topic that answers the same question about another right: itself, if it speaks of every right."""
        kind = "patent" if right in _PATENTS else right
        for row in self.sisters:
            if intent in row.values():
                return row.get(kind)
        alone = [
            owner
            for owner, names in self.only.items()
            if intent in names or intent.partition(".")[0] in names
        ]
        return intent if not alone or kind in alone else None

    def both(
        self, text: str, ranking: Sequence[Scored], before: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """The first intent of the ranking, and its twin where neither the text nor what was before tells them apart."""
        first = ranking[0].id
        pairs = [pair for pair in self.twins if first in pair]
        families = {intent.partition(".")[0] for intent in before}
        if not pairs or self._telling.find(text) != ["twin"]:
            return (first,)
        share = {scored.id: scored.confidence for scored in ranking}
        pair = max(pairs, key=lambda pair: sum(share.get(intent, 0.0) for intent in pair))
        spoken_of = [intent for intent in pair if intent.partition(".")[0] in families]
        if families and not spoken_of:
            return pair[:1]
        return (spoken_of[0],) if len(spoken_of) == 1 else pair

    @cached_property
    def _telling(self) -> Finder:
        return Finder({"twin": self.twinned_by, "told apart": self.told_apart})

    def names_subject(self, text: str) -> bool:
        """Whether a question says what it is about."""
        return bool(self._subjects.find(text))

    @cached_property
    def _subjects(self) -> Finder:
        return Finder({"subject": self.subjects})

    def beside(self, right: str) -> tuple[str, ...]:
        """What else may be asked about a right."""
        return self.instead.get("patent" if right in _PATENTS else right, ())


@dataclass(frozen=True)
class Lead:
    """What a follow-up comes to."""

    intents: tuple[str, ...]
    named: Entities = NOTHING_NAMED
    wish: Wish | None = None
    reason: str | None = None
    """The intent that gives the reason, told before the rules."""
    currency: str | None = None
    sure: bool = True
    """Whether the intents are what is asked for; else they are offered."""


@dataclass(frozen=True)
class Follower:
    """Phrases, tables and topics, ready."""

    phrasebook: Phrasebook
    table: Table
    catalogue: Catalogue
    names: NameBook

    @classmethod
    def load(cls, catalogue: Catalogue, names: NameBook, *, cache: Path | None = None) -> Follower:
        """Read the files of `followups/`. Raises DataFileError."""
        return cls(Phrasebook.load(cache=cache), Table.load(cache=cache), catalogue, names)

    @property
    def topics(self) -> Mapping[str, Topic]:
        """What can be asked."""
        return self.catalogue.topics

    def _own_subject(self, text: str) -> bool:
        return self.table.names_subject(text) or bool(self.names.terms.find(text))

    def asked_before(self, text: str, context: Context, language: Language) -> str | None:
        """The question last answered, where a short text names no subject of its own: `do we get it back?`."""
        known = [intent for intent in context.intents if intent in self.topics]
        if not known or not self.phrasebook.short(text) or self._own_subject(text):
            return None
        return self.catalogue.wording(known[-1], language).ask

    def wishes(self, text: str) -> bool:
        """Whether the text asks for nothing but something of the last answer: `why?`."""
        return self.phrasebook.form(text) in {wish.value for wish in Wish}

    def says_nothing(self, text: str) -> bool:
        """Whether a piece of a message is courtesy alone: "sorry, what?" before the question itself."""
        return self.phrasebook.form(text) is None and self.phrasebook.only_courtesy(text)

    def lead(self, text: str, context: Context) -> Lead | None:
        """What the text comes to after what was said; nothing where it stands alone."""
        form = self.phrasebook.form(text)
        intents = tuple(intent for intent in context.intents if intent in self.topics)
        if form in {wish.value for wish in Wish}:
            return self._wish(Wish(form), context, intents)
        if not intents:
            return None
        if form in _RECORDED:
            told = Entities(recorded=_RECORDED[form])
            return self._same(told, context, self._needing(intents, "money"))
        if form:
            found = self.table.aspect(form, intents)
            return self._aspect(found, context) if found and found in self.topics else None
        return self._instead(text, context, intents)

    def neighbours(self, intent: str | None, context: Context) -> bool:
        """Whether an intent is another one than the last answered, but of the same family, or offered after it."""
        if intent is None or intent in context.intents or not context.intents:
            return False
        last = context.intents[-1]
        return (
            intent.partition(".")[0] == last.partition(".")[0] or intent in self.topics[last].next
        )

    def leaning(self, intent: str, context: Context, named: Entities = NOTHING_NAMED) -> Entities:
        """What was named with a question, and what of the conversation its sum or list leans on.

        A day or a case told of one matter is not carried to another, nor an amount to a question asked anew.
        """
        topic = self.topics[intent]
        if topic.handler is None or intent in context.intents:
            return named
        old = context.recent
        money = old.money if needs(topic.handler) == "money" else ()
        return merged(
            named,
            Entities(
                money=money,
                rate=old.rate if money else None,
                rights=old.rights,
                recorded=old.recorded if money else None,
            ),
        )

    def _aspect(self, intent: str, context: Context) -> Lead:
        named = context.named if intent in context.intents else self.leaning(intent, context)
        return Lead((intent,), named)

    def _wish(self, wish: Wish, context: Context, intents: tuple[str, ...]) -> Lead | None:
        reason = self.table.aspect(wish.value, intents[-1:])
        if reason not in self.topics or reason in intents:
            reason = None
        return Lead(intents, context.named, wish, reason, context.currency)

    def _instead(self, text: str, context: Context, intents: tuple[str, ...]) -> Lead | None:
        """Another right, amount, day, rate, case or currency in the place of the one before."""
        even = self.phrasebook.mended(normalise(text))
        if len(even) > LONGEST:
            return None
        wanted = currency(even)
        if wanted and self.phrasebook.nothing_but_little_words(even.replace(wanted[1], " ", 1)):
            code = None if wanted[0] == RENMINBI else wanted[0]
            return Lead(intents, context.named, currency=code)
        new = self._scaled(normalise(text), context) or self._named(even, context)
        return self._replaced(new, context, intents) if new else None

    def _replaced(self, new: Entities, context: Context, intents: tuple[str, ...]) -> Lead | None:
        if new.money or new.rate:
            return self._amount(new, context, intents)
        if new.days or new.recent:
            running = [intent for intent in intents if intent == URGENT]
            return self._same(new, context, running or self._needing(intents, "days"))
        if new.rights:
            return self._right(new, context, intents)
        return self._same(new, context, self._needing(intents, "judged"))

    def _scaled(self, text: str, context: Context) -> Entities | None:
        """The amount named before, so many times; nothing where the text names one, or there was none."""
        found, named = scaling(text), context.named.money
        if not found or not named or entities.read(text).money:
            return None
        rest = self.phrasebook.mended(text.replace(found[1], " ", 1))
        if not self.phrasebook.nothing_but_little_words(rest):
            return None
        amount = named[0].model_copy(update={"amount": named[0].amount * found[0], "raw": text})
        return Entities(money=(amount,))

    def _named(self, text: str, context: Context) -> Entities | None:
        """What the text names, where it says nothing else; a bare number is an amount or the rate that is wanted."""
        new = entities.read(text)
        rest = without_rate(text)
        for raw in (*(day.raw for day in new.days), *(day.raw for day in new.recent)):
            rest = rest.replace(raw, " ", 1)
        if not new.money:
            new = new.model_copy(update={"money": _bare(rest, context)})
        for amount in new.money:
            rest = rest.replace(amount.raw, " ", 1)
        number = _NUMBER.search(rest)
        if number and not new.money and not new.rate and _rate_is_wanted(context):
            new = new.model_copy(update={"rate": Decimal(number[0]) or None})
            rest = rest.replace(number[0], " ", 1)
        rest = without_case(for_matching(without_rights(rest)))
        named = new.money or new.rate or new.days or new.recent or new.rights or new.case
        return new if named and self.phrasebook.nothing_but_little_words(rest) else None

    def _amount(self, new: Entities, context: Context, intents: tuple[str, ...]) -> Lead | None:
        lead = self._same(new, context, self._needing(intents, "money"))
        if lead or not (new.rate and context.currency):
            return lead
        return Lead(intents, merged(new, context.named), currency=context.currency)

    def _right(self, new: Entities, context: Context, intents: tuple[str, ...]) -> Lead:
        """The same questions about another right; those about the old right alone fall away, or are asked back."""
        right = new.rights[0]
        found = [sister for each in intents if (sister := self.table.sister(each, right))]
        known = [intent for intent in found if intent in self.topics]
        if known:
            return Lead(tuple(dict.fromkeys(known)), merged(new, context.named))
        return Lead(self.table.beside(right), new, sure=False)

    def _same(self, new: Entities, context: Context, intents: Sequence[str]) -> Lead | None:
        if not intents:
            return None
        return Lead(tuple(intents), merged(new, context.named), currency=context.currency)

    def _needing(self, intents: Iterable[str], need: str) -> list[str]:
        """Those of the intents that are worked out from such a thing."""
        handlers = ((intent, self.topics[intent].handler) for intent in intents)
        return [intent for intent, handler in handlers if handler and needs(handler) == need]


def led(text: str, lead: Lead, topics: Mapping[str, Topic]) -> list[Part]:
    """The parts of a reading that a lead comes to; a part that asks back where it comes to nothing sure."""
    share = 1.0 if lead.sure else _OFFERED
    ranking = [Scored(id=intent, confidence=share) for intent in lead.intents]
    common = {"text": text, "entities": lead.named, "follows": True, "currency": lead.currency}
    if not lead.sure or not ranking:
        return [Part(kind=Kind.CLARIFY, ranking=tuple(ranking), wish=lead.wish, **common)]
    found = [
        Part(kind=topics[each.id].kind, ranking=(each,), wish=lead.wish, **common)
        for each in ranking
    ]
    if lead.reason is None:
        return found
    first = (Scored(id=lead.reason, confidence=share),)
    return [Part(kind=topics[lead.reason].kind, ranking=first, **common), *found]


def as_each(part: Part, intents: Sequence[str]) -> list[Part]:
    """The part once for each of the intents, which it asks for alike."""
    by_id = {scored.id: scored for scored in part.ranking}
    others = [scored for scored in part.ranking if scored.id not in intents]
    return [
        part.model_copy(
            update={"ranking": (by_id.get(each, Scored(id=each, confidence=0.0)), *others)}
        )
        for each in intents
    ]


def going_on(context: Context, parts: Sequence[Part]) -> Context:
    """What the next question of the same message may lean on: the one before it, if that was understood."""
    if all(part.kind is Kind.SMALLTALK for part in parts):
        return context
    return of_parts(context, parts) or NO_CONTEXT


def _bare(text: str, context: Context) -> tuple[Money, ...]:
    """A number without a currency as an amount, in the currency spoken of so far."""
    if _rate_is_wanted(context) and _RATE.search(text):
        return ()
    found = money(f"worth {text}")
    spoken = context.named.money[0].currency if context.named.money else RENMINBI
    return tuple(amount.model_copy(update={"currency": spoken}) for amount in found)


def _rate_is_wanted(context: Context) -> bool:
    """Whether a foreign amount was named, or an amount was wanted in foreign money."""
    foreign = any(amount.currency != RENMINBI for amount in context.named.money)
    return foreign or context.currency is not None
