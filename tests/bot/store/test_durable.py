"""Durable work: begun with a transaction, done once, not lost by a stop."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from dbos import DBOS
from sqlalchemy import text

from bot.errors import DurableError, SlotTakenError
from bot.settings import Settings
from bot.store import events, slots, terms
from bot.store.durable import Durable
from bot.store.flows import Clockwork, Lane, Outcome, Plain, Run
from bot.store.work import Job, Store, Work
from tests.bot.conftest import HURRIED
from tests.bot.store.diaries import LINE, Diary, begin, ended, until
from tests.bot.store.making import NOW


async def test_work_is_done_and_its_result_kept(
    store: Store, durable: Durable, diary: Diary
) -> None:
    await store.run(begin("a"))
    assert await ended(durable, "a") == Outcome(done=True, failed=False, result="a: A1 A2")
    assert diary.lines == ["a1", "a2"]


async def test_work_of_a_known_id_is_done_once(
    store: Store, durable: Durable, diary: Diary
) -> None:
    await store.run(begin("a", "a"))
    await store.run(begin("a"))
    await ended(durable, "a")
    await store.run(begin("a", "b"))
    await ended(durable, "b")
    assert sorted(diary.lines) == ["a1", "a2", "b1", "b2"]


async def test_a_rollback_begins_nothing(store: Store, durable: Durable, diary: Diary) -> None:
    def fail(work: Work) -> None:
        begin("a")(work)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await store.run(fail)
    await store.run(begin("b"))
    await ended(durable, "b")
    assert await durable.outcome("a") is None
    assert diary.lines == ["b1", "b2"]


async def test_work_and_rows_are_one_transaction(
    store: Store, durable: Durable, diary: Diary
) -> None:
    seen: list[int] = []

    async def count(name: str) -> Plain:
        seen.append(await store.read(lambda work: len(events.between(work, NOW, NOW + DAY))))
        return None

    diary.write = count  # type: ignore[method-assign, assignment]

    def do(work: Work) -> None:
        events.record(work, "x", actor="bot", now=NOW)
        begin("a")(work)

    await store.run(do)
    await ended(durable, "a")
    assert seen == [1, 1]


DAY = timedelta(days=1)


async def test_jobs_of_a_partition_go_in_order_one_at_a_time(
    store: Store, durable: Durable, diary: Diary
) -> None:
    diary.rest = 0.05
    names = [f"j{number}" for number in range(4)]
    for name in names:
        await store.run(begin(name, queue=LINE.name, partition="chat"))
    await ended(durable, names[-1])
    assert diary.lines == [f"{name}{part}" for name in names for part in (1, 2)]


@pytest.mark.parametrize(
    "lane",
    [
        Lane("slow", poll=0.05, per_second=0.1),
        Lane("slow", poll=0.05, per_second_each=0.1, at_once=3),
    ],
)
async def test_a_lane_keeps_its_pace(store: Store, durable: Durable, lane: Lane) -> None:
    diary = Diary()
    durable.register("diary", diary.flow)
    durable.lane(lane)
    await durable.start()
    partition = "chat" if lane.is_partitioned else None
    names = [f"j{number}" for number in range(4)]
    await store.run(begin(*names, queue=lane.name, partition=partition))
    await until(lambda: len(diary.lines) == 2)
    await asyncio.sleep(0.5)
    assert len(diary.lines) == 2


@pytest.mark.parametrize(
    ("per_second", "limit"),
    [(None, None), (25, (25, 1.0)), (2.5, (2, 0.8)), (1, (1, 1.0)), (0.1, (1, 10.0))],
)
def test_a_slow_pace_is_one_in_a_long_time(
    per_second: float | None, limit: tuple[int, float] | None
) -> None:
    made = terms.limit(per_second)
    assert (made and (made["limit"], made["period"])) == limit


async def test_a_delay_can_be_moved(store: Store, durable: Durable, diary: Diary) -> None:
    await store.run(begin("later", delay=3600))
    await store.run(begin("sooner", delay=3600))
    await durable.postpone("sooner", 0)
    await ended(durable, "sooner")
    later = await durable.outcome("later")
    assert later == Outcome(done=False, failed=False)
    assert diary.lines == ["sooner1", "sooner2"]


async def test_what_is_cancelled_does_no_further_step(
    store: Store, durable: Durable, diary: Diary
) -> None:
    diary.rest = 0.5
    await store.run(begin("a"))
    await until(lambda: diary.lines)
    await durable.cancel("a")
    outcome = await ended(durable, "a")
    assert outcome.failed
    await asyncio.sleep(0.7)
    assert diary.lines == ["a1"]


async def test_what_waits_at_a_stop_goes_on_after_the_start(
    settings: Settings, store: Store
) -> None:
    diary = Diary(rest=0.5)
    for _ in range(2):
        durable = Durable(settings, HURRIED)
        durable.register("diary", diary.flow)
        store.attach(durable.enqueue)
        await durable.start()
        if not diary.lines:
            await store.run(begin("a"))
            await until(lambda: diary.lines)
        else:
            assert (await ended(durable, "a")).result == "a: A1 A2"
        await durable.stop()
    assert diary.lines == ["a1", "a2"]


async def test_a_stop_lets_a_step_come_to_its_end(settings: Settings, store: Store) -> None:
    durable = Durable(settings, HURRIED)
    begun, done = asyncio.Event(), []

    async def slow(name: str) -> Plain:
        begun.set()
        await asyncio.sleep(0.3)
        done.append(name)
        return None

    async def flow(run: Run, name: str) -> Plain:
        return await run.step("slow", slow, name)

    durable.register("diary", flow)
    await durable.start()
    store.attach(durable.enqueue)
    await store.run(begin("a"))
    await begun.wait()
    await durable.stop()
    assert done == ["a"]
    await durable.start()
    await ended(durable, "a")
    await durable.stop()
    assert done == ["a"]


async def test_threads_that_hang_do_not_hold_up_a_stop(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.machine.PATIENCE", 0.1)
    release = threading.Event()
    hanging = threading.Thread(target=release.wait, name="dbos-executor-of-a-test")
    durable = Durable(settings, HURRIED)
    await durable.start()
    hanging.start()
    await durable.stop()
    release.set()
    hanging.join()
    await durable.start()
    await durable.stop()


async def test_a_stop_leaves_the_loop_its_threads(settings: Settings, store: Store) -> None:
    durable = Durable(settings, HURRIED)
    await durable.start()
    await durable.forget_finished(DAY)
    await durable.stop()
    await durable.stop()
    assert await asyncio.to_thread(lambda: 7) == 7


async def test_the_clock_begins_work(durable: Durable) -> None:
    ticks: list[str] = []

    async def tick() -> Plain:
        ticks.append("tick")
        return None

    async def flow(run: Run) -> Plain:
        assert run.id.startswith("sched-every")
        return await run.step("tick", tick)

    durable.schedule(Clockwork("every", "* * * * * *", flow))
    await durable.start()
    await until(lambda: ticks)


async def test_a_clockwork_that_is_gone_does_not_tick(settings: Settings, store: Store) -> None:
    async def flow(run: Run) -> Plain:
        return None

    for clockworks, names in (
        ([Clockwork("old", "0 0 1 1 *", flow)], {"old", "forget_finished"}),
        ([], {"forget_finished"}),
    ):
        durable = Durable(settings, HURRIED)
        for clockwork in clockworks:
            durable.schedule(clockwork)
        await durable.start()
        known = await asyncio.to_thread(DBOS.list_schedules)
        assert {each["schedule_name"] for each in known} == names
        await durable.stop()


async def test_records_of_finished_work_are_forgotten(
    store: Store, durable: Durable, diary: Diary
) -> None:
    diary.rest = 0
    await store.run(begin("a", "b"))
    await store.run(begin("c", delay=3600))
    for name in ("a", "b"):
        await ended(durable, name)
    await store.run(begin("d", delay=3600))
    await durable.cancel("d")
    assert await durable.forget_finished(DAY) == 0
    await asyncio.sleep(0.01)
    assert await durable.forget_finished(timedelta(0)) == 3
    left = [await durable.outcome(name) for name in "abcd"]
    assert [outcome is None for outcome in left] == [True, True, False, True]


async def test_they_are_forgotten_every_night(
    settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[timedelta] = []

    async def forget(self: Durable, older_than: timedelta) -> int:
        kept.append(older_than)
        return 0

    monkeypatch.setattr(Durable, "forget_finished", forget)
    monkeypatch.setattr("bot.store.durable.NIGHTLY", "* * * * * *")
    durable = Durable(settings.model_copy(update={"finished_work_days": 3}), HURRIED)
    await durable.start()
    await until(lambda: kept)
    await durable.stop()
    assert kept[0] == timedelta(days=3)


async def test_a_flow_that_fails_is_failed(store: Store, durable: Durable) -> None:
    async def flow(run: Run, name: str) -> Plain:
        raise ValueError("no")

    durable.register("diary", flow)
    await durable.start()
    await store.run(begin("a"))
    outcome = await ended(durable, "a")
    assert outcome.failed


async def test_what_is_kept_is_plain_json(store: Store, durable: Durable, diary: Diary) -> None:
    await store.run(begin("a"))
    await ended(durable, "a")
    schema = "" if store.is_sqlite else "dbos."

    def look(work: Work) -> list[str]:
        query = text(f"SELECT inputs FROM {schema}workflow_status WHERE inputs IS NOT NULL")
        inputs = list(work.session.scalars(query))
        query = text(f"SELECT inputs FROM {schema}workflow_input")
        return inputs + list(work.session.scalars(query))

    assert all(kept.startswith('{"') for kept in await store.read(look))


class TestRefusals:
    """What cannot be is said at once."""

    async def test_before_the_start(self, store: Store, durable: Durable) -> None:
        durable.register("diary", Diary().flow)
        with pytest.raises(DurableError, match="not been started"):
            await store.run(begin("a"))
        with pytest.raises(DurableError, match="not been started"):
            await durable.outcome("a")
        with pytest.raises(DurableError, match="not been started"):
            assert durable.slot

    async def test_after_the_start(self, durable: Durable, diary: Diary) -> None:
        assert durable.slot == 0
        too_late: list[Callable[[], None]] = [
            lambda: durable.register("x", diary.flow),
            lambda: durable.lane(Lane("x")),
            lambda: durable.schedule(Clockwork("x", "* * * * *", diary.flow)),
        ]
        for late in too_late:
            with pytest.raises(DurableError, match="runs already"):
                late()
        with pytest.raises(DurableError, match="runs already"):
            await durable.start()

    @pytest.mark.parametrize(
        "job",
        [
            Job("unknown", "1"),
            Job("diary", "1", ("a",), queue="unknown"),
            Job("diary", "1", ("a",), queue=LINE.name),
            Job("diary", "1", ("a",), partition="chat"),
        ],
    )
    @pytest.mark.usefixtures("diary")
    async def test_jobs_nobody_would_do(self, store: Store, job: Job) -> None:
        with pytest.raises(DurableError):
            await store.run(lambda work: work.enqueue(job))

    @pytest.mark.usefixtures("diary")
    async def test_a_second_engine_does_not_disturb_the_first(
        self, settings: Settings, store: Store, durable: Durable
    ) -> None:
        with pytest.raises(DurableError, match="in this process"):
            await Durable(settings, HURRIED).start()
        await store.run(begin("a"))
        await ended(durable, "a")

    async def test_a_slot_that_is_taken(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(slots, "PATIENCE", 0.2)
        other = slots.slots(settings.database)
        other.take(0)
        durable = Durable(settings.model_copy(update={"executor_slot": 0}), HURRIED)
        with pytest.raises(SlotTakenError):
            await durable.start()
        other.leave()
        await durable.start()
        await durable.stop()

    async def test_a_cron_line_that_is_none(self, durable: Durable) -> None:
        durable.schedule(Clockwork("x", "every day", Diary().flow))
        with pytest.raises(DurableError, match="did not start"):
            await durable.start()


@pytest.mark.usefixtures("diary")
async def test_its_lines_go_where_ours_go() -> None:
    logger = logging.getLogger("dbos")
    assert logger.propagate
    assert logger.level == logging.WARNING
    assert all(isinstance(handler, logging.NullHandler) for handler in logger.handlers)
