"""The engine: reads messages and composes answers. What the floor above talks to.

`Engine.prepare` loads the matcher from the cache, or trains it if the phrases or the code have changed since.
`read` needs no day and may be done outside any transaction; `compose` says what holds on a day.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from intents import learning, tables
from intents.answer import MOST_FACTS, Answer, Block, Bullets, Kind, Scored, Suggestion, Text
from intents.aside import oddity, without_first_clause, without_markup, without_orders
from intents.catalogue import Catalogue, Topic
from intents.citing import sources
from intents.composing import Asked, Composed, compose
from intents.context import NO_CONTEXT, URGENT, Context
from intents.deciding import OFFERED, offers
from intents.declining import declining
from intents.following import Follower
from intents.foreign import Foreign
from intents.names import NameBook
from intents.noting import noted, questions_about
from intents.pastes import shortened
from intents.questions import asks
from intents.reading import NOTHING_NAMED, Entities, Odd, Part, Reading
from intents.subjects import named_in
from intents.understanding import Reader
from intents.urgency import pressing
from intents.voice import Voice
from knowledge.library import Library
from knowledge.model import Language
from knowledge.remarks import Neighbour

HELP = "talk.help"
PERSON = "talk.person"
ABUSE = "outside.abuse"
NEAR = 0.002
"""From here on an intent may have been meant, once the likeliest is known to be wrong."""
_OF_OURSELVES = ("talk.are_you_a_bot", "talk.privacy", "talk.languages")
"""Small talk that tells something: asked beside a question of law, it is answered too."""
_QUESTIONS = (Kind.ANSWER, Kind.INTAKE)


@dataclass(frozen=True)
class Engine:
    """Understanding and answering, ready."""

    catalogue: Catalogue = field(repr=False)
    library: Library = field(repr=False)
    reader: Reader = field(repr=False)
    names: NameBook = field(repr=False)
    agency: str

    @classmethod
    def prepare(
        cls,
        cache: Path,
        *,
        library: Library,
        agency: str,
        progress: Callable[[str], None] = lambda _: None,
    ) -> Engine:
        """Load, or train and keep in the cache folder. Raises DataFileError if a data file cannot be read."""
        tables.prepare(cache)
        catalogue = Catalogue.load(cache=cache)
        matcher = learning.spoken(catalogue, library).learnt(cache, progress)
        others = learning.foreign(catalogue, library)
        others.prepare(cache, progress)
        names = NameBook(library)
        follower = Follower.load(catalogue, names, cache=cache)
        foreign = Foreign(lambda: others.learnt(cache))
        reader = Reader(matcher, catalogue.topics, follower, foreign)
        return cls(catalogue, library, reader, names, agency)

    def read(
        self, text: str, *, hint: Language | None = None, context: Context | None = None
    ) -> Reading:
        """What a message means; `hint` is the language of the chat so far, `context` what it was about.

        Where a word of several meanings is all that it says, nothing more is known than that.
        """
        text = shortened(text)
        context = context or NO_CONTEXT
        found = self._understood(text, hint, context)
        given = tuple(dict.fromkeys((*context.given, *found.entities.given)))
        return found.model_copy(update={"given": given})

    def _understood(self, text: str, hint: Language | None, context: Context) -> Reading:
        found = self._read_past(text, hint, context)
        led = any(part.follows for part in found.parts)
        if led or self.names.only_ambiguous(text) is None:
            ours = declining(found, lambda part: bool(self.names.neighbours_in(part)))
            return ours if self._names_another_customs(text) else pressing(ours)
        parts = tuple(part.model_copy(update={"kind": Kind.CLARIFY}) for part in found.parts)
        return found.model_copy(update={"kind": Kind.CLARIFY, "parts": parts})

    def _read_past(self, text: str, hint: Language | None, context: Context) -> Reading:
        """The message, read past markup and past orders to the bot where a question is left then."""
        plain = without_markup(text)
        found = self.reader.read(plain, hint, context)
        if oddity(plain):
            return found
        abused = found.kind is Kind.SMALLTALK and found.parts[0].intent == ABUSE
        rest = without_first_clause(plain) if abused else without_orders(plain)
        if rest in {"", plain} or oddity(rest):
            return found
        left = self.reader.read(rest, hint, context)
        return left if left.kind in (Kind.ANSWER, Kind.INTAKE) else found

    def _names_another_customs(self, text: str) -> bool:
        named = (self.library.remarks[name] for name in self.names.neighbours_in(text))
        return any(isinstance(remark, Neighbour) and remark.elsewhere for remark in named)

    def compose(self, reading: Reading, on: date, *, said: int = 0) -> Answer:
        """What to say to it on that day; `said` is how often the like was said in this conversation."""
        voice = replace(self._voice(reading.language, on, said), given=reading.given)
        topics = self._topics(reading)
        if not topics or self._nothing_known(reading):
            return self._unsure(reading, voice)
        asked_with = [
            Asked(
                topic,
                _named(part, reading).on(on),
                reading.text,
                part.text,
                part.wish,
                part.currency,
            )
            for topic, part in topics
        ]
        if topics[0][0].id == URGENT:
            asked_with = [asked_with[0], *(each.without_days() for each in asked_with[1:])]
        urgent = reading.kind is Kind.ESCALATE
        composed = compose(voice, asked_with, self._not_understood(reading, voice))
        border, border_facts = self._border(reading, voice, composed.facts)
        asked = [topic for topic, _ in topics]
        follow = [*(topic.id for topic in composed.left_out), *self._follow_ups(reading, asked)]
        return Answer(
            kind=reading.kind,
            language=reading.language,
            intents=tuple(_scored(part) for _, part in topics),
            blocks=(
                *self._preface(reading, voice),
                *([] if urgent else noted(voice, reading)),
                *border,
                *composed.blocks,
                *(noted(voice, reading) if urgent else []),
            ),
            facts=(*border_facts, *composed.facts),
            as_of=on,
            suggestions=self._suggestions(follow, asked, reading.language),
        )

    def topic(
        self,
        intent: str,
        language: Language,
        on: date,
        entities: Entities = NOTHING_NAMED,
        *,
        said: int = 0,
    ) -> Answer:
        """The answer to an intent that is known, as when a button was pressed. Raises UnknownIntentError.

        The button speaks with the words of its question, so that typing these does the same.
        """
        topic = self.catalogue.topic(intent)
        asked = Asked(topic, entities, self.catalogue.wording(intent, language).ask)
        composed = compose(self._voice(language, on, said), [asked])
        return Answer(
            kind=topic.kind,
            language=language,
            intents=(Scored(id=intent, confidence=1.0),),
            blocks=composed.blocks,
            facts=composed.facts,
            as_of=on,
            suggestions=self._suggestions(topic.next, [topic], language),
        )

    def knows(self, intent: str) -> bool:
        """Whether there is (still) an intent of this id: buttons outlive the data."""
        return intent in self.catalogue.topics

    def leaning(self, intent: str, context: Context) -> Entities:
        """What of a conversation the answer to an intent leans on, as if its question had been typed."""
        return self.reader.follower.leaning(intent, context)

    def kind(self, intent: str) -> Kind:
        """What sort of answer an intent has. Raises UnknownIntentError."""
        return self.catalogue.topic(intent).kind

    def wording(self, intent: str, language: Language) -> tuple[str, str]:
        """An intent's button and the question it stands for."""
        wording = self.catalogue.wording(intent, language)
        return wording.label, wording.ask

    def nearest(self, reading: Reading, besides: Collection[str]) -> tuple[str, ...]:
        """The questions a message may have meant where these answers were wrong, likeliest first.

        Where nothing else comes near, the questions that go with the answers.
        """
        ranked = (scored for part in reading.parts for scored in part.ranking)
        by_confidence = sorted(ranked, key=lambda scored: -scored.confidence)
        near = [scored.id for scored in by_confidence if scored.confidence >= NEAR]
        beside = [intent for topic in besides for intent in self.catalogue.topic(topic).next]
        topics = self.catalogue.topics
        found = dict.fromkeys(intent for intent in (*near, *beside) if intent not in besides)
        return tuple(each for each in found if topics[each].kind in _QUESTIONS)[:OFFERED]

    def _voice(self, language: Language, on: date, said: int = 0) -> Voice:
        return Voice(self.library, self.catalogue, self.names, self.agency, language, on, said)

    def _topics(self, reading: Reading) -> list[tuple[Topic, Part]]:
        """The topics to speak to, in order: pleasantries only where nothing else was said, a refusal alone."""
        known = [(self.catalogue.topic(part.intent), part) for part in reading.parts if part.intent]
        topics: list[tuple[Topic, Part]] = []
        for topic, part in known:
            if not any(_the_same(part, other) for _, other in topics):
                topics.append((topic, part))
        if reading.kind is Kind.REFUSE:
            return [entry for entry in topics if entry[0].kind is Kind.REFUSE]
        if reading.kind is Kind.CLARIFY:
            return []
        wanted = [
            (topic, part)
            for topic, part in topics
            if topic.kind not in (Kind.SMALLTALK, Kind.OUT_OF_SCOPE)
            or (topic.id in _OF_OURSELVES and asks(part.text))
        ]
        return wanted or topics

    def _nothing_known(self, reading: Reading) -> bool:
        """Whether there is nothing near in the whole message, and nothing beside our subject is named either."""
        unknown = all(part.unknown for part in reading.parts)
        named = self.names.neighbours_in(reading.text) or named_in(reading.text)
        return unknown and not named

    def _unsure(self, reading: Reading, voice: Voice) -> Answer:
        """Ask back, offering the nearest; where nothing is near, what we can do."""
        likely = [
            intent
            for part in reading.parts
            for intent in offers(part.ranking, self.catalogue.topics)
        ]
        meanings = self._meanings(reading, voice)
        likely += questions_about(reading.entities) if reading.only_named else []
        near = self._suggestions(likely, [], reading.language)
        menu = self._suggestions(self.catalogue.topic(HELP).next, [], reading.language)
        return Answer(
            kind=reading.kind if reading.kind is Kind.OUT_OF_SCOPE else Kind.CLARIFY,
            language=reading.language,
            intents=tuple(scored for part in reading.parts for scored in part.ranking[:OFFERED]),
            blocks=(
                *self._preface(reading, voice),
                *noted(voice, reading),
                *meanings.blocks,
                *_asking_back(reading, voice, near),
            ),
            facts=meanings.facts,
            as_of=voice.on,
            suggestions=near or menu,
        )

    def _border(
        self, reading: Reading, voice: Voice, stated: Sequence[str]
    ) -> tuple[list[Block], tuple[str, ...]]:
        """That another customs is another matter, where a message names one and the answer does not say it itself."""
        if reading.kind is not Kind.ANSWER:
            return [], ()
        for name in self.names.neighbours_in(reading.text):
            remark = self.library.remarks[name]
            told = bool(set(remark.facts) & set(stated))
            room = len(stated) + len(remark.facts) <= MOST_FACTS
            if isinstance(remark, Neighbour) and remark.elsewhere and not told and room:
                return [Text(text=voice.remark(name))], remark.facts
        return [], ()

    def _meanings(self, reading: Reading, voice: Voice) -> Composed:
        """What a word of several meanings may mean, where it is all that was said, and on what that rests."""
        named = self.names.only_ambiguous(reading.text)
        if named is None:
            return Composed((), ())
        said = voice.remarked(named)
        line = sources(voice, said.facts)
        blocks: list[Block] = [Text(text=said.text)]
        blocks += [line] if line else []
        return Composed(tuple(blocks), tuple(fact.id for fact in said.facts))

    def _preface(self, reading: Reading, voice: Voice) -> list[Block]:
        foreign = reading.written_in not in ("en", "zh", "mixed", "und")
        return [Text(text=voice.text("frame.foreign"))] if foreign else []

    def _not_understood(self, reading: Reading, voice: Voice) -> list[str]:
        """Where one question was answered and another not, say which."""
        if reading.kind is not Kind.ANSWER:
            return []
        lost = [part.text for part in reading.parts if part.intent is None]
        return [voice.text("frame.part", part=text) for text in lost]

    def _follow_ups(self, reading: Reading, asked: Sequence[Topic]) -> list[str]:
        """What to offer next: choices for what was unclear, a person in a hurry, then what goes with the topics."""
        unclear = [
            intent
            for part in reading.parts
            if part.kind is Kind.CLARIFY
            for intent in offers(part.ranking, self.catalogue.topics)
        ]
        urgent = (
            [PERSON]
            if any(topic.kind is Kind.ESCALATE for topic in asked) and reading.kind is Kind.ANSWER
            else []
        )
        menu = self.catalogue.topic(HELP).next if reading.kind is Kind.OUT_OF_SCOPE else ()
        return [*urgent, *unclear, *(intent for topic in asked for intent in topic.next), *menu]

    def _suggestions(
        self, intents: Sequence[str], asked: Sequence[Topic], language: Language
    ) -> tuple[Suggestion, ...]:
        done = {topic.id for topic in asked}
        chosen = [intent for intent in dict.fromkeys(intents) if intent not in done][:OFFERED]
        return tuple(self.catalogue.suggestion(intent, language) for intent in chosen)


def _named(part: Part, reading: Reading) -> Entities:
    """What was named with the question; what was named elsewhere in the message where the question names nothing."""
    return part.entities.before(reading.entities)


def _the_same(part: Part, other: Part) -> bool:
    """Whether two parts of a message want the same said."""
    if (part.intent, part.wish) != (other.intent, other.wish):
        return False
    named, before = part.entities, other.entities
    return all(
        mine in ((), None, theirs)
        for mine, theirs in (
            (named.money, before.money),
            (named.days, before.days),
            (named.recent, before.recent),
        )
    )


def _asking_back(reading: Reading, voice: Voice, near: Sequence[Suggestion]) -> list[Block]:
    """Where numbers are all that was said, about them; where "why?" comes first, there is nothing it could be about."""
    if reading.only_named:
        return [Text(text=voice.text("noted.ask"))]
    if any(part.wish and not part.ranking for part in reading.parts):
        return [Text(text=voice.text("context.nothing_before"))]
    return _did_you_mean(voice, near, reading.odd)


def _did_you_mean(voice: Voice, near: Sequence[Suggestion], odd: Odd | None) -> list[Block]:
    """The nearest questions, word by word; without any, what can be asked."""
    if not near:
        return [Text(text=voice.text(f"frame.{odd or 'nothing_near'}"))]
    if len(near) == 1 and not odd:
        return [Text(text=voice.text("frame.near_one", question=near[0].ask))]
    asks = tuple(suggestion.ask for suggestion in near)
    return [Text(text=voice.text(f"frame.{odd or 'near'}")), Bullets(items=asks, ordered=True)]


def _scored(part: Part) -> Scored:
    return part.ranking[0]
