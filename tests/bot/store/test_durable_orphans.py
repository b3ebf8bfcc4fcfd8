"""Work whose process has died is taken over, once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.store import slots
from bot.store.durable import Durable
from bot.store.flows import Pace
from bot.store.work import Store
from tests.bot.conftest import HURRIED
from tests.bot.store.diaries import Diary, Start, begin, ended, until


class TestOrphans:
    """Work whose process has gone, on PostgreSQL."""

    @pytest.fixture
    def settings(self, new_postgres: Callable[[], str], tmp_path: Path) -> Settings:
        """Settings for a fresh database."""
        return Settings(_env_file=None, data_dir=tmp_path / "var", database_url=new_postgres())

    @pytest.fixture
    async def start(self, settings: Settings) -> AsyncIterator[Start]:
        """Starts the engine of a replica; it is stopped after the test."""
        started: list[Durable] = []

        async def start(diary: Diary, slot: int | None = None, pace: Pace = HURRIED) -> Durable:
            durable = Durable(settings.model_copy(update={"executor_slot": slot}), pace)
            durable.register("diary", diary.flow)
            await durable.start()
            started.append(durable)
            return durable

        yield start
        for durable in started:
            await durable.stop()

    async def _orphan(self, start: Start, store: Store, diary: Diary) -> None:
        """Work that begins in slot 9 and is left in its rest."""
        ninth = await start(diary, 9)
        store.attach(ninth.enqueue)
        await store.run(begin("a"))
        await until(lambda: diary.lines)
        await ninth.stop()

    async def test_the_living_take_it_over(self, start: Start, store: Store) -> None:
        diary = Diary(rest=0.1)
        await self._orphan(start, store, diary)
        ours = await start(diary)
        assert ours.slot == 0
        assert (await ended(ours, "a")).result == "a: A1 A2"
        assert diary.lines == ["a1", "a2"]

    async def test_only_what_is_empty_twice_is_taken(
        self, start: Start, settings: Settings, store: Store
    ) -> None:
        diary = Diary(rest=3600)
        await self._orphan(start, store, diary)
        ours = await start(diary, pace=Pace(listener=0.02, rescue=3600))
        assert await ours.rescue() == []
        living = slots.slots(settings.database)
        try:
            living.take(9)
            assert await ours.rescue() == []
        finally:
            living.leave()

        async def taken() -> bool:
            return await ours.rescue() == [9]

        # The server notices a moment later that the other has gone.
        await until(taken)

    async def test_a_lost_slot_is_told_and_nothing_is_taken(
        self, start: Start, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        diary = Diary(rest=3600)
        await self._orphan(start, store, diary)
        told: list[str] = []
        monkeypatch.setattr("bot.store.machine.log.error", lambda text, **_: told.append(text))
        monkeypatch.setattr(slots.LockSlots, "keep", lambda _: False)
        await start(diary)
        await until(lambda: len(told) > 2)
        assert "slot lost" in told[0]
        assert diary.lines == ["a1"]

    async def test_looking_that_fails_is_tried_again(
        self, start: Start, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tries: list[int] = []

        def fail(_: object) -> bool:
            tries.append(1)
            raise OSError("no network")

        monkeypatch.setattr(slots.LockSlots, "keep", fail)
        await start(Diary())
        await until(lambda: len(tries) > 1)
