"""Numpy arrays in one file, mapped rather than read: of a model of a hundred megabytes a question touches a few.

In: arrays by name. Out: the file, and its index (what stands where, and a SHA-256 of the whole) for the caller to keep.
The hash is checked at every reading, block by block, so a damaged file is found and none of it stays in memory.
"""

from __future__ import annotations

import hashlib
import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from intents.errors import ModelFileError
from knowledge.compiled import write_whole

Arrays = Mapping[str, NDArray[Any]]
_ALIGNED = 64
_BLOCK = 1 << 20


class Place(NamedTuple):
    """Where an array stands in the file, and how to read it."""

    dtype: str
    shape: list[int]
    offset: int


class Index(NamedTuple):
    """What the file holds."""

    sha256: str
    places: dict[str, Place]


def write(path: Path, arrays: Arrays) -> Index:
    """Write the file in one step and say what stands where in it."""
    places, parts, offset = {}, [], 0
    for name, array in arrays.items():
        content = np.ascontiguousarray(array).tobytes()
        padding = bytes(-len(content) % _ALIGNED)
        places[name] = Place(array.dtype.str, list(array.shape), offset)
        parts += [content, padding]
        offset += len(content) + len(padding)
    packed = b"".join(parts)
    write_whole(path, lambda part: part.write_bytes(packed))
    return Index(hashlib.sha256(packed).hexdigest(), places)


def read(path: Path, index: Index) -> dict[str, NDArray[Any]]:
    """The arrays, read-only. Raises ModelFileError where the file is not there or not the one that was written."""
    try:
        if sha256(path) != index.sha256:
            raise ModelFileError(f"{path}: not what was saved")
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise ModelFileError(f"{path}: {error}") from error
    return {name: _view(mapped, Place(*place)) for name, place in index.places.items()}


def sha256(path: Path) -> str:
    """The hash of a file, a block at a time. Raises OSError."""
    total = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            total.update(block)
    return total.hexdigest()


def _view(mapped: mmap.mmap, place: Place) -> NDArray[Any]:
    dtype = np.dtype(place.dtype)
    count = int(np.prod(place.shape, dtype=np.int64))
    return np.frombuffer(mapped, dtype, count, place.offset).reshape(place.shape)
