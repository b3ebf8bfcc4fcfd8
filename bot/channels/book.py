"""The page of rules as HTML: one document in both languages, for the server or as a file that stands alone.

In: a book of the knowledge base and the language it opens in. Out: text. No web server is needed for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.channels.texts import word, words
from knowledge import procedures, rendering
from knowledge.book import Book, Entry
from knowledge.errors import NotInForceError
from knowledge.library import Library
from knowledge.model import LANGUAGES, Basis, Kind, Language, Period
from knowledge.procedures import Procedure, Step
from knowledge.remarks import Claim, Neighbour, Remark, Unconfirmed
from knowledge.walkthrough import Told, Walkthrough

HERE = Path(__file__).parent
STYLES = ("base.css", "rules.css", "rules-rule.css", "rules-print.css")
SCRIPT = "rules.js"

FILTERS = (
    ("", "every"),
    *((kind.value, f"kind_{kind.value}") for kind in Kind),
    ("low", "low"),
    ("stale", "stale_short"),
    ("changing", "changing"),
)
"""What the page can narrow itself to, and the word for it."""


def standing_alone(library: Library, book: Book, language: Language) -> str:
    """The document with its styles and its script inside; it asks nobody for anything."""
    policy = (
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
    )
    static = HERE / "static"
    styles = "\n".join((static / name).read_text(encoding="utf-8") for name in STYLES)
    script = (static / SCRIPT).read_text(encoding="utf-8")
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<link rel="icon" href="data:,">\n<style>\n{styles}</style>\n'
        f'<script type="module">\n{script}</script>'
    )
    return page(library, book, language, Markup(head))  # noqa: S704 - our own files


def page(library: Library, book: Book, language: Language, head: Markup, chat: str = "") -> str:
    """The document; `head` brings styles and script, `chat` is the address to ask questions at."""
    languages = (language, *(each for each in LANGUAGES if each != language))
    spoken = Spoken(library, languages, book.on)
    entries = list(book.entries())
    template = _pages().get_template("rules.html")
    return template.render(
        **spoken.names(),
        language=language,
        book=book,
        head=head,
        chat=chat,
        procedures=_procedures(library),
        remarks=_remarks(library),
        terms=sorted(library.terms.values(), key=lambda term: term.en.casefold()),
        filters=FILTERS,
        all=len(entries),
        low=sum(not entry.certain for entry in entries),
        due=sum(entry.stale for entry in entries),
    )


def _procedures(library: Library) -> list[Procedure]:
    """Those whose rules are all in the library."""
    found = procedures.china().values()
    known = library.facts.keys()
    return [each for each in found if all(set(step.rests_on) <= known for step in each.steps)]


def _remarks(library: Library) -> dict[str, list[Remark]]:
    """What stands beside the rules, by its heading; imprecisions of the agency's own article are for the agency."""
    claims = [each for each in library.remarks_of(Claim) if each.seen == "web"]
    return {
        "claims": list(claims),
        "unconfirmed": list(library.remarks_of(Unconfirmed)),
        "neighbours": list(library.remarks_of(Neighbour)),
    }


@cache
def _pages() -> Environment:
    loader = FileSystemLoader(HERE / "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined)


class Spoken:
    """Says things in every language at once, each piece marked with its language."""

    def __init__(self, library: Library, languages: tuple[Language, ...], on: date) -> None:
        self._library = library
        self._languages = languages
        self._on = on

    def names(self) -> dict[str, object]:
        """What the templates call."""
        return {
            "languages": self._languages,
            "words": {each: words("rules", each) for each in self._languages},
            "both": self.both,
            "said": self.said,
            "cited": self.cited,
            "holds": self.holds,
            "spanned": self.spanned,
            "remarked": self.remarked,
            "steps": self.steps,
            "tags": tags,
        }

    def said(self, texts: Mapping[Language, str]) -> Markup:
        """A text that is there in every language."""
        piece = Markup('<span lang="{}">{}</span>')
        return Markup(" ").join(piece.format(each, texts[each]) for each in self._languages)

    def both(self, key: str, **values: object) -> Markup:
        """A text of the page's words, its names filled in; days are said in the language."""
        return self.said(
            {each: word(f"rules.{key}", each, **_told(values, each)) for each in self._languages}
        )

    def cited(self, basis: Basis) -> Markup:
        """A legal basis with its articles."""
        return self.said({each: self._library.cite(basis, each) for each in self._languages})

    def holds(self, entry: Entry) -> Markup:
        """From when until when it says what it says on the day of the book."""
        key = "spans" if entry.since and entry.until else "since" if entry.since else "ends"
        return self.both(key, start=entry.since, end=entry.until)

    def remarked(self, remark: Remark) -> Markup:
        """A remark with its values filled in; where a rule behind it did not hold on the day, that."""
        try:
            texts = {each: self._library.said(remark, each, self._on) for each in self._languages}
        except NotInForceError:
            return self.both("no_rule")
        return self.said(texts)

    def steps(self, procedure: Procedure) -> list[tuple[Step, Markup, Markup | None]]:
        """The steps of a procedure as they hold on the day: what, and within what time; none where they did not."""
        walks = {each: Walkthrough(self._library, procedure, each, self._on) for each in LANGUAGES}
        try:
            told = {each: list(walk.steps({})) for each, walk in walks.items()}
        except NotInForceError:
            return []
        return [
            (step, self.said(_texts(same)), self.said(_spans(same)) if step.due else None)
            for step, *pair in zip(procedure.steps, *told.values(), strict=True)
            for same in [dict(zip(told, pair, strict=True))]
        ]

    def spanned(self, period: Period, label: str) -> Markup:
        """The days of a former or a coming period."""
        if period.from_ and period.until:
            return self.both("was_between", start=period.from_, end=period.until)
        key = "will_from" if label == "coming" else "was_until"
        return self.both(key, start=period.from_, end=period.until)


def _texts(steps: Mapping[Language, Told]) -> dict[Language, str]:
    return {language: step.text for language, step in steps.items()}


def _spans(steps: Mapping[Language, Told]) -> dict[Language, str]:
    return {language: step.span.length for language, step in steps.items() if step.span}


def tags(entry: Entry) -> str:
    """By what the page may find the rule: its kind, and what is to be known about it."""
    marks = {"low": not entry.certain, "stale": entry.stale, "changing": entry.changing}
    return " ".join((entry.fact.kind.value, *(name for name, true in marks.items() if true)))


def _told(values: Mapping[str, object], language: Language) -> dict[str, object]:
    return {
        name: rendering.day(value, language) if isinstance(value, date) else value
        for name, value in values.items()
    }
