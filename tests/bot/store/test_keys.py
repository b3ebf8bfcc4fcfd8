"""Where the keys come from."""

from __future__ import annotations

import base64
import os
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.errors import KeyFileError
from bot.settings import Settings
from bot.store import keys
from bot.store.keys import load_keys

KEY = base64.b64encode(b"k" * 32).decode()


@pytest.fixture
def plain(tmp_path: Path) -> Settings:
    """Settings that name no key."""
    return Settings(_env_file=None, data_dir=tmp_path / "var")


def test_the_variable_goes_before_the_file(plain: Settings) -> None:
    settings = plain.model_copy(update={"encryption_key": SecretStr(KEY)})
    assert load_keys(settings) == (b"k" * 32,)
    assert not plain.key_file.exists()


def test_the_first_run_makes_a_file_for_us_alone(plain: Settings) -> None:
    (key,) = load_keys(plain)
    assert len(key) == 32
    assert stat.S_IMODE(plain.key_file.stat().st_mode) == 0o600
    assert load_keys(plain) == (key,)


def test_each_file_has_a_key_of_its_own(plain: Settings) -> None:
    first = load_keys(plain)
    plain.key_file.unlink()
    assert load_keys(plain) != first


def test_a_file_others_can_read_is_closed(plain: Settings) -> None:
    made = load_keys(plain)
    plain.key_file.chmod(0o644)
    assert load_keys(plain) == made
    assert stat.S_IMODE(plain.key_file.stat().st_mode) == 0o600


def test_a_file_that_cannot_be_closed_is_refused(
    plain: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_keys(plain)
    plain.key_file.chmod(0o640)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "not yours")

    monkeypatch.setattr(Path, "chmod", refuse)
    with pytest.raises(KeyFileError, match="0600"):
        load_keys(plain)


def test_where_modes_say_nothing_they_are_not_asked(
    plain: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = load_keys(plain)
    plain.key_file.chmod(0o644)
    monkeypatch.setattr(keys, "POSIX", False)
    assert load_keys(plain) == made
    assert stat.S_IMODE(plain.key_file.stat().st_mode) == 0o644


def test_several_keys_in_the_file(plain: Settings) -> None:
    load_keys(plain)
    old = plain.key_file.read_text()
    plain.key_file.write_text(f"{KEY}\n{old}")
    first, second = load_keys(plain)
    assert first == b"k" * 32
    assert second != first


@pytest.mark.parametrize("content", ["nonsense", "a2V5", "é", "\x00"])
def test_a_file_without_a_key_is_named(plain: Settings, content: str) -> None:
    load_keys(plain)
    plain.key_file.write_text(content)
    with pytest.raises(KeyFileError, match="key: "):
        load_keys(plain)


def test_an_empty_file_is_waited_for_and_then_named(
    plain: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "WAIT", 0.05)
    plain.data_dir.mkdir()
    plain.key_file.touch(0o600)
    with pytest.raises(KeyFileError, match="at least one key"):
        load_keys(plain)


def test_a_file_that_is_filled_late_is_read(plain: Settings) -> None:
    plain.data_dir.mkdir()
    plain.key_file.touch(0o600)
    threading.Timer(0.05, plain.key_file.write_text, [KEY]).start()
    assert load_keys(plain) == (b"k" * 32,)


def test_a_folder_in_its_place_is_named(plain: Settings) -> None:
    plain.key_file.mkdir(parents=True, mode=0o700)
    with pytest.raises(KeyFileError, match="Is a directory"):
        load_keys(plain)


def test_a_file_that_cannot_be_made_is_named(
    plain: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(KeyFileError, match="No space left"):
        load_keys(plain)


def test_of_many_first_runs_at_once_one_makes_it(plain: Settings) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(load_keys, [plain] * 32))) == 1
