"""`tidewaiter learn`: what was not understood or answered wrongly, looked through and taught."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot.settings import Settings

NumberArgument = Annotated[int | None, typer.Argument(help="The number of a line in the list.")]
IntentArgument = Annotated[str | None, typer.Argument(help="What it asks, as fee.official.")]
PhraseOption = Annotated[
    str | None, typer.Option(help="The same in other words, to be taught; else it is asked for.")
]
SentenceOption = Annotated[
    str | None, typer.Option(help="What to put under test instead, such as without a name.")
]
DropOption = Annotated[bool, typer.Option("--drop", help="Throw the line away.")]
OutsideOption = Annotated[bool, typer.Option("--out-of-scope", help="It asks for nothing of ours.")]
ShowOption = Annotated[int, typer.Option(min=1, help="How many lines to list.")]


def learn(
    number: NumberArgument = None,
    intent: IntentArgument = None,
    *,
    phrase: PhraseOption = None,
    sentence: SentenceOption = None,
    drop: DropOption = False,
    out_of_scope: OutsideOption = False,
    show: ShowOption = 20,
) -> None:
    """List what was not understood or answered wrongly; with a number, deal with one line.

    NUMBER INTENT puts the line under test and teaches a phrase; the line then leaves the list.
    """
    told = (intent is not None, drop, out_of_scope)
    if sum(told) != (number is not None):
        raise typer.BadParameter("with a number: an intent, --drop or --out-of-scope, one of them")
    settings = Settings.load()
    if number is None:
        _list(settings, show)
    elif drop:
        _drop(settings, number)
    else:
        _deal_with(settings, number, intent, phrase, sentence)


def _list(settings: Settings, show: int) -> None:
    from bot import asking
    from bot.learning import NOTHING, overview
    from bot.serving import review_lines

    lines = asyncio.run(review_lines(settings))
    told = overview(lines, asking.engine(settings), show) if lines else [NOTHING]
    for each in told:
        typer.echo(each)


def _drop(settings: Settings, number: int) -> None:
    from bot.serving import drop_review_line, review_line

    asyncio.run(review_line(settings, number))
    asyncio.run(drop_review_line(settings, number))
    typer.echo(f"line {number} is thrown away")


def _deal_with(
    settings: Settings,
    number: int,
    intent: str | None,
    phrase: str | None,
    sentence: str | None,
) -> None:
    """Write the files first: a line that could not be taught stays in the list."""
    from bot import asking, learning
    from bot.serving import drop_review_line, review_line

    line, engine = asyncio.run(review_line(settings, number)), asking.engine(settings)
    if intent is None:
        told = learning.put_outside(line, engine, sentence=sentence)
    else:
        other = phrase or _other_words(sentence or line.text)
        told = learning.learn(line, intent, other, engine, sentence=sentence)
    asyncio.run(drop_review_line(settings, number))
    for each in told:
        typer.echo(each)


def _other_words(sentence: str) -> str:
    """What the operator types."""
    typer.echo(f"under test: {sentence}")
    words: str = typer.prompt("the same in other words, to be taught")
    return words
