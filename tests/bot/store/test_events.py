"""The journal."""

from __future__ import annotations

from datetime import timedelta

from bot.store import events
from bot.store.work import Store, Work
from tests.bot.store.making import NOW

HOUR = timedelta(hours=1)


def _write(work: Work) -> None:
    for number, kind in enumerate(("opened", "asked", "asked", "closed")):
        events.record(
            work,
            kind,
            actor="prospect" if number < 3 else "staff:7",
            now=NOW + number * HOUR,
            conversation_id="c1" if number != 2 else "c2",
            data={"number": number, "nested": {"list": [1, None]}},
        )


async def test_lines_come_back_in_order(store: Store) -> None:
    await store.run(_write)
    lines = await store.read(lambda work: events.of(work, "c1"))
    assert [(line.kind, line.data["number"]) for line in lines] == [
        ("opened", 0),
        ("asked", 1),
        ("closed", 3),
    ]
    assert lines[0].at == NOW
    assert lines[2].actor == "staff:7"
    assert lines[0].data["nested"] == {"list": [1, None]}
    assert [line.id for line in lines] == sorted(line.id for line in lines)


async def test_a_line_needs_no_conversation_and_no_data(store: Store) -> None:
    await store.run(lambda work: events.record(work, "started", actor="system", now=NOW))
    (line,) = await store.read(lambda work: events.between(work, NOW, NOW + HOUR))
    assert (line.conversation_id, line.data) == (None, {})


async def test_between_two_moments(store: Store) -> None:
    await store.run(_write)

    def look(work: Work) -> list[list[str]]:
        spans = (
            events.between(work, NOW, NOW + 2 * HOUR),
            events.between(work, NOW, NOW + 4 * HOUR, kinds=["asked", "closed"]),
            events.between(work, NOW + 4 * HOUR, NOW + 5 * HOUR),
        )
        return [[line.kind for line in span] for span in spans]

    assert await store.read(look) == [["opened", "asked"], ["asked", "asked", "closed"], []]
    counted = await store.read(lambda work: events.count_by_kind(work, NOW, NOW + 3 * HOUR))
    assert counted == {"opened": 1, "asked": 2}
