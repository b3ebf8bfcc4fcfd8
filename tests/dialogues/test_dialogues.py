"""Every transcript is played, and all of them together reach what a dialogue can come to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge.errors import DataFileError
from tests.dialogues import coverage, transcript
from tests.dialogues.played import everything, played
from tests.dialogues.playing import TalkError, play

FEWEST = 120
LOPSIDED = 0.4
"""The lesser language has at least this share."""
TALK = """title: Try
language: en
talk:
  - prospect: start an inquiry
    bot: Which kind of right
  - prospect: trademark
"""


@pytest.mark.parametrize("path", transcript.files(), ids=lambda path: str(path.stem))
def test_the_talk_goes_as_it_is_written(path: Path) -> None:
    found = played(path)
    if isinstance(found, TalkError):
        raise found


def test_there_are_enough_in_both_languages() -> None:
    languages = [transcript.load(path).language for path in transcript.files()]
    assert len(languages) >= FEWEST
    assert min(languages.count("en"), languages.count("zh")) >= LOPSIDED * len(languages)


def test_a_file_is_named_after_its_language() -> None:
    for path in transcript.files():
        assert path.stem.endswith(f".{transcript.load(path).language}"), path.name


def test_they_reach_all_there_is() -> None:
    missing = coverage.measure(everything()).missing
    excused = coverage.excused()
    assert not missing - excused.keys(), "no transcript reaches these, and no reason is given"
    assert not excused.keys() - missing, "these are reached now: take them off the exceptions"


@pytest.mark.parametrize(
    ("expected", "wrong"),
    [
        ("    bot: Is the weather fine?", "the bot does not say 'Is the weather fine?'"),
        ("    not: registered in China", "the bot says 'registered in China'"),
        ("    buttons: [Spaceship]", "no button 'Spaceship'; there are Registered in China"),
        ("    no_buttons: [Madrid registration]", "there is a button 'Madrid registration'"),
        ("    silent: true", "the bot is not silent"),
        ("    system: has joined", "no line says 'has joined'"),
        ("    store: {owner: person}", "owner is"),
        ("    store: {at: holder}", "at is 'rights.1.mark_state', not 'holder'"),
        ("    store: {answers: {holder: Acme}}", "holder is None, not 'Acme'"),
        ("    store: {leads: [{}]}", "0 leads, not 1"),
        ("    store: {called: [asked]}", "called for ()"),
        ("    store: {messages: 3}", "2 messages are kept, not 3"),
        ("    store: {edits: [patent]}", "the edits are (), not ('patent',)"),
        ("    store: {files: [a.pdf]}", "the files are (), not ('a.pdf',)"),
        ("    store: {mails: [anna]}", "0 mails have left, not 1"),
        ("    store: {rated: [good]}", "rated (), not ('good',)"),
        ("    store: {source: fair}", "the source is None, not 'fair'"),
        ("    store: {erased: true}", "it is kept"),
        ("    refused: a program", "not refused so: ''"),
        ("  - sends: {files: a.exe}", "refused: 'This is a program"),
        ("  - sends: {files: a.mp3}", "a.mp3: one of pdf"),
        ("  - sends: voice\n    silent: true", "the bot is not silent"),
        ("  - edits: {from: patent, to: mark}", "nothing was sent in the words 'patent'"),
        ("  - staff: closes the inquiry", "there is no inquiry"),
        ("  - until: 2026-11-23 09:00", "2026-11-23 09:00 is over"),
        ("  - passes: 1 day\n    silent: true", "the bot is not silent"),
        ("  - missed: {2 hours ago: hello}\n    not: delay", "the bot says 'delay'"),
    ],
)
def test_what_goes_otherwise_is_told_with_the_talk_and_the_line(
    tmp_path: Path, expected: str, wrong: str
) -> None:
    path = tmp_path / "try.en.yaml"
    path.write_text(f"{TALK}{expected}\n", encoding="utf-8")
    with pytest.raises(TalkError) as told:
        play(path)
    talk = str(told.value)
    assert "prospect: start an inquiry" in talk
    assert re.search(rf"{re.escape(str(path))}:[67]: ", talk)
    assert wrong in talk


@pytest.mark.parametrize(
    ("line", "slip"),
    [
        ("    bto: hello", "no entry has this key"),
        ("    restart: true", "one of opens, prospect"),
        ("    store: {ownr: bot}", "no entry has this key"),
        ("  - sends: telegraph", "sends"),
        ("  - missed: {2 hours: hello}", "say how long ago"),
        ("    apart: a while", "no length of time"),
        ("  - until: tomorrow", "until"),
    ],
)
def test_a_slip_in_a_file_is_told_with_its_line(tmp_path: Path, line: str, slip: str) -> None:
    path = tmp_path / "try.en.yaml"
    path.write_text(f"{TALK}{line}\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=rf"{path}:[67]: .*{slip}"):
        play(path)
