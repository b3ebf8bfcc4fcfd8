"""Every setting: typed, explained, read once from the environment or `.env`.

The texts under the fields are the documentation; `.env.example` is held against them by a test.
"""

from __future__ import annotations

import base64
import binascii
import difflib
import os
from collections.abc import Iterable
from email.headerregistry import Address
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import FolderNotWritableError, SettingsError
from knowledge.model import Language

PREFIX = "TIDEWAITER_"
ENV_FILE = Path(".env")
KEY_BYTES = 32
MAX_SLOTS = 64

NO_HOST = "tidewaiter.invalid"
"""Stands for our own mail domain as long as none is set; RFC 2606 keeps `.invalid` free."""


class SmtpSecurity(StrEnum):
    """How the connection to the mail server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class Role(StrEnum):
    """What a member of staff may do; `bot.desk.permissions` says it."""

    ADMIN = "admin"
    """Everything, the accounts too."""
    AGENT = "agent"
    """Talks with prospects and follows up their inquiries."""
    REVIEWER = "reviewer"
    """Looks after what the bot knows and understands; sees no personal data."""
    READER = "reader"
    """Looks on; sees no personal data and changes nothing."""


class LogFormat(StrEnum):
    """How a log line looks."""

    CONSOLE = "console"
    JSON = "json"


class LogLevel(StrEnum):
    """The least grave line that is logged."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


DATABASE_SCHEMES = ("sqlite:///", "postgresql://", "postgres://", "postgresql+psycopg://")
MOST_DAYS = 3650
"""Ten years: whoever wants more days wants nothing taken away, which is not offered."""
SMTP_PORTS = {SmtpSecurity.STARTTLS: 587, SmtpSecurity.TLS: 465, SmtpSecurity.NONE: 25}


class Settings(BaseSettings):
    """The settings of one process. Read them with `Settings.load()`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        use_attribute_docstrings=True,
    )

    host: str = "127.0.0.1"
    """Address the server listens on; 0.0.0.0 for all."""
    port: int = Field(default=8000, ge=1, le=65535)
    """Port the server listens on."""
    public_url: str | None = None
    """Address people reach the server at, for links; with https, cookies are sent over TLS only."""
    data_dir: Path = Path("var")
    """Folder for the database file, the key file and the outbox."""
    database_url: SecretStr | None = None
    """postgresql://user:password@host/name or sqlite:///file; without it a file in DATA_DIR."""
    encryption_key: SecretStr | None = None
    """Base64 of 32 bytes; of several by commas the first seals, all open. Else DATA_DIR/key."""
    agency_name: str = Field(default="AAA IPRIGHT", min_length=1, max_length=100)
    """The agency's name, as prospects and staff read it."""
    lead_email_to: Annotated[tuple[str, ...], NoDecode] = ()
    """Where leads are mailed to; several addresses by commas."""
    lead_email_from: str | None = None
    """The sender's address of those mails, and of reminders."""
    lead_email_language: Language = "en"
    """The language of those mails: en or zh. What the prospect wrote stays as it is."""
    smtp_host: str | None = None
    """The mail server; without it mails are written to OUTBOX_DIR as .eml files."""
    smtp_port: int | None = Field(default=None, ge=1, le=65535)
    """Its port; without it 587 (starttls), 465 (tls) or 25 (none)."""
    smtp_username: str | None = None
    """The name to sign in to it with; empty for a server that asks for none."""
    smtp_password: SecretStr | None = None
    """The password that goes with the name."""
    smtp_security: SmtpSecurity = SmtpSecurity.STARTTLS
    """How the connection is protected: starttls, tls, or none (no password is sent then)."""
    outbox_dir: Path | None = None
    """Folder for mails when there is no mail server; without it DATA_DIR/outbox."""
    reminder_days_before_open: int = Field(default=14, ge=0, le=150)
    """Days before a renewal can be requested on which its first reminder is mailed."""
    reminder_days_before_close: int = Field(default=30, ge=1, le=150)
    """Days before the last day for a renewal on which its second reminder is mailed."""
    form_left_hours: int = Field(default=20, ge=1, le=1000)
    """Hours a form may lie untouched before the chat reminds of it, once and by day in Beijing."""
    form_kept_days: int = Field(default=60, ge=1)
    """Days a form may lie untouched before what was filled in is dropped."""
    lead_email_files_mb: int = Field(default=10, ge=0, le=100)
    """Megabytes of files that go with a lead's mail; beyond it they are named only. 0: none goes."""
    file_mb: int = Field(default=20, ge=1, le=50)
    """Megabytes of the largest file that is taken from a prospect."""
    files_per_chat: int = Field(default=60, ge=1)
    """How many files one conversation may hold."""
    files_per_chat_mb: int = Field(default=200, ge=1)
    """Megabytes that all files of one conversation may have together."""
    files_mb: int = Field(default=10_000, ge=1)
    """Megabytes that the files of all conversations may have together."""
    unsent_file_days: int = Field(default=3, ge=1)
    """Days an uploaded file is kept that was never sent as a message."""
    two_factor_roles: Annotated[tuple[Role, ...], NoDecode] = ()
    """Roles that must sign in with a code too, by commas: admin, agent, reviewer, reader."""
    office_hours: Path | None = None
    """File with the agency's working hours; without it Monday to Friday, 9 to 12 and 13:30 to 18 in Beijing."""
    ring_minutes: int = Field(default=5, ge=1, le=1440)
    """Working minutes until an unanswered call rings again, then the next colleague, then takes a message."""
    first_reply_minutes: int = Field(default=15, ge=1, le=10080)
    """Working minutes within which somebody who asks for a person should have a first reply."""
    next_reply_minutes: int = Field(default=60, ge=1, le=10080)
    """Working minutes within which a later message to a person should be replied to."""
    desk_email_to: Annotated[tuple[str, ...], NoDecode] = ()
    """Where calls for a person are mailed to, several addresses by commas; without it none is."""
    telegram_prospect_token: SecretStr | None = None
    """Token of the Telegram bot prospects write to; without it that channel is off."""
    telegram_desk_token: SecretStr | None = None
    """Token of the Telegram bot staff work with; without it the web desk is the only one."""
    whatsapp_token: SecretStr | None = None
    """Token of the WhatsApp Cloud API. Not used yet by this version; said at start."""
    log_format: LogFormat = LogFormat.CONSOLE
    """console for people, json for machines."""
    log_level: LogLevel = LogLevel.INFO
    """DEBUG, INFO, WARNING or ERROR."""
    executor_slot: int | None = Field(default=None, ge=0, lt=MAX_SLOTS)
    """Fixed number of this process among replicas, 0 to 63; without it the first that is free."""
    finished_work_days: int = Field(default=14, ge=1, le=MOST_DAYS)
    """Days the records of finished background work are kept."""
    review_days: int = Field(default=90, ge=1, le=MOST_DAYS)
    """Days a line that was not understood or answered wrongly is kept for review."""

    @classmethod
    def load(cls, env_file: Path | None = ENV_FILE) -> Settings:
        """Read the environment, and beneath it the file. Raises SettingsError in one line."""
        refuse_unknown(env_file)
        try:
            return cls(_env_file=env_file)
        except ValidationError as error:
            raise SettingsError(first_fault(error)) from None

    @field_validator("public_url")
    @classmethod
    def _is_web_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("an address such as https://chat.example.com is wanted")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _is_known_database(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith(DATABASE_SCHEMES):
            raise ValueError("postgresql://user:password@host/name or sqlite:///file is wanted")
        return value

    @field_validator("encryption_key")
    @classmethod
    def _are_keys(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            parse_keys(value.get_secret_value())
        return value

    @field_validator("lead_email_to", "desk_email_to", "two_factor_roles", mode="before")
    @classmethod
    def _by_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("lead_email_to", "lead_email_from", "desk_email_to")
    @classmethod
    def _are_mail_addresses(cls, value: tuple[str, ...] | str | None) -> object:
        for text in (value,) if isinstance(value, str) else value or ():
            check_mail_address(text)
        return value

    @model_validator(mode="after")
    def _mail_is_whole(self) -> Settings:
        if self.smtp_host is None:
            return self
        if not self.lead_email_to or not self.lead_email_from:
            missing = "LEAD_EMAIL_FROM" if self.lead_email_to else "LEAD_EMAIL_TO"
            raise ValueError(f"{PREFIX}{missing}: wanted, because {PREFIX}SMTP_HOST is set")
        if self.smtp_security is SmtpSecurity.NONE and self.smtp_password is not None:
            raise ValueError(f"{PREFIX}SMTP_SECURITY: tls or starttls is wanted with a password")
        return self

    @property
    def database(self) -> str:
        """The database's address, the default filled in. It may hold a password."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{(self.data_dir / 'tidewaiter.db').absolute()}"

    @property
    def address(self) -> str:
        """Where people reach us, without a slash at the end."""
        if self.public_url:
            return self.public_url.rstrip("/")
        shown = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104
        host = f"[{shown}]" if ":" in shown else shown
        return f"http://{host}:{self.port}"

    @property
    def key_file(self) -> Path:
        """Where the key lies when it is not given by a variable."""
        return self.data_dir / "key"

    @property
    def cache_dir(self) -> Path:
        """Where the prepared language model lies; it can be made again at any time."""
        return self.data_dir / "cache"

    @property
    def outbox(self) -> Path:
        """Where mails are written when there is no mail server."""
        return self.outbox_dir or self.data_dir / "outbox"

    @property
    def smtp_port_or_usual(self) -> int:
        """The mail server's port, the default filled in."""
        return self.smtp_port or SMTP_PORTS[self.smtp_security]

    @property
    def mail_domain(self) -> str:
        """The domain our messages' ids end in."""
        return (self.lead_email_from or f"@{NO_HOST}").rsplit("@", 1)[1]

    @property
    def secure_cookies(self) -> bool:
        """Whether people reach us by TLS, so that cookies may insist on it."""
        return self.public_url is not None and self.public_url.startswith("https://")

    def ensure_folders(self) -> None:
        """Make the folders we write to. Raises FolderNotWritableError."""
        for folder in (self.data_dir, self.outbox):
            ensure_folder(folder)


def ensure_folder(folder: Path) -> None:
    """Make one folder, for us alone. Raises FolderNotWritableError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise FolderNotWritableError(f"{folder}: cannot be made: {error.strerror}") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise FolderNotWritableError(f"{folder}: we may not write there")


def parse_keys(text: str) -> tuple[bytes, ...]:
    """Keys from base64 text, parted by commas or white space. Raises ValueError, naming no key."""
    keys = tuple(_parse_key(part) for part in text.replace(",", " ").split())
    if not keys:
        raise ValueError("at least one key is wanted")
    return keys


def _parse_key(text: str) -> bytes:
    try:
        key = base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError(f"base64 of {KEY_BYTES} bytes is wanted") from None
    if len(key) != KEY_BYTES:
        raise ValueError(f"base64 of {KEY_BYTES} bytes is wanted, not of {len(key)}")
    return key


def check_mail_address(text: str) -> None:
    """Whether a header can carry it as an address. Raises ValueError.

    Only the form is checked: intranet domains such as `.local` are a deployment's own business.
    """
    try:
        address = Address(addr_spec=text)
    except Exception:  # noqa: BLE001 - the standard library's parser lets its own slips through
        raise ValueError("an e-mail address is wanted") from None
    if str(address) != text:
        raise ValueError("an e-mail address is wanted")


def first_fault(error: ValidationError) -> str:
    """The first thing that is wrong, in one line that names the variable but not its value."""
    fault = error.errors(include_url=False, include_input=False)[0]
    wanted = fault["msg"].removeprefix("Value error, ")
    if not fault["loc"]:
        return wanted
    name = str(fault["loc"][0])
    meaning = Settings.model_fields[name].description
    return f"{PREFIX}{name.upper()}: {wanted[:1].lower()}{wanted[1:]}. ({meaning})"


def variables() -> tuple[str, ...]:
    """The names of all settings, as they stand in the environment."""
    return tuple(f"{PREFIX}{name.upper()}" for name in Settings.model_fields)


def unknown_variables() -> tuple[str, ...]:
    """Names in the environment that look like ours and are not.

    They are told, not refused: Kubernetes sets `TIDEWAITER_SERVICE_HOST` for a service of our name.
    """
    return tuple(sorted(_unknown(os.environ)))


def refuse_unknown(env_file: Path | None) -> None:
    """A slip of the pen in our own file is refused. Raises SettingsError with the likely name."""
    names = dotenv_values(env_file) if env_file is not None and env_file.is_file() else {}
    for name in _unknown(names):
        near = difflib.get_close_matches(name[len(PREFIX) :].lower(), Settings.model_fields, n=1)
        hint = f"; is {PREFIX}{near[0].upper()} meant?" if near else ""
        raise SettingsError(f"{name}: no such setting{hint}")


def _unknown(names: Iterable[str]) -> list[str]:
    known = set(variables())
    return [n for n in names if n.upper().startswith(PREFIX) and n.upper() not in known]
