"""A small flow that the running durable engine knows."""

import pytest

from bot.store.durable import Durable
from tests.bot.store.diaries import LINE, Diary


@pytest.fixture
async def diary(durable: Durable) -> Diary:
    """A diary the running engine knows."""
    diary = Diary()
    durable.register("diary", diary.flow)
    durable.lane(LINE)
    await durable.start()
    return diary
