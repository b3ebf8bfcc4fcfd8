"""Asks the engine and takes its answer apart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from intents.answer import Answer, Bullets, Paper, Picture, Text
from intents.engine import Engine
from intents.reading import Day, Entities, Money

TODAY = date(2026, 11, 22)


def ask(engine: Engine, text: str, on: date = TODAY) -> Answer:
    return engine.compose(engine.read(text), on)


def intent(answer: Answer) -> str:
    return answer.intents[0].id


def lists(answer: Answer) -> list[tuple[str, ...]]:
    return [block.items for block in answer.blocks if isinstance(block, Bullets)]


def pictures(answer: Answer) -> list[Picture]:
    return [block for block in answer.blocks if isinstance(block, Picture)]


def papers(answer: Answer) -> list[Paper]:
    return [block for block in answer.blocks if isinstance(block, Paper)]


def first_line(answer: Answer) -> str:
    block = answer.blocks[0]
    assert isinstance(block, Text)
    return block.text


def named(*days: date, rights: tuple[str, ...] = (), **case: str) -> Entities:
    return Entities(days=tuple(Day(day=day, raw="then") for day in days), rights=rights, case=case)


def foreign(amount: str, rate: str | None, recorded: bool | None = None) -> Entities:
    return Entities(
        money=(Money(amount=Decimal(amount), currency="USD", raw=f"USD {amount}"),),
        rate=Decimal(rate) if rate else None,
        recorded=recorded,
    )
