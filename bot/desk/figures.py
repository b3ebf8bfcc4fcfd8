"""The figures: what was asked and understood, who answered, how long people waited, what became of inquiries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request, Response

from bot.conversation import answering, counting, filling
from bot.conversation.colleagues import READ_IN
from bot.conversation.scene import BEIJING, Composer
from bot.desk import export, periods, plots, words
from bot.desk.errors import UnreadableFormError
from bot.desk.gate import needs
from bot.desk.pages import PRIVATE, Pages
from bot.desk.periods import Period
from bot.desk.permissions import Permission
from bot.desk.plots import Bars, Lines, Series
from bot.intake.form import MORE, SUMMARY, Form
from bot.leads.model import LeadStatus, LostReason, load_form
from bot.store import figures
from bot.store.figures import Counts, Span, Spread, Unit
from bot.store.work import Store, Work
from intents.answer import Kind

MOST_BARS = 15
"""The most frequent; all of them stand in the table."""
MINUTE = 60.0
LANGUAGES = ("en", "zh")
LAW = (Kind.ANSWER.value, Kind.REFUSE.value)
"""What counts as answered by the bot."""
QUESTIONS = [kind.value for kind in Kind if kind is not Kind.SMALLTALK]
"""What counts as a question; a greeting does not."""
REASONS = {
    "asked": "asked for a person",
    "person": "asked for a person",
    "talk.person": "asked for a person",
    "goods_held": "inquiry about held goods",
}


Row = tuple[str | int | float | None, ...]


@dataclass(frozen=True)
class Figure:
    """One figure: what it shows, as a picture and as a table."""

    id: str
    title: str
    told: str
    """What it says, in a sentence or two."""
    axis: str
    """What is counted, and in what."""
    head: Sequence[str]
    rows: Sequence[Row]
    plot: Bars | Lines

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(isinstance(each, int | float) and each for row in self.rows for each in row)

    def as_rows(self) -> list[Mapping[str, Any]]:
        """The table for a file."""
        return [dict(zip(self.head, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Asked:
    """Where to look, and at which days."""

    work: Work
    period: Period
    composer: Composer

    def topic(self, intent: str) -> str:
        """What a question is called, or that it was not understood."""
        return words.topic(self.composer, intent) or "(not understood)"

    @property
    def span(self) -> Span:
        """The period as moments."""
        return self.period.span


class Figures:
    """The page and the files of the figures."""

    def __init__(
        self, store: Store, composer: Composer, pages: Pages, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._composer = composer
        self._pages = pages
        self._clock = clock

    def add_to(self, router: APIRouter) -> None:
        """Put them on a router."""
        look = [needs(Permission.LOOK)]
        router.add_api_route("/figures", self.show, methods=["GET"], dependencies=look)
        router.add_api_route("/figures/{name}.csv", self.as_csv, methods=["GET"], dependencies=look)

    async def show(self, request: Request) -> Response:
        """All figures of a period."""
        period = self._period(request)
        found = await self._store.read(
            lambda work: [make(Asked(work, period, self._composer)) for make in ALL.values()]
        )
        return self._pages.show(
            request,
            "figures.html",
            self._clock(),
            status=422 if period.refused else 200,
            figures=found,
            period=period,
            LASTING=periods.LASTING,
        )

    async def as_csv(self, name: str, request: Request) -> Response:
        """The table of one figure."""
        period, make = self._period(request), ALL.get(name)
        if make is None or period.refused:
            raise UnreadableFormError("no such figure")
        found = await self._store.read(lambda work: make(Asked(work, period, self._composer)))
        file = f'attachment; filename="{name}-{period.first}-{period.last}.csv"'
        return Response(
            export.to_csv(found.as_rows()),
            headers={**PRIVATE, "Content-Disposition": file},
            media_type="text/csv; charset=utf-8",
        )

    def _period(self, request: Request) -> Period:
        today = self._clock().astimezone(BEIJING).date()
        return periods.read(request.query_params, today)


def _over_time(asked: Asked) -> Figure:
    kinds = (counting.ASKED, answering.NOT_UNDERSTOOD, "marked_wrong")
    counted = [figures.by_time(asked.work, asked.span, kind) for kind in kinds]
    names = ("questions", "not understood", "marked wrong")
    series = [
        Series(name, [found.get(part.isoformat(), 0) for part in asked.period.parts])
        for name, found in zip(names, counted, strict=True)
    ]
    return Figure(
        "questions",
        "Questions, and what went wrong",
        "Every question that was typed or pressed, greetings included; those the bot had to ask back or decline "
        "because it did not understand them; answers that prospects marked as not what they had asked.",
        f"messages in a {asked.period.unit.value}",
        (asked.period.unit.value, *names),
        _table(asked.period, series),
        plots.lines(_parts(asked.period), series),
    )


def _intents(asked: Asked) -> Figure:
    only = {"kind": QUESTIONS}
    counted = figures.events(
        asked.work, asked.span, counting.ASKED, "intent", "language", kinds=only
    )
    by_intent = _grouped(counted)
    order = sorted(by_intent, key=lambda name: (-sum(by_intent[name].values()), name))
    names = [asked.topic(name) for name in order]
    rows: list[Row] = [
        (
            shown,
            name,
            *(by_intent[name].get(each, 0) for each in LANGUAGES),
            sum(by_intent[name].values()),
        )
        for name, shown in zip(order, names, strict=True)
    ]
    series = [
        Series(words.language(each), [by_intent[name].get(each, 0) for name in order[:MOST_BARS]])
        for each in LANGUAGES
    ]
    return Figure(
        "intents",
        "Questions by topic and language",
        f"What was asked, without greetings; the {MOST_BARS} most frequent topics, all of them in the table.",
        "questions",
        ("topic", "intent", *map(words.language, LANGUAGES), "all"),
        rows,
        plots.bars(names[:MOST_BARS], series),
    )


def _who(asked: Asked) -> Figure:
    counted = figures.answered_by(asked.work, asked.span, counting.ASKED, LAW)
    rows = [
        ("the assistant alone", counted.get(("1", "0"), 0)),
        ("assistant and colleague", counted.get(("1", "1"), 0)),
        ("a colleague alone", counted.get(("0", "1"), 0)),
    ]
    return _plain(
        "answered",
        "Who answered",
        "Conversations in which the assistant answered a question of ours, and those that a colleague took over and "
        "wrote in.",
        ("who", "conversations"),
        rows,
    )


def _hand_offs(asked: Asked) -> Figure:
    counted = figures.events(asked.work, asked.span, "staff_called", "reason")
    told: dict[str, int] = {}
    for (reason,), times in counted.items():
        name = REASONS.get(reason) or asked.topic(reason)
        told[name] = told.get(name, 0) + times
    return _plain(
        "handoffs",
        "Hand-offs by reason",
        "How often a colleague was called, and why; a topic is named where it is one that always calls one.",
        ("reason", "calls"),
        _most(told),
    )


def _calls(asked: Asked) -> Figure:
    counted = figures.calls(asked.work, asked.span)
    told = {
        "a colleague came": "person",
        "went on with the assistant": "bot",
        "closed": "closed",
        "waits still": "",
    }
    rows = [(name, counted.get((to,), 0)) for name, to in told.items()]
    return _plain(
        "calls",
        "What became of those who waited",
        "Conversations that began to wait for a colleague, by what came next.",
        ("what came next", "calls"),
        rows,
    )


def _waits(asked: Asked) -> Figure:
    told = "From the call until a colleague took the conversation over; those to whom nobody came are not in it."
    found = figures.waits(asked.work, asked.span)
    return _spread(asked, "waits", "How long prospects waited", told, found)


def _first_replies(asked: Asked) -> Figure:
    told = "From the call until a colleague's first message."
    found = figures.first_replies(asked.work, asked.span)
    return _spread(asked, "replies", "How long until the first reply", told, found)


def _spread(asked: Asked, name: str, title: str, told: str, found: Mapping[str, Spread]) -> Figure:
    whole = found.get("")
    if whole is not None:
        told += (
            f" In all {whole.times}: half of them within {_lasting(whole.median)}, "
            f"nine of ten within {_lasting(whole.ninetieth)}."
        )
    spreads = [found.get(part.isoformat()) for part in asked.period.parts]
    series = [
        Series("median", [_minutes(each.median) if each else None for each in spreads]),
        Series("nine of ten", [_minutes(each.ninetieth) if each else None for each in spreads]),
    ]
    counts = Series("how many", [each.times if each else 0 for each in spreads])
    unit = asked.period.unit.value
    return Figure(
        name,
        title,
        told,
        f"minutes, by the {unit} of the call",
        (unit, "median, minutes", "nine of ten, minutes", "how many"),
        _table(asked.period, [*series, counts]),
        plots.lines(_parts(asked.period), series),
    )


def _funnel(asked: Asked) -> Figure:
    form_id = filling.FORM
    found = figures.form(
        *(asked.work, asked.span, form_id), begun="form_begun", step=counting.STEP, sent="lead_sent"
    )
    form = load_form(form_id)
    steps = _steps(form, set(found.reached)) if form else sorted(found.reached)
    rows: list[tuple[str, int, int]] = [("Begun", found.begun, 0)]
    for step in steps:
        name = _called(form, step)
        rows.append((name, found.reached.get(step, 0), found.left_at.get(step, 0)))
    rows.append(("Sent", found.sent, 0))
    names = [name for name, _, _ in rows]
    told = [f"{reached:,}" + (f", {left:,} left here" if left else "") for _, reached, left in rows]
    return Figure(
        "funnel",
        "The inquiry, question by question",
        "Conversations that began an inquiry in these days: how many came to each question, and where those stand that "
        "have not sent it. A question that an answer makes needless is reached by fewer.",
        "conversations",
        ("question", "reached", "left here"),
        rows,
        plots.bars(names, [Series("reached", [reached for _, reached, _ in rows])], told),
    )


def _steps(form: Form, reached: set[str]) -> list[str]:
    """The questions that were reached, in the form's order; what it no longer has comes last."""
    known = [name for name, _ in form.keyed() if not name.endswith(f".{MORE}")]
    wanted = [*known, SUMMARY]
    ends = {name for name in reached if name.endswith(f".{MORE}")}
    return [*(name for name in wanted if name in reached), *sorted(reached - {*wanted} - ends)]


def _called(form: Form | None, step: str) -> str:
    if step == SUMMARY:
        return "Summary"
    known = form is not None and step in {name for name, _ in form.keyed()}
    return form.words(READ_IN, step).label if form and known else step


def _leads(asked: Asked) -> Figure:
    by_source = _grouped(figures.leads(asked.work, asked.span))
    order = sorted(by_source, key=lambda name: (-sum(by_source[name].values()), name))
    names = [name or "(not known)" for name in order]
    series = [
        Series(words.STATUSES[status], [by_source[name].get(status.value, 0) for name in order])
        for status in LeadStatus
    ]
    rows: list[Row] = [
        (shown, *(one.values[place] for one in series), sum(by_source[name].values()))
        for place, (name, shown) in enumerate(zip(order, names, strict=True))
    ]
    return Figure(
        "leads",
        "Leads by source and state",
        "Inquiries that came in, by what the link to the chat carried, and how they stand today.",
        "leads",
        ("source", *(one.name for one in series), "all"),
        rows,
        plots.bars(names, series),
    )


def _lost(asked: Asked) -> Figure:
    counted = figures.lost(asked.work, asked.span)
    told = {words.LOST[LostReason(reason)]: times for (reason,), times in counted.items()}
    return _plain(
        "lost",
        "Why leads were lost",
        "Inquiries that came in and are lost today.",
        ("reason", "leads"),
        _most(told),
    )


def _satisfaction(asked: Asked) -> Figure:
    counted = figures.latest(asked.work, asked.span, "rated", "mark")
    good, bad = counted.get(("good",), 0), counted.get(("bad",), 0)
    told = "What prospects pressed when they were asked how it was; of each conversation the last."
    if good + bad:
        told += f" {100 * good / (good + bad):.0f} % were content."
    rows = [("it helped", good), ("it did not", bad)]
    return _plain("satisfaction", "How it was", told, ("mark", "conversations"), rows)


ALL: Mapping[str, Callable[[Asked], Figure]] = {
    "questions": _over_time,
    "intents": _intents,
    "answered": _who,
    "handoffs": _hand_offs,
    "calls": _calls,
    "waits": _waits,
    "replies": _first_replies,
    "funnel": _funnel,
    "leads": _leads,
    "lost": _lost,
    "satisfaction": _satisfaction,
}
"""The figures in the order of the page, by the names of their files."""


def _plain(
    name: str, title: str, told: str, head: tuple[str, str], rows: Sequence[tuple[str, int]]
) -> Figure:
    """A figure of one number for each name."""
    names, values = [name for name, _ in rows], [value for _, value in rows]
    return Figure(
        name, title, told, head[1], head, rows, plots.bars(names, [Series(head[1], values)])
    )


def _grouped(counts: Counts) -> dict[str, dict[str, int]]:
    """By the first name, then by the second."""
    found: dict[str, dict[str, int]] = {}
    for (first, second), times in counts.items():
        found.setdefault(first, {})[second] = times
    return found


def _most(told: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(told.items(), key=lambda row: (-row[1], row[0]))


def _parts(period: Period) -> list[str]:
    return [_short(part, period.unit) for part in period.parts]


def _short(day: date, unit: Unit) -> str:
    return f"{day:%b %Y}" if unit is Unit.MONTH else f"{day.day} {day:%b}"


def _table(period: Period, series: Sequence[Series]) -> list[Row]:
    return [
        (part.isoformat(), *(one.values[place] for one in series))
        for place, part in enumerate(period.parts)
    ]


def _minutes(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / MINUTE, 1)


def _lasting(seconds: float | None) -> str:
    return words.lasting(timedelta(seconds=seconds or 0))
