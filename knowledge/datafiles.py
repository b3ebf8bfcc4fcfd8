"""Reads the YAML data files: YAML 1.2, duplicate keys refused, errors with file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from knowledge.errors import DataFileError


def read(path: Path) -> dict[str, Any]:
    """The mapping in one file. Raises DataFileError with file and line."""
    try:
        data = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        raise DataFileError(f"{where}: {error.problem or error.context}") from error
    except OSError as error:
        raise DataFileError(f"{path}: {error.strerror}") from error
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise DataFileError(f"{path}:1: a mapping is wanted, not a {type(data).__name__}")
    return data


def yaml_files(folder: Path) -> list[Path]:
    """Every `*.yaml` below the folder, in the order of their names. Raises DataFileError if there is no folder."""
    if not folder.is_dir():
        raise DataFileError(f"{folder}: no such folder")
    return sorted(folder.rglob("*.yaml"))
