"""What is said beside the rules: all of it is there, every value is filled, and the check notices what is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge.check import check
from knowledge.check_beside import check_eligibility, check_papers, check_remarks, check_terms
from knowledge.datafiles import build, read
from knowledge.errors import NotInForceError
from knowledge.library import china
from knowledge.model import LANGUAGES
from knowledge.remarks import FACT_VALUE, REMARKS, Claim, Remark, Term, Unconfirmed
from tests.knowledge.test_datafiles import slip

TODAY = date(2026, 11, 22)
DAYS = (date(2004, 3, 1), TODAY, date(2026, 12, 31), date(2027, 1, 1))
WEB = {
    "official_fee": "cn.fee.current",
    "nothing_without_recordation": "cn.recordation.not_required_for_application",
    "famous_brands": "cn.recordation.prerequisite_ex_officio",
    "licensee_may_record": "cn.applicant.licensee",
    "deposit_to_record": "cn.security.per_case",
    "notarisation_always": "cn.applicant.notarisation",
    "counterfeits_released_on_deposit": "cn.counter_security.patent",
    "flat_middle_tier": "cn.security.tier2",
    "calendar_days": "cn.recordation.decision_time",
    "renewal_grace": "cn.recordation.no_grace",
    "regulations_2023": "cn.law.regulations",
    "three_day_hold": "cn.exofficio.step1_notice",
    "local_counter": "cn.recordation.nationwide",
}
"""Section T of the fact base, row by row: the fact that puts it right."""
ARTICLE = {
    "order_of_steps": "cn.exofficio.step1_notice",
    "suspected_goods_required": "cn.docs.known_infringement",
    "capped_security": "cn.security.table",
    "full_value_security": "cn.application.security",
    "lower_burden": "cn.costs.holder_pays",
    "illegal_goods": "cn.goods.confiscation",
    "deterrence_wording": "cn.benefit.deterrence",
    "name_of_the_regulations": "cn.law.regulations",
    "undated_information": "cn.stats.2024",
    "checking_the_records": "cn.query.database",
    "left_out": "cn.fee.current",
    "blank_email": "bot.contact",
}
"""Section S: the agency's own article."""
OPEN_POINTS = {
    "measures_article_numbers": "cn.law.measures",
    "measures_changes_2018": "cn.law.measures",
    "recent_amendments": "cn.law.regulations",
    "customs_law_adopted": "cn.law.customs_law_revision",
    "filing_address": "cn.filing.portal",
    "login_rules": "cn.filing.account",
    "search_address": "cn.query.address",
    "single_window": "cn.filing.portal",
    "ca_certificate": "cn.filing.account",
    "access_from_abroad": "cn.filing.portal",
    "general_guarantee_letter": "cn.general_guarantee.what",
    "electronic_general_guarantee": "cn.general_guarantee.what",
    "stats_2025": "cn.stats.2025",
    "total_recordations": "cn.stats.2025",
    "pure_transit": "cn.scope.transit",
    "bonded_zones": "cn.scope.bonded",
    "co_owner_filing": "cn.applicant.co_owner",
    "paper_certificate": "cn.filing.result_number",
    "fast_track": "cn.recordation.expedite",
    "opposition_transition": "cn.tm.opposition",
    "trademark_law_regulations": "cn.law.trademark_law_2027",
    "agency_prices": "cn.fee.agency",
    "agency_contacts": "bot.contact",
    "opening_hours": "bot.unknown_price",
    "agency_turnaround": "bot.unknown_price",
    "hong_kong_details": "hk.customs.separate",
    "macao_details": "mo.customs.separate",
    "taiwan_details": "tw.customs.separate",
}
"""Section U: what no source settles."""


def first_facts(remarks: list[Remark]) -> dict[str, str]:
    return {remark.id.partition("/")[2]: remark.facts[0] for remark in remarks}


def holds(remark: Remark, day: date) -> bool:
    """Whether every fact whose value the remark states says something for that day."""
    facts = {
        fact for language in LANGUAGES for fact, _ in FACT_VALUE.findall(remark.text(language))
    }
    return all(any(period.holds(day) for period in china().fact(fact).periods) for fact in facts)


def test_all_thirteen_claims_of_other_pages_are_put_right_by_the_fact_that_says_so() -> None:
    claims = china().remarks_of(Claim)
    assert first_facts([claim for claim in claims if claim.seen == "web"]) == WEB
    assert len(WEB) == 13


def test_all_twelve_imprecisions_of_the_article_are_put_right() -> None:
    claims = china().remarks_of(Claim)
    assert first_facts([claim for claim in claims if claim.seen == "article"]) == ARTICLE
    assert len(ARTICLE) == 12


def test_all_points_that_no_source_settles_are_there() -> None:
    assert first_facts(list(china().remarks_of(Unconfirmed))) == OPEN_POINTS
    assert len(OPEN_POINTS) == 28


@pytest.mark.parametrize("day", DAYS)
def test_a_remark_fills_every_value_or_says_that_none_was_in_force(day: date) -> None:
    for name, remark in china().remarks.items():
        for language in LANGUAGES:
            if not holds(remark, day):
                with pytest.raises(NotInForceError):
                    china().said(remark, language, day)
                continue
            said = china().said(remark, language, day)
            assert said.strip(), name
            assert not {"{", "}"} & set(said), name


@pytest.mark.parametrize("day", DAYS[1:])
def test_from_today_on_no_remark_falls_silent(day: date) -> None:
    assert [name for name, remark in china().remarks.items() if not holds(remark, day)] == []


def test_a_value_is_said_in_the_language_of_the_remark() -> None:
    remark = china().remarks["claims/calendar_days"]
    assert "within 30 working days after" in china().said(remark, "en", TODAY)
    assert "30个工作日" in china().said(remark, "zh", TODAY)


def test_every_neighbour_and_every_ambiguous_word_is_named_in_both_languages() -> None:
    for remark in china().remarks.values():
        names = getattr(remark, "names", {language: ["-"] for language in LANGUAGES})
        assert all(names[language] for language in LANGUAGES), remark.id


CLAIMS, NEIGHBOURS, GLOSSARY = "claims.yaml", "neighbours.yaml", "glossary.yaml"
DOCUMENTS, ELIGIBILITY = "documents.yaml", "eligibility.yaml"
FEE_FACTS = "facts: [cn.fee.current, cn.fee.history]"
SLIPS = [
    (CLAIMS, "official_fee", FEE_FACTS, "facts: [cn.fee.current, cn.none]", "no fact cn.none"),
    (CLAIMS, "official_fee", FEE_FACTS, "facts: [cn.fee.current]", "not among its facts"),
    (CLAIMS, "official_fee", "{cn.fee.history:fee}", "{cn.fee.history:fees}", "no value fees"),
    (CLAIMS, "official_fee", "({cn.fee.current:fee})", "({cn.fee.current})", "name no value"),
    (CLAIMS, "official_fee", "official fee (", "official fee of RMB 800 (", "is a value; write"),
    (CLAIMS, "official_fee", "不收官方费用", "不收800元官方费用", "zh: '800元' is a value"),
    (CLAIMS, "deposit_to_record", "needs no security", "needs no 担保", "mixed up"),
    (CLAIMS, "deposit_to_record", "zh: 办理备案本身无须提供担保。", "zh: None. #", "mixed up"),
    (CLAIMS, "official_fee", '"海关备案官费为800元。"', '"RMB 800."', "claim: the languages"),
    (NEIGHBOURS, "macao", "[澳门海关, ", "[香港海关, 澳门海关, ", "under neighbours/hong_kong"),
    (NEIGHBOURS, "macao", "[macao customs, ", "[HK Customs, ", "under neighbours/hong_kong"),
    (NEIGHBOURS, "macao", "mo.customs.separate", "mo.none", "no fact mo.none"),
    ("unconfirmed.yaml", "fast_track", "cn.recordation.expedite", "cn.none", "no fact cn.none"),
    ("ambiguous.yaml", "thirty_days", "[30天, ", "[3天, ", "under ambiguous/three_days too"),
    (GLOSSARY, "port_customs", "[customs house]", "[Customs House, gacc]", "under gacc too"),
    (GLOSSARY, "port_customs", "zh: 口岸海关", "zh: port", "zh: 'port' is not Chinese"),
    (GLOSSARY, "port_customs", "en: port customs", "en: port 海关", "mixed up"),
    (GLOSSARY, "gacc", "[cn.recordation.authority, ", "[cn.none, ", "no fact cn.none"),
    (DOCUMENTS, "photos", "[cn.docs.photos]", "[cn.none]", "no fact cn.none"),
    (DOCUMENTS, "older_patent", "patent:after} ago", "patent:then} ago", "no value then"),
    (DOCUMENTS, "patent_register", "{cn.docs.patent:age} before", "6 months before", "'6 months'"),
    (DOCUMENTS, "photos", "zh: 合法货物及其包装的照片", "zh: Photos", "mixed up"),
    (DOCUMENTS, "licensed", "zh: 已许可他人使用", "zh: licensed", "mixed up"),
    (ELIGIBILITY, "service_mark", "cn.rights.service_marks_excluded", "cn.none", "no fact cn.none"),
    (ELIGIBILITY, "service_mark", "for goods comes first", "within 9 months", "'9 months'"),
    (ELIGIBILITY, "service_mark", "zh: 须先在商品类别上取得注册。", "zh: no", "bare no"),
    (ELIGIBILITY, "service_mark", "zh: 须先在商品类别上取得注册。", "zh: First.", "mixed up"),
]
"""File, entry, what is replaced, by what, and the complaint, which names the line of the entry."""


def line_of(path: Path, entry: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, 1) if line.strip().startswith(f"{entry}:"))


def found(folder: Path, file: str) -> list[str]:
    """What the check of that file says of it, beside China's own facts, which take seconds to read."""
    path = folder / file
    if file == DOCUMENTS:
        return list(map(str, check_papers(china(), path)))
    if file == ELIGIBILITY:
        return list(map(str, check_eligibility(china(), path)))
    entries = read(path).items()
    if file == GLOSSARY:
        terms = {key: build(Term, path, key, data, id=key) for key, data in entries}
        return list(map(str, check_terms(replace(china(), terms=terms), path)))
    ids = {key: f"{path.stem}/{key}" for key, _ in entries}
    model = REMARKS[path.stem]
    changed = {ids[key]: build(model, path, key, data, id=ids[key]) for key, data in entries}
    library = replace(china(), remarks={**china().remarks, **changed})
    return list(map(str, check_remarks(library, folder)))


@pytest.mark.parametrize("file", [*(f"{name}.yaml" for name in REMARKS), GLOSSARY, DOCUMENTS])
def test_a_file_in_order_is_in_order(folder: Path, file: str) -> None:
    assert found(folder, file) == []


@pytest.mark.parametrize(("file", "entry", "old", "new", "complaint"), SLIPS)
def test_what_is_wrong_beside_the_facts_is_named_with_file_and_line(
    folder: Path, file: str, entry: str, old: str, new: str, complaint: str
) -> None:
    at = slip(folder, file, old, new)
    lines = {line_of(folder / file, entry), at}
    places = tuple(f"{folder / file}:{line}: " for line in lines)
    problems = found(folder, file)
    assert any(each.startswith(places) and complaint in each for each in problems), problems


def test_the_check_of_everything_looks_beside_the_facts_too(folder: Path) -> None:
    slip(folder, CLAIMS, FEE_FACTS, "facts: [cn.fee.current, cn.none]")
    slip(folder, GLOSSARY, "zh: 口岸海关", "zh: port")
    slip(folder, DOCUMENTS, "[cn.docs.photos]", "[cn.none]")
    slip(folder, ELIGIBILITY, "zh: 须先在商品类别上取得注册。", "zh: First.")
    problems = [str(problem) for problem in check(folder)]
    for file in (CLAIMS, GLOSSARY, DOCUMENTS, ELIGIBILITY):
        assert any(each.startswith(f"{folder / file}:") for each in problems), file


NOT_READ = [
    (CLAIMS, "seen: web", "seen: blog", "'web' or 'article'"),
    (NEIGHBOURS, "elsewhere: true", "elswhere: true", "no entry has this key"),
    (DOCUMENTS, "rights: [trademark]", "rights: [trade]", "'trademark', 'copyright'"),
    (DOCUMENTS, "holders: [company]", "holders: [firm]", "'company' or 'person'"),
    (DOCUMENTS, "  notarisation:\n", "  stamp: a stamp\n  notarisation:\n", "lines are wanted"),
    (ELIGIBILITY, 'verdict: "no"', "verdict: maybe", "'no', 'not_yet', 'unsure' or 'yes'"),
]


@pytest.mark.parametrize(("file", "old", "new", "complaint"), NOT_READ)
def test_an_entry_of_another_shape_is_refused_at_the_line_of_the_slip(
    folder: Path, file: str, old: str, new: str, complaint: str
) -> None:
    line = slip(folder, file, old, new)
    with_facts = file in {CLAIMS, NEIGHBOURS}
    [problem] = map(str, check(folder)) if with_facts else found(folder, file)
    assert problem.startswith(f"{folder / file}:{line}: ")
    assert complaint in problem


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("only: national", "only: nation", "nation: no such circumstance"),
        ("  asked: {en: GACC asks for it", "  told: {en: GACC asks for it", "asked: no such"),
        ("    only: changed\n", "", "changed: no paper depends on it"),
    ],
)
def test_a_paper_depends_on_circumstances_that_are_there_and_each_is_used(
    folder: Path, old: str, new: str, complaint: str
) -> None:
    slip(folder, DOCUMENTS, old, new)
    [problem] = found(folder, DOCUMENTS)
    assert problem.startswith(f"{folder / DOCUMENTS}:")
    assert complaint in problem


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("subject: [service_mark]", "subject: [service_marks]", "service_marks is none of"),
        ("origin: [abroad]", "origin: [foreign]", "foreign is none of mainland, abroad"),
        ("  subject: [service_mark]\n", "", "at least one condition"),
    ],
)
def test_a_rule_names_a_condition_that_a_case_can_meet(
    folder: Path, old: str, new: str, complaint: str
) -> None:
    slip(folder, ELIGIBILITY, old, new)
    [problem] = found(folder, ELIGIBILITY)
    assert problem.startswith(f"{folder / ELIGIBILITY}:")
    assert complaint in problem


def test_a_paper_that_was_a_word_instead_of_an_entry_stopped_the_check(folder: Path) -> None:
    slip(folder, DOCUMENTS, "  notarisation:\n", "  stamp: a stamp\n  notarisation:\n")
    [problem] = found(folder, DOCUMENTS)
    assert ": stamp: " in problem
