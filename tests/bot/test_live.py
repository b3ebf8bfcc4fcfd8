"""The bulletin board that wakes open pages."""

import asyncio

from bot.live import Live


async def test_a_change_wakes_its_watchers_only() -> None:
    live = Live()
    with live.watch("a") as one, live.watch("b") as other:
        live.publish("a")
        assert await anext(one.changes(0.01)) is True
        assert await anext(other.changes(0.01)) is False


async def test_repeated_changes_become_one() -> None:
    live = Live()
    with live.watch("a") as watch:
        live.publish("a")
        live.publish("a")
        changes = watch.changes(0.01)
        assert [await anext(changes), await anext(changes)] == [True, False]


async def test_closing_ends_every_stream() -> None:
    live = Live()

    async def follow() -> int:
        with live.watch("a") as watch:
            return len([change async for change in watch.changes(60)])

    following = asyncio.create_task(follow())
    await asyncio.sleep(0)
    live.close()
    assert await asyncio.wait_for(following, 1) == 0
    assert live.closing


def test_nobody_listening_is_no_error() -> None:
    live = Live()
    live.publish("a")
    with live.watch("a"):
        pass
    live.publish("a")
