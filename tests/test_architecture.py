"""The page on architecture held against the code: the rooms as they are, the owners' table."""

from __future__ import annotations

import re
from pathlib import Path

from bot.conversation.owner import TRANSITIONS
from tests.test_floors import FLOORS

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_the_page_on_architecture_has_the_rooms_as_they_are() -> None:
    rows = re.findall(r"^\| ([\d.]+) \| `([\w.]+)` \|", PAGE, re.M)
    assert {room: float(floor) for floor, room in rows} == FLOORS
    assert [float(floor) for floor, _ in rows] == sorted(FLOORS.values()), "from the ground up"
    for _, room in rows:
        place = ROOT.joinpath(*room.split("."))
        assert place.is_dir() or place.with_suffix(".py").is_file(), f"{room} is gone"


def test_the_drawing_of_owners_is_the_table() -> None:
    drawn = re.findall(r"^  (\w+) --> (\w+): (\w+)$", PAGE, re.M)
    table = [(here.value, there.value, move.value) for (here, move), there in TRANSITIONS.items()]
    assert sorted(drawn) == sorted(table)
