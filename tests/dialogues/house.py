"""One process of ours in a transcript: everything that has a part in a talk, by a clock that is told the time.

What the durable engine would begin is kept in a list and done by the same parts when its time has come; a process that
ends leaves the list to the next one, as the engine's tables do.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import SecretStr
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot import forgetting
from bot.channels.unasked import UNASKED, FormsLeft
from bot.conversation.office import Office
from bot.conversation.scene import BEIJING
from bot.forgetting import Forgetting
from bot.leads import deliveries
from bot.leads.delivery import Courier
from bot.leads.posting import post
from bot.live import Live
from bot.reception import Reception
from bot.reminders.model import ReminderState
from bot.reminders.plan import Rules
from bot.reminders.sending import Reminding
from bot.settings import Settings
from bot.store import checks, migrating, timers
from bot.store.keys import load_keys
from bot.store.tables import ReminderRow
from bot.store.work import Job, Store, Work
from intents.engine import Engine
from knowledge.library import china
from tests.prepared import AGENCY, CACHE, prepared_engine

LOOKS = tuple(time(hour, 37) for hour in (9, 13, 17))
"""Of the hourly looks for forms that were left these are taken: by day, and often enough to miss nothing."""

RARELY = timedelta(days=30)


@dataclass
class Clock:
    """The time, as the transcript tells it."""

    now: datetime

    def __call__(self) -> datetime:
        """The moment it is."""
        return self.now


@dataclass
class Jobs:
    """What is to be done in the background, with the moment from which it may be."""

    clock: Clock
    waiting: list[tuple[datetime, Job]] = field(default_factory=list)

    def enqueue(self, _session: Session, job: Job) -> None:
        """Keep it. Of one id there is one."""
        if all(job.id != each.id for _, each in self.waiting):
            self.waiting.append((self.clock.now + timedelta(seconds=job.delay or 0), job))

    def taken(self) -> Job | None:
        """The next whose time has come."""
        due = [each for each in self.waiting if each[0] <= self.clock.now]
        if not due:
            return None
        first = min(due, key=lambda each: each[0])
        self.waiting.remove(first)
        return first[1]


class Alarm:
    """Rings when the clock has come so far."""

    def __init__(self) -> None:
        self.at: dict[str, datetime] = {}

    def set(self, conversation_id: str, at: datetime) -> None:
        """Ring for this conversation then."""
        self.at[conversation_id] = at


@cache
def engine() -> Engine:
    """What understands and composes."""
    return prepared_engine()


@cache
def _template() -> Path:
    """A folder with a key, and a database that has all tables and no rows."""
    folder = TemporaryDirectory()
    _KEPT.append(folder)
    settings = settings_in(Path(folder.name), AGENCY)
    settings.ensure_folders()
    load_keys(settings)
    migrating.upgrade(settings.database)
    return Path(folder.name)


_KEPT: list[TemporaryDirectory[str]] = []


@cache
def _usual() -> Settings:
    """As they are where nothing is set; what is set on this machine counts for no transcript."""
    return Settings(_env_file=None)


def settings_in(folder: Path, agency: str) -> Settings:
    """The usual settings, with everything in a folder."""
    address = SecretStr(f"sqlite:///{folder / 'talk.db'}")
    own = {"data_dir": folder, "database_url": address, "agency_name": agency}
    return _usual().model_copy(update=own)


def prepare(folder: Path) -> None:
    """Lay an empty database there, with its key."""
    shutil.copytree(_template(), folder, dirs_exist_ok=True)


class House:
    """One process. `open` it, let time pass by `until`, `close` it."""

    def __init__(self, folder: Path, agency: str, clock: Clock, jobs: Jobs) -> None:
        self.settings = settings_in(folder, agency)
        self.clock = clock
        self.jobs = jobs
        self.alarm = Alarm()
        self.store = Store.open(self.settings)
        self.store.attach(jobs.enqueue)
        rules = Rules(china(CACHE))
        self.reception = Reception(
            self.store,
            engine(),
            agency,
            Live(),
            clock,
            alarm=self.alarm,
            office=Office(rules=rules, unasked=UNASKED),
        )
        out = post(self.settings)
        self._forms = FormsLeft(self.store, self.reception, self.settings, clock)
        self._courier = Courier(self.store, self.settings, out, clock=clock)
        self._forgetting = Forgetting(self.store, Live(), clock)
        self._reminding = Reminding(self.store, self.settings, out, rules, clock=clock)

    async def open(self, *, again: bool = False) -> None:
        """Begin; after another process also with what that has left waiting."""
        if again:
            await asyncio.to_thread(migrating.upgrade, self.settings.database)
        await self.store.run(lambda work: checks.check_key(work.session, work.cipher))
        # Each process looks again and again for what will be due; here it is looked for once, however far ahead.
        ahead = self.clock.now + timedelta(days=3650)
        due = await self.store.read(lambda work: timers.to_look_at(work, until=ahead))
        for conversation_id in due if again else ():
            await self.reception.quiet(conversation_id)

    async def close(self) -> None:
        """End."""
        await self.store.close()

    async def until(
        self, then: datetime, *, watched: Callable[[], bool]
    ) -> AsyncIterator[datetime]:
        """Let time pass. Yields after whatever has happened by itself.

        `watched` says whether a form lies open that was not reminded of; for others one look a month is enough.
        """
        while (moment := await self._next(then, watched=watched())) is not None:
            self.clock.now = max(moment, self.clock.now)
            await self._happen()
            yield moment
        self.clock.now = max(then, self.clock.now)

    async def _next(self, then: datetime, *, watched: bool) -> datetime | None:
        """The next moment up to `then` at which something happens by itself."""
        found = [*self.alarm.at.values(), *(due for due, _ in self.jobs.waiting)]
        if then - self.clock.now >= timedelta(hours=1):
            found += [each for each in [await self.store.read(_reminder_due)] if each]
            found += [self._look() if watched else self._look() + RARELY]
        return min((each for each in found if each <= then), default=None)

    def _look(self) -> datetime:
        """The next look for forms that were left."""
        today = self.clock.now.astimezone(BEIJING).date()
        days = (today, today + timedelta(days=1))
        looks = (datetime.combine(day, look, BEIJING) for day in days for look in LOOKS)
        return next(look for look in looks if look > self.clock.now)

    async def _happen(self) -> None:
        rung = [key for key, at in self.alarm.at.items() if at <= self.clock.now]
        for conversation_id in rung:
            del self.alarm.at[conversation_id]
            await self.reception.quiet(conversation_id)
        while (job := self.jobs.taken()) is not None:
            await self._do(job)
        if self.clock.now.astimezone(BEIJING).time() in LOOKS:
            await self._forms.look()
        due = await self.store.read(_reminder_due)
        if due is not None and due <= self.clock.now:
            await self._reminding.look()

    async def _do(self, job: Job) -> None:
        done = {deliveries.FLOW: self._courier.attempt, forgetting.FLOW: self._forgetting.erase}
        await done[job.name](*(str(arg) for arg in job.args))


def _reminder_due(work: Work) -> datetime | None:
    waiting = ReminderRow.state == ReminderState.WAITING.value
    return work.session.scalar(select(func.min(ReminderRow.due_at)).where(waiting))
