"""The public question sets: what to learn from, what to answer, what is none of ours.

They lie outside the repository: name their folder on the command line, name the folder above it in TIDEWAITER_SHARED,
or have it in `../shared`. Every split is the official one, or stands in an index file beside the set.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Rows = list[tuple[str, str]]
"""(text, intent) of every question."""

_FOLDER = Path("data") / "intent_benchmarks"
_DRAWS = range(3)


@dataclass(frozen=True)
class Task:
    """One set, split."""

    name: str
    train: Rows
    test: Rows
    strange: tuple[str, ...] = ()
    """Questions under test that are none of ours."""
    valid: tuple[str, ...] = ()
    """Questions in scope that may choose a threshold."""


def place(named: str | None = None) -> Path:
    """Where the sets lie."""
    beside = Path(__file__).parent.parent.parent / "shared"
    return Path(named) if named else Path(os.environ.get("TIDEWAITER_SHARED") or beside) / _FOLDER


def tasks(folder: Path) -> Iterator[tuple[str, list[Task]]]:
    """The sets by their key in `peers.yaml`; several draws of one set are averaged."""
    banking, clinc, hwu, xsid = (
        folder / each for each in ("banking77", "clinc150", "hwu64", "xsid")
    )
    strange = tuple(text for text, _ in read(clinc / "oos_test.jsonl"))
    valid = tuple(text for text, _ in read(clinc / "valid.jsonl"))
    yield "banking77", [Task("BANKING77", *split(banking))]
    for shots in (10, 5):
        draws = [few(banking, shots, draw) for draw in _DRAWS]
        yield f"banking77_{shots}", [Task(f"BANKING77 {shots}-shot", *draw) for draw in draws]
    yield "clinc150", [Task("CLINC150", *split(clinc), strange, valid)]
    draws = [few(clinc, 10, draw) for draw in _DRAWS]
    yield "clinc150_10", [Task("CLINC150 10-shot", *draw) for draw in draws]
    yield "held_out", [held_out(banking)]
    yield "hwu64", [Task("HWU64", *split(hwu))]
    chinese = Task("xSID zh", read(xsid / "zh_valid.jsonl"), read(xsid / "zh_test.jsonl"))
    yield "xsid_zh", [chinese]


def split(folder: Path) -> tuple[Rows, Rows]:
    """All that may be learnt from, and the test."""
    return read(folder / "train.jsonl"), read(folder / "test.jsonl")


def few(folder: Path, shots: int, draw: int) -> tuple[Rows, Rows]:
    """Some examples an intent, drawn once for all, and the whole test."""
    draws = json.loads((folder / "fewshot_rows.json").read_text(encoding="utf-8"))
    train, test = split(folder)
    return [train[row] for row in draws[f"k{shots}_s{draw}"]], test


def held_out(folder: Path) -> Task:
    """Fifty intents to learn; questions of the other twenty-seven, of the same trade, are none of ours."""
    strangers = set(json.loads((folder / "heldout_intents.json").read_text(encoding="utf-8")))
    train, test = split(folder)
    return Task(
        "BANKING77 50 of 77",
        [row for row in train if row[1] not in strangers],
        [row for row in test if row[1] not in strangers],
        tuple(text for text, intent in test if intent in strangers),
    )


def read(path: Path) -> Rows:
    """(text, intent) of every line."""
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [(line["text"], line["intent"]) for line in lines]
