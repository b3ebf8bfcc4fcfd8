"""YAML data files, read once and kept as JSON, because reading thousands of YAML lines takes seconds.

In: a folder of data and a folder for the cache. Out: every file's mapping under its path; dates may stand in it as
ISO strings.
The cache is named after a digest of all contents and paths, so a changed file is simply another cache.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.datafiles import read

Mappings = dict[str, dict[str, Any]]
_KEPT = 3


def digest(files: Iterable[Path], root: Path) -> str:
    """A SHA-256 over the paths (below root) and the contents of the files."""
    total = hashlib.sha256()
    for path in sorted(files):
        content = path.read_bytes()
        total.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def mappings(name: str, root: Path, files: Iterable[Path], cache: Path | None) -> Mappings:
    """What stands in the files, by path below root; from the cache if it holds just these contents.

    The name is that of the cache's files.

    Raises DataFileError if a file is no YAML mapping.
    """
    paths = sorted(files)
    if cache is None or not all(path.is_file() for path in paths):
        return _parse(root, paths)
    kept = cache / f"{name}-{digest(paths, root)[:20]}.json"
    try:
        loaded: Mappings = json.loads(kept.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        loaded = _parse(root, paths)
        text = json.dumps(loaded, default=date.isoformat)
        write_whole(kept, lambda part: part.write_text(text, encoding="utf-8"))
        forget_older(cache, f"{name}-*.json")
    return loaded


def _parse(root: Path, paths: Iterable[Path]) -> Mappings:
    return {path.relative_to(root).as_posix(): read(path) for path in paths}


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a file beside the path, then put it in place in one step: readers see all of it or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{os.getpid()}-{path.name}")
    write(part)
    part.replace(path)


def forget_older(folder: Path, pattern: str) -> None:
    """Keep the newest few files of a pattern: several versions may run side by side, but not all that ever were."""
    newest_first = sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in newest_first[_KEPT:]:
        path.unlink(missing_ok=True)
