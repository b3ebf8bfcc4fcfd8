"""How the workers of one run share the tests: a file stays together, but for the files whose tests take long.

Tests that share something costly stay together over several files: those of the pages a browser, those of the
dialogues what they reach, those of the phrases a reading of all sentences, those of the exam its marks.
pytest-xdist's own groups are not used: with pytest 9.2 its version 3.8 overlooks them without a word.
"""

from __future__ import annotations

from typing import Any

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

_TOGETHER = {
    "tests/browser/": "pages",
    "tests/dialogues/": "dialogues",
    "tests/intents/test_phrases": "phrases",
    "tests/test_own_exam": "exam",
}
_APART = (
    "tests/bot/conversation/test_any_",
    "tests/bot/leads/test_crash",
    "tests/bot/reminders/test_crash",
    "tests/bot/store/test_durable",
    "tests/bot/test_cli",
    "tests/bot/test_files_killed",
    "tests/bot/test_killed",
    "tests/bot/test_learning",
    "tests/bot/test_many_prospects",
    "tests/deploy/",
    "tests/intents/entities/test_wording",
    "tests/intents/sentences/test_encoder",
    "tests/intents/test_check",
    "tests/intents/test_context",
    "tests/intents/test_engine",
    "tests/intents/test_phrasebook",
    "tests/intents/test_stealing",
    "tests/intents/test_teaching",
    "tests/test_suite",
)
"""Each of their tests may take seconds, so each goes to whoever is free."""


class BySubject(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """What takes longest is begun first, so that no worker is left with it at the end."""

    def __init__(self, config: Any, log: Any = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return share(nodeid)


def share(nodeid: str) -> str:
    """What a test is kept together with: its subject, its file, or nothing but itself."""
    subject = next((name for start, name in _TOGETHER.items() if nodeid.startswith(start)), None)
    if subject is not None:
        return subject
    return nodeid if nodeid.startswith(_APART) else nodeid.partition("::")[0]


def rank(nodeid: str) -> int:
    """When a test is begun: the subjects first, then what takes long, then the rest."""
    if nodeid.startswith(tuple(_TOGETHER)):
        return 0
    return 1 if nodeid.startswith(_APART) else 2
