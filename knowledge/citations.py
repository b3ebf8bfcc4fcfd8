"""The legal basis of several facts in as few citations as it takes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.library import Holding
from knowledge.model import Basis


def merged(facts: Iterable[Holding]) -> list[Basis]:
    """One entry an instrument, the articles of all facts together; those the first facts rest on come first."""
    articles: dict[str, set[str]] = {}
    for basis in (basis for fact in facts for basis in fact.basis):
        articles.setdefault(basis.instrument, set()).update(basis.articles)
    return [
        Basis(instrument=name, articles=_runs(sorted(found, key=_order)))
        for name, found in articles.items()
    ]


def _runs(articles: list[str]) -> tuple[str, ...]:
    """Three and more articles in a row as one span: 12, 13, 14 is 12-14."""
    spans: list[list[str]] = []
    for article in articles:
        follows = spans and article.isdigit() and spans[-1][-1].isdigit()
        if follows and int(article) == int(spans[-1][-1]) + 1:
            spans[-1].append(article)
        else:
            spans.append([article])
    parts = ([f"{span[0]}-{span[-1]}"] if len(span) > 2 else span for span in spans)
    return tuple(part for span in parts for part in span)


def _order(article: str) -> tuple[int, str]:
    number = re.match(r"\d+", article)
    return (int(number[0]) if number else 0, article)
