"""The matcher on public question sets, beside the nearest phrase by edit distance: is it as good as its peers?

The sets lie outside the repository: name their folder in TIDEWAITER_SHARED, or have them in `../shared`.
Accuracy is that of the first intent with nothing turned away; AUROC tells how well confidence parts the questions in
scope from those out of it, none of which were taught.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from intents.evidence.lexical import sorted_words
from intents.matcher import Matcher
from intents.normalise import for_matching

FOLDER = Path("data") / "intent_benchmarks"
SEEDS = ("k10_s0", "k10_s1", "k10_s2")
ROW = "{:22} {:>8} {:>9} {:>8} {:>8} {:>9} {:>8}"


@dataclass(frozen=True)
class Task:
    """Questions to learn from, questions to answer, and questions that are none of ours."""

    name: str
    train: list[tuple[str, str]]
    test: list[tuple[str, str]]
    strange: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """How often the first intent is right, how well strangers are known, and what it costs."""

    right: float
    auroc: float | None
    milliseconds: float
    seconds: float = 0.0


def measure() -> Iterator[str]:
    """A table: our matcher and the floor, set by set."""
    folder = shared() / FOLDER
    if not folder.is_dir():
        yield f"SKIPPED: no public sets in {folder}; set TIDEWAITER_SHARED"
        return
    heads = ("set", "right", "floor", "AUROC", "floor", "ms", "train s")
    yield ROW.format(*heads)
    for group in tasks(folder):
        yield row(group)


def shared() -> Path:
    """Where the public sets lie."""
    beside = Path(__file__).parent.parent.parent / "shared"
    return Path(os.environ.get("TIDEWAITER_SHARED") or beside)


def tasks(folder: Path) -> Iterator[list[Task]]:
    """The sets; several draws of one set are averaged."""
    banking = folder / "banking77"
    yield [few(banking, "BANKING77 10-shot", seed) for seed in SEEDS]
    yield [Task("BANKING77", read(banking / "train.jsonl"), read(banking / "test.jsonl"))]
    clinc = folder / "clinc150"
    strange = tuple(text for text, _ in read(clinc / "oos_test.jsonl"))
    yield [few(clinc, "CLINC150 10-shot", seed, strange) for seed in SEEDS]
    yield [Task("CLINC150", read(clinc / "train.jsonl"), read(clinc / "test.jsonl"), strange)]
    chinese = folder / "xsid"
    yield [Task("xSID zh", read(chinese / "zh_valid.jsonl"), read(chinese / "zh_test.jsonl"))]


def few(folder: Path, name: str, seed: str, strange: tuple[str, ...] = ()) -> Task:
    """Ten examples an intent, drawn once for all."""
    rows = json.loads((folder / "fewshot_rows.json").read_text(encoding="utf-8"))[seed]
    train = read(folder / "train.jsonl")
    return Task(name, [train[row] for row in rows], read(folder / "test.jsonl"), strange)


def read(path: Path) -> list[tuple[str, str]]:
    """(text, intent) of every line."""
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [(line["text"], line["intent"]) for line in lines]


def row(group: Sequence[Task]) -> str:
    """One line of the table: the mean over the draws."""
    ours, floor = [with_matcher(task) for task in group], [with_floor(task) for task in group]
    return ROW.format(
        group[0].name,
        share(found.right for found in ours),
        share(found.right for found in floor),
        share(found.auroc for found in ours),
        share(found.auroc for found in floor),
        f"{mean(found.milliseconds for found in ours):.2f}",
        f"{mean(found.seconds for found in ours):.1f}",
    )


def share(values: Iterable[float | None]) -> str:
    """A mean with three digits, or nothing."""
    known = [value for value in values if value is not None]
    return f"{mean(known):.3f}" if known else "-"


def with_matcher(task: Task) -> Found:
    """Learn and answer."""
    phrases: dict[str, list[str]] = {}
    for text, intent in task.train:
        phrases.setdefault(intent, []).append(text)
    begun = time.perf_counter()
    matcher = Matcher.fit(phrases)
    learnt = time.perf_counter()
    matches = [matcher.match(text) for text, _ in task.test]
    took = time.perf_counter() - learnt
    right = mean(
        match.intent == intent for match, (_, intent) in zip(matches, task.test, strict=True)
    )
    strange = [matcher.match(text).confidence for text in task.strange]
    return Found(
        right,
        auroc([match.confidence for match in matches], strange),
        1000 * took / len(matches),
        learnt - begun,
    )


def with_floor(task: Task) -> Found:
    """The nearest phrase, words sorted (`token_sort_ratio`)."""
    keys, intents = ready(text for text, _ in task.train), [intent for _, intent in task.train]
    begun = time.perf_counter()
    near = nearest(ready(text for text, _ in task.test), keys)
    took = time.perf_counter() - begun
    guessed = [intents[place] for place in near.argmax(axis=1)]
    right = mean(guess == intent for guess, (_, intent) in zip(guessed, task.test, strict=True))
    strange = nearest(ready(task.strange), keys).max(axis=1) if task.strange else np.zeros(0)
    return Found(
        right, auroc(near.max(axis=1).tolist(), strange.tolist()), 1000 * took / len(task.test)
    )


def ready(texts: Iterable[str]) -> list[str]:
    """Words in order of the alphabet."""
    return [sorted_words(for_matching(text)) for text in texts]


def nearest(asked: list[str], keys: list[str]) -> NDArray[np.float32]:
    """The similarity of every question to every phrase."""
    found: NDArray[np.float32] = process.cdist(
        asked, keys, scorer=fuzz.ratio, dtype=np.float32, workers=-1
    )
    return found


def auroc(ours: list[float], strange: list[float]) -> float | None:
    """How often a question in scope is trusted more than one that is not."""
    if not strange:
        return None
    ordered = np.sort(np.array(strange))
    below = np.searchsorted(ordered, ours, side="left")
    level = np.searchsorted(ordered, ours, side="right")
    return float((below + level).mean() / 2 / len(ordered))
