"""A process with the wrong key stops at the start."""

from __future__ import annotations

import base64

import pytest
from pydantic import SecretStr

from bot.errors import KeyMissingError
from bot.settings import Settings
from bot.store.work import Store


def _with_keys(settings: Settings, *letters: str) -> Settings:
    keys = ",".join(base64.b64encode(letter.encode() * 32).decode() for letter in letters)
    return settings.model_copy(update={"encryption_key": SecretStr(keys)})


async def _start(settings: Settings) -> None:
    store = Store.open(settings)
    try:
        await store.migrate()
    finally:
        await store.close()


async def test_the_same_key_starts_again(settings: Settings) -> None:
    for _ in range(2):
        await _start(_with_keys(settings, "a"))


async def test_another_key_is_refused_and_the_way_out_is_told(settings: Settings) -> None:
    await _start(_with_keys(settings, "a"))
    with pytest.raises(KeyMissingError, match="TIDEWAITER_ENCRYPTION_KEY"):
        await _start(_with_keys(settings, "b"))


async def test_a_new_key_before_the_old_one_starts(settings: Settings) -> None:
    await _start(_with_keys(settings, "a"))
    await _start(_with_keys(settings, "b", "a"))
