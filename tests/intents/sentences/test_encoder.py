"""The sentence model gives the vectors of the published one, and is refused where it is not what was prepared."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.errors import ModelFileError
from intents.sentences.build import PUBLISHED, WEIGHTS, build
from intents.sentences.encoder import (
    HASHES,
    MODEL,
    PLACE,
    TOKENIZER,
    WIDTH,
    Encoder,
    digest,
    place,
    prepared,
)

_LINES = (Path(__file__).parent / "known.jsonl").read_text(encoding="utf-8").splitlines()
KNOWN = [json.loads(line) for line in _LINES]
"""Vectors of the published network in 32-bit floats, by another implementation."""


def test_the_vectors_are_those_of_the_published_model(encoder: Encoder) -> None:
    """Whole numbers of eight bits lose little of a sentence, and more of what is none: characters, "Ok."."""
    found = np.concatenate([encoder.encode([each["text"]]) for each in KNOWN])
    alike = (found * np.array([each["vector"] for each in KNOWN], np.float32)).sum(1)
    telling = [len(each["text"].split()) > 3 for each in KNOWN]
    assert alike[telling].min() >= 0.99
    assert alike.min() >= 0.95


def test_they_have_unit_length_and_do_not_depend_on_their_neighbours(encoder: Encoder) -> None:
    texts = [each["text"] for each in KNOWN] * 20
    found = encoder.encode(texts)
    assert found.shape == (len(texts), WIDTH)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-4)
    alone = np.concatenate([encoder.encode([text]) for text in texts[: len(KNOWN)]])
    assert ((alone * found[: len(KNOWN)]).sum(1) > 0.95).all()


def test_sentences_that_mean_the_same_lie_nearer_than_others(encoder: Encoder) -> None:
    fee, price, weather = encoder.encode(
        [
            "What is the official fee for a customs recordation?",
            "how much does it cost to record a brand",
            "The weather is nice today.",
        ]
    )
    assert fee @ price > 0.4 > fee @ weather


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(st.text(max_size=300), max_size=4))
def test_no_text_is_too_odd(texts: list[str]) -> None:
    try:
        found = Encoder.load(place()).encode(texts)
    except ModelFileError:
        pytest.skip("no sentence model here; sh deploy/sentences.sh prepares it")
    assert found.shape == (len(texts), WIDTH)
    assert np.isfinite(found).all()


@pytest.fixture
def copy(encoder: Encoder, tmp_path: Path) -> Path:
    assert encoder.digest
    return Path(shutil.copytree(place(), tmp_path / "model"))


@pytest.mark.parametrize("name", [MODEL, TOKENIZER])
def test_a_damaged_file_is_refused(copy: Path, name: str) -> None:
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / name).write_bytes(content)
    with pytest.raises(ModelFileError, match=f"{name} is damaged"):
        Encoder.load(copy)


@pytest.mark.parametrize("name", [MODEL, TOKENIZER, HASHES])
def test_a_missing_file_is_no_model(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(ModelFileError, match="no sentence model in"):
        Encoder.load(copy)


def test_hashes_that_are_none_are_no_model(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (copy / HASHES).write_text('["model.onnx"]', encoding="utf-8")
    with pytest.raises(ModelFileError):
        Encoder.load(copy)
    monkeypatch.setenv(PLACE, str(copy))
    assert digest() is None


def test_common_words_are_known_and_slips_are_not(encoder: Encoder) -> None:
    assert all(map(encoder.knows, ("price", "customs", "late")))
    assert not any(map(encoder.knows, ("recrodation", "tradmark", "##ing x")))


def test_the_prepared_model_is_read_once(encoder: Encoder) -> None:
    found = prepared()
    assert found is prepared()
    assert found is not None
    assert found.digest == encoder.digest == digest()


def test_where_none_is_prepared_there_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(PLACE, str(tmp_path))
    assert prepared() is None
    assert digest() is None


def test_the_place_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert place() == Path(sys.prefix) / "share" / "tidewaiter" / "sentences"
    monkeypatch.setenv(PLACE, str(tmp_path))
    assert place() == tmp_path


def test_weights_that_are_not_the_published_ones_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match=WEIGHTS):
        build(tmp_path, tmp_path / "out")
    for name in PUBLISHED:
        (tmp_path / name).write_bytes(b"something else")
    with pytest.raises(ModelFileError, match="is not the published file"):
        build(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_model_is_found_again_and_not_made_twice(encoder: Encoder) -> None:
    assert encoder.digest
    root = Path(__file__).parent.parent.parent.parent
    done = subprocess.run(
        ["sh", "deploy/sentences.sh"], cwd=root, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("", "")
