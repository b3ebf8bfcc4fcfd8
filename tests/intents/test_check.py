"""Topics, answers and phrases keep their rules, and the check would notice if they did not."""

from __future__ import annotations

from pathlib import Path

import pytest

from intents.check import check
from intents.language import TAUGHT
from tests.intents.small import NUMERALS, change, library, phrases, write

TOPICS, EN, ZH = "topics/some.yaml", "answers/en/some.yaml", "answers/zh/some.yaml"
PHRASES, CONCEPTS = "phrases/en/some.yaml", "concepts/some.yaml"
MANY = ", ".join(f"cn.more{number}" for number in range(9))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path)


def test_our_data_keep_the_rules() -> None:
    assert [str(problem) for problem in check()] == []


def test_data_in_order_are_in_order(folder: Path) -> None:
    assert check(folder, library()) == []


BROKEN = [
    (TOPICS, "[cn.fee]", "[cn.fee, cn.nothing]", "no fact cn.nothing"),
    (TOPICS, "[cn.fee]", "[cn.fee, cn.fee]", "a fact stands twice"),
    (TOPICS, "[cn.fee]", f"[cn.fee, {MANY}]", "more than 8 facts"),
    (TOPICS, "rests_on: [cn.fee]", "then: [cn.more1]", "rests on a fact"),
    (TOPICS, "  next: [some.term]\n", "", "leads on to something"),
    (TOPICS, "next: [some.term]", "next: [some.thing]", "no intent some.thing"),
    (TOPICS, "next: [some.term]", "next: [some.fee]", "itself"),
    (TOPICS, "next: [some.term]", "next: [some.term, some.term]", "the same twice"),
    (TOPICS, "next: [some.term]", "next: [some.term, a.a, a.b, a.c]", "more than 3"),
    (TOPICS, "next: [some.term]", "next: [some.term]\n  handler: magic", "no handler magic"),
    (EN, "label: Fee", "label: The official recordation fee", "label longer than 20"),
    (ZH, "label: 费用", "label: 海关知识产权备案官方费用", "label longer than 10"),
    (EN, "label: Fee", "label: TERM", "the button of some.fee has the same words"),
    (EN, "{cn.fee:fee}", "{cn.term:term}", "uses cn.term, on which the topic does not rest"),
    (EN, "{cn.fee:fee}", "{cn.fee:price}", "cn.fee has no value price"),
    (EN, "{cn.fee:fee}", "RMB 800, for 10 years", "a value in digits"),
    (EN, "{cn.term:term}", "30 working days", "a value in digits"),
    (EN, "{cn.term:term}", "50%", "a value in digits"),
    (EN, "{cn.fee:fee}", "RMB 800", "a value in digits"),
    (ZH, "{cn.term:term}", "30个工作日", "a value in digits"),
    (ZH, "{cn.fee:fee}", "800元", "a value in digits"),
    (EN, "some.term:", "some.thing:", "no wording"),
    (EN, "some.term:", "some.thing:", "no such topic"),
    (PHRASES, "some.term:", "some.thing:", "no such topic"),
    (PHRASES, f"  - price {NUMERALS[0]}\n", "", "11 phrases, 12 are wanted"),
    (PHRASES, "validity 一", "Price  一?", "is a phrase of some.fee too"),
    (PHRASES, "some.fee:", "some.fee: 1\nsome.fee:", "phrases/en/some.yaml"),
    (CONCEPTS, "[term]", "[price]", "means some.fee too"),
    (CONCEPTS, "[term]", "['12360']", "is no word"),
    (CONCEPTS, "[term]", "[1]", "a list of sentences is wanted"),
    (CONCEPTS, "{en: [term]}", "[term]", "terms by language are wanted"),
]


@pytest.mark.parametrize(("name", "old", "new", "complaint"), BROKEN)
def test_what_breaks_a_rule_is_named(
    folder: Path, name: str, old: str, new: str, complaint: str
) -> None:
    change(folder, name, old, new)
    problems = [str(problem) for problem in check(folder, library())]
    assert any(complaint in problem for problem in problems), problems
    assert all("some." in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("frame.space", "frame.other", "frame.space: not in every language"),
        ("' '", "'{date}'", "frame.space: the wordings fill in different names"),
    ],
)
def test_the_sentences_of_the_code_are_alike_in_every_language(
    folder: Path, old: str, new: str, complaint: str
) -> None:
    change(folder, "answers/zh/frame.yaml", old, new)
    problems = [str(problem) for problem in check(folder, library())]
    assert any(p.startswith(f"{folder}/answers/") and p.endswith(complaint) for p in problems)


def test_a_language_left_out_is_named(folder: Path) -> None:
    (folder / "phrases/zh/some.yaml").unlink()
    (folder / "answers/zh/some.yaml").unlink()
    problems = [str(problem) for problem in check(folder, library())]
    assert f"{folder}/answers/zh: some.fee: no wording" in problems
    assert f"{folder}/phrases/zh: some.term: 0 phrases, 12 are wanted" in problems


def test_a_phrase_that_is_nearly_one_of_another_intent_is_named(folder: Path) -> None:
    change(folder, "phrases/en/some.yaml", "- price 二", "- what is the price of a filing")
    change(folder, "phrases/en/some.yaml", "- validity 二", "- what is the prices of a filing")
    [problem] = check(folder, library())
    assert problem.where == f"{folder}/phrases/en/some.yaml:1: some.fee"
    assert "of some.term (98 of 100)" in problem.what


def test_a_phrase_may_not_stand_in_two_intents_of_two_languages(folder: Path) -> None:
    change(folder, "phrases/zh/some.yaml", "期限 一", "price 一")
    [problem] = check(folder, library())
    assert "price 一" in problem.what


@pytest.fixture
def abroad(folder: Path) -> Path:
    """The same set, with questions in other languages."""
    for number, code in enumerate(TAUGHT):
        (folder / "phrases" / code).mkdir()
        text = phrases("en").replace("price", f"coût{number}").replace("validity", f"durée{number}")
        (folder / "phrases" / code / "common.yaml").write_text(text, encoding="utf-8")
    (folder / "out_of_scope" / "other.txt").write_text("du pain\n", encoding="utf-8")
    return folder


def test_other_languages_in_order_are_in_order(abroad: Path) -> None:
    assert check(abroad, library()) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "complaint"),
    [
        ("fr", "some.fee:", "some.thing:", "phrases/fr/common.yaml:1: some.thing: no such topic"),
        ("fr", "some.fee:", "some.thing:", "phrases/es: some.thing: 0 phrases, 12 are wanted"),
        ("fr", "some.fee:", "some.thing:", "phrases/fr: some.fee: 0 phrases, 12 are wanted"),
        ("fr", "  - coût1 一\n", "", "phrases/fr/common.yaml:1: some.fee: 11 phrases"),
        ("fr", "durée1 一", "Coût1  一?", "is a phrase of some.fee too"),
        ("fr", "durée1 一", "coût0 一", "is a phrase of some.fee too"),
        ("fr", "durée1 一", "du pain", "'du pain' is a phrase of it"),
    ],
)
def test_what_breaks_a_rule_in_another_language_is_named(
    abroad: Path, name: str, old: str, new: str, complaint: str
) -> None:
    change(abroad, f"phrases/{name}/common.yaml", old, new)
    problems = [str(problem) for problem in check(abroad, library())]
    assert any(complaint in problem for problem in problems), problems


@pytest.fixture
def listed(folder: Path) -> Path:
    """The same set, with phrases that name a list."""
    change(folder, "phrases/en/some.yaml", "  - price 一\n", "  - price [of] {word}\n")
    (folder / "phrases/en/lists.yaml").write_text("word: [filing, listing]\n", encoding="utf-8")
    return folder


def test_phrases_that_name_a_list_are_in_order(listed: Path) -> None:
    assert check(listed, library()) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "complaint"),
    [
        ("lists", "[filing, listing]", "[filing]", "lists.yaml:1: word: a list of at least two"),
        ("lists", "[filing, listing]", "[filing, filing]", "a list of at least two different"),
        ("lists", "[filing, listing]", "['[filing]', listing]", "a word holds a sign"),
        ("lists", "[filing, listing]", "filing", "a list of sentences is wanted"),
        ("lists", "word:", "more: [a, b]\nword:", "lists.yaml:1: more: no phrase names"),
        ("lists", "word:", "other:", "some.yaml:2: some.fee: 'price [of] {word}': no list 'word'"),
        ("some", "price [of]", "price [of", "some.yaml:2: some.fee: 'price [of {word}': [ is not"),
        ("some", "- price 二", "- price (a|)", "some.yaml:3: some.fee: 'price (a|)': an altern"),
        ("some", "- validity 一", "- price listing", "'price listing' is a phrase of some.fee too"),
    ],
)
def test_what_is_wrong_in_a_phrase_with_gaps_is_named(
    listed: Path, name: str, old: str, new: str, complaint: str
) -> None:
    change(listed, f"phrases/en/{name}.yaml", old, new)
    problems = [str(problem) for problem in check(listed, library())]
    assert any(complaint in problem for problem in problems), problems


def test_twelve_phrases_may_stand_in_fewer_lines(folder: Path) -> None:
    for numeral in NUMERALS[1:]:
        change(folder, "phrases/en/some.yaml", f"  - price {numeral}\n", "")
    one = "  - price (一|二|三|四|五|六) [八|九]\n"
    change(folder, "phrases/en/some.yaml", "  - price 一\n", one)
    assert check(folder, library()) == []
