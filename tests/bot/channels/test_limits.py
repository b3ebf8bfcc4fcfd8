"""The table of what channels can do."""

from dataclasses import FrozenInstanceError

import pytest

from bot.channels import limits
from bot.channels.limits import CHANNELS


def test_the_table_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        CHANNELS["web"] = CHANNELS["terminal"]  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        CHANNELS["web"].text = 1  # type: ignore[misc]


@pytest.mark.parametrize("channel", CHANNELS)
def test_one_text_fits_every_channel(channel: str) -> None:
    assert CHANNELS[channel].text == 4096
    assert CHANNELS[channel].payload == 64


def test_the_longest_message_fits_the_body_however_it_is_escaped() -> None:
    longest = '"\\ud83d\\ude00"' * CHANNELS["web"].text
    assert len(longest) < limits.BODY_BYTES
