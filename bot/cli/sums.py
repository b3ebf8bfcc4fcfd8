"""`tidewaiter sum`: what the rules come to in a case, each with the rule and the source it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

from bot.cli.options import LanguageOption, OnOption, day_of, language_of, one_of
from bot.settings import Settings
from knowledge.library import Library
from knowledge.model import Language

app = typer.Typer(help="What the rules come to in a case.", no_args_is_help=True)

ValueArgument = Annotated[str, typer.Argument(help="The goods' value, as 150000.")]
CurrencyOption = Annotated[str, typer.Option(help="Its currency; Customs reckons in CNY.")]
RateOption = Annotated[
    str | None, typer.Option(help="Renminbi for one unit of another currency; none is assumed.")
]
DAY = "%Y-%m-%d"


@app.command("security")
def security(
    value: ValueArgument,
    *,
    currency: CurrencyOption = "CNY",
    rate: RateOption = None,
    on_application: Annotated[
        bool, typer.Option("--on-application", help="The holder asks; else Customs acts itself.")
    ] = False,
    lang: LanguageOption = None,
    on: OnOption = None,
) -> None:
    """Work out the security for goods of a value."""
    from knowledge import rendering
    from knowledge.sums import security as sums

    library, language, day = _given(lang, on)
    reckon = sums.on_application if on_application else sums.ex_officio
    found = reckon(library, _renminbi(value, currency, rate), day)
    typer.echo(rendering.money(found.amount, language))
    _rests_on(library, [found.tier], language, day)


@app.command("fine")
def fine(
    value: ValueArgument,
    *,
    currency: CurrencyOption = "CNY",
    rate: RateOption = None,
    lang: LanguageOption = None,
    on: OnOption = None,
) -> None:
    """Work out the highest fine for infringing goods of a value."""
    from knowledge.sums import share

    found = share.highest_fine, share.FINE
    _share(*found, _renminbi(value, currency, rate), _given(lang, on))


@app.command("counter-security")
def counter_security(
    value: ValueArgument,
    *,
    currency: CurrencyOption = "CNY",
    rate: RateOption = None,
    lang: LanguageOption = None,
    on: OnOption = None,
) -> None:
    """Work out what a trader deposits for release in a patent case."""
    from knowledge.sums import share

    found = share.counter_security, share.COUNTER_SECURITY
    _share(*found, _renminbi(value, currency, rate), _given(lang, on))


@app.command("deadline")
def deadline(
    fact: Annotated[str, typer.Argument(help="A rule with a term, as cn.change.deadline.")],
    start: Annotated[datetime, typer.Argument(formats=[DAY], help="The day it runs from.")],
    *,
    value: Annotated[
        str | None, typer.Option(help="The term's name, where the rule has several.")
    ] = None,
    lang: LanguageOption = None,
    on: OnOption = None,
) -> None:
    """Work out the last day of a term in working days."""
    from knowledge.model import Unit
    from knowledge.sums import deadlines

    library, language, day = _given(lang, on)
    values = library.on(fact, day).period.values
    terms = [name for name, each in values.items() if each.unit is Unit.WORKING_DAYS]
    name = value or (terms[0] if len(terms) == 1 else None)
    if name not in terms:
        known = ", ".join(terms) or "none"
        raise typer.BadParameter(f"{fact} has these terms in working days: {known}")
    found = deadlines.after(library, start.date(), fact, name, day)
    _last_day(found.last_day, language, provisional=found.provisional)
    _rests_on(library, [fact], language, day)


@app.command("answer")
def answer(
    served: Annotated[
        datetime, typer.Argument(formats=["%Y-%m-%dT%H:%M", DAY], help="As 2026-02-12T18:30.")
    ],
    *,
    zone: Annotated[
        str, typer.Option(help="Where that is the time, as Europe/Berlin or +01:00.")
    ] = "Asia/Shanghai",
    lang: LanguageOption = None,
    on: OnOption = None,
) -> None:
    """Work out until when a customs notice has to be answered."""
    from knowledge.sums import service

    library, language, day = _given(lang, on)
    where = service.zone(zone)
    found = service.answer_until(library, served.replace(tzinfo=where), day)
    _last_day(found.last.last_day, language, provisional=found.last.provisional)
    if where is not service.CHINA:
        typer.echo(
            f"{found.ends:%Y-%m-%d %H:%M %Z} = {found.ends.astimezone(where):%Y-%m-%d %H:%M %Z}"
        )
    _rests_on(library, [service.RESPONSE[0], "cn.exofficio.deadline_counting"], language, day)


@app.command("validity")
def validity(
    granted: Annotated[datetime, typer.Argument(formats=[DAY], help="The day of the grant.")],
    *,
    right_ends: Annotated[
        datetime | None, typer.Option(formats=[DAY], help="The last day of the right itself.")
    ] = None,
    lang: LanguageOption = None,
    on: OnOption = None,
) -> None:
    """Work out until when a recordation is valid, and when it can be renewed."""
    from knowledge import rendering
    from knowledge.sums import renewal

    library, language, day = _given(lang, on)
    ends = right_ends.date() if right_ends else None
    last = renewal.expiry(library, granted.date(), day, ends)
    window = renewal.window(library, last, day)
    typer.echo(rendering.day(last, language))
    typer.echo(
        f"{rendering.day(window.opens, language)} - {rendering.day(window.closes, language)}"
    )
    facts = [renewal.VALIDITY, renewal.SHORTER, renewal.WINDOW]
    _rests_on(library, facts, language, day)


@app.command("papers")
def papers(
    right: Annotated[str, typer.Argument(help="trademark, copyright, patent, invention, ...")],
    *,
    holder: Annotated[str | None, typer.Option(help="company or person.")] = None,
    have: Annotated[
        list[str] | None, typer.Option(help="A paper that is there, by its id; again for more.")
    ] = None,
    given: Annotated[
        list[str] | None, typer.Option(help="A circumstance that is given, by its id.")
    ] = None,
    not_given: Annotated[
        list[str] | None, typer.Option(help="A circumstance that is not given.")
    ] = None,
    lang: LanguageOption = None,
    on: OnOption = None,
) -> None:
    """List the papers of an application: [x] there, [ ] missing, [?] depends."""
    from knowledge import documents

    library, language, day = _given(lang, on)
    all_papers = documents.china()
    there = _among(have, all_papers.papers)
    told = dict.fromkeys(_among(given, all_papers.circumstances), True)
    told |= dict.fromkeys(_among(not_given, all_papers.circumstances), False)
    known = documents.settled(all_papers, there, told)
    held = one_of(documents.Holder, holder) if holder else None
    items = documents.checklist(all_papers, one_of(documents.Right, right), held, known)
    found = documents.readiness(items, there)
    signs = (("x", found.have), (" ", found.missing), ("?", found.open))
    for sign, group in signs:
        for item in group:
            name = library.said(item.paper, language, day)
            typer.echo(f"[{sign}] {item.paper.id}: {name}")
    facts = dict.fromkeys(fact for item in items for fact in item.paper.facts)
    _rests_on(library, facts, language, day)


@app.command("eligible")
def eligible(
    *,
    subject: Annotated[str, typer.Option(help="trademark, copyright, patent, service_mark, ...")],
    state: Annotated[str | None, typer.Option(help="registered, pending, expired, ...")] = None,
    role: Annotated[
        str | None, typer.Option(help="holder, licensee, distributor, co_owner.")
    ] = None,
    holder: Annotated[str | None, typer.Option(help="company or person.")] = None,
    origin: Annotated[str | None, typer.Option(help="mainland or abroad.")] = None,
    lang: LanguageOption = None,
    on: OnOption = None,
) -> None:
    """Say if a right can be recorded by an applicant: yes, no, not_yet or unsure."""
    from knowledge import eligibility

    library, language, day = _given(lang, on)
    case = {"subject": subject, "state": state, "role": role, "holder": holder, "origin": origin}
    told = {part: value for part, value in case.items() if value}
    for part, value in told.items():
        if value not in eligibility.CASE[part]:
            known = ", ".join(eligibility.CASE[part])
            raise typer.BadParameter(f"--{part}: {value!r} is none of {known}")
    found = eligibility.judge(eligibility.china(), told)
    if found is None:
        raise typer.BadParameter("no rule is known for this case")
    typer.echo(found.outcome)
    for rule in found.reasons:
        if rule.first:
            typer.echo(rule.first.text(language))
    _rests_on(
        library, dict.fromkeys(f for rule in found.reasons for f in rule.facts), language, day
    )


def _share(
    reckon: Callable[[Library, Decimal, date], Decimal],
    fact: str,
    value: Decimal,
    given: tuple[Library, Language, date],
) -> None:
    """Print a share of the goods' value and the rule that sets it."""
    from knowledge import rendering

    library, language, day = given
    typer.echo(rendering.money(reckon(library, value, day), language))
    _rests_on(library, [fact], language, day)


def _given(lang: str | None, on: datetime | None) -> tuple[Library, Language, date]:
    from knowledge.library import china

    return china(Settings.load().cache_dir), language_of(lang) or "en", day_of(on)


def _renminbi(value: str, currency: str, rate: str | None) -> Decimal:
    """The value in renminbi. Raises BadParameter where it is none, or a rate is wanted."""
    amount = _number(value)
    if currency.upper() == "CNY":
        return amount
    if rate is None:
        raise typer.BadParameter(f"--rate: renminbi for one {currency.upper()}; none is assumed")
    return amount * _number(rate)


def _number(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise typer.BadParameter(f"{text!r} is no number") from None


def _among(names: list[str] | None, known: Iterable[str]) -> list[str]:
    for name in names or ():
        if name not in set(known):
            raise typer.BadParameter(f"{name!r} is none of {', '.join(known)}")
    return names or []


def _last_day(day: date, language: Language, *, provisional: bool) -> None:
    from knowledge import rendering
    from knowledge.walkthrough import say

    typer.echo(rendering.day(day, language))
    if provisional:
        typer.echo(say("provisional", language))


def _rests_on(library: Library, facts: Iterable[str], language: Language, on: date) -> None:
    """The rules, each with its id and its source, and the day they hold."""
    from knowledge import rendering
    from knowledge.walkthrough import say

    for fact in facts:
        holding = library.on(fact, on)
        cited = "; ".join(library.cite(basis, language) for basis in holding.basis)
        typer.echo(f"{fact}: {holding.statement(language)}" + (f" ({cited})" if cited else ""))
    typer.echo(say("as_of", language, day=rendering.day(on, language)))
