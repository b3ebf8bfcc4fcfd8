"""Puts it together: one process with the store, the durable engine, the chat page and the desk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from fastapi import FastAPI

from bot import calling, forgetting
from bot.alarms import Alarms
from bot.asking import engine
from bot.calling import Calling
from bot.channels import guards, unsubscribe, web
from bot.channels.unasked import UNASKED, FormsLeft, RefusedReminders
from bot.conversation.hours import Hours, usual
from bot.conversation.office import Office
from bot.desk import console
from bot.desk.accounts import Accounts
from bot.forgetting import Forgetting
from bot.leads import deliveries, registry
from bot.leads.delivery import Courier
from bot.leads.posting import post
from bot.live import Live
from bot.reception import Reception
from bot.reminders import registry as reminders
from bot.reminders.plan import Ahead, Rules
from bot.reminders.sending import Reminding
from bot.retention import Retention
from bot.settings import Settings
from bot.store.durable import Durable
from bot.store.work import Store
from knowledge.library import china

VERSION = "0.1.0"


@dataclass(frozen=True)
class Parts:
    """What a running process is made of."""

    settings: Settings
    store: Store
    durable: Durable
    live: Live
    alarms: Alarms
    reception: Reception
    retention: Retention
    accounts: Accounts


Ready = Callable[[Parts], Awaitable[None]]
"""Called once the process can serve."""


def assemble(settings: Settings) -> Parts:
    """Make the parts; nothing runs yet, and only the language model and the key file are read.

    Raises SettingsError, FolderNotWritableError, KeyFileError, DataFileError.
    """
    store = Store.open(settings)
    durable = Durable(settings)
    way_out = post(settings)
    durable.register(deliveries.FLOW, Courier(store, settings, way_out).deliver)
    retention = Retention(store, settings.review_days, file_days=settings.unsent_file_days)
    durable.schedule(retention.clockwork)
    live, alarms = Live(), Alarms()
    durable.register(forgetting.FLOW, Forgetting(store, live).flow)
    ahead = Ahead(settings.reminder_days_before_open, settings.reminder_days_before_close)
    rules = Rules(china(settings.cache_dir), ahead)
    durable.schedule(Reminding(store, settings, way_out, rules).clockwork)
    durable.register(calling.FLOW, Calling(store, settings, way_out).flow)
    reception = Reception(
        store,
        engine(settings),
        settings.agency_name,
        live,
        alarm=alarms,
        office=_office(settings, rules),
    )
    durable.register(reminders.TELL, RefusedReminders(reception).flow)
    durable.schedule(FormsLeft(store, reception, settings).clockwork)
    return Parts(settings, store, durable, live, alarms, reception, retention, Accounts(store))


def _office(settings: Settings, rules: Rules) -> Office:
    """The agency as it is set. Raises DataFileError."""
    return Office(
        rules=rules,
        hours=Hours.load(settings.office_hours) if settings.office_hours else usual(),
        ring_after=timedelta(minutes=settings.ring_minutes),
        first_reply=timedelta(minutes=settings.first_reply_minutes),
        next_reply=timedelta(minutes=settings.next_reply_minutes),
        mails=bool(settings.desk_email_to),
        unasked=UNASKED,
    )


@asynccontextmanager
async def running(parts: Parts) -> AsyncIterator[None]:
    """The store migrated and the durable engine at work, for as long as the block lasts."""
    await parts.store.migrate()
    await parts.durable.start()
    parts.store.attach(parts.durable.enqueue)
    await parts.retention.forget()
    while await parts.store.run(registry.note_urgency):
        pass
    await parts.alarms.start(parts.reception.quiet, parts.reception.listening)
    try:
        yield
    finally:
        parts.live.close()
        await parts.alarms.close()
        await parts.durable.stop()
        await parts.store.close()


def create(settings: Settings, ready: Ready | None = None) -> FastAPI:
    """The web application: chat page, its API and the staff console."""
    return build(assemble(settings), ready)


def build(parts: Parts, ready: Ready | None = None) -> FastAPI:
    """The web application made of given parts."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with running(parts):
            if ready is not None:
                await ready(parts)
            yield

    app = FastAPI(
        title="Tidewaiter", version=VERSION, lifespan=lifespan, docs_url=None, redoc_url=None
    )
    guards.protect(app, parts.settings)
    web.mount(app, parts.reception, parts.settings)
    app.include_router(unsubscribe.routes(parts.store))
    console.mount(app, parts)
    return app
