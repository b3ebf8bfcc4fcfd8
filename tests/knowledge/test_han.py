"""Chinese characters are told from other signs in one way on every floor."""

import re
from pathlib import Path

import pytest

from knowledge.han import HAN

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"\\u(?:3400|4e00|9fff)|[一㐀]-[鿿龥]")


@pytest.mark.parametrize("sign", ["一", "龥", "鿿", "㐀", "䶿", "謝"])
def test_characters_and_their_first_extension(sign: str) -> None:
    assert HAN.fullmatch(sign)


@pytest.mark.parametrize("sign", ["a", "，", "ア", "한", "䷀", "Ａ", "1"])
def test_no_other_sign(sign: str) -> None:
    assert not HAN.search(sign)


def test_nobody_draws_the_border_anew() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for floor in ("knowledge", "intents", "bot")
        for path in (ROOT / floor).rglob("*.py")
        if BLOCK.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"knowledge/han.py", "intents/tokens.py"}
