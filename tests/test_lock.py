"""The locks: everything pinned by hash, no host named, the two of one mind, pyproject.toml held."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
RUN, DEV = "requirements.lock", "requirements-dev.lock"
SENTENCES = "requirements-sentences.lock"
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")

Pins = dict[tuple[str, str], Version]
"""By name and the condition under which the pin holds."""


def entries(lock: str) -> list[str]:
    """The requirements of a lock, each with its hashes, on one line."""
    return (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()


def pins(lock: str) -> Pins:
    found: Pins = {}
    for entry in entries(lock):
        wanted = Requirement(entry.partition(" --hash")[0])
        [pin] = wanted.specifier
        assert pin.operator == "==", entry
        found[canonicalize_name(wanted.name), str(wanted.marker or "")] = Version(pin.version)
    return found


def declared(*groups: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = [*project["project"]["dependencies"]]
    for group in groups:
        lines += project["dependency-groups"][group]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("lock", [RUN, DEV, SENTENCES])
def test_every_line_is_a_pin_with_hashes(lock: str) -> None:
    for entry in entries(lock):
        assert re.match(r"[a-z0-9-]+==\S+ ", entry), entry
        rest = HASH.sub("", entry.partition(" --hash")[1] + entry.partition(" --hash")[2])
        assert HASH.search(entry), f"no hash: {entry}"
        assert not rest.strip(), f"something beside the hashes: {rest}"


@pytest.mark.parametrize("lock", [RUN, DEV, SENTENCES])
def test_no_lock_names_a_host(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text(encoding="utf-8")


@pytest.mark.parametrize(("lock", "groups"), [(RUN, ()), (DEV, ("dev",))])
def test_what_pyproject_declares_is_locked_within_its_bounds(
    lock: str, groups: tuple[str, ...]
) -> None:
    locked = pins(lock)
    for wanted in declared(*groups):
        name = canonicalize_name(wanted.name)
        versions = [version for (other, _), version in locked.items() if other == name]
        assert versions, f"{wanted} is not in {lock}: make lock"
        for version in versions:
            assert wanted.specifier.contains(version), f"{lock} has {name} {version}: make lock"


def test_the_development_lock_holds_every_pin_of_the_other() -> None:
    development = pins(DEV)
    for pin, version in pins(RUN).items():
        assert development.get(pin) == version, f"{pin[0]} {version}: make lock"


@pytest.mark.parametrize("name", ["uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock"])
def test_no_lock_of_another_tool_lies_beside(name: str) -> None:
    assert not (ROOT / name).exists()
