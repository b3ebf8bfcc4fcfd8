"""Moments and counters on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

from bot.errors import StoreError
from bot.store import events
from bot.store.columns import UtcDateTime
from bot.store.work import Store
from tests.bot.store.making import NOW

moments = st.datetimes(
    min_value=datetime.min + timedelta(days=2),  # noqa: DTZ901
    max_value=datetime.max - timedelta(days=2),  # noqa: DTZ901
    timezones=st.timezones(),
)


@given(moments)
@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()])  # type: ignore[no-untyped-call]
def test_a_moment_comes_back_in_utc(dialect: object, moment: datetime) -> None:
    column = UtcDateTime()
    kept = column.process_bind_param(moment, dialect)  # type: ignore[arg-type]
    back = column.process_result_value(kept, dialect)  # type: ignore[arg-type]
    # Not `moment` itself: Python calls hours that a zone skips or repeats unequal to any other.
    assert back == moment.astimezone(UTC)
    assert back is not None
    assert back.tzinfo is UTC


def test_nothing_stays_nothing() -> None:
    column, dialect = UtcDateTime(), sqlite.dialect()
    assert column.process_bind_param(None, dialect) is None
    assert column.process_result_value(None, dialect) is None


async def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(StoreError, match="without a time zone"):
        await store.run(lambda work: events.record(work, "x", actor="bot", now=naive))


async def test_moments_of_other_zones_keep_their_order(store: Store) -> None:
    east, west = timezone(timedelta(hours=8)), timezone(timedelta(hours=-8))
    early = datetime(2026, 11, 23, 7, 59, tzinfo=east)
    late = datetime(2026, 11, 22, 16, 1, tzinfo=west)
    await store.run(lambda work: events.record(work, "late", actor="bot", now=late))
    await store.run(lambda work: events.record(work, "early", actor="bot", now=early))
    between = await store.read(
        lambda work: events.between(work, early, early + timedelta(seconds=1))
    )
    assert [event.kind for event in between] == ["early"]
    assert between[0].at == early
    assert between[0].at.tzinfo is UTC
