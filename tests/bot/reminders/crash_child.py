"""A process that sends reminders until it is killed: `python -m tests.bot.reminders.crash_child [new] <moment> ...`.

Settings come from the environment; with `new` it sets reminders first. It says when it runs, and how
many it has sent at each of the moments.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime

from bot.leads.posting import post
from bot.settings import Settings
from bot.store.work import Store
from tests.bot.reminders.making import Clock, reminding, set_for


async def main() -> None:
    """Look at each moment, then wait to be killed."""
    settings = Settings.load(env_file=None)
    store = Store.open(settings)
    await store.migrate()
    moments = [each for each in sys.argv[1:] if each != "new"]
    if "new" in sys.argv:
        await set_for(store)
    print("running", flush=True)  # noqa: T201
    for moment in moments:
        clock = Clock(datetime.fromisoformat(moment))
        sent = await reminding(store, post(settings), clock, settings).look()
        print(f"sent {sent}", flush=True)  # noqa: T201
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
