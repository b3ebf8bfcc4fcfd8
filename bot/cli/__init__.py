"""The command `tidewaiter`. Heavy parts are imported by the sub-command that needs them."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from bot.cli import knowledge, phrases, search, staff, sums
from bot.cli.learn import learn
from bot.cli.options import OnOption, day_of, language_of
from bot.errors import OperatorError
from bot.settings import Settings
from knowledge.errors import KnowledgeError
from knowledge.model import Language

if TYPE_CHECKING:
    from intents.engine import Engine

WRONG_USE = 2
"""The exit code for what the operator can mend: a setting, a port, a folder, a file."""

app = typer.Typer(
    name="tidewaiter",
    help="Answers questions about recording IP rights with China Customs, and takes inquiries.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(staff.app, name="staff")
app.add_typer(knowledge.app, name="knowledge")
app.add_typer(phrases.app, name="phrases")
app.add_typer(sums.app, name="sum")
app.add_typer(search.app, name="search")
app.command("learn")(learn)
leads_app = typer.Typer(help="Inquiries that have been sent.", no_args_is_help=True)
app.add_typer(leads_app, name="leads")

AskedOption = Annotated[
    str | None, typer.Option("--lang", help="The language of a question too short to tell: en, zh.")
]


def main() -> None:
    """Run the command; what the operator can mend ends in one line and exit code 2."""
    try:
        app()
    except (OperatorError, KnowledgeError) as error:
        _stop(str(error))


def _stop(line: str) -> NoReturn:
    typer.echo(f"tidewaiter: {line}", err=True)
    raise SystemExit(WRONG_USE)


@app.command()
def serve() -> None:
    """Start the chat page and the staff console."""
    settings = Settings.load()
    from bot.serving import serve as run

    run(settings)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a question.")] = False,
    file: Annotated[
        Path | None, typer.Option("--file", help="JSON lines with a field q, one question each.")
    ] = None,
    lang: AskedOption = None,
    on: OnOption = None,
) -> None:
    """Answer a question, or a file of them, each in a fresh conversation."""
    if (question is None) == (file is None):
        raise typer.BadParameter("give a question or --file, not both and not neither")
    from bot import asking

    engine, day = asking.engine(Settings.load()), day_of(on)
    hint = language_of(lang)
    asked = [question or ""] if file is None else [each["q"] for each in asking.questions(file)]
    for each in asked:
        typer.echo(_answered(engine, each, day, hint, as_json=as_json))


def _answered(
    engine: Engine, question: str, day: date, hint: Language | None, *, as_json: bool
) -> str:
    from bot import asking

    answer = asking.ask(engine, question, day, hint)
    if as_json:
        return json.dumps(asking.as_json(question, answer), ensure_ascii=False)
    return answer.text


@app.command()
def chat(
    *,
    lang: AskedOption = None,
    record: Annotated[
        Path | None,
        typer.Option(
            "--record", help="Write the talk to this new file, as a transcript for tests."
        ),
    ] = None,
) -> None:
    """Talk to the assistant in this terminal."""
    from bot.serving import chat as run

    asyncio.run(run(Settings.load(), language_of(lang) or "en", record))


@app.command()
def check() -> None:
    """Check every data file: facts, topics, answers, phrases, forms, texts."""
    from bot.checking import problems

    found = list(problems())
    for problem in found:
        typer.echo(problem)
    if found:
        _stop(f"{len(found)} problems in the data")
    typer.echo("the data is in order")


@app.command("eval")
def evaluate(
    file: Annotated[Path, typer.Argument(help="Questions with the facts a right answer needs.")],
    *,
    show: Annotated[int, typer.Option(help="Wrong and missed questions to show.")] = 0,
    on: OnOption = None,
) -> None:
    """Answer a question file and print how many answers state a wanted rule."""
    from bot import asking
    from bot.evaluation import Tally

    tally, day = Tally(), day_of(on)
    asked: list[dict[str, Any]] = list(asking.questions(file))
    engine = asking.engine(Settings.load())
    for each in asked:
        answer = asking.ask(engine, each["q"], day)
        tally.add(each, asking.as_json(each["q"], answer))
    for line in (*tally.rows(), *tally.shown[:show]):
        typer.echo(line)


@app.command()
def doctor() -> None:
    """Say what is missing on this machine, what that costs, and how to get it."""
    from bot.doctor import examine, lines

    findings = examine(Settings.load())
    for line in lines(findings):
        typer.echo(line)
    if any(finding.needed and not finding.good for finding in findings):
        raise SystemExit(WRONG_USE)


@leads_app.command("export")
def export_leads() -> None:
    """Print every inquiry as a JSON object a line. It is personal data: mind where it goes."""
    from bot.serving import leads

    for lead in asyncio.run(leads(Settings.load())):
        typer.echo(json.dumps(lead, ensure_ascii=False))
