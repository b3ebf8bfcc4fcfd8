"""The page of rules as a document: every rule, both languages, marked where it is unsure or due."""

import re
from datetime import date
from functools import cache
from html import escape, unescape
from types import MappingProxyType

import pytest

from bot.channels.book import HERE, standing_alone
from bot.channels.texts import words
from knowledge.book import bind
from knowledge.errors import NotInForceError
from knowledge.library import Library, china
from knowledge.model import LANGUAGES, Confidence, Fact, Language

DAY = date(2026, 11, 23)
TAGS = re.compile(r"<[^>]+>")
ARTICLE = r'<article [^>]*\bid="{}".*?</article>'


@cache
def document(on: date = DAY, language: Language = "en") -> str:
    return standing_alone(china(), bind(china(), on), language)


def rule(fact_id: str, on: date = DAY) -> str:
    found = re.search(ARTICLE.format(re.escape(fact_id)), document(on), re.S)
    assert found, fact_id
    return found.group()


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(TAGS.sub("", html)))


def test_every_fact_is_an_anchor_and_says_in_both_languages_what_holds() -> None:
    for fact_id in china().facts:
        html = rule(fact_id)
        assert f'href="#{fact_id}"' in html
        for language in LANGUAGES:
            says = str(escape(china().on(fact_id, DAY).statement(language), quote=False))
            assert f'<p class="says" lang="{language}">' in html
            assert says in html.replace("&#39;", "'").replace("&#34;", '"'), (fact_id, language)


def test_every_basis_is_cited_with_its_articles_and_leads_to_its_title() -> None:
    for fact_id in china().facts:
        for basis in china().on(fact_id, DAY).basis:
            assert f'href="#instrument-{basis.instrument}"' in rule(fact_id)
            assert china().cite(basis, "en") in plain(rule(fact_id))
            assert china().cite(basis, "zh") in plain(rule(fact_id))
    for each in china().instruments.values():
        html = rule(f"instrument-{each.id}")
        assert each.en in plain(html)
        assert each.zh in plain(html)
        assert each.number in plain(html)


def test_every_anchor_stands_once_and_every_link_within_leads_somewhere() -> None:
    ids = re.findall(r'\bid="([^"]+)"', document())
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', document())) <= set(ids)


def test_the_opposition_period_before_and_after_new_year_2027() -> None:
    before = plain(rule("cn.tm.opposition", date(2026, 12, 31)))
    assert "Holds until 31 December 2026." in before
    assert "To come" in before
    assert "From 1 January 2027 自2027年1月1日起" in before
    assert "《商标法（2026年修订）》第36条" in before
    after = plain(rule("cn.tm.opposition", date(2027, 1, 1)))
    assert "Holds from 1 January 2027." in after
    assert "To come" not in after
    assert "Before 以前 Until 31 December 2026" in after
    assert after.index("2 months") < after.index("3 months")


def test_a_rule_past_its_review_date_is_marked() -> None:
    due, late = date(2027, 1, 31), date(2027, 2, 1)
    assert "stale" not in rule("cn.tm.opposition", due)
    html = rule("cn.tm.opposition", late)
    assert 'class="rule stale"' in html
    assert "Due to be checked again since 31 January 2027" in plain(html)
    assert "自2027年1月31日起待复核" in plain(html)


def test_what_is_not_confirmed_says_so_wherever_it_is_stated() -> None:
    low = [fact for fact in china().facts.values() if fact.confidence is Confidence.LOW]
    assert low
    for fact in low:
        html = rule(fact.id)
        assert len(re.findall('class="mark low"', html)) == len(re.findall('class="says"', html))
        assert "low: not confirmed" in plain(html)
    assert len(re.findall('class="mark low"', document())) == 2 * len(low)


def test_a_rule_that_holds_on_no_such_day_says_so() -> None:
    day = date(2010, 1, 1)
    with pytest.raises(NotInForceError):
        china().on("cn.tm.official_fee", day)
    assert "No rule is known for this day." in plain(rule("cn.tm.official_fee", day))


def test_it_asks_nobody_for_anything() -> None:
    html = document()
    assert not re.search(r"\b(?:src|action)=|url\(|@import|\bimport[ (]['\"]|fetch\(", html)
    assert set(re.findall(r'href="([^#"][^"]*)"', html)) == {"data:,"}
    assert "default-src 'none'" in html


def test_every_piece_is_marked_with_its_language() -> None:
    bare = re.sub(r"<(style|script|head)\b.*?</\1>", "", document(), flags=re.S)
    bare = re.sub(r'<(span|p|button)[^>]* lang="zh".*?</\1>', "", bare, flags=re.S)
    assert not re.search("[㐀-鿿]", TAGS.sub("", bare))


def test_it_opens_in_the_language_asked_for_which_then_stands_first() -> None:
    html = document(language="zh")
    assert '<html lang="zh" data-show="zh">' in html
    assert "<title data-en=" in html
    assert f">{words('rules', 'zh')['title']}</title>" in html
    assert html.index('class="says" lang="zh"') < html.index('class="says" lang="en"')


def test_what_the_data_says_is_text_and_not_markup() -> None:
    bad = '<b onclick="x">"A" & B</b></script>'
    fact = Fact.model_validate(
        {"id": "cn.a", "en": bad, "zh": f"甲{bad}", "kind": "practice"}
        | {"verified_on": DAY, "review_due": date(2027, 1, 1)}
    )
    groups = MappingProxyType({"fee": ("cn.a",)})
    library = Library(MappingProxyType({"cn.a": fact}), MappingProxyType({}), groups)
    html = standing_alone(library, bind(library, DAY), "en")
    assert "<b" not in html.split("</head>")[1].replace("<body", "").replace("<button", "")
    assert "&lt;b onclick=" in html


def test_every_word_is_used_and_the_count_is_right() -> None:
    used = (HERE / "book.py").read_text() + "".join(
        (HERE / "templates" / name).read_text() for name in ("rules.html", "rule.html")
    )
    for key in words("rules", "en"):
        family = key.split("_")[0]
        assert re.search(rf'["\'.]{key}\b|"{family}_["{{]|f"{family}_', used), key
    low = sum(fact.confidence is Confidence.LOW for fact in china().facts.values())
    tally = f"{len(china().facts)} rules; {low} not confirmed; 0 due to be checked again"
    assert tally in plain(document())
