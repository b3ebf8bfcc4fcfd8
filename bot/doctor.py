"""Says what this machine has, what is missing, what that costs, and how to get it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.errors import FolderNotWritableError
from bot.settings import Settings

POSTGRES_FOLDERS = "/usr/lib/postgresql"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `needed` ones stop the program; the others only switch something off."""

    name: str
    good: bool
    says: str
    needed: bool = False


def examine(settings: Settings) -> list[Finding]:
    """Everything worth knowing about this machine and these settings."""
    return [check(settings) for check in CHECKS]


def lines(findings: list[Finding]) -> Iterator[str]:
    """The findings for people to read."""
    for finding in findings:
        sign = "ok  " if finding.good else ("MISS" if finding.needed else "note")
        yield f"{sign}  {finding.name}: {finding.says}"


def _python(_settings: Settings) -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", sys.version_info >= (3, 11), f"{version}; 3.11 or later", needed=True)


def _folder(settings: Settings) -> Finding:
    try:
        settings.ensure_folders()
    except FolderNotWritableError as error:
        return Finding("Data folder", good=False, says=str(error), needed=True)
    return Finding("Data folder", good=True, says=str(settings.data_dir))


def _database(settings: Settings) -> Finding:
    if settings.database.startswith("postgresql"):
        return Finding("Database", good=True, says="PostgreSQL, by TIDEWAITER_DATABASE_URL")
    says = f"SQLite {sqlite3.sqlite_version}, one machine; a PostgreSQL URL serves many"
    return Finding("Database", good=True, says=says)


def _model(settings: Settings) -> Finding:
    ready = settings.cache_dir.is_dir() and any(settings.cache_dir.iterdir())
    says = "prepared" if ready else "not prepared yet; the first start does it in about a minute"
    return Finding("Language model", ready, says)


def _sentences(_settings: Settings) -> Finding:
    from intents.errors import ModelFileError  # noqa: PLC0415 - reading the model takes a moment
    from intents.sentences.encoder import Encoder, place  # noqa: PLC0415

    try:
        Encoder.load(place())
    except ModelFileError as error:
        says = f"{error}; answers go by words alone (sh deploy/sentences.sh prepares it)"
        return Finding("Sentence model", good=False, says=says)
    return Finding("Sentence model", good=True, says=str(place()))


def _mail(settings: Settings) -> Finding:
    if settings.smtp_host:
        return Finding("Mail", good=True, says="leads and reminders are mailed")
    says = f"not configured; leads and reminders are written to {settings.outbox} (set TIDEWAITER_SMTP_HOST)"
    return Finding("Mail", good=False, says=says)


def _telegram(settings: Settings) -> Finding:
    given = settings.telegram_prospect_token or settings.telegram_desk_token
    says = "a token is set, but this version does not serve Telegram" if given else "not configured"
    return Finding("Telegram", good=False, says=says)


def _whatsapp(settings: Settings) -> Finding:
    given = settings.whatsapp_token
    says = "a token is set, but this version does not serve WhatsApp" if given else "not configured"
    return Finding("WhatsApp", good=False, says=says)


def find_chromium() -> str | None:
    """Where Chromium is, if it is on this machine."""
    return next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)


def _chromium(_settings: Settings) -> Finding:
    found = find_chromium()
    says = found or "not found: browser tests are skipped (Debian: apt install chromium)"
    return Finding("Chromium", found is not None, says)


def _postgres(_settings: Settings) -> Finding:
    by_url = bool(os.environ.get("TEST_DATABASE_URL"))
    binaries = sorted(Path(POSTGRES_FOLDERS).glob("*/bin/initdb"))
    found = shutil.which("initdb") or (str(binaries[-1]) if binaries else None)
    says = found or (
        "TEST_DATABASE_URL is set"
        if by_url
        else "no server found: its tests use the one from the development packages, if installed"
    )
    return Finding("PostgreSQL for tests", bool(found or by_url), says)


def _chinese_font(_settings: Settings) -> Finding:
    from bot.papers.typesetting import fonts  # noqa: PLC0415 - reading all fonts takes a moment

    found = fonts("zh")
    says = (
        f"{found[0]}: pictures and checklists are set in Chinese too"
        if found
        else "none: Chinese pictures are left out, checklists come as HTML (Debian: apt install fonts-noto-cjk)"
    )
    return Finding("Chinese font", bool(found), says)


CHECKS: tuple[Callable[[Settings], Finding], ...] = (
    _python,
    _folder,
    _database,
    _model,
    _sentences,
    _mail,
    _telegram,
    _whatsapp,
    _chromium,
    _postgres,
    _chinese_font,
)
