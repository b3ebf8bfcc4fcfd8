"""`tidewaiter knowledge`: the rules told, drawn, printed, reviewed and marked as checked."""

from __future__ import annotations

import asyncio
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import LanguageOption, OnOption, day_of, language_of, one_of, write
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.papers.picture import Form, Theme
    from knowledge.walkthrough import Walkthrough

app = typer.Typer(help="The rules as data.", no_args_is_help=True)

NameArgument = Annotated[str, typer.Argument(help="Such as ex_officio, recordation or renewal.")]
DayOption = Annotated[
    list[str] | None,
    typer.Option(help="A day that is known, as served=2027-02-01; again for another."),
]


@app.command("procedure")
def procedure(
    name: NameArgument, *, day: DayOption = None, lang: LanguageOption = None, on: OnOption = None
) -> None:
    """Tell a procedure step by step, with the last days that can be worked out."""
    known = _known(day)
    for line in _walkthrough(name, lang, on).lines(known):
        typer.echo(line)


@app.command("picture")
def picture(
    name: NameArgument,
    *,
    out: Annotated[Path, typer.Option("--out", help="The file, .svg or .png.")],
    dark: Annotated[bool, typer.Option("--dark", help="On dark ground.")] = False,
    day: DayOption = None,
    lang: LanguageOption = None,
    on: OnOption = None,
) -> None:
    """Draw a procedure as a picture."""
    from bot.papers.picture import draw

    known, walkthrough = _known(day), _walkthrough(name, lang, on)
    form, theme = _form(out), _theme(dark=dark)
    agency = Settings.load().agency_name
    write(out, draw(walkthrough, known, agency=agency, theme=theme, form=form))
    typer.echo(out)


def _form(out: Path) -> Form:
    match out.suffix:
        case ".svg":
            return "svg"
        case ".png":
            return "png"
    raise typer.BadParameter(f"{out.name}: a picture is .svg or .png")


def _theme(*, dark: bool) -> Theme:
    return "dark" if dark else "light"


def _walkthrough(name: str, lang: str | None, on: datetime | None) -> Walkthrough:
    from knowledge import procedures
    from knowledge.library import china
    from knowledge.walkthrough import Walkthrough

    library = china(Settings.load().cache_dir)
    language = language_of(lang) or "en"
    return Walkthrough(library, procedures.procedure(name), language, day_of(on))


def _known(days: list[str] | None) -> dict[str, date]:
    return dict(_named_day(each) for each in days or ())


def _named_day(text: str) -> tuple[str, date]:
    name, _, day = text.partition("=")
    try:
        return name, date.fromisoformat(day)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not written like served=2027-02-01") from None


@app.command("checklist")
def checklist(
    right: Annotated[str, typer.Argument(help="trademark, copyright, patent, invention, ...")],
    *,
    out: Annotated[Path, typer.Option("--out", help="The file, .pdf or .html.")],
    holder: Annotated[str | None, typer.Option(help="company or person.")] = None,
    lang: LanguageOption = None,
    on: OnOption = None,
) -> None:
    """Write the papers of an application as a sheet to tick off."""
    from bot.channels.papers import standing_alone
    from bot.papers.checklist import Wanted, as_pdf
    from knowledge.documents import Holder, Right
    from knowledge.library import china

    settings = Settings.load()
    library, agency = china(settings.cache_dir), settings.agency_name
    held = one_of(Holder, holder) if holder else None
    wanted = Wanted(one_of(Right, right), held, language_of(lang) or "en", day_of(on))
    match out.suffix:
        case ".pdf":
            write(out, as_pdf(library, wanted, agency))
        case ".html":
            write(out, standing_alone(library, wanted, agency).encode())
        case _:
            raise typer.BadParameter(f"{out.name}: a checklist is .pdf or .html")
    typer.echo(out)


@app.command("page")
def page(
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

    settings, language = Settings.load(), language_of(lang) or "en"
    library = china(settings.cache_dir)
    path = out or settings.data_dir / "rules.html"
    write(path, standing_alone(library, bind(library, day_of(on)), language).encode())
    typer.echo(path)


@app.command("review")
def review(*, on: OnOption = None) -> None:
    """Print which rules are due to be checked again, the most used and the longest overdue first."""
    from bot.serving import uses
    from knowledge.library import china
    from knowledge.review import lines

    settings = Settings.load()
    stated = asyncio.run(uses(settings))
    for line in lines(china(settings.cache_dir), day_of(on), stated):
        typer.echo(line)


@app.command("verify")
def verify(
    fact: Annotated[str, typer.Argument(help="The id, as cn.fee.current.")],
    *,
    on: OnOption = None,
    due: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The next check; as long again as the last."),
    ] = None,
) -> None:
    """Mark a rule as checked against its source. Only its two dates change in the file."""
    from knowledge.editing import mark_verified

    typer.echo(mark_verified(fact, day_of(on), due.date() if due else None))
