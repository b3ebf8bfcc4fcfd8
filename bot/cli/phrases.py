"""`tidewaiter phrases`: how well the phrases tell the intents apart, and which of them are stolen."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from bot.settings import Settings

app = typer.Typer(help="How people ask, as data.", no_args_is_help=True)

JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object.")]


def _tell(line: str) -> None:
    typer.echo(line, err=True)


@app.command("report")
def report(
    *,
    lang: Annotated[
        str | None, typer.Option("--lang", help="One language only: en, zh, es, fr, de, ja, ko.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Print for each intent and language how many phrases it has, how many land on it, and who steals most."""
    from intents import learning
    from intents.catalogue import Catalogue
    from intents.phrase_report import SENTENCES, examine, sentences
    from knowledge.library import china

    cache = Settings.load().cache_dir
    catalogue, library = Catalogue.load(cache=cache), china(cache)
    lessons = (learning.spoken(catalogue, library), learning.foreign(catalogue, library))
    spoken, foreign = (lesson.learnt(cache, _tell).vectoriser for lesson in lessons)
    found = examine(catalogue, spoken, foreign, sentences(SENTENCES))
    if lang is not None and lang not in found.languages:
        raise typer.BadParameter(f"{lang!r} is none of {', '.join(found.languages)}")
    chosen = found.only(lang) if lang else found
    if as_json:
        typer.echo(json.dumps(chosen.as_json(), ensure_ascii=False))
        return
    for line in chosen.lines():
        typer.echo(line)


@app.command("stolen")
def stolen(
    *,
    threshold: Annotated[
        int, typer.Option(min=50, max=100, help="How like two phrases are, of 100.")
    ] = 85,
    as_json: JsonOption = False,
) -> None:
    """Print phrases that are nearly a phrase of another intent, the likest first."""
    from intents.catalogue import Catalogue
    from intents.stealing import owned
    from intents.stealing import stolen as look

    catalogue = Catalogue.load(cache=Settings.load().cache_dir)
    thefts = look(owned(catalogue.every_phrase), threshold)
    if as_json:
        typer.echo(json.dumps([asdict(theft) for theft in thefts], ensure_ascii=False))
        return
    for theft in thefts:
        typer.echo(f"{theft.phrase.language}  {theft.phrase.intent}: {theft}")
    typer.echo(f"{len(thefts)} at {threshold} of 100 or above")
