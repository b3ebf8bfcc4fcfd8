"""A process that delivers leads until it is killed: `python -m tests.bot.leads.crash_child [new]`.

Settings come from the environment; with `new` it keeps one lead first. It says when it runs.
"""

from __future__ import annotations

import asyncio
import sys

from bot.leads import deliveries
from bot.leads.delivery import Courier
from bot.leads.posting import post
from bot.settings import Settings
from bot.store.durable import Durable
from bot.store.flows import Pace
from bot.store.work import Store
from tests.bot.leads.making import kept

WAITS = (1.0, 0.1, 0.1, 0.1, 0.1)


async def main() -> None:
    """Run until killed."""
    settings = Settings.load(env_file=None)
    store = Store.open(settings)
    await store.migrate()
    durable = Durable(settings, Pace(listener=0.02, rescue=0.3))
    courier = Courier(store, settings, post(settings), waits=WAITS)
    durable.register(deliveries.FLOW, courier.deliver)
    await durable.start()
    store.attach(durable.enqueue)
    if "new" in sys.argv:
        await kept(store)
    print("running", flush=True)  # noqa: T201
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
