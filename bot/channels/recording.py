"""Writes a chat in the terminal down as a transcript that plays as a test."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from bot.clock import Clock, utc_now
from bot.conversation.reply import Author, Reply
from bot.conversation.scene import BEIJING
from bot.errors import FileNotWritableError
from intents.answer import Text
from knowledge.model import Language

NOTICE = """\
# A transcript for the tests, written by `tidewaiter chat --record`.
# It holds every word that was typed: play it with made-up names and addresses only.
"""
STAFF = "# Somebody of the staff took part here; write down what they did, or take it out."
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")
_REFERENCE = re.compile(r"TW-\d{4}-")
_PAUSE = timedelta(minutes=1)
"""A pause that is shorter means nothing."""


class Recording:
    """The transcript of one chat, written to its file line by line."""

    def __init__(self, path: Path, language: Language, clock: Clock = utc_now):
        """Begin a file. Raises FileNotWritableError, also where there is a file of that name."""
        self._path = path
        self._clock = clock
        self._last = clock()
        self._heads = False
        head = (
            *(f"title: {path.name.partition('.')[0].replace('_', ' ')}", f"language: {language}"),
            *("channel: terminal", f'starts: "{self._last.astimezone(BEIJING):%Y-%m-%d %H:%M}"'),
            *("talk:", f"  - opens: {language}"),
        )
        self._write(NOTICE + "\n".join(head), "x")

    def typed(self, words: str) -> None:
        """The person typed a line."""
        self._act("prospect", words)

    def pressed(self, label: str) -> None:
        """The person pressed a button."""
        self._act("presses", label)

    def said(self, author: Author, reply: Reply) -> None:
        """Something was answered: the first sentence of each paragraph is what the test will expect."""
        if author is Author.BOT:
            sentences = [_quoted(each) for each in _sentences(reply)]
            self._expect(sentences)
        elif author in {Author.STAFF, Author.SYSTEM}:
            self._write(f"  {STAFF}")

    def _act(self, name: str, words: str) -> None:
        now = self._clock()
        if now - self._last >= _PAUSE:
            self._write(f"  - passes: {(now - self._last) // _PAUSE} minutes")
        self._last, self._heads = now, False
        self._write(f"  - {name}: {_quoted(words)}")

    def _expect(self, sentences: list[str]) -> None:
        """One list an act, however many messages answer it."""
        if sentences and not self._heads:
            self._write("    bot:")
            self._heads = True
        for sentence in sentences:
            self._write(f"      - {sentence}")

    def _write(self, lines: str, mode: str = "a") -> None:
        try:
            with self._path.open(mode, encoding="utf-8") as file:
                file.write(f"{lines}\n")
        except FileExistsError:
            raise FileNotWritableError(
                f"{self._path}: there is a file of that name already"
            ) from None
        except OSError as error:
            raise FileNotWritableError(f"{self._path}: {error.strerror}") from None


def _sentences(reply: Reply) -> Iterator[str]:
    """The first sentence of each paragraph, but none with a reference, which is another each time."""
    for block in reply.blocks:
        if isinstance(block, Text) and block.text.strip():
            first = _SENTENCE.split(block.text.strip(), maxsplit=1)[0].split("\n")[0]
            if not _REFERENCE.search(first):
                yield first


def _quoted(words: str) -> str:
    """A text in quotes, as YAML and JSON both write it."""
    return json.dumps(words, ensure_ascii=False)
