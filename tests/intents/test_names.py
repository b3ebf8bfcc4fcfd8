"""What a message names: whole words, plurals, the longest name, either script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.names import Finder, NameBook
from knowledge.documents import china as papers
from knowledge.library import china
from knowledge.remarks import Ambiguity, Neighbour

BOOK = NameBook(china())
SMALL = Finder(
    {
        "poa": ["power of attorney", "POA", "委托书"],
        "photo": ["photo", "照片"],
        "licence": ["licence", "许可"],
        "licence_contract": ["licence contract", "许可合同"],
        "mark": ["mark", "the mark"],
        "sign": ["mark"],
    }
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("we have a POA", ["poa"]),
        ("Power  of\nAttorney!", ["poa"]),
        ("ＰＯＡ", ["poa"]),
        ("委託書", ["poa"]),
        ("我们的委托书已签", ["poa"]),
        ("photos and a power of attorney", ["photo", "poa"]),
        ("photo, photo, photos", ["photo"]),
        ("photographs", []),
        ("telephoto", []),
        ("poas", ["poa"]),
        ("poass", []),
        ("licences", ["licence"]),
        ("licence contract", ["licence_contract"]),
        ("licence contracts, licence", ["licence_contract", "licence"]),
        ("许可合同", ["licence_contract"]),
        ("許可", ["licence"]),
        ("mark", ["mark", "sign"]),
        ("the mark", ["mark"]),
        ("", []),
    ],
)
def test_whole_words_in_any_writing_are_found_in_order(text: str, found: list[str]) -> None:
    assert SMALL.find(text) == found


def test_the_longest_name_counts_and_of_equals_the_first() -> None:
    assert SMALL.longest("photo of a licence contract") == "licence_contract"
    assert SMALL.longest("照片和许可") == "photo"
    assert SMALL.longest("nothing of the kind") is None


def test_a_finder_without_names_finds_nothing() -> None:
    assert Finder({}).find("anything") == []
    assert Finder({"empty": ["", "!"]}).find("anything!") == []


def test_what_is_denied_is_named_but_not_affirmed() -> None:
    assert SMALL.find("we have not a licence but photos") == ["licence", "photo"]
    assert SMALL.find_affirmed("we have not a licence but photos") == ["photo"]
    assert SMALL.find_affirmed("没有许可，有照片") == ["photo"]


@pytest.mark.parametrize(
    ("text", "neighbour"),
    [
        ("they told us customs stopped it", None),
        ("tell us customs rules", None),
        ("US Customs stopped it", "us_cbp"),
        ("U.S. Customs stopped it", "us_cbp"),
        ("USA customs", "us_cbp"),
        ("recorded with CBP", "us_cbp"),
        ("US Border Protection", "us_cbp"),
        ("美國海關", "us_cbp"),
        ("German customs", "foreign_customs"),
        ("香港海關", "hong_kong"),
        ("Hong Kong Customs", "hong_kong"),
        ("HS codes", "hs_codes"),
        ("this applies to China Customs", None),
        ("商标在海关备案", None),
        ("preciccp", None),
    ],
)
def test_a_neighbour_is_known_by_its_name_alone(text: str, neighbour: str | None) -> None:
    expected = [f"neighbours/{neighbour}"] if neighbour else []
    assert BOOK.neighbours_in(text) == expected


def test_several_neighbours_are_found_in_the_order_they_are_named() -> None:
    found = BOOK.neighbours_in("the HS code for Macau customs, and a visa")
    assert found == ["neighbours/hs_codes", "neighbours/macao", "neighbours/immigration"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("what does beian mean", "beian"),
        ("bei an", "beian"),
        ("備案", "beian"),
        ("within 3 days", "three_days"),
        ("三天", "three_days"),
        ("30天", "thirty_days"),
        ("30 days", "thirty_days"),
        ("13 days", None),
    ],
)
def test_a_word_of_several_meanings_is_found(text: str, word: str | None) -> None:
    assert BOOK.ambiguous.find(text) == ([f"ambiguous/{word}"] if word else [])


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("our business licences", "identity_company"),
        ("POA", "power_of_attorney"),
        ("營業執照", "identity_company"),
        ("评价报告", "evaluation_report"),
    ],
)
def test_a_paper_is_found_by_any_of_its_names(text: str, paper: str) -> None:
    assert BOOK.papers.find(text) == [paper]


NAMED = {
    "terms": {term.id: term.names() for term in china().terms.values()},
    "papers": {paper.id: paper.all_names() for paper in papers().papers.values()},
    "ambiguous": {each.id: each.all_names() for each in china().remarks_of(Ambiguity)},
    "neighbours": {each.id: each.all_names() for each in china().remarks_of(Neighbour)},
}
FIND = {
    "terms": BOOK.terms.find,
    "papers": BOOK.papers.find,
    "ambiguous": BOOK.ambiguous.find,
    "neighbours": BOOK.neighbours_in,
}


@pytest.mark.parametrize("kind", NAMED)
def test_every_name_finds_what_it_names(kind: str) -> None:
    for owner, names in NAMED[kind].items():
        for name in names:
            assert owner in FIND[kind](name), name


@given(st.text())
def test_no_text_is_too_odd_for_names(text: str) -> None:
    known = china().remarks.keys()
    assert set(BOOK.neighbours_in(text)) <= known
    assert set(BOOK.ambiguous.find(text)) <= known
    assert BOOK.terms.longest(text) in {None, *china().terms}
    assert all(name for name, _ in BOOK.papers.spots(text))


@given(st.lists(st.text(min_size=1), max_size=4), st.text())
def test_names_of_any_kind_are_names_not_patterns(names: list[str], text: str) -> None:
    finder = Finder({str(number): [name] for number, name in enumerate(names)})
    assert set(finder.find(text)) <= set(map(str, range(len(names))))


@given(st.sampled_from(["poa", "photo", "licence"]), st.text(alphabet="abc xyz", max_size=12))
def test_a_name_between_blanks_is_always_found(name: str, around: str) -> None:
    assert name in SMALL.find(f"{around} {name} {around}")
