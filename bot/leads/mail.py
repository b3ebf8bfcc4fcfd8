"""The mail that brings a lead to the agency: the same bytes on every attempt.

Subject and headers hold the reference and nothing of the prospect, for mail servers log those.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from bot.leads.enclosing import NOTHING, Enclosed
from bot.leads.model import Lead, Line, lines
from bot.settings import NO_HOST, Settings
from knowledge.datafiles import read
from knowledge.model import Language

TEXTS = Path(__file__).parent / "texts"
NEW_LINE, JOIN = "\n", "; "
KEY_HEADER = "X-Tidewaiter-Key"
"""The idempotency key: a receiver that has seen it may drop the mail."""


@cache
def texts(language: Language) -> dict[str, Any]:
    """The mail's words. Raises DataFileError."""
    return read(TEXTS / f"{language}.yaml")


def compose(lead: Lead, key: str, settings: Settings, enclosed: Enclosed = NOTHING) -> EmailMessage:
    """The whole mail, plain and HTML, with the files that go with it."""
    language = settings.lead_email_language
    words = texts(language)
    fill = {"reference": lead.reference, "agency": settings.agency_name}
    message = EmailMessage(policy=policy.SMTP)
    message["Subject"] = words["subject"].format(**fill)
    message["From"] = settings.lead_email_from or f"tidewaiter@{NO_HOST}"
    message["To"] = ", ".join(settings.lead_email_to) or f"leads@{NO_HOST}"
    message["Date"] = format_datetime(lead.created_at)
    message["Message-ID"] = f"<{lead.reference.lower()}@{settings.mail_domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message[KEY_HEADER] = key
    answers, about = lines(lead, language), about_lines(lead, words)
    about += file_lines(lead, words, enclosed, settings)
    message.set_content(as_text(words, fill, answers, about))
    message.add_alternative(as_html(words, fill, answers, about, language), subtype="html")
    message.set_boundary(f"tidewaiter-{lead.id}")  # Else a random one, new on every attempt.
    _attach(message, enclosed)
    if enclosed.attached:
        message.set_boundary(f"tidewaiter-files-{lead.id}")
    return message


def _attach(message: EmailMessage, enclosed: Enclosed) -> None:
    for each in enclosed.attached:
        maintype, _, subtype = each.media_type.partition("/")
        message.add_attachment(each.content, maintype=maintype, subtype=subtype, filename=each.name)


def file_lines(
    lead: Lead, words: dict[str, Any], enclosed: Enclosed, settings: Settings
) -> list[Line]:
    """What became of the files; nothing where there are none."""
    page = f"{settings.public_url or ''}/desk/leads/{lead.reference}"
    told = (
        ("attached", tuple(each.name for each in enclosed.attached), ""),
        ("not_attached", enclosed.named, f"\n{words['on_the_desk'].format(page=page)}"),
        ("erased", enclosed.gone, ""),
    )
    return [Line(words[label], "\n".join(names) + more) for label, names, more in told if names]


def about_lines(lead: Lead, words: dict[str, Any]) -> list[Line]:
    """What we know of the inquiry besides its answers."""
    consent = words["consent_given"].format(
        at=_moment(lead.consent_at), version=lead.consent_version
    )
    return [
        Line(words["reference"], lead.reference),
        Line(words["received"], _moment(lead.created_at)),
        Line(words["language"], words["languages"][lead.language]),
        Line(words["consent"], consent),
    ]


def as_text(
    words: dict[str, Any], fill: dict[str, str], answers: list[Line], about: list[Line]
) -> str:
    """For people and programs that read plain text."""
    parts = [
        words["intro"].format(**fill),
        "\n".join(f"{label}: {_clean(text)}" for label, text in answers),
        words["closing"],
        f"-- {words['about']}\n"
        + "\n".join(f"{label}: {text.replace(NEW_LINE, JOIN)}" for label, text in about),
    ]
    return "\n\n".join(parts) + "\n"


def as_html(
    words: dict[str, Any],
    fill: dict[str, str],
    answers: list[Line],
    about: list[Line],
    language: Language,
) -> str:
    """The same with tables; nothing is loaded from anywhere."""
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{escape(words['heading'].format(**fill))}</title></head>\n<body>\n"
        f"<h1>{escape(words['heading'].format(**fill))}</h1>\n"
        f"<p>{escape(words['intro'].format(**fill))}</p>\n{_table(answers)}"
        f"<p>{escape(words['closing'])}</p>\n"
        f"<h2>{escape(words['about'])}</h2>\n{_table(about)}</body></html>\n"
    )


def _table(rows: list[Line]) -> str:
    cells = "".join(
        f'<tr><th scope="row" align="left">{escape(label)}</th><td>{_in_html(text)}</td></tr>\n'
        for label, text in rows
    )
    return f"<table>\n{cells}</table>\n"


def _in_html(text: str) -> str:
    return escape(_clean(text)).replace("\n", "<br>")


def _clean(text: str) -> str:
    """Without what cannot be sent: half surrogate pairs, control characters."""
    sendable = text.encode("utf-8", "replace").decode()
    return "".join(char for char in sendable if char == "\n" or char.isprintable())


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
