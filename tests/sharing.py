"""How the workers of one run share the tests: what needs the same costly thing stays together.

The tests of the pages share a browser, those of the dialogues what they reach, those of the phrases a reading of all
sentences, those of the exam its marks.
pytest-xdist's own groups are not used: with pytest 9.2 its version 3.8 overlooks them without a word.
"""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

_TOGETHER = {
    "tests/browser/": "pages",
    "tests/dialogues/": "dialogues",
    "tests/intents/test_phrases": "phrases",
    "tests/test_own_exam": "exam",
}


class BySubject(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """The larger groups are begun first."""

    def _split_scope(self, nodeid: str) -> str:
        return share(nodeid)


def share(nodeid: str) -> str:
    """What a test is kept together with: its subject, or nothing but itself."""
    return next(
        (subject for start, subject in _TOGETHER.items() if nodeid.startswith(start)), nodeid
    )
