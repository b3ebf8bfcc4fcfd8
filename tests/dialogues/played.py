"""Every transcript played once in a process, for the test of each and for what all of them reach."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests.dialogues import transcript
from tests.dialogues.playing import Played, TalkError, play


@cache
def played(path: Path) -> Played | TalkError:
    """The transcript's talk, or how it failed."""
    try:
        return play(path)
    except TalkError as error:
        return error


def everything() -> tuple[Played, ...]:
    """All transcripts that hold."""
    found = (played(path) for path in transcript.files())
    return tuple(each for each in found if isinstance(each, Played))
