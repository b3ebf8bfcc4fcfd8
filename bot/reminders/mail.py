"""The mail that reminds of a renewal: which recordation, which day, what to do, by what rule, and how to stop.

Its headers hold nothing of the person but the address, for mail servers log them.
"""

from __future__ import annotations

from datetime import date
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from bot.leads.mail import KEY_HEADER
from bot.reminders import plan
from bot.reminders.model import Reminder
from bot.reminders.plan import Which
from bot.settings import NO_HOST, Settings
from knowledge import rendering
from knowledge.datafiles import read
from knowledge.library import Library
from knowledge.model import Language
from knowledge.sums.renewal import SHORTER, WINDOW

TEXTS = Path(__file__).parent / "texts"
STOP_PATH = "/reminders/stop/"
RULES = (WINDOW, "cn.recordation.no_grace")
RIGHT_FIRST = (SHORTER, "cn.recordation.renew_trademark_first")
"""The rules stated where the right ends before its recordation."""
# The usual 78 characters would tear the link of List-Unsubscribe, which has no gap, into encoded words.
ONE_LINE = policy.SMTP.clone(max_line_length=998, cte_type="7bit")


class Letter(NamedTuple):
    """A mail as it reads: its subject, its paragraphs, the rules listed after them, links with what they are for."""

    subject: str
    paragraphs: list[str]
    rules: list[str]
    links: list[tuple[str, str]]
    closing: str


@cache
def texts(language: Language) -> dict[str, Any]:
    """The mail's words. Raises DataFileError."""
    return read(TEXTS / f"{language}.yaml")


def compose(reminder: Reminder, library: Library, settings: Settings) -> EmailMessage:
    """The whole mail, plain and HTML: the same bytes on every attempt of a day."""
    stop = f"{settings.address}{STOP_PATH}{reminder.token}"
    letter = written(reminder, library, settings, stop)
    message = EmailMessage(policy=ONE_LINE)
    message["Subject"] = letter.subject
    sender = settings.lead_email_from or f"tidewaiter@{NO_HOST}"
    message["From"] = Address(display_name=settings.agency_name, addr_spec=sender)
    message["To"] = reminder.email
    message["Date"] = format_datetime(reminder.begun_at)
    message["Message-ID"] = f"<{reminder.id}@{settings.mail_domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["List-Unsubscribe"] = f"<{stop}>"
    if stop.startswith("https://"):  # RFC 8058 has one click by https alone.
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message[KEY_HEADER] = reminder.key
    message.set_content(as_text(letter))
    message.add_alternative(as_html(letter, reminder.language), subtype="html")
    message.set_boundary(f"tidewaiter-{reminder.id}")  # Else a random one, new on every attempt.
    return message


def written(reminder: Reminder, library: Library, settings: Settings, stop: str) -> Letter:
    """What the mail says on the day it was begun."""
    words, language = texts(reminder.language), reminder.language
    recordation, today = reminder.recordation, plan.day_of(reminder.begun_at)
    days = recordation.window(library, today)
    right = recordation.right_until
    fill = {
        "about": _clean(recordation.about) or words["unnamed"].format(number=recordation.number),
        "opens": rendering.day(days.opens, language),
        "closes": rendering.weekday(days.closes, language),
        "valid": rendering.day(recordation.valid_until, language),
        "right": rendering.day(right, language) if right else "",
        "agency": settings.agency_name,
        "as_of": rendering.day(today, language),
    }
    named = _named(reminder.which, days.opens, today)
    said = [words["intro"], words["days"][named]]
    said += [words["right_first"]] if recordation.right_ends_first else []
    said += [words["todo"], words["check"], words["rules"]]
    rules = (*RULES, *(RIGHT_FIRST if recordation.right_ends_first else ()))
    return Letter(
        words["subject"][named].format(**fill),
        [each.format(**fill) for each in said],
        [_rule(library, each, today, language) for each in rules],
        [
            (words["in_full"], f"{settings.address}/rules?lang={language}#{WINDOW}"),
            (words["help"].format(**fill), f"{settings.address}/?lang={language}"),
            (words["stop"], stop),
        ],
        words["closing"].format(**fill),
    )


def as_text(letter: Letter) -> str:
    """For people and programs that read plain text."""
    rules = "\n".join(f"- {each}" for each in letter.rules)
    links = (f"{label}\n{link}" for label, link in letter.links)
    return "\n\n".join([*letter.paragraphs, rules, *links, f"-- \n{letter.closing}"]) + "\n"


def as_html(letter: Letter, language: Language) -> str:
    """The same with marks; nothing is loaded from anywhere."""
    paragraphs = "".join(f"<p>{escape(each)}</p>\n" for each in letter.paragraphs)
    rules = "".join(f"<li>{escape(each)}</li>\n" for each in letter.rules)
    links = "".join(
        f'<p>{escape(label)}<br><a href="{escape(link)}">{escape(link)}</a></p>\n'
        for label, link in letter.links
    )
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{escape(letter.subject)}</title></head>\n<body>\n"
        f"{paragraphs}<ul>\n{rules}</ul>\n{links}<p>{escape(letter.closing)}</p>\n</body></html>\n"
    )


def _named(which: Which, opens: date, today: date) -> str:
    """Which words: the window opens, is open already, or closes."""
    return "open" if which is Which.OPENS and opens <= today else which.value


def _rule(library: Library, fact_id: str, on: date, language: Language) -> str:
    """A rule in its own words, with its legal basis and the day it was last checked."""
    rule = library.on(fact_id, on)
    return str(texts(language)["rule"]).format(
        statement=rule.statement(language),
        basis=rendering.listed((library.cite(each, language) for each in rule.basis), language),
        checked=rendering.day(rule.fact.verified_on, language),
    )


def _clean(text: str) -> str:
    """Without what cannot be sent: half surrogate pairs, control characters, ends of lines."""
    sendable = text.encode("utf-8", "replace").decode()
    return " ".join("".join(c if c.isprintable() else " " for c in sendable).split())
