"""The language model, prepared once for all tests and workers, where a second run finds it again."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

from intents.engine import Engine
from knowledge.library import china

CACHE = Path(__file__).parent.parent / "var" / "cache"
AGENCY = "AAA IPRIGHT"


def prepared_engine() -> Engine:
    """The engine; of several workers one trains and the others wait."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return Engine.prepare(CACHE, library=china(CACHE), agency=AGENCY)


def main() -> None:
    """`python -m tests.prepared`: before a suite of several workers, so that no test pays for it."""
    engine = Engine.prepare(CACHE, library=china(CACHE), agency=AGENCY, progress=print)
    print(f"language model ready: {len(engine.catalogue.topics)} topics")  # noqa: T201


def copy_cache(data_dir: Path) -> None:
    """Give a server under test the prepared model, so that it starts in a second."""
    prepared_engine()
    ignore = shutil.ignore_patterns(".lock")
    shutil.copytree(CACHE, data_dir / "cache", ignore=ignore, copy_function=_linked)


def _linked(source: str, target: str) -> str:
    """A second name of the file, where one disk holds both: what is in the cache is replaced whole, never changed."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


if __name__ == "__main__":
    main()
