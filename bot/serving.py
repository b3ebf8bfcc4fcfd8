"""Runs the process for people: the server with its first lines, and the commands that need the store."""

from __future__ import annotations

import contextlib
import errno
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from types import FrameType
from typing import Any

import typer
import uvicorn

from bot import app, logs
from bot.app import Parts
from bot.channels import terminal
from bot.channels.recording import Recording
from bot.clock import utc_now
from bot.desk.accounts import Accounts
from bot.desk.roster import OPERATOR, Roster
from bot.errors import PortTakenError, SettingsError
from bot.leads import registry
from bot.live import Live
from bot.retention import Retention
from bot.settings import Settings, unknown_variables
from bot.store import events, review
from bot.store.review import ReviewLine
from bot.store.work import Store
from knowledge.model import Language

GRACE_SECONDS = 3
"""What open requests get at a stop; streams end by themselves at once."""
IN_USE = frozenset({errno.EADDRINUSE, errno.EACCES})


class Server(uvicorn.Server):
    """uvicorn, with open streams ended before it waits for them."""

    def __init__(self, config: uvicorn.Config, live: Live) -> None:
        super().__init__(config)
        self._live = live

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal asks us to stop."""
        self._live.close()
        super().handle_exit(sig, frame)


def serve(settings: Settings) -> None:
    """Serve until stopped. Raises SettingsError, PortTakenError, FolderNotWritableError ..."""
    logs.set_up(settings.log_format.value, settings.log_level.value)
    listening = listen(settings)
    parts = app.assemble(settings)
    config = uvicorn.Config(
        app.build(parts, announce),
        log_config=None,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        proxy_headers=settings.public_url is not None,
    )
    _end_quietly()
    with contextlib.closing(listening):
        Server(config, parts.live).run(sockets=[listening])


def _end_quietly() -> None:
    """Let being asked to stop be no failure.

    uvicorn raises the signal again after its clean end; what it finds then is this.
    """
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda _sign, _frame: None)


def listen(settings: Settings) -> socket.socket:
    """The bound socket, taken before anything slow. Raises PortTakenError, SettingsError."""
    try:
        return socket.create_server(
            (settings.host, settings.port), family=_family(settings.host), backlog=512
        )
    except OSError as error:
        if error.errno in IN_USE:
            raise PortTakenError(
                f"port {settings.port} on {settings.host} is taken or not allowed; "
                "set TIDEWAITER_PORT to another"
            ) from None
        raise SettingsError(
            f"TIDEWAITER_HOST: {settings.host!r} is no address of this machine"
        ) from None


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def address(settings: Settings) -> str:
    """Where people reach us."""
    return settings.address


async def announce(parts: Parts) -> None:
    """The first lines of a start: where the pages are, how to become the first administrator, what is off."""
    base, settings = address(parts.settings), parts.settings
    typer.echo(f"Chat:    {base}/")
    typer.echo(f"Desk:    {base}/desk")
    link = await parts.accounts.first_link()
    if link is not None:
        typer.echo(
            f"Set-up:  {base}{link}   (once, within a day: the first administrator's password)"
        )
    for line in unconfigured(settings):
        typer.echo(line)


def unconfigured(settings: Settings) -> list[str]:
    """A line for each thing that is off, and what would turn it on."""
    found = []
    if settings.smtp_host is None:
        found.append(
            f"Mail:     not configured; inquiries are written to {settings.outbox} (TIDEWAITER_SMTP_HOST)"
        )
    tokens = settings.telegram_prospect_token or settings.telegram_desk_token
    found.append(f"Telegram: {_not_served(given=bool(tokens))}")
    found.append(f"WhatsApp: {_not_served(given=bool(settings.whatsapp_token))}")
    found += [f"Unknown setting, not used: {name}" for name in unknown_variables()]
    return found


def _not_served(*, given: bool) -> str:
    return "a token is set, but this version does not serve it" if given else "not configured"


@contextlib.asynccontextmanager
async def _store(settings: Settings) -> AsyncIterator[Store]:
    logs.set_up(settings.log_format.value, "WARNING")
    store = Store.open(settings)
    try:
        await store.migrate()
        yield store
    finally:
        await store.close()


async def invite(settings: Settings, login: str) -> str:
    """The whole address of a link by which a member of the staff sets a password, once."""
    async with _store(settings) as store:
        return address(settings) + await Accounts(store).invite(login)


@contextlib.asynccontextmanager
async def roster(settings: Settings) -> AsyncIterator[Roster]:
    """The accounts, without a reception: nothing heavy is loaded."""
    async with _store(settings) as store:
        yield Roster(store, None, utc_now)


async def disable(settings: Settings, login: str) -> int:
    """Disable an account; how many of its conversations went back to the bot. StaffNotFoundError."""
    async with roster(settings) as plain:
        who = await plain.by_login(login)
        if not await plain.conversations_of(who):
            return await plain.disable(OPERATOR, who.id)
    logs.set_up(settings.log_format.value, "WARNING")
    parts = app.assemble(settings)
    try:
        return await Roster(parts.store, parts.reception, utc_now).disable(OPERATOR, who.id)
    finally:
        await parts.store.close()


async def leads(settings: Settings) -> list[dict[str, Any]]:
    """Every inquiry as plain values, oldest first."""
    async with _store(settings) as store:
        return await store.read(lambda work: [dict(lead) for lead in registry.export(work)])


async def uses(settings: Settings) -> dict[str, int]:
    """How often each fact was stated in conversations; none where nothing was ever stored."""
    if not Store.exists(settings):
        return {}
    async with _store(settings) as store:
        return dict(await store.read(events.facts_stated))


async def review_lines(settings: Settings) -> list[ReviewLine]:
    """The lines kept for review, those whose days are over forgotten first; none where nothing was ever stored."""
    if not Store.exists(settings):
        return []
    async with _store(settings) as store:
        await Retention(store, settings.review_days).forget()
        return await store.read(review.lines)


async def review_line(settings: Settings, number: int) -> ReviewLine:
    """One of them. Raises ReviewLineNotFoundError."""
    async with _store(settings) as store:
        return await store.read(lambda work: review.get(work, number))


async def drop_review_line(settings: Settings, number: int) -> None:
    """Take one away for good."""
    async with _store(settings) as store:
        await store.run(lambda work: review.drop(work, number))


async def chat(settings: Settings, language: Language, record: Path | None = None) -> None:
    """A conversation in the terminal, over the same store as the server's; written down as a test where wanted.

    Raises FileNotWritableError.
    """
    logs.set_up(settings.log_format.value, "WARNING")
    recording = Recording(record, language) if record is not None else None
    parts = app.assemble(settings)
    async with app.running(parts):
        await terminal.chat(parts.reception, language, recording=recording)
