"""Steps between two loops."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from typing import Any

import pytest

from bot.store.flows import Plain
from bot.store.hops import Hops

Away = asyncio.AbstractEventLoop
mark: contextvars.ContextVar[str] = contextvars.ContextVar("mark", default="none")


@pytest.fixture
def away() -> Iterator[Away]:
    """The engine's loop, in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield loop
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def _there(loop: Away, work: Coroutine[Any, Any, Plain]) -> Future[Plain]:
    return asyncio.run_coroutine_threadsafe(work, loop)


async def test_a_step_runs_at_home_and_its_result_comes_back(away: Away) -> None:
    hops, home = Hops(asyncio.get_running_loop()), asyncio.get_running_loop()

    async def step(text: str) -> Plain:
        assert asyncio.get_running_loop() is home
        return text + "!"

    assert await asyncio.wrap_future(_there(away, hops.run(step, "a"))) == "a!"


async def test_what_a_step_raises_comes_back(away: Away) -> None:
    hops = Hops(asyncio.get_running_loop())

    async def step() -> Plain:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await asyncio.wrap_future(_there(away, hops.run(step)))


async def test_a_step_does_not_see_the_engines_context(away: Away) -> None:
    hops = Hops(asyncio.get_running_loop())

    async def step() -> Plain:
        return mark.get()

    async def flow() -> Plain:
        mark.set("theirs")
        return await hops.run(step)

    assert await asyncio.wrap_future(_there(away, flow())) == "none"


async def test_a_cancelled_flow_cancels_its_step(away: Away) -> None:
    hops = Hops(asyncio.get_running_loop())
    begun, ended = asyncio.Event(), asyncio.Event()

    async def step() -> Plain:
        begun.set()
        try:
            return await asyncio.sleep(60, None)
        except asyncio.CancelledError:
            ended.set()
            raise

    flow = _there(away, hops.run(step))
    await begun.wait()
    flow.cancel()
    await asyncio.wait_for(ended.wait(), 5)


async def test_closing_waits_for_what_is_under_way_and_lets_nothing_in(away: Away) -> None:
    hops = Hops(asyncio.get_running_loop())
    begun, go_on = asyncio.Event(), asyncio.Event()
    done: list[str] = []

    async def step(name: str) -> Plain:
        begun.set()
        await go_on.wait()
        done.append(name)
        return None

    async def flow(name: str) -> Plain:
        async with hops.under_way():
            return await hops.run(step, name)

    first = _there(away, flow("first"))
    await begun.wait()
    closing = asyncio.ensure_future(hops.close(5))
    await asyncio.sleep(0.02)
    assert not closing.done()
    second = _there(away, flow("second"))
    go_on.set()
    assert await closing
    assert done == ["first"]
    assert first.done()
    assert not second.done()
    second.cancel()


async def test_closing_has_an_end(away: Away) -> None:
    hops = Hops(asyncio.get_running_loop())

    async def flow() -> Plain:
        async with hops.under_way():
            return await asyncio.sleep(60, None)

    hanging = _there(away, flow())
    await asyncio.sleep(0.02)
    assert not await hops.close(0.03)
    hanging.cancel()
