"""Short ways to make what the tests of reminders need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from bot.leads.posting import Post
from bot.reminders import registry
from bot.reminders.model import NewReminders
from bot.reminders.plan import Rules
from bot.reminders.sending import Reminding
from bot.settings import Settings
from bot.store import conversations, events
from bot.store.conversations import ConversationKey
from bot.store.tables import ReminderRow
from bot.store.work import Store, Work
from knowledge.library import china

NOW = datetime(2026, 11, 23, 8, 30, 15, tzinfo=UTC)
REFERENCE = "TW-2611-7KQ4M"
RULES = Rules(china())
CONVERSATION = "somebody"

ANSWERS = {
    "recordations.1.about": "ACME, T2017-12345",
    "recordations.1.valid_until": "2028-05-31",
    "email": "li.wei@holder.example",
    "consent": "agree",
}
TWO = ANSWERS | {
    "recordations.2.about": "RUNNING MAN",
    "recordations.2.valid_until": "2027-08-31",
}
MAILING = Settings(
    _env_file=None,
    public_url="https://chat.example.com",
    lead_email_to=("desk@agency.example",),
    lead_email_from="bot@agency.example",
    smtp_host="mail.agency.example",
)


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def at(self, day: str, hour: int = 4) -> None:
        """Move to a day; 4:00 UTC is noon in China."""
        self.now = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
        self.now += timedelta(hours=hour)

    def on(self, **time: float) -> None:
        """Move on by so much."""
        self.now += timedelta(**time)


def begin(work: Work, person: str = CONVERSATION) -> str:
    """A conversation; its id."""
    key = ConversationKey("web", "main", person, person)
    return conversations.find_or_create(work, key, now=NOW).id


async def set_for(
    store: Store, answers: dict[str, str] = ANSWERS, person: str = CONVERSATION, **more: str
) -> str:
    """Reminders set from a conversation of that person; its id."""

    def do(work: Work) -> str:
        conversation = begin(work, person)
        new = NewReminders(
            conversation,
            more.get("reference", REFERENCE),
            answers,
            "2026-12",
            NOW,
            "zh" if more.get("language") == "zh" else "en",
        )
        registry.set_all(work, RULES, new, now=NOW)
        return conversation

    return await store.run(do)


async def rows(store: Store) -> list[ReminderRow]:
    """All reminders, in the order of their days."""
    query = select(ReminderRow).order_by(ReminderRow.due_at, ReminderRow.id)
    return await store.read(lambda work: list(work.session.scalars(query)))


async def states(store: Store) -> list[str]:
    """How far each is, in the order of recordations."""
    found = sorted(await rows(store), key=lambda row: (row.number, row.which == "closes"))
    return [f"{row.number} {row.which} {row.state}" for row in found]


async def journal(store: Store, conversation: str) -> list[str]:
    """What the journal says, a line each."""
    lines = await store.read(lambda work: events.of(work, conversation))
    return [
        f"{line.kind} {line.data.get('number')} {line.data.get('which')}"
        + "".join(f" {line.data[name]}" for name in ("why", "by") if name in line.data)
        for line in lines
    ]


def reminding(store: Store, post: Post, clock: Clock, settings: Settings = MAILING) -> Reminding:
    """The clockwork, with that way out and that clock."""
    return Reminding(store, settings, post, RULES, clock=clock)
