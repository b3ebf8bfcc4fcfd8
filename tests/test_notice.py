"""NOTICE names whose terms ask for it, and the terms of everything installed are known."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_lock import DEV, RUN, pins

NOTICE = (Path(__file__).parent.parent / "NOTICE").read_text(encoding="utf-8")
OURS, DEVELOPMENT = NOTICE.split("Used in development")
IN_REPOSITORY = {"htmx"}

OPEN = re.compile(r"\b(MIT(-0)?|0?BSD|ISC|PSF|Python Software Foundation|Unlicense|Zlib|CC0)\b")
NAMED = re.compile(r"\b(L?GPL|MPL|Mozilla|Apache|EPL|EUPL)")
REFUSED = re.compile(r"\bA?GPL")


def named(text: str = NOTICE) -> set[str]:
    """The packages a text names, each at the start of an indented line."""
    return set(re.findall(r"^  ([a-z][a-z0-9-]+) ", text, re.M))


def licence(package: str) -> str | None:
    """What an installed package says of its licence; None where it is not installed here."""
    try:
        data = importlib.metadata.metadata(package)
    except importlib.metadata.PackageNotFoundError:
        return None
    classifiers = [each for each in data.get_all("Classifier") or () if each.startswith("License")]
    texts = [text.split("\n")[0] for text in data.get_all("License") or ()]
    said = [*(data.get_all("License-Expression") or ()), *texts, *classifiers]
    return " ".join(said or _licence_files(package))


def _licence_files(package: str) -> Iterator[str]:
    """How the texts of its licence begin, where its data name none."""
    for file in importlib.metadata.files(package) or ():
        if "LICENSE" in file.name.upper():
            yield file.read_text(encoding="utf-8").split("\n")[0]


@pytest.mark.parametrize("package", sorted({name for name, _ in pins(DEV)}))
def test_a_licence_that_asks_for_it_is_named_in_the_notice(package: str) -> None:
    terms = licence(package)
    if terms is None:
        return
    assert not REFUSED.search(terms), f"{package}: {terms}"
    if NAMED.search(terms):
        assert package in named(), f"name {package} in NOTICE: {terms}"
    else:
        assert OPEN.search(terms), f"{package}: what licence is this: {terms}"


def test_the_notice_names_nothing_that_is_gone() -> None:
    assert named() - IN_REPOSITORY <= {name for name, _ in pins(DEV)}


def test_the_program_and_development_are_kept_apart() -> None:
    of_program = {name for name, _ in pins(RUN)}
    assert named(OURS) - IN_REPOSITORY <= of_program
    assert not named(DEVELOPMENT) & of_program
