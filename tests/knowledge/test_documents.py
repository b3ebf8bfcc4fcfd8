"""The papers of an application: which are wanted, in which circumstance, and what is still missing."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents import (
    PATENTS,
    Holder,
    Item,
    Right,
    checklist,
    china,
    readiness,
    settled,
)

PAPERS = sorted(china().papers)
CIRCUMSTANCES = sorted(china().circumstances)
CASES = [(right, holder) for right, holder in product(Right, (None, *Holder))]
ALWAYS = {"application", "photos"}
ANY_RIGHT = {"licence", "infringement", "power_of_attorney", "translation", "notarisation"}
OF_RIGHT = {
    Right.TRADEMARK: {"trademark_certificate", "trademark_changes", "madrid_proof"},
    Right.COPYRIGHT: {"copyright_certificate", "work_samples"},
    Right.INVENTION: {"patent_certificate", "patent_register"},
    Right.UTILITY_MODEL: {"patent_certificate", "patent_register", "evaluation_report"},
    Right.DESIGN: {"patent_certificate", "patent_register", "evaluation_report"},
    Right.PATENT: {"patent_certificate", "patent_register", "evaluation_report"},
}
IDENTITY = {
    Holder.COMPANY: {"identity_company"},
    Holder.PERSON: {"identity_person"},
    None: {"identity_company", "identity_person"},
}
rights = st.sampled_from(Right)
holders = st.sampled_from([None, *Holder])
papers = st.sets(st.sampled_from(PAPERS))
circumstances = st.dictionaries(st.sampled_from(CIRCUMSTANCES), st.booleans())


def ids(items: tuple[Item, ...]) -> set[str]:
    return {item.paper.id for item in items}


def listed(
    right: Right, holder: Holder | None = None, known: Mapping[str, bool] | None = None
) -> dict[str, Item]:
    return {item.paper.id: item for item in checklist(china(), right, holder, known)}


@pytest.mark.parametrize(("right", "holder"), CASES)
def test_each_right_and_holder_has_its_own_papers(right: Right, holder: Holder | None) -> None:
    assert listed(right, holder).keys() == ALWAYS | ANY_RIGHT | OF_RIGHT[right] | IDENTITY[holder]


@pytest.mark.parametrize("right", Right)
def test_who_holds_the_right_decides_on_the_proof_of_identity(right: Right) -> None:
    assert not listed(right, Holder.COMPANY)["identity_company"].open
    assert not listed(right, Holder.PERSON)["identity_person"].open


@pytest.mark.parametrize("right", Right)
def test_of_an_unknown_holder_both_proofs_of_identity_were_wanted_at_once(right: Right) -> None:
    found = listed(right)
    for holder, name in ((Holder.COMPANY, "identity_company"), (Holder.PERSON, "identity_person")):
        assert found[name].holders == (holder,)
        assert not found[name].open, "one or the other is wanted in any case"


def test_the_evaluation_report_of_a_patent_is_open_until_its_sort_is_known() -> None:
    report = listed(Right.PATENT)["evaluation_report"]
    assert report.open
    assert report.sorts == (Right.UTILITY_MODEL, Right.DESIGN)
    assert not listed(Right.PATENT)["patent_certificate"].open
    for right in (Right.UTILITY_MODEL, Right.DESIGN):
        assert not listed(right)["evaluation_report"].open
    assert set(PATENTS) == {Right.INVENTION, Right.UTILITY_MODEL, Right.DESIGN}


@pytest.mark.parametrize("name", [paper.id for paper in china().papers.values() if paper.only])
def test_a_circumstance_adds_or_drops_its_paper(name: str) -> None:
    paper = china().papers[name]
    assert paper.only
    right = paper.rights[0] if paper.rights else Right.TRADEMARK
    unknown, given_, denied = (
        listed(right, None, known) for known in ({}, {paper.only: True}, {paper.only: False})
    )
    assert unknown[name].only == paper.only
    assert unknown[name].open is not unknown[name].either
    assert not given_[name].open
    assert name not in denied
    assert unknown.keys() == given_.keys()


@given(right=rights, holder=holders, known=circumstances)
def test_knowing_more_never_adds_a_paper(
    right: Right, holder: Holder | None, known: dict[str, bool]
) -> None:
    less, more = listed(right, holder), listed(right, holder, known)
    assert more.keys() <= less.keys()
    for name, item in more.items():
        assert item.only is None or item.only not in known
        assert not (item.open and not less[name].open)


@given(right=rights, holder=holders, known=circumstances, have=papers)
def test_have_missing_and_open_are_apart_and_make_up_the_checklist(
    right: Right, holder: Holder | None, known: dict[str, bool], have: set[str]
) -> None:
    items = checklist(china(), right, holder, known)
    found = readiness(items, have)
    parts = (ids(found.have), ids(found.missing), ids(found.open))
    assert set().union(*parts) == ids(items)
    assert sum(map(len, parts)) == len(items)
    assert ids(found.have) == ids(items) & have
    assert not any(item.open for item in found.missing)
    assert all(item.open for item in found.open)


@given(right=rights, holder=holders, known=circumstances)
def test_whoever_has_everything_is_ready_and_without_one_paper_is_not(
    right: Right, holder: Holder | None, known: dict[str, bool]
) -> None:
    items = checklist(china(), right, holder, known)
    assert readiness(items, PAPERS).complete
    for item in items:
        found = readiness(items, set(PAPERS) - {item.paper.id})
        assert not found.complete
        assert (item in found.open) is item.open
        assert (item in found.missing) is not item.open


@pytest.mark.parametrize(
    ("paper", "given_", "excluded", "dropped"),
    [
        ("trademark_certificate", "national", "madrid", "madrid_proof"),
        ("madrid_proof", "madrid", "national", "trademark_certificate"),
        ("copyright_certificate", "registered_work", "unregistered_work", "work_samples"),
        ("work_samples", "unregistered_work", "registered_work", "copyright_certificate"),
    ],
)
def test_a_paper_that_is_there_settles_its_circumstance_and_excludes_the_other(
    paper: str, given_: str, excluded: str, dropped: str
) -> None:
    known = settled(china(), [paper], {})
    assert known == {given_: True, excluded: False}
    right = china().papers[paper].rights[0]
    assert paper in listed(right, None, known)
    assert dropped not in listed(right, None, known)


def test_a_mark_that_is_not_national_is_a_madrid_mark() -> None:
    assert settled(china(), [], {"national": False}) == {"national": False, "madrid": True}


def test_who_has_the_papers_of_both_is_told_to_leave_out_neither() -> None:
    have = ["trademark_certificate", "madrid_proof"]
    assert settled(china(), have, {}) == {"national": True, "madrid": True}


@given(have=papers, known=circumstances)
def test_what_was_said_stands_and_the_papers_add_to_it(
    have: set[str], known: dict[str, bool]
) -> None:
    found = settled(china(), have, known)
    assert found.items() >= known.items()
    only = {china().papers[name].only for name in have} - {None}
    assert all(found[name] for name in only - known.keys() if name)
    for one, other in china().alternatives:
        assert (one in found) is (other in found)
        if not {one, other} & known.keys() and one in found:
            assert found[one] or found[other]
