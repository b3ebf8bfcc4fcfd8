"""Alarms ring at their time, once, move when set again, and find what another process has left."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.alarms import Alarms

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SOON = timedelta(milliseconds=5)


class Bell:
    """Notes for what it was rung."""

    def __init__(self) -> None:
        self.rung: list[str] = []
        self.left: list[str] = []
        self.fails = 0

    async def ring(self, conversation_id: str) -> None:
        self.rung.append(conversation_id)
        if self.fails:
            self.fails -= 1
            raise RuntimeError("not now")

    async def look(self) -> list[str]:
        return self.left


@pytest.fixture
def bell() -> Bell:
    return Bell()


async def _until(bell: Bell, *rung: str) -> None:
    async with asyncio.timeout(5):
        while bell.rung != list(rung):  # noqa: ASYNC110
            await asyncio.sleep(0.002)


async def test_an_alarm_rings_once(bell: Bell) -> None:
    alarms = Alarms(lambda: NOW)
    await alarms.start(bell.ring, bell.look)
    alarms.set("one", NOW + SOON)
    alarms.set("two", NOW - SOON)
    await _until(bell, "two", "one")
    await alarms.close()


async def test_setting_it_again_moves_it(bell: Bell) -> None:
    alarms = Alarms(lambda: NOW)
    await alarms.start(bell.ring, bell.look)
    alarms.set("one", NOW + SOON)
    alarms.set("one", NOW + timedelta(hours=1))
    alarms.set("two", NOW + 2 * SOON)
    await _until(bell, "two")
    await alarms.close()


async def test_what_was_left_is_taken_up_at_the_start_and_looked_for_after_it(bell: Bell) -> None:
    bell.left = ["old"]
    alarms = Alarms(lambda: NOW)
    await alarms.start(bell.ring, bell.look, every=0.005)
    await _until(bell, "old", "old")
    await alarms.close()


async def test_one_that_fails_stops_no_other(bell: Bell) -> None:
    bell.left, bell.fails = ["bad", "good"], 1
    alarms = Alarms(lambda: NOW)
    await alarms.start(bell.ring, bell.look)
    await _until(bell, "bad", "good")
    alarms.set("later", NOW)
    await _until(bell, "bad", "good", "later")
    await alarms.close()


async def test_what_has_its_own_alarm_is_not_looked_at_early(bell: Bell) -> None:
    alarms = Alarms(lambda: NOW)
    alarms.set("waits", NOW + timedelta(hours=1))
    bell.left = ["waits", "left"]
    await alarms.start(bell.ring, bell.look)
    await _until(bell, "left")
    await alarms.close()


async def test_after_the_close_nothing_rings(bell: Bell) -> None:
    alarms = Alarms(lambda: NOW)
    await alarms.start(bell.ring, bell.look)
    alarms.set("one", NOW + SOON)
    await alarms.close()
    await asyncio.sleep(0.02)
    assert bell.rung == []
