"""Lines kept for review, told to a person and taught, on a copy of the data."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.conversation.scene import today
from bot.errors import FileNotWritableError, LessonRefusedError
from bot.learning import learn, overview, put_outside
from bot.settings import Settings
from bot.store import review
from bot.store.review import Mark, ReviewLine
from bot.store.work import Store, Work
from intents.engine import Engine
from intents.teaching import OURS, Places
from knowledge.datafiles import read
from tests.bot.command import ROOT, refused
from tests.prepared import copy_cache, prepared_engine

ASKED = "do the people at the harbour want coins from us when we sign our logo up"
OTHER = "must we pay the authority a single coin to get our logo on its list"
Done = subprocess.CompletedProcess[str]


def line(text: str = ASKED, language: str = "en", **more: Counter[str]) -> ReviewLine:
    none: Counter[str] = Counter()
    why = Counter(corrected=2)
    kept = ReviewLine(7, text, language, why, none, none, date(2026, 11, 22))
    return replace(kept, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return prepared_engine()


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A copy of the files that are written."""
    made = Places(tmp_path / "intents", tmp_path / "tests")
    for part in ("phrases", "out_of_scope"):
        shutil.copytree(OURS.taught / part, made.taught / part)
    shutil.copytree(OURS.tested, made.tested)
    return made


def test_a_line_is_told_with_all_that_helps_to_judge_it(engine: Engine) -> None:
    told = line(said=Counter({"fee.agency": 2}), chosen=Counter({"fee.official": 1}))
    first, second, third = overview([told], engine, 20)
    assert first == f"   7  2x  en  {ASKED}"
    assert second.strip() == "corrected 2; said fee.agency 2; chosen fee.official 1"
    ranking = engine.read(ASKED).parts[0].ranking
    assert third.strip().startswith("now: ")
    assert f"{ranking[0].id} {ranking[0].confidence:.2f}" in third


def test_no_more_lines_are_listed_than_were_asked_for(engine: Engine) -> None:
    told = list(overview([line(), line(), line()], engine, 1))
    assert len(told) == 4
    assert told[-1] == "and 2 more; --show 3 shows them all"
    assert list(overview([], engine, 1)) == ["there is nothing to review"]


def test_a_lesson_is_written_and_told(engine: Engine, places: Places) -> None:
    sentence, phrase, verdict = learn(line(), "fee.official", OTHER, engine, places=places)
    assert sentence.endswith(f": - {ASKED}")
    assert phrase.endswith(f": - {OTHER}")
    assert read(places.tested / "en/fee.yaml")["fee.official"]["learnt"][-1] == ASKED
    assert read(places.taught / "phrases/en/fee.yaml")["fee.official"][-1] == OTHER
    lands = "fee.official" in {part.intent for part in engine.read(ASKED).parts}
    assert ("so the test passes" if lands else "so the test fails") in verdict


def test_a_chinese_line_goes_into_the_chinese_files(engine: Engine, places: Places) -> None:
    asked = line("咱家牌子报上去海关那边收不收银子呀", "zh")
    learn(asked, "fee.official", "把牌子报给海关，官家要不要收咱一笔银两", engine, places=places)
    assert read(places.tested / "zh/fee.yaml")["fee.official"]["learnt"][-1] == asked.text


@pytest.mark.parametrize(
    ("sentence", "intent", "verdict"),
    [
        (
            "official fee for recording, is there one?",
            "fee.official",
            "lands on fee.official today",
        ),
        (
            "official fee for recording, is there one?",
            "fee.agency",
            "today it lands on fee.official",
        ),
        ("who won the football game on sunday evening", "fee.agency", "taken to be out of scope"),
    ],
)
def test_it_is_told_what_becomes_of_the_sentence_today(
    engine: Engine, places: Places, sentence: str, intent: str, verdict: str
) -> None:
    *_, told = learn(line(), intent, OTHER, engine, sentence=sentence, places=places)
    assert verdict in told


def test_what_stands_for_something_personal_is_not_written(engine: Engine, places: Places) -> None:
    masked = line("my number is [number], is there a fee")
    with pytest.raises(LessonRefusedError, match="--sentence"):
        learn(masked, "fee.official", OTHER, engine, places=places)
    with pytest.raises(LessonRefusedError, match="--sentence"):
        put_outside(masked, engine, places=places)
    assert learn(masked, "fee.official", OTHER, engine, sentence=ASKED, places=places)


def test_what_contradicts_the_data_is_refused(engine: Engine, places: Places) -> None:
    for intent, phrase in (("fee.official", ASKED), ("fee.nothing", OTHER)):
        with pytest.raises(LessonRefusedError):
            learn(line(), intent, phrase, engine, places=places)


def test_outside_a_checkout_it_is_said_where_to_learn(engine: Engine, places: Places) -> None:
    shutil.rmtree(places.tested)
    with pytest.raises(FileNotWritableError, match="in a checkout"):
        learn(line(), "fee.official", OTHER, engine, places=places)


def test_a_line_that_is_not_ours_is_written_down_as_such(engine: Engine, places: Places) -> None:
    added, _ = put_outside(line("which yacht is the fastest"), engine, places=places)
    assert added.endswith("which yacht is the fastest")
    text = (places.taught / "out_of_scope/en.txt").read_text("utf-8")
    assert text.endswith("\nwhich yacht is the fastest\n")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the project with a prepared model, so that the command may write in it.

    Every lesson changes the phrases, which are then learnt anew: the last thing that a test does.
    """
    for part in ("bot", "intents", "knowledge", "tests/intents/phrases"):
        shutil.copytree(ROOT / part, tmp_path / part)
    copy_cache(tmp_path / "var")
    return tmp_path


@pytest.fixture
def call(checkout: Path) -> Callable[..., Done]:
    """The command in that copy."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("TIDEWAITER_")}

    def do(*args: str, typed: str = "") -> Done:
        return subprocess.run(
            [sys.executable, "-m", "bot", *args],
            cwd=checkout,
            env=clean,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )

    return do


def keep(checkout: Path, *texts: str, on: date | None = None) -> list[int]:
    """Lines in the copy's store; the numbers of all there are, most frequent first."""

    def write(work: Work) -> None:
        for text in texts:
            review.keep(work, Mark(text, text, "en", "not_understood"), on=on or today())

    async def do() -> list[int]:
        store = Store.open(Settings(_env_file=None, data_dir=checkout / "var"))
        await store.migrate()
        await store.run(write)
        lines = await store.read(review.lines)
        await store.close()
        return [each.number for each in lines]

    return asyncio.run(do())


def test_the_command_lists_drops_and_teaches(checkout: Path, call: Callable[..., Done]) -> None:
    assert call("learn").stdout == "there is nothing to review\n"
    keep(checkout, "from long ago", on=date(2020, 1, 1))
    keep(checkout, ASKED, ASKED, "rubbish")
    listed = call("learn").stdout
    assert listed.splitlines()[0].endswith(f"2x  en  {ASKED}")
    assert "from long ago" not in listed

    first, rubbish = keep(checkout)
    assert call("learn", str(rubbish), "--drop").returncode == 0
    assert keep(checkout) == [first]
    refused(call("learn", str(rubbish), "--drop"), f"no line {rubbish}")

    refused(call("learn", str(first), "fee.official", "--phrase", "fee?"), "taught already")
    done = call("learn", str(first), "fee.official", typed=f"{OTHER}\n")
    assert done.returncode == 0, done.stderr
    assert "tests/intents/phrases/en/fee.yaml:" in done.stdout
    assert "intents/phrases/en/fee.yaml:" in done.stdout
    assert keep(checkout) == []
    assert call("check").stdout == "the data is in order\n"


def test_the_command_puts_a_line_outside(checkout: Path, call: Callable[..., Done]) -> None:
    [yacht] = keep(checkout, "which yacht is the fastest")
    done = call("learn", str(yacht), "--out-of-scope")
    assert done.returncode == 0, done.stderr
    assert keep(checkout) == []
    outside = (checkout / "intents/out_of_scope/en.txt").read_text("utf-8")
    assert outside.endswith("\nwhich yacht is the fastest\n")


@pytest.mark.parametrize(
    "args",
    [("1",), ("1", "fee.official", "--drop"), ("1", "--drop", "--out-of-scope"), ("--drop",)],
)
def test_one_thing_is_done_to_one_line(call: Callable[..., Done], args: tuple[str, ...]) -> None:
    assert call("learn", *args).returncode == 2
