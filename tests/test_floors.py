"""No import runs up the floors of the house, and no two rooms of a floor import each other."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Lower numbers lie lower. A module belongs to the longest prefix that fits it.
FLOORS = {
    "knowledge": 0,
    "intents": 1,
    "bot.errors": 2,
    "bot.clock": 2,
    "bot.settings": 3,
    "bot.logs": 3,
    "bot.masking": 3,
    "bot.intake": 4,
    "bot.store": 4,
    "bot.files": 4.5,
    "bot.leads": 5,
    "bot.reminders": 5.5,
    "bot.conversation": 6,
    "bot.live": 6,
    "bot.calling": 6.2,
    "bot.duty": 6.2,
    "bot.alarms": 6,
    "bot.inbound": 6.1,
    "bot.forgetting": 6.2,
    "bot.hearing": 6.2,
    "bot.records": 6.2,
    "bot.remembering": 6.2,
    "bot.outgoing": 6.5,
    "bot.queue": 6.5,
    "bot.searching": 6.6,
    "bot.persons": 6.6,
    "bot.blocking": 6.3,
    "bot.retention": 6.5,
    "bot.looking": 6.6,
    "bot.reception": 7,
    "bot.papers": 4,
    "bot.desk.replies": 4,
    "bot.channels": 8,
    "bot.desk": 9,
    "bot.asking": 7,
    "bot.learning": 7,
    "bot.evaluation": 7,
    "bot.doctor": 7,
    "bot.checking": 7,
    "bot.app": 10,
    "bot.serving": 11,
    "bot.cli": 12,
    "bot.__main__": 13,
}


def room(module: str) -> str | None:
    """The room a module belongs to: the longest prefix among the floors."""
    fits = [name for name in FLOORS if module == name or module.startswith(name + ".")]
    return max(fits, key=len, default=None)


def imports() -> Iterator[tuple[str, str, Path]]:
    """Every import of one of our modules by another: (importer, imported, file)."""
    for top in ("knowledge", "intents", "bot"):
        for path in sorted((ROOT / top).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    yield from ((name, alias.name, path) for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module:
                    assert not node.level, f"{path}: imports are absolute"
                    yield from ((name, f"{node.module}.{alias.name}", path) for alias in node.names)


IMPORTS = [
    (importer, imported, path)
    for importer, imported, path in imports()
    if imported.split(".")[0] in {"knowledge", "intents", "bot"}
]


def test_every_module_has_a_floor() -> None:
    rooms = {importer for importer, _, _ in IMPORTS if room(importer) is None}
    assert not rooms - {"bot"}, f"say on which floor these lie: {sorted(rooms)}"


@pytest.mark.parametrize(("importer", "imported"), sorted({(a, b) for a, b, _ in IMPORTS}))
def test_no_import_runs_up(importer: str, imported: str) -> None:
    here, there = room(importer), room(imported)
    if here is None or there is None:
        pytest.skip("the bare package")
    assert here == there or FLOORS[here] > FLOORS[there], f"{importer} imports {imported}"
