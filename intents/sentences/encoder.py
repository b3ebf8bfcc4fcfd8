"""Turns sentences into vectors: the prepared model, read and run by onnxruntime.

The model is English. Two English sentences that mean the same lie near each other, whatever their words; of Chinese it
knows single characters and nothing of their sense, so the caller weighs it by language.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from intents.arrays import sha256
from intents.errors import ModelFileError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession, SessionOptions
    from tokenizers import Tokenizer

MODEL = "sentences.onnx"
TOKENIZER = "tokenizer.json"
HASHES = "hashes.json"
PLACE = "TIDEWAITER_SENTENCE_MODEL"
"""The variable that names another folder of the model."""
WIDTH = 384
_LONGEST = 128
"""Tokens of a sentence that are read; questions are shorter, and a longer one has said by then what it wants."""
_AT_ONCE = 16
_PROVIDERS = ["CPUExecutionProvider"]

Vectors = NDArray[np.float32]


def place() -> Path:
    """Where the prepared model lies: beside the installed packages, unless a variable says otherwise."""
    named = os.environ.get(PLACE)
    return Path(named) if named else Path(sys.prefix) / "share" / "tidewaiter" / "sentences"


def digest() -> str | None:
    """The hash of the prepared model, without reading it; None where there is none."""
    try:
        found = _hashes(place()).get(MODEL)
    except (OSError, ValueError):
        return None
    return str(found) if found else None


def prepared() -> Encoder | None:
    """The prepared model, read once a process; None where it cannot be read: words alone decide then."""
    return _read_once(place())


@cache
def _read_once(folder: Path) -> Encoder | None:
    try:
        return Encoder.load(folder)
    except ModelFileError:
        return None


@dataclass(frozen=True)
class Encoder:
    """The model, ready. It may be used by several threads at once."""

    session: InferenceSession
    tokenizer: Tokenizer
    digest: str
    """The hash of the model, so that what was learnt with another one is not mixed up with it."""

    @classmethod
    def load(cls, folder: Path) -> Encoder:
        """Read the model. Raises ModelFileError where it is not there, damaged, or the libraries are missing."""
        try:
            from onnxruntime import InferenceSession  # noqa: PLC0415 - a fifth of a second to import
            from tokenizers import Tokenizer  # noqa: PLC0415

            hashes = _hashes(folder)
            for name in (MODEL, TOKENIZER):
                if hashes.get(name) != sha256(folder / name):
                    raise ModelFileError(f"{folder / name} is damaged")
            session = InferenceSession(folder / MODEL, _options(), providers=_PROVIDERS)
            tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        except (ImportError, OSError, ValueError) as error:
            raise ModelFileError(f"no sentence model in {folder}: {error}") from error
        tokenizer.enable_truncation(_LONGEST)
        tokenizer.enable_padding()
        return cls(session, tokenizer, hashes[MODEL])

    def knows(self, word: str) -> bool:
        """Whether a word in small letters is so common that the model has it whole."""
        return self.tokenizer.token_to_id(word) is not None

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """A row of unit length for each sentence."""
        if not sentences:
            return np.zeros((0, WIDTH), np.float32)
        order = sorted(range(len(sentences)), key=lambda index: len(sentences[index]))
        found = np.empty((len(sentences), WIDTH), np.float32)
        parts = [order[begin : begin + _AT_ONCE] for begin in range(0, len(order), _AT_ONCE)]
        if len(parts) == 1:
            return self._batch(sentences)
        with ThreadPoolExecutor(os.cpu_count()) as workers:
            batches = ([sentences[index] for index in part] for part in parts)
            for part, vectors in zip(parts, workers.map(self._batch, batches), strict=True):
                found[part] = vectors
        return found

    def _batch(self, sentences: Sequence[str]) -> Vectors:
        read = self.tokenizer.encode_batch(list(sentences))
        ids = np.array([each.ids for each in read], np.int64)
        mask = np.array([each.attention_mask for each in read], np.int64)
        [vectors] = self.session.run(None, {"ids": ids, "mask": mask})
        return np.asarray(vectors, np.float32)


def _options() -> SessionOptions:
    from onnxruntime import SessionOptions  # noqa: PLC0415

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return options


def _hashes(folder: Path) -> dict[str, str]:
    """Raises OSError, ValueError."""
    found = json.loads((folder / HASHES).read_text(encoding="utf-8"))
    if not isinstance(found, dict):
        raise ValueError(f"{folder / HASHES}: file: hash is wanted")
    return found
