"""Reads the YAML data files, and says of whatever is wrong in one where it stands and how to mend it.

YAML 1.2 with less in it than the standard allows: no duplicate keys, no anchors, and none of the bare words that
another reader of YAML takes for true or false. Errors name file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from knowledge.errors import DataFileError

M = TypeVar("M", bound=BaseModel)
_ROOT = Path(__file__).parent.parent
_TRUE_OR_FALSE = re.compile(r"(?:y|n|yes|no|on|off)$", re.IGNORECASE)
_KEPT = 64
"""Texts whose mappings are kept: all files of the rules and some more."""
_TIMESTAMP = "tag:yaml.org,2002:timestamp"
_MENDS = {
    "missing": "it is missing; every entry wants it",
    "extra_forbidden": "no entry has this key; mend its spelling or take it out",
    "date_from_datetime_parsing": "a day is written 2026-11-22",
    "date_parsing": "a day is written 2026-11-22",
    "date_type": "a day is written 2026-11-22",
    "string_type": "a text is wanted; put it in quotes",
    "tuple_type": "a list is wanted, as [one, another]",
}
"""What to do about the usual slips, by pydantic's name of them."""


def read(path: Path) -> dict[str, Any]:
    """The mapping in one file, not to be changed. Raises DataFileError with file and line."""
    try:
        return _mapping(path.read_text(encoding="utf-8"))
    except _SlipError as slip:
        where = shown(path) if slip.line is None else f"{shown(path)}:{slip.line}"
        raise DataFileError(f"{where}: {slip.what}") from slip
    except UnicodeDecodeError as error:
        raise DataFileError(
            f"{shown(path)}: not UTF-8 at byte {error.start}; save it as UTF-8"
        ) from error
    except OSError as error:
        raise DataFileError(f"{shown(path)}: {error.strerror}") from error


def parse(text: str) -> dict[str, Any]:
    """The mapping in a text that is in no file yet, not to be changed. Raises DataFileError with the line."""
    try:
        return _mapping(text)
    except _SlipError as slip:
        raise DataFileError(f"line {slip.line}: {slip.what}") from slip


class _SlipError(Exception):
    """What is wrong in a text, and in which line if that is known."""

    def __init__(self, line: int | None, what: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what


@lru_cache(maxsize=_KEPT)
def _mapping(text: str) -> dict[str, Any]:
    """The mapping in a text: reading YAML is slow, and a check or a test reads the same text again and again."""
    yaml = YAML(typ="safe", pure=True)
    try:
        node = yaml.compose(text)
        for line, what in _slips(node):
            raise _SlipError(line, what)
        data = None if node is None else yaml.constructor.construct_document(node)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _SlipError(mark.line + 1 if mark else None, error.problem or error.context) from error
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise _SlipError(1, f"a mapping is wanted, not a {type(data).__name__}")
    return data


def _slips(node: Node | None) -> Iterator[tuple[int, str]]:
    """What YAML allows and we do not, with the line."""
    if node is None:
        return
    line = node.start_mark.line + 1
    if node.anchor:
        yield line, f"&{node.anchor}: no anchors and aliases; write it out where it belongs"
        return
    if isinstance(node, ScalarNode):
        if node.style is None and _TRUE_OR_FALSE.match(node.value):
            yield line, f"a bare {node.value} is true or false elsewhere; put it in quotes"
        if node.tag == _TIMESTAMP and not _is_day(node.value):
            yield line, f"{node.value} is no day of the calendar; a day is written 2026-11-22"
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            yield from _slips(key)
            yield from _slips(value)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _slips(item)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def build(model: type[M], path: Path, key: str, data: Any, **more: str) -> M:
    """One entry of a file as its model; `more` are fields that do not stand in the file.

    Raises DataFileError with a line of its own for everything that is wrong.
    """
    if not isinstance(data, dict):
        raise DataFileError(f"{place(path, key)}: {key}: `name: value` lines are wanted below it")
    try:
        return model.model_validate({**data, **more})
    except ValidationError as error:
        raise DataFileError("\n".join(_wrong(path, key, error))) from error


def _wrong(path: Path, key: str, error: ValidationError) -> Iterator[str]:
    """A line for every slip; what follows from a slip further in is not said."""
    slips = {each["loc"]: (each["type"], each["msg"]) for each in error.errors()}
    for inner, (kind, message) in slips.items():
        if any(len(other) > len(inner) and other[: len(inner)] == inner for other in slips):
            continue
        named = ".".join(str(part) for part in (key, *inner) if part != "")
        mend = _MENDS.get(kind, message.removeprefix("Value error, "))
        yield f"{place(path, key, *inner)}: {named}: {mend}"


def place(path: Path, *keys: str | int) -> str:
    """Where an entry stands, as `file:line`: the deepest of the keys that is there, others passed over."""
    try:
        node = YAML(typ="safe", pure=True).compose(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, MarkedYAMLError):
        return shown(path)
    line = 1
    for key in keys:
        found = _child(node, key)
        if found:
            line, node = found
    return f"{shown(path)}:{line}"


def _child(node: Node | None, key: str | int) -> tuple[int, Node] | None:
    if isinstance(node, MappingNode):
        for name, value in node.value:
            if name.value == str(key):
                return name.start_mark.line + 1, value
    if isinstance(node, SequenceNode) and isinstance(key, int) and key < len(node.value):
        item = node.value[key]
        return item.start_mark.line + 1, item
    return None


def find(folder: Path, key: str, *inner: str | int) -> str:
    """Where below a folder an entry of that name stands, as `file:line`; the folder where it is in no file."""
    path = file_of(folder, key)
    return place(path, key, *inner) if path else shown(folder)


def file_of(folder: Path, key: str) -> Path | None:
    """The first file below a folder in which an entry of that name begins a line."""
    begins = re.compile(rf"^{re.escape(key)}:", re.MULTILINE)
    paths = sorted(folder.rglob("*.yaml"))
    return next((path for path in paths if begins.search(path.read_text(encoding="utf-8"))), None)


def shown(path: Path) -> str:
    """A path as a reviewer knows it: below the project where it lies there."""
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else str(path)


def yaml_files(folder: Path) -> list[Path]:
    """Every `*.yaml` below the folder, in the order of their names. Raises DataFileError if there is no folder."""
    if not folder.is_dir():
        raise DataFileError(f"{shown(folder)}: no such folder")
    return sorted(folder.rglob("*.yaml"))
