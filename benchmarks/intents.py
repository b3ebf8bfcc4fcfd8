"""Our matcher on public question sets, beside what its peers reach: `python -m benchmarks.intents [FOLDER] [SET ...]`.

The matcher is that of the program, unchanged: it is fitted on a set's training rows, and no row of a test chooses
anything. Two peers are run in the same breath: the nearest phrase by edit distance, and the usual machine of
scikit-learn over TF-IDF of words and characters. What others were measured to reach stands in `peers.yaml`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

from benchmarks.tasks import Rows, Task, place, tasks
from intents.evidence.lexical import sorted_words
from intents.matcher import Matcher
from intents.normalise import for_matching
from knowledge.datafiles import read as read_yaml

ROW = "{:20} {:>7} {:>8} {:>9} {:>7}  {:44} {:>8} {:>8}"
HEADS = ("set", "ours", "TF-IDF", "rapidfuzz", "best", "by", "train s", "p50 ms")
_KEPT = 0.05
"""The share of validation questions in scope that a threshold may turn away."""

Answer = tuple[str, float]
"""An intent, and how sure."""


@dataclass(frozen=True)
class Ran:
    """What an engine said, and what it cost."""

    test: list[Answer]
    strange: list[Answer]
    valid: list[Answer]
    seconds: float
    milliseconds: float

    def right(self, task: Task) -> float:
        """How often the first intent is right, nothing turned away, in percent."""
        pairs = zip(self.test, task.test, strict=True)
        return 100 * mean(guess == intent for (guess, _), (_, intent) in pairs)

    def auroc(self) -> float:
        """How often a question in scope is trusted more than one that is not."""
        return auroc([sure for _, sure in self.test], [sure for _, sure in self.strange])

    def recall(self) -> float:
        """How many strangers are turned away where 95 of 100 validation questions are kept, in percent."""
        line = np.quantile([sure for _, sure in self.valid], _KEPT)
        return 100 * mean(float(sure < line) for _, sure in self.strange)


Engine = Callable[[Rows], Callable[[list[str]], list[Answer]]]
"""Learns from rows and gives what answers texts."""


def measure(words: Sequence[str] = (), named: str | None = None) -> Iterator[str]:
    """A table: every set, or those whose key has one of the words."""
    folder = place(named)
    if not folder.is_dir():
        yield f"SKIPPED: no public sets in {folder}; name their folder, or set TIDEWAITER_SHARED"
        return
    peers = read_yaml(Path(__file__).parent / "peers.yaml")
    yield ROW.format(*HEADS)
    for key, draws in tasks(folder):
        if not words or any(word in key for word in words):
            yield from rows(key, draws, peers)


def rows(key: str, draws: Sequence[Task], peers: dict[str, Any]) -> Iterator[str]:
    """The lines of one set: the mean over its draws."""
    runs = [[run(engine, task) for task in draws] for engine in (ours, machine, nearest)]
    cost = (f"{mean(ran.seconds for ran in runs[0]):.1f}", milliseconds(runs[0]))
    found = [mean(ran.right(task) for ran, task in zip(each, draws, strict=True)) for each in runs]
    yield line(draws[0].name, found, "{:.1f}", peers.get(key), cost)
    if draws[0].strange:
        auc = [mean(ran.auroc() for ran in each) for each in runs]
        yield line("  AUROC", auc, "{:.3f}", peers.get(f"{key}_auroc"))
    if draws[0].valid:
        recall = [mean(ran.recall() for ran in each) for each in runs]
        yield line("  recall, 95 % kept", recall, "{:.1f}", peers.get(f"{key}_recall"))


def line(
    name: str,
    found: Sequence[float],
    form: str,
    peer: dict[str, Any] | None,
    cost: tuple[str, str] = ("", ""),
) -> str:
    """One line of the table."""
    best = (form.format(peer["best"]), peer["by"]) if peer else ("-", "")
    return ROW.format(name, *map(form.format, found), *best, *cost)


def milliseconds(runs: Sequence[Ran]) -> str:
    """The mean over the draws of what a question took."""
    return f"{mean(ran.milliseconds for ran in runs):.2f}"


def run(engine: Engine, task: Task) -> Ran:
    """Learn and answer."""
    begun = time.perf_counter()
    answer = engine(task.train)
    learnt = time.perf_counter()
    said = answer([text for text, _ in task.test])
    took = time.perf_counter() - learnt
    return Ran(
        test=said,
        strange=answer(list(task.strange)),
        valid=answer(list(task.valid)),
        seconds=learnt - begun,
        milliseconds=1000 * took / len(task.test),
    )


def ours(train: Rows) -> Callable[[list[str]], list[Answer]]:
    """The matcher, one question at a time as in the program."""
    phrases: dict[str, list[str]] = {}
    for text, intent in train:
        phrases.setdefault(intent, []).append(text)
    matcher = Matcher.fit(phrases)

    def answer(texts: list[str]) -> list[Answer]:
        return [(match.intent, match.confidence) for match in map(matcher.match, texts)]

    return answer


def machine(train: Rows) -> Callable[[list[str]], list[Answer]]:
    """A linear support vector machine over TF-IDF of words and characters, all questions at once."""
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b")
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True)
    model = make_pipeline(make_union(words, letters), LinearSVC(C=1.0, random_state=0))
    model.fit([text for text, _ in train], [intent for _, intent in train])

    def answer(texts: list[str]) -> list[Answer]:
        if not texts:
            return []
        sides = model.decision_function(texts)
        return list(zip(model.predict(texts), sides.max(axis=1).tolist(), strict=True))

    return answer


def nearest(train: Rows) -> Callable[[list[str]], list[Answer]]:
    """The nearest phrase, words sorted (`token_sort_ratio`), all questions at once."""
    keys = [sorted_words(for_matching(text)) for text, _ in train]

    def answer(texts: list[str]) -> list[Answer]:
        if not texts:
            return []
        asked = [sorted_words(for_matching(text)) for text in texts]
        near = process.cdist(asked, keys, scorer=fuzz.ratio, dtype=np.float32, workers=-1)
        best = near.argmax(axis=1)
        return [(train[place][1], float(near[row, place])) for row, place in enumerate(best)]

    return answer


def auroc(known: list[float], strange: list[float]) -> float:
    """The share of pairs in which the known one is trusted more; a tie is half a pair."""
    ordered = np.sort(np.array(strange))
    below = np.searchsorted(ordered, known, side="left")
    level = np.searchsorted(ordered, known, side="right")
    return float((below + level).mean() / 2 / len(ordered))


def main(arguments: Sequence[str]) -> None:
    """The folder first, if one is named, then words that choose sets."""
    named = arguments[0] if arguments and Path(arguments[0]).is_dir() else None
    for each in measure(arguments[1:] if named else arguments, named):
        print(each, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
