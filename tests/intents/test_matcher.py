"""Phrases in, an intent and a probability out; kept in files that cannot be tampered with."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from intents.concepts import Concepts
from intents.errors import ModelFileError, UntrainableError
from intents.features import Block, cut, gist, pieces, things
from intents.matcher import ARRAYS, Matcher
from intents.normalise import for_matching
from intents.sentences.encoder import PLACE, Encoder
from intents.vectoriser import Vectoriser

PHRASES = {
    "fee": [
        "what is the official fee",
        "how much does recordation cost",
        "is there a charge for recording a mark",
        "price of a customs recordal",
        "do we have to pay customs for it",
        "官费是多少",
        "备案要多少钱",
        "海关备案收费吗",
        "办理备案的费用",
        "备案需要交费吗",
    ],
    "term": [
        "how long is a recordation valid",
        "when does the recordal expire",
        "for how many years does it hold",
        "validity period of the recordation",
        "does protection end after ten years",
        "备案有效期多久",
        "备案几年到期",
        "保护期限是多长",
        "有效期是几年",
        "备案什么时候失效",
    ],
    "documents": [
        "which documents are needed",
        "what papers do you want from us",
        "list of the required documents",
        "do you need a power of attorney",
        "must I send the certificate and photos",
        "需要什么材料",
        "备案要提交哪些文件",
        "要准备哪些资料",
        "需要委托书吗",
        "要交商标注册证吗",
    ],
}
OUTSIDE = [
    "what is the weather like tomorrow",
    "book me a flight to paris",
    "who won the football match",
    "recipe for tomato soup",
    "tell me a joke about cats",
    "今天天气怎么样",
    "推荐一部电影",
    "帮我订一张火车票",
    "附近有什么好吃的",
    "讲个笑话",
    "my printer is out of paper",
    "how tall is mount everest",
]
CONCEPTS = Concepts.of(
    [{"money": {"en": ["fee", "cost", "price", "charge"], "zh": ["费用", "官费"]}}]
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher.fit(PHRASES, oos=OUTSIDE, concepts=CONCEPTS)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("What does the recordation cost?", "fee"),
        ("is there any official charge", "fee"),
        ("WHAT IS THE OFFICAL FEE??", "fee"),
        ("备案费用是多少？", "fee"),
        ("備案要多少錢", "fee"),
        ("how many years is the recordal valid", "term"),
        ("有效期有多久", "term"),
        ("what documents do you need from us", "documents"),
        ("需要提交什么文件", "documents"),
    ],
)
def test_the_right_intent_comes_first(matcher: Matcher, text: str, intent: str) -> None:
    found = matcher.match(text)
    assert found.intent == intent == found.ranking[0].id
    assert found.confidence == found.ranking[0].confidence


def test_what_is_nothing_of_ours_is_trusted_less_than_what_is(matcher: Matcher) -> None:
    ours = [matcher.match(text).confidence for text in ("what is the fee", "需要哪些文件")]
    strange = ("a joke about football", "明天天气好吗", "xqzt wvvk", "")
    assert min(ours) > max(matcher.match(text).confidence for text in strange)


@given(st.text())
def test_any_text_has_a_ranking_of_probabilities(matcher: Matcher, text: str) -> None:
    found = matcher.match(text)
    shares = [scored.confidence for scored in found.ranking]
    assert {scored.id for scored in found.ranking} <= set(PHRASES)
    assert shares == sorted(shares, reverse=True)
    assert all(math.isfinite(share) and 0 <= share <= 1 for share in shares)
    assert sum(shares) <= 1.001


SAMPLES = ["what is the fee", "有效期", "documents pls", "bread", "", "备案 price"]


def test_saved_and_loaded_it_says_the_same(matcher: Matcher, tmp_path: Path) -> None:
    matcher.save(tmp_path / "m.json")
    again = Matcher.load(tmp_path / "m.json")
    assert [again.match(text) for text in SAMPLES] == [matcher.match(text) for text in SAMPLES]


def test_learning_twice_gives_the_same(matcher: Matcher) -> None:
    again = Matcher.fit(PHRASES, oos=OUTSIDE, concepts=CONCEPTS)
    assert [again.match(text) for text in SAMPLES] == [matcher.match(text) for text in SAMPLES]


def test_without_lines_out_of_scope_it_learns_too() -> None:
    plain = Matcher.fit(PHRASES)
    assert plain.match("what is the official fee").intent == "fee"
    assert plain.match("zzz qqq").confidence < plain.match("what is the official fee").confidence


def test_files_that_were_tampered_with_are_refused(matcher: Matcher, tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    matcher.save(path)
    arrays = bytearray(path.with_suffix(ARRAYS).read_bytes())
    arrays[len(arrays) // 2] ^= 1
    path.with_suffix(ARRAYS).write_bytes(arrays)
    with pytest.raises(ModelFileError, match=r"m\.arrays"):
        Matcher.load(path)


def test_files_that_are_missing_or_no_json_are_refused(matcher: Matcher, tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    with pytest.raises(ModelFileError, match=r"m\.json"):
        Matcher.load(path)
    matcher.save(path)
    path.with_suffix(ARRAYS).unlink()
    with pytest.raises(ModelFileError, match=r"m\.arrays"):
        Matcher.load(path)
    path.write_text('{"sha256": ', encoding="utf-8")
    with pytest.raises(ModelFileError, match=r"m\.json"):
        Matcher.load(path)


def test_json_that_is_no_matcher_is_refused(matcher: Matcher, tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    matcher.save(path)
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(ModelFileError, match=r"m\.json"):
        Matcher.load(path)


def test_a_header_of_another_version_stopped_with_an_error_of_another_family(
    matcher: Matcher, tmp_path: Path
) -> None:
    path = tmp_path / "m.json"
    matcher.save(path)
    header = json.loads(path.read_text(encoding="utf-8"))
    header["fusion"]["temper"] = 1
    path.write_text(json.dumps(header), encoding="utf-8")
    with pytest.raises(ModelFileError, match=r"m\.json"):
        Matcher.load(path)


@pytest.mark.parametrize(
    "phrases",
    [
        {},
        {"fee": ["a fee"]},
        {"fee": ["a fee"], "term": []},
        {"fee": ["a fee"], "term": ["a term"]},
        {"fee": ["a fee", "the price"], "term": ["a term"]},
    ],
)
def test_too_little_to_learn_from_is_refused(phrases: dict[str, list[str]]) -> None:
    with pytest.raises(UntrainableError):
        Matcher.fit(phrases)


TEXTS = [for_matching(text) for group in PHRASES.values() for text in group]
BLOCKS: dict[str, Block] = {"gist": gist(CONCEPTS), "pieces": pieces, "things": things(CONCEPTS)}
NEW = ["what is the cost of the documents", "备案费用和材料", "nothing known", ""]


def _theirs(block: Block, texts: list[str]) -> np.ndarray:
    model = TfidfVectorizer(analyzer=lambda text: list(block(cut(text))), sublinear_tf=True)
    found: np.ndarray = model.fit(TEXTS).transform(texts).toarray()
    return found


def _ours(blocks: list[tuple[Block, float]], texts: list[str]) -> np.ndarray:
    vectoriser, _ = Vectoriser.fit(blocks, TEXTS)
    found = np.zeros((len(texts), vectoriser.width))
    for row, text in zip(found, texts, strict=True):
        vector = vectoriser.transform(text)
        row[vector.columns] = vector.values
    return found


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_is_what_scikit_learn_makes_of_it(name: str) -> None:
    ours = _ours([(BLOCKS[name], 1.0)], [*TEXTS, *NEW])
    assert np.allclose(ours, _theirs(BLOCKS[name], [*TEXTS, *NEW]), atol=1e-6)


def test_blocks_are_weighed_and_joined_to_vectors_of_length_one() -> None:
    shares = {"gist": 0.5, "pieces": 0.3, "things": 0.2}
    ours = _ours([(BLOCKS[name], share) for name, share in shares.items()], TEXTS)
    joined = np.hstack(
        [_theirs(BLOCKS[name], TEXTS) * math.sqrt(share) for name, share in shares.items()]
    )
    lengths = np.linalg.norm(joined, axis=1, keepdims=True)
    assert np.allclose(ours, joined / lengths, atol=1e-6)
    assert np.allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-6)


@pytest.mark.parametrize("fewest", [1, 2])
def test_the_texts_learnt_from_are_drawn_as_they_would_be_transformed(fewest: int) -> None:
    texts = ["fee fee", "", "fees", "term", *TEXTS, "term"]
    blocks = [(BLOCKS[name], share) for name, share in {"gist": 0.5, "pieces": 0.5}.items()]
    vectoriser, drawn = Vectoriser.fit(blocks, texts, fewest=fewest)
    one_by_one = vectoriser.rows(texts)
    assert drawn.width == one_by_one.width
    assert (drawn.starts == one_by_one.starts).all()
    assert (drawn.columns == one_by_one.columns).all()
    assert np.allclose(drawn.values, one_by_one.values, atol=1e-6)


# With sentence vectors


@pytest.fixture(scope="module")
def by_words() -> Matcher:
    return Matcher.fit(PHRASES, oos=OUTSIDE, concepts=CONCEPTS, words_only=True)


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(PLACE, str(tmp_path / "nothing"))


def test_other_words_for_the_same_are_understood(
    encoder: Encoder, matcher: Matcher, by_words: Matcher
) -> None:
    assert matcher.meaning is not None
    assert matcher.meaning.encoder.digest == encoder.digest
    text = "What would registering our brand set us back financially?"
    assert matcher.match(text).intent == "fee"
    assert matcher.match(text).confidence > by_words.match(text).confidence


@pytest.mark.usefixtures("encoder")
def test_chinese_and_foreign_messages_are_read_by_words_alone(
    matcher: Matcher, by_words: Matcher
) -> None:
    assert matcher.match("官费是多少钱") == by_words.match("官费是多少钱")
    only = "validity trademark"
    assert matcher.match(only, terms_only=True) == by_words.match(only, terms_only=True)


@pytest.mark.usefixtures("encoder", "no_model")
def test_without_the_model_the_words_of_what_was_kept_still_decide(
    matcher: Matcher, by_words: Matcher, tmp_path: Path
) -> None:
    matcher.save(tmp_path / "m.json")
    alone = Matcher.load(tmp_path / "m.json")
    assert alone.meaning is None
    for text in ("how much is it", "官费"):
        assert alone.match(text) == by_words.match(text)


@pytest.mark.usefixtures("no_model")
def test_without_the_model_it_learns_from_words() -> None:
    assert Matcher.fit(PHRASES).meaning is None


@pytest.mark.usefixtures("encoder")
def test_phrases_in_chinese_alone_need_no_model() -> None:
    chinese = {
        intent: [each for each in phrases if not each.isascii()]
        for intent, phrases in PHRASES.items()
    }
    assert Matcher.fit(chinese).meaning is None


def test_a_feature_of_a_single_text_can_be_left_out() -> None:
    blocks = [(pieces, 1.0)]
    whole, _ = Vectoriser.fit(blocks, ["fee fee", "fees", "term"])
    often, _ = Vectoriser.fit(blocks, ["fee fee", "fees", "term"], fewest=2)
    assert 0 < often.width < whole.width
    assert often.transform("term").values.size == 0
