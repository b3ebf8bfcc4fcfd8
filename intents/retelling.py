"""Tells the last answer again in another way: on what it rests, by which rules, shorter, in detail, in other money.

In: a topic, its first lines as they were worked out, and the voice of the day. Out: other lines that state the same
facts. A reason is what the rules say; where they say none, none is made up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from intents.answer import MOST_FACTS, Block, Bullets, Text
from intents.catalogue import Topic
from intents.entities.money import money
from intents.reading import Entities, Wish
from intents.voice import Opening, Voice
from knowledge import rendering
from knowledge.citations import merged
from knowledge.library import Holding
from knowledge.model import Basis, Instrument, Kind

_WHOLE = Decimal(1)
_INNER = str.maketrans("《》", "〈〉")
"""A title within a title is marked otherwise in Chinese."""
_CONVERTED = 4
"""Amounts told in other money at most."""


def retold(voice: Voice, topic: Topic, opening: Opening, wish: Wish | None) -> Opening:
    """The first lines as they are wished for."""
    return _WAYS[wish](voice, topic, opening) if wish in _WAYS else opening


def in_currency(voice: Voice, text: str, currency: str, named: Entities) -> str | None:
    """What the amounts of a text come to in other money at the rate that was named; without one, that it is wanted."""
    if any(amount.currency not in ("CNY", currency) for amount in named.money):
        return None
    if named.rate is None:
        return voice.text("context.rate_wanted", currency=currency)
    amounts = dict.fromkeys(amount.amount for amount in money(text) if amount.currency == "CNY")
    if not amounts:
        return None
    told = (
        voice.text(
            "context.comes_to",
            renminbi=rendering.money(amount, voice.language),
            foreign=rendering.foreign((amount / named.rate).quantize(_WHOLE), currency),
        )
        for amount in list(amounts)[:_CONVERTED]
    )
    joined = voice.text("context.semicolon").join(told)
    return voice.text("context.at_your_rate", rate=rendering.number(named.rate), amounts=joined)


def _shorter(voice: Voice, topic: Topic, opening: Opening) -> Opening:
    """The first lines alone, and instead of steps the line that sums them up; a list of papers stays."""
    if topic.procedure:
        return replace(voice.opening(topic), complete=True)
    return replace(opening, complete=True)


def _source(voice: Voice, topic: Topic, opening: Opening) -> Opening:
    """Every text the answer rests on, by its full title, and when that was last checked."""
    facts = _all(voice, topic, opening)
    cited = [fact for fact in facts if fact.fact.kind is not Kind.SERVICE]
    if not cited:
        return Opening(voice.text("context.source_service"), facts, complete=True)
    items = [_text(voice, basis) for basis in merged(cited)]
    items += [
        voice.text("context.practice", said=voice.statement(fact))
        for fact in cited
        if fact.fact.kind is Kind.PRACTICE or not fact.basis
    ]
    oldest = min(fact.fact.verified_on for fact in cited)
    checked = voice.text("context.checked", day=voice.day(oldest))
    return _listed(voice.text("context.source"), facts, items, checked)


def _why(voice: Voice, _topic: Topic, opening: Opening) -> Opening:
    """The rules by which it is so, each with its basis."""
    items = [_rule(voice, fact) for fact in opening.facts]
    return _listed(
        voice.text("context.why"), opening.facts, items, voice.text("context.no_more_reasons")
    )


def _more(voice: Voice, topic: Topic, opening: Opening) -> Opening:
    """Every fact of the topic in its own words."""
    facts = _all(voice, topic, replace(opening, complete=False))
    return _listed(voice.text("context.more"), facts, [voice.statement(fact) for fact in facts])


def _exceptions(voice: Voice, topic: Topic, opening: Opening) -> Opening:
    """Every rule that is known, for an exception that none of them names is not known."""
    facts = _all(voice, topic, replace(opening, complete=False))
    items = [voice.statement(fact) for fact in facts]
    return _listed(
        voice.text("context.exceptions"), facts, items, voice.text("context.no_more_exceptions")
    )


_WAYS: Mapping[Wish | None, Callable[[Voice, Topic, Opening], Opening]] = {
    Wish.SHORTER: _shorter,
    Wish.SOURCE: _source,
    Wish.WHY: _why,
    Wish.MORE: _more,
    Wish.EXCEPTIONS: _exceptions,
}


def _listed(text: str, facts: tuple[Holding, ...], items: Sequence[str], *after: str) -> Opening:
    blocks: tuple[Block, ...] = (Bullets(items=tuple(items)), *(Text(text=line) for line in after))
    return Opening(text, facts, complete=True, blocks=blocks)


def _all(voice: Voice, topic: Topic, opening: Opening) -> tuple[Holding, ...]:
    """What the answer states: its first lines, and what is said after them."""
    rest = () if opening.complete else voice.holdings(topic.facts)
    facts = {fact.id: fact for fact in (*opening.facts, *rest)}
    return tuple(facts.values())[:MOST_FACTS]


def _rule(voice: Voice, fact: Holding) -> str:
    said = voice.statement(fact)
    if fact.fact.kind is Kind.SERVICE:
        return said
    if fact.fact.kind is Kind.PRACTICE or not fact.basis:
        return voice.text("context.practice", said=said)
    cited = (voice.library.cite(basis, voice.language) for basis in fact.basis)
    return voice.text(
        "context.rule", said=said, citation=voice.text("context.semicolon").join(cited)
    )


def _text(voice: Voice, basis: Basis) -> str:
    """A legal text in full: as it is cited, its title, its number, since when it is in force."""
    instrument = voice.library.instrument(basis.instrument)
    citation = voice.library.cite(basis, voice.language)
    title, short = instrument.title(voice.language), instrument.short(voice.language)
    if title != short:
        within = title.translate(_INNER)
        citation = voice.text("context.text", citation=citation, title=within)
    return voice.text("context.comma").join((citation, *_dates(voice, instrument)))


def _dates(voice: Voice, instrument: Instrument) -> Iterator[str]:
    if instrument.in_force:
        yield voice.text("context.in_force", day=voice.day(instrument.in_force))
    amended = [day for day in instrument.amended if day <= voice.on]
    if amended:
        yield voice.text("context.amended", day=voice.day(max(amended)))
