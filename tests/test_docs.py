"""The documentation held against the code: settings, commands, targets and links that exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.core import TyperGroup, TyperOption

from bot.cli import app
from bot.settings import variables

ROOT = Path(__file__).parent.parent
PAGES = (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")))
INDEX = ROOT / "docs" / "README.md"
CONFIGURATION = ROOT / "docs" / "configuration.md"
EXAMPLE = ROOT / ".env.example"

LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
TARGET = re.compile(
    r"`(?:[A-Z_]+=[^\s`]+ )*make ([a-z]+)\b[^`]*`|^(?:[A-Z_]+=[^\s`]+ )*make ([a-z]+)\b", re.M
)
CALL = re.compile(r"(?:tidewaiter|python -m bot)((?: +[^\s`#|>]+)*)")
CODE = re.compile(r"`([^`\n]+)`|^```[a-z]*\n(.*?)^```", re.M | re.S)
SETTING = re.compile(r"\bTIDEWAITER_[A-Z_]*[A-Z]\b")
SETTING_ROW = re.compile(r"^\| `(TIDEWAITER_[A-Z_]+)` \| (?:`([^`]*)`|([^|]*?)) \|", re.M)

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


@cache
def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def code(page: Path) -> Iterator[str]:
    """The lines and phrases of a page that are set as code."""
    for inline, block in CODE.findall(text(page)):
        yield from (inline or block).splitlines()


def slug(heading: str) -> str:
    """The anchor that a heading gets where these pages are read."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(page: Path) -> set[str]:
    return {slug(line.lstrip("#")) for line in text(page).splitlines() if line.startswith("#")}


def targets() -> set[str]:
    """What `make` can be asked for."""
    return set(re.findall(r"^([a-z]+):.*##", text(ROOT / "Makefile"), re.M))


@every_page
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(text(page)):
        path, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{link} leads nowhere"
        assert not anchor or anchor in anchors(there), f"{link}: no such heading"


@every_page
def test_every_make_target_that_is_named_exists(page: Path) -> None:
    named = {inline or line for inline, line in TARGET.findall(text(page))}
    assert named <= targets(), f"no such target: {sorted(named - targets())}"


@every_page
def test_every_command_that_is_named_exists_with_its_options(page: Path) -> None:
    for line in code(page):
        for words in CALL.findall(line):
            assert_known(shlex.split(words.replace("…", "").replace("...", "")), line)


def assert_known(words: list[str], line: str) -> None:
    """That the words after `tidewaiter` are sub-commands and options of it."""
    command: Any = typer.main.get_command(app)
    for word in words:
        if word.startswith("-"):
            options = {
                name
                for each in command.params
                if isinstance(each, TyperOption)
                for name in (*each.opts, *each.secondary_opts)
            } | {"--help"}
            assert word.partition("=")[0] in options, f"{line}: no option {word}"
        elif isinstance(command, TyperGroup):
            assert word in command.commands, f"{line}: no command {word}"
            command = command.commands[word]


def test_every_setting_that_is_named_exists() -> None:
    for page in PAGES:
        unknown = set(SETTING.findall(text(page))) - set(variables())
        assert not unknown, f"{page.name} names {sorted(unknown)}"


def test_the_page_on_configuration_has_every_setting_once() -> None:
    named = [row[0] for row in SETTING_ROW.findall(text(CONFIGURATION))]
    assert sorted(named) == sorted(variables())


def test_the_page_on_configuration_gives_the_defaults_of_the_example() -> None:
    example = dict(re.findall(r"^(TIDEWAITER_\w+)=(.*)$", text(EXAMPLE), re.M))
    for name, default, none in SETTING_ROW.findall(text(CONFIGURATION)):
        assert default == example[name], f"{name}: the default is {example[name]!r}"
        assert default or none, f"{name}: say what holds without it"


def test_the_index_names_every_page() -> None:
    linked = {link.partition("#")[0] for link in LINK.findall(text(INDEX))}
    pages = {page.name for page in (ROOT / "docs").glob("*.md")} - {INDEX.name}
    assert pages <= linked, f"not in the index: {sorted(pages - linked)}"


def test_the_two_commands_stand_first_in_the_readme() -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```", text(ROOT / "README.md"), re.M | re.S)
    commands = [line.partition("#")[0].strip() for line in blocks[0].splitlines()]
    assert commands == ["make run", "make test"]


def test_every_target_and_every_command_is_explained() -> None:
    told = "\n".join(text(page) for page in PAGES)
    missing = [f"make {name}" for name in sorted(targets()) if f"make {name}" not in told]
    main = typer.main.get_command(app)
    assert isinstance(main, TyperGroup)
    missing += [f"tidewaiter {name}" for name in main.commands if f"tidewaiter {name}" not in told]
    assert not missing, f"no page says what these do: {missing}"
