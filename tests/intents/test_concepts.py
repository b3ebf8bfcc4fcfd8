"""Many words, one thing: terms are found longest first, in any language, singular or plural."""

from __future__ import annotations

import pytest

from intents.concepts import NO_CONCEPTS, Concepts
from intents.features import cut
from intents.normalise import for_matching

CONCEPTS = Concepts.of(
    [
        {"security": {"en": ["bond", "deposit"], "zh": ["担保", "保证金"]}},
        {"general_guarantee": {"en": ["general bond"], "zh": ["总担保"]}},
        {"thing": {"en": ["Red-tape"], "zh": ["A货"]}},
    ]
)


def found(text: str) -> list[str]:
    return list(CONCEPTS.find(cut(for_matching(text))))


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Is the bond a deposit?", ["security", "security"]),
        ("two bonds", ["security"]),
        ("the general bond", ["general_guarantee"]),
        ("总担保和保证金", ["general_guarantee", "security"]),
        ("總擔保", ["general_guarantee"]),
        ("red tape, 卖a货", ["thing", "thing"]),
        ("nothing of it", []),
        ("", []),
    ],
)
def test_terms_are_found_longest_first(text: str, concepts: list[str]) -> None:
    assert found(text) == concepts


def test_the_gist_has_the_thing_in_place_of_its_words() -> None:
    assert list(CONCEPTS.gist(cut("is a general bond 担保 ok"))) == [
        *("is", "a", "general_guarantee", "security", "ok")
    ]


def test_only_the_terms_can_be_kept() -> None:
    assert CONCEPTS.terms_in(cut("ist die general bond 担保 gut")) == [
        "general",
        "bond",
        "担",
        "保",
    ]


def test_without_concepts_nothing_is_found_and_all_is_kept() -> None:
    assert list(NO_CONCEPTS.find(["bond"])) == []
    assert list(NO_CONCEPTS.gist(["bond"])) == ["bond"]
