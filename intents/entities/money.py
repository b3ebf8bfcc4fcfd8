"""Amounts of money, as people type them: RMB 150,000, 150k usd, ¥15万, 十五万, 1.5 million rmb, 货值50万.

In: a message, folded and in simplified characters. Out: amounts with their currency, in order.
A plain number is money only beside a word for value (worth, deposit, 货值 ...), and then it is
renminbi, because that is what Customs reckons in.
"""

from __future__ import annotations

import re
from decimal import Decimal

from intents.entities.numerals import CHINESE, ENGLISH, MOST, chinese, english
from intents.reading import Money

_CODES = {
    "CNY": r"rmb|cny|cnh|yuan|renminbi|kuai|￥|¥|人民币|块钱|元|块",
    "USD": r"usd|us\$|us dollars|us dollar|dollars|dollar|bucks|\$|美元|美金|美刀|刀",
    "EUR": r"eur|euros|euro|€|欧元",
    "GBP": r"gbp|pounds|pound|sterling|£|英镑",
    "HKD": r"hkd|hk\$|hk dollars|港币|港元",
    "JPY": r"jpy|yen|日元|日币",
    "CHF": r"chf|瑞士法郎",
    "AUD": r"aud|澳元",
    "CAD": r"cad|加元",
    "SGD": r"sgd|新元|新加坡元",
    "KRW": r"krw|won|韩元|韩币",
    "TWD": r"twd|ntd|新台币|台币",
    "INR": r"inr|rupees|rupee|卢比",
}
_SCALES = {
    **dict.fromkeys(("k", "thousand", "grand", "千"), 10**3),
    **dict.fromkeys(("w", "万"), 10**4),
    **dict.fromkeys(("lakh", "十万"), 10**5),
    **dict.fromkeys(("m", "mn", "mio", "mln", "million", "millions", "百万"), 10**6),
    **dict.fromkeys(("bn", "billion"), 10**9),
    "千万": 10**7,
    "亿": 10**8,
}


def _either(names: str) -> str:
    """The names, longest first; those in letters must not run on into another word."""
    ordered = sorted(names.split("|"), key=len, reverse=True)
    return "|".join(rf"{name}(?![a-z])" if name[-1:].isascii() else name for name in ordered)


_CURRENCIES = _either("|".join(_CODES.values()))
_POINTED = r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?(?![\d.])"
"""80.000 or 80.000,50: no currency has three places behind its point."""
_DIGITS = rf"(?!0){_POINTED}|\d{{1,3}}(?:[, ]\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?"
_GROUPED = re.compile(_POINTED)
_TWO_POINTS = 2
_AMOUNT = re.compile(
    rf"(?<![a-z0-9.])(?:(?P<before>{_CURRENCIES})\s*)?"
    rf"(?:(?P<digits>{_DIGITS})|(?P<words>{ENGLISH})"
    rf"|(?P<numerals>[{CHINESE}]{{0,{MOST}}}[十百千万亿][{CHINESE}]{{0,{MOST}}}))"
    rf"\s*(?P<scale>{_either('|'.join(_SCALES))})?多?\s*(?P<after>{_CURRENCIES})?",
    re.IGNORECASE,
)
_WORTH = re.compile(
    r"worth|value[ds]?|valuation|bond|deposit|security|guarantee|invoiced?|"
    r"货值|价值|价格|总值|估值|值|担保|保证金|押金|货款",
    re.IGNORECASE,
)
_WORTH_JUST_BEFORE = re.compile(
    r"(?:\bworth|\bvalued? (?:at|of)|货值|价值|总值)"
    r"\s*(?:about|around|roughly|approximately|only|just|up to|约|大约|大概|只有|不到|是|为)?\s*$",
    re.IGNORECASE,
)
"""What makes a number an amount although it could be a year."""
_NO_MONEY = re.compile(
    r"\s*-?(?:%|percent|working|business|days?|weeks?|months?|years?|hours?|pcs|pieces?|units?|"
    r"cartons?|containers?|boxes|pairs|sets|shipments?|batch|batches|trademarks?|marks?|brands?|"
    r"patents?|rights?|class|classes|certificates?|items?|times|th\b|st\b|nd\b|rd\b|"
    r"个|件|天|日|月|年|号|条|类|项|批|次|箱|双|只|票|家|份|人|工作日|小时|周|集装箱|[.:/-]\d)",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"\s*(?:each|apiece|a piece|per (?:piece|pair|unit|item|set|pc)|/ ?(?:pc|pair|unit)|[一每][个件只双])",
    re.IGNORECASE,
)
_EACH_BEFORE = re.compile(r"(?:单价|每[个件只双台套]|一[个件双])\D{0,4}$")
_COUNT = re.compile(
    r"(?<![\d.])(\d{1,3}(?:,\d{3})+|\d+)\s*(?:pairs|pcs|pieces|units|sets|items|[件个双只台套])\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_CURRENCY = {code: re.compile(names, re.IGNORECASE) for code, names in _CODES.items()}
_CURRENCY_BEFORE = re.compile(rf"(?<![a-z])(?:{_CURRENCIES})\s*$", re.IGNORECASE)
_CURRENCY_AFTER = re.compile(
    rf"\s*(?:{_either('|'.join(_SCALES))})?\s*(?:{_CURRENCIES})", re.IGNORECASE
)
_CURRENCY_ALONE = re.compile(rf"(?<![a-z])(?:{_CURRENCIES})", re.IGNORECASE)
_LEAST = 100
_REACH = 40


def money(text: str) -> tuple[Money, ...]:
    """The amounts of money named in the text."""
    found = (_read(match, text) for match in _AMOUNT.finditer(text))
    return tuple(amount for amount in found if amount)


def beside_currency(text: str, start: int, end: int) -> bool:
    """Whether a currency stands right before or after what lies there."""
    before = text[max(0, start - _REACH) : start]
    return bool(_CURRENCY_BEFORE.search(before) or _CURRENCY_AFTER.match(text, end))


def currency(text: str) -> tuple[str, str] | None:
    """The first currency named in the text, and how it is written; nothing where a number stands in it."""
    match = None if re.search(r"\d", text) else _CURRENCY_ALONE.search(text)
    return (_code(match[0]), match[0]) if match else None


def _read(match: re.Match[str], text: str) -> Money | None:
    amount = _amount(match)
    named = match["before"] or match["after"]
    if not amount or not (named or _speaks_of_value(match, text, amount)):
        return None
    before = text[max(0, match.start() - _REACH) : match.start()]
    if _EACH.match(text, match.end()) or _EACH_BEFORE.search(before):
        pieces = _pieces(text)
        amount = amount * pieces if pieces else None
    currency = _code(named) if named else "CNY"
    return Money(amount=amount, currency=currency, raw=match[0].strip()) if amount else None


def _amount(match: re.Match[str]) -> Decimal | None:
    if match["numerals"]:
        return chinese(match["numerals"])
    if match["words"]:
        return english(match["words"])
    scale = _SCALES.get((match["scale"] or "").lower(), 1)
    if scale == 1 and _GROUPED.fullmatch(match["digits"]):
        return Decimal(match["digits"].replace(".", "").replace(",", "."))
    digits = match["digits"].replace(",", "").replace(" ", "")
    return Decimal(digits) * scale if digits.count(".") < _TWO_POINTS else None


def _pieces(text: str) -> Decimal | None:
    """A price for one piece is worth the whole lot only where the message says once how many there are."""
    counts = _COUNT.findall(text)
    return Decimal(counts[0].replace(",", "")) if len(counts) == 1 else None


def _speaks_of_value(match: re.Match[str], text: str, amount: Decimal) -> bool:
    """A number without a currency: big enough, no count or year, and value is spoken of nearby."""
    year = not match["scale"] and _YEAR.match(match[0].strip())
    if year and _WORTH_JUST_BEFORE.search(text[max(0, match.start() - _REACH) : match.start()]):
        year = None
    if amount < _LEAST or year or _NO_MONEY.match(text, match.end()):
        return False
    return bool(_WORTH.search(text[max(0, match.start() - _REACH) : match.end() + _REACH]))


def _code(name: str) -> str:
    return next(code for code, names in _CURRENCY.items() if names.fullmatch(name))
