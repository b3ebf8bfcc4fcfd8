"""The frame of the repository: what may lie where, how long things may be, what must be named."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from knowledge.datafiles import read
from tests.test_lock import DEV, RUN, SENTENCES

ROOT = Path(__file__).parent.parent
FOLDERS = {"bot", "intents", "knowledge", "tests", "benchmarks", "docs", "deploy", ".ci"}
MADE = {
    *(".git", ".venv", ".venv.busy", ".env", "var", "htmlcov"),
    *(".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"),
}
FILES = {
    *(".editorconfig", ".env.example", ".gitattributes", ".gitignore", ".pre-commit-config.yaml"),
    *("CHANGELOG.md", "LICENSE", "Makefile", "NOTICE", "README.md"),
    *("pyproject.toml", RUN, DEV, SENTENCES),
}

MODULE_LINES = 500
FUNCTION_LINES = 60

# Put together, so that this file does not hold what it looks for.
FOREIGN = re.compile(
    "|".join(("py" + r"pi\.org", "python" + "hosted", "npm" + r"js\.", "debian" + r"\.org"))
    + "|/(wor" + "k|roo" + "t|hom" + r"e/\w+)/"
)  # fmt: skip


@cache
def tracked() -> tuple[Path, ...]:
    """Our files: what git has or would take; without git, all but what is made."""
    paths = listed_by_git() or [
        path for path in ROOT.rglob("*") if not is_made(path.relative_to(ROOT))
    ]
    return tuple(sorted(path for path in paths if path.is_file()))


def listed_by_git() -> list[Path]:
    """Empty where there is no git, or no repository that it would read."""
    git = shutil.which("git")
    if git is None:
        return []
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def is_made(path: Path) -> bool:
    top = path.parts[0]
    return top in MADE or top.startswith(".coverage") or "__pycache__" in path.parts


def modules() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".py"]


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_nothing_else_lies_at_the_top() -> None:
    tops = {path.relative_to(ROOT).parts for path in tracked()}
    folders = {parts[0] for parts in tops if len(parts) > 1}
    files = {parts[0] for parts in tops if len(parts) == 1}
    assert folders <= FOLDERS, f"what are these: {sorted(folders - FOLDERS)}"
    assert files == FILES, f"too much or missing: {sorted(files ^ FILES)}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_why_it_exists_and_stays_small(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= MODULE_LINES
    tree = ast.parse(source)
    assert not tree.body or ast.get_docstring(tree), "no docstring"
    for function in functions(tree):
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        assert lines <= FUNCTION_LINES, f"{function.name} has {lines} lines"


def test_no_file_names_a_registry_or_a_place_on_somebodys_machine() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        lines = enumerate(text.splitlines(), start=1)
        found += [f"{path.relative_to(ROOT)}:{n}" for n, line in lines if FOREIGN.search(line)]
    assert not found


def test_every_text_ends_with_one_line_end() -> None:
    found = []
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content and content and not is_vendored(path):
            whole = content.endswith(b"\n") and not content.endswith(b"\n\n")
            if not whole or b"\r" in content:
                found.append(str(path.relative_to(ROOT)))
    assert not found


def is_vendored(path: Path) -> bool:
    return path.name.endswith((".min.js", ".LICENSE"))


def test_hooks_are_local_and_fetch_nothing() -> None:
    config = read(ROOT / ".pre-commit-config.yaml")
    assert {repo["repo"] for repo in config["repos"]} == {"local"}
    assert {hook["language"] for repo in config["repos"] for hook in repo["hooks"]} == {"system"}
