"""The command `tidewaiter`. Heavy parts are imported by the sub-command that needs them."""

from __future__ import annotations

import asyncio
import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from bot.errors import FileNotWritableError, OperatorError
from bot.settings import Settings
from knowledge.errors import KnowledgeError
from knowledge.model import LANGUAGES, Language

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
staff_app = typer.Typer(help="Accounts of the staff console.", no_args_is_help=True)
app.add_typer(staff_app, name="staff")
knowledge_app = typer.Typer(help="The rules as data.", no_args_is_help=True)
app.add_typer(knowledge_app, name="knowledge")
leads_app = typer.Typer(help="Inquiries that have been sent.", no_args_is_help=True)
app.add_typer(leads_app, name="leads")

LanguageOption = Annotated[
    str | None, typer.Option("--lang", help="The language of a question too short to tell: en, zh.")
]
OnOption = Annotated[
    datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], help="The day it is to hold; today in Beijing."),
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


def _language(name: str | None) -> Language | None:
    if name is not None and name not in LANGUAGES:
        raise typer.BadParameter(f"{name!r} is none of {', '.join(LANGUAGES)}")
    return name


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
    lang: LanguageOption = None,
    on: OnOption = None,
) -> None:
    """Answer a question, or a file of them, each in a fresh conversation."""
    if (question is None) == (file is None):
        raise typer.BadParameter("give a question or --file, not both and not neither")
    from bot import asking

    engine, day = asking.engine(Settings.load()), _day(on)
    hint = _language(lang)
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
def chat(*, lang: LanguageOption = None) -> None:
    """Talk to the assistant in this terminal."""
    from bot.serving import chat as run

    asyncio.run(run(Settings.load(), _language(lang) or "en"))


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

    tally, day = Tally(), _day(on)
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


@knowledge_app.command("procedure")
def procedure(
    name: Annotated[str, typer.Argument(help="Such as ex_officio, recordation or renewal.")],
    *,
    day: Annotated[
        list[str] | None,
        typer.Option(help="A day that is known, as served=2027-02-01; again for another."),
    ] = None,
    lang: LanguageOption = None,
    on: OnOption = None,
) -> None:
    """Tell a procedure step by step, with the last days that can be worked out."""
    from knowledge import procedures
    from knowledge.library import china
    from knowledge.walkthrough import Walkthrough

    known = dict(_named_day(each) for each in day or ())
    told = Walkthrough(
        china(Settings.load().cache_dir),
        procedures.procedure(name),
        _language(lang) or "en",
        _day(on),
    )
    for line in told.lines(known):
        typer.echo(line)


def _named_day(text: str) -> tuple[str, date]:
    name, _, day = text.partition("=")
    try:
        return name, date.fromisoformat(day)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not written like served=2027-02-01") from None


@knowledge_app.command("page")
def knowledge_page(
    *,
    out: Annotated[
        Path | None, typer.Option("--out", help="The file; rules.html in the data folder.")
    ] = None,
    on: OnOption = None,
    lang: Annotated[str, typer.Option("--lang", help="What it opens in: en, zh.")] = "en",
) -> None:
    """Write every rule, with its sources, into one HTML file that needs nothing else."""
    from bot.channels.book import standing_alone
    from knowledge.book import bind
    from knowledge.library import china

    settings, language = Settings.load(), _language(lang) or "en"
    library = china(settings.cache_dir)
    path = out or settings.data_dir / "rules.html"
    _write(path, standing_alone(library, bind(library, _day(on)), language))
    typer.echo(path)


@knowledge_app.command("review")
def knowledge_review(*, on: OnOption = None) -> None:
    """Print which rules are due to be checked again, the longest overdue first."""
    from knowledge.library import china
    from knowledge.review import lines

    for line in lines(china(Settings.load().cache_dir), _day(on)):
        typer.echo(line)


def _day(on: datetime | None) -> date:
    """The day that was named, or today in Beijing."""
    from bot.conversation.scene import today

    return on.date() if on else today()


def _write(path: Path, text: str) -> None:
    from knowledge.compiled import write_whole

    try:
        write_whole(path, lambda part: part.write_text(text, encoding="utf-8"))
    except OSError as error:
        raise FileNotWritableError(f"{path}: {error.strerror}") from error


@staff_app.command("add")
def add_staff(
    login: Annotated[str, typer.Argument(help="The name they sign in with.")],
) -> None:
    """Make a one-time link with which a member of the staff sets name and password.

    For a login that exists it sets a new password.
    """
    from bot.serving import invite

    typer.echo(asyncio.run(invite(Settings.load(), login)))


@leads_app.command("export")
def export_leads() -> None:
    """Print every inquiry as a JSON object a line. It is personal data: mind where it goes."""
    from bot.serving import leads

    for lead in asyncio.run(leads(Settings.load())):
        typer.echo(json.dumps(lead, ensure_ascii=False))
