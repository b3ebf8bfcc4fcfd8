"""Numbers of rights: ZL 2019 3 0123456.7, 注册号12345678, IR 1234567, 国作登字-2020-F-00123456.

In: a message, folded and in simplified characters. Out: registrations in order, each with the kind of right it is of.
A wrong number is worse than a missed one: digits alone are none, only a shape that nothing else has, or a word beside
them that says what they are. Amounts, counts and days are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle

from intents.entities.money import beside_currency
from intents.reading import Registered, Registration
from knowledge.han import RANGE

_WORD = r"(?:numbers?|nos?\b|nr\b|num\b|№|#)\.?"
_IS = r"\s*(?:is|are|:|=|是|为)?\s*"
_END = r"(?![\da-z])(?![.,]\d)"
_NOT_WITHIN = r"(?<![\da-z.,_-])"
"""A number never begins inside another word or number."""
_COUNTED = re.compile(
    r"\s*(?:pcs|pieces?|units?|pairs?|sets?|items?|cartons?|boxes|bags|kg|tons?|days?|years?|percent|%|"
    r"件|双|箱|个|只|台|套|天|年|月|家|人|公斤|吨|以上|左右|多)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    registration: Registration


def registrations(text: str) -> tuple[Registration, ...]:
    """The numbers of rights named in the text, in order."""
    found: list[_Found] = []
    for read in (_copyrights, _patents, _madrid, _trademarks):
        rest = _hidden(text, found)
        found += [each for each in read(rest) if not beside_currency(rest, each.start, each.end)]
    return tuple(each.registration for each in sorted(found, key=lambda each: each.start))


def check_digit(digits: str) -> str:
    """The last sign of a Chinese patent number, from the 8 or 12 digits before it: 0 to 9, or X for ten.

    Weights run 2 to 9 and begin again; the rest on division by 11 is the sign.
    """
    total = (
        sum(int(digit) * weight for digit, weight in zip(digits, cycle(range(2, 10)), strict=False))
        % 11
    )
    return "X" if total == 10 else str(total)


def _hidden(text: str, found: list[_Found]) -> str:
    """The text with what was found blanked out, every place kept."""
    for each in found:
        text = text[: each.start] + " " * (each.end - each.start) + text[each.end :]
    return text


def _made(
    match: re.Match[str], kind: Registered, number: str, *, fits: bool | None = None
) -> _Found:
    raw = match[0].strip()
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    registration = Registration(kind=kind, number=number, raw=raw, fits=fits)
    return _Found(start, start + len(raw), registration)


# Copyright

_WORK = re.compile(
    rf"{_NOT_WITHIN}(?P<prefix>[{RANGE}]?作登字|guo\s?zuo\s?deng\s?zi)?[-: ]*(?:第\s*)?"
    rf"(?P<area>\d\d-)?(?P<year>(?:19|20)\d\d)\s?-\s?(?P<sort>[A-L])\s?-\s?(?P<serial>\d{{8}}){_END}\s*号?",
    re.IGNORECASE,
)
_SOFTWARE = re.compile(
    rf"{_NOT_WITHIN}(?P<year>(?:19|20)\d\d)\s?SR\s?(?P<serial>\d{{4,7}}){_END}", re.IGNORECASE
)
_SOFTWARE_CERTIFICATE = re.compile(
    r"软著登字\s*第?\s*(?P<serial>(?:[A-Z]{2})?\d{4,8})(?!\d)\s*号?", re.IGNORECASE
)


def _copyrights(text: str) -> Iterator[_Found]:
    for match in _WORK.finditer(text):
        prefix = match["prefix"] or ""
        written = prefix if prefix.endswith("字") else "国作登字" if prefix else ""
        core = f"{match['area'] or ''}{match['year']}-{match['sort'].upper()}-{match['serial']}"
        yield _made(match, "copyright", f"{written}-{core}" if written else core)
    for match in _SOFTWARE.finditer(text):
        yield _made(match, "copyright", f"{match['year']}SR{match['serial']}")
    for match in _SOFTWARE_CERTIFICATE.finditer(text):
        yield _made(match, "copyright", f"软著登字第{match['serial'].upper()}号")


# Patents

_SORTS: dict[str, Registered] = {
    "1": "invention",
    "2": "utility_model",
    "3": "design",
    "8": "invention",  # through the PCT
    "9": "utility_model",  # through the PCT
}
_PATENT_LABEL = (
    r"(?:(?:chinese |cn )?(?:invention |utility model |design )?patents?\s*(?:registration |application |certificate )?"
    rf"(?:{_WORD})?{_IS}"
    rf"|(?:发明|实用新型|外观设计|外观)?专利(?:权|证书)?(?:申请)?(?:号码?)?{_IS}|(?<!商标)申请号{_IS})"
)
_CHECK = r"(?:(?:\s?[.·]|-)(?P<dotted>[\dX])|(?P<check>[\dX]))?"
_PATENT = re.compile(
    rf"(?<![\da-z.,_])(?P<label>{_PATENT_LABEL})?(?P<zl>(?:ZL|CN)\s*[.:]?\s*)?"
    r"(?:(?P<year>20\d\d)[ -]?(?P<kind>[12389])[ -]?(?P<serial>\d{7})"
    r"|(?P<year2>8[5-9]|9\d|0[0-3])[ -]?(?P<kind2>[12389])[ -]?(?P<serial2>\d{5}))"
    rf"{_CHECK}{_END}",
    re.IGNORECASE,
)
_FIRST_LONG_YEAR = 2003


def _patents(text: str) -> Iterator[_Found]:
    for match in _PATENT.finditer(text):
        year, kind = match["year"] or match["year2"], match["kind"] or match["kind2"]
        digits = f"{year}{kind}{match['serial'] or match['serial2']}"
        last = (match["dotted"] or match["check"] or "").upper()
        fits = check_digit(digits) == last if last else None
        if not _is_patent(match, fits=fits):
            continue
        named = "ZL" if (match["zl"] or "").upper().startswith("ZL") else ""
        number = f"{named}{digits}.{last}" if last else f"{named}{digits}"
        yield _made(match, _SORTS[kind], number, fits=fits)


def _is_patent(match: re.Match[str], *, fits: bool | None) -> bool:
    """Whether enough is there to tell it from any other long number.

    Without a word beside it only a dot and a last digit that goes with the others make it one, and the eight digits of
    old, which many things have, want that last digit beside `CN` or the word as well.
    """
    named, dotted = bool(match["zl"] or match["label"]), bool(match["dotted"])
    if match["year"]:
        return int(match["year"]) >= _FIRST_LONG_YEAR and (named or (dotted and bool(fits)))
    return (match["zl"] or "").upper().startswith("ZL") or (dotted and (named or bool(fits)))


# Madrid

_MADRID_WORDS = re.compile(
    r"(?<![a-z])(?:(?:the |our |my )?(?:madrid|wipo)\s*(?:trade ?-?marks?|marks?)?\s*(?:international )?"
    r"|(?:international|int'?l)\s*(?:trade ?-?marks?\s*)?(?=reg)"
    r"|ir(?![a-z])(?=\s*(?:no|nr|num|#|:|g?\d)))\s*"
    rf"(?:(?:registration|registered|reg)\b\.?\s*(?:mark\s*)?)?(?:under\s*)?(?:{_WORD})?{_IS}"
    rf"G?\s?(?P<number>\d{{6,7}}[A-H]?){_END}",
    re.IGNORECASE,
)
_MADRID_CHINESE = re.compile(
    r"(?:马德里|国际(?=注册|商标))(?:国际)?(?:商标)?(?:注册)?(?:商标)?(?:证)?(?:编?号码?)?"
    rf"{_IS}(?:第\s*)?G?\s?(?P<number>\d{{6,7}}[A-H]?){_END}\s*号?",
    re.IGNORECASE,
)
_MADRID_SHAPE = re.compile(
    rf"(?:(?:trade ?-?marks?|tm|商标|注册号)\s*(?:{_WORD})?{_IS})?"
    rf"(?<![\da-z.,_-])(?:第\s*)?G(?P<number>\d{{6,7}}[A-H]?){_END}(?:\s*号)?",
    re.IGNORECASE,
)


def _madrid(text: str) -> Iterator[_Found]:
    taken: list[_Found] = []
    for pattern in (_MADRID_WORDS, _MADRID_CHINESE, _MADRID_SHAPE):
        rest = _hidden(text, taken)
        taken += [
            _made(match, "madrid", match["number"].upper())
            for match in pattern.finditer(rest)
            if not _COUNTED.match(rest, match.end())
        ]
    yield from taken


# Chinese trademarks

_NUMBER = rf"(?P<number>\d{{5,8}}[A-Z]?)(?P<class>\s?[/-]\s?\d{{1,2}})?{_END}"
_LONG = rf"(?P<number>\d{{7,8}}[A-Z]?)(?P<class>\s?[/-]\s?\d{{1,2}})?{_END}"
_MARK = r"(?:registered )?(?:trade ?-?marks?|tms?|marks?)\b"
_NUMBERED = (
    re.compile(
        rf"(?<![a-z]){_MARK}\s*(?:(?:registration|registered|reg|certificate|cert|application|app)\b\.?\s*)?"
        rf"(?:under\s*)?{_WORD}{_IS}{_NUMBER}",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:注册)?商标(?:的)?(?:国内)?(?:注册|申请)?(?:证书?)?(?:的)?(?:编?号码?|(?<=证)|(?<=证书)|(?=\s*第))"
        rf"{_IS}(?:第\s*)?{_NUMBER}(?:\s*号)?",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<!工商)(?<!企业)(?<!公司)(?<!海关)(?<!税务)(?<!单位)(?<!国际)(?<!作品)(?<!软件)(?<!登记)"
        rf"注册(?:证书?)?(?:编)?号码?{_IS}(?:第\s*)?{_NUMBER}(?:\s*号)?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![{RANGE}])第\s*{_NUMBER}\s*号(?=[^，。,;；!?！？]{{0,20}}商标)", re.IGNORECASE
    ),
    re.compile(rf"{_NOT_WITHIN}{_LONG}\s*号\s*(?:注册)?商标", re.IGNORECASE),
    re.compile(
        rf"(?<![{RANGE}])第\s*{_LONG}\s*号(?!\s*(?:令|公告|文|决定|通知|案|判决|裁定|专利|发票|订单|合同))",
        re.IGNORECASE,
    ),
)
"""A word says that a number follows."""
_BARE = (
    re.compile(
        rf"(?<![a-z])(?:trade ?-?marks?|tms?)\s*(?:(?:registration|reg)\b\.?\s*)?[:(]?\s*{_LONG}",
        re.IGNORECASE,
    ),
    re.compile(rf"商标\s*[:(]?\s*{_LONG}(?:\s*号)?", re.IGNORECASE),
)
"""Only the mark is named: the number has to be long, and must not be a day."""
_NEAR = re.compile(
    rf"(?P<said>(?<![a-z])(?:(?:registration|registered|reg)\b\.?\s*(?:in china\s*)?(?:under\s*|with\s*|as\s*)?"
    rf"(?:the\s*)?(?:registration\s*)?(?:{_WORD})?|{_WORD}){_IS}){_NUMBER}",
    re.IGNORECASE,
)
"""A number whose mark is named before it: trademark ACME, no. 12345678."""
_MARK_BEFORE = re.compile(
    r"(?<![a-z])(?:trade ?-?marks?|tms?)\b[^.;!?。；！？]{0,40}$|商标[^。；！？，]{0,20}$",
    re.IGNORECASE,
)
_OTHERS_NUMBER = re.compile(
    r"(?:container|invoice|order|bill|b/l|bl|contract|case|phone|tel|company|corporate|customs|passport|patents?|"
    r"copyrights?|software|docket|entry|declaration|business|vat|tax|enterprise|recordation|recordal|account|"
    r"domain|works?|licen[cs]e|shipment|batch|lot|model|item|article|part|tracking|awb|importer|exporter|file)"
    r"\s*(?:registration\s*|filing\s*)?$",
    re.IGNORECASE,
)
_REACH = 80
"""How far back a word is looked for."""
_ALSO = re.compile(
    rf"\s*(?:[,、;/&]|和|及|与|\band\b)\s*(?:{_WORD}\s*)?(?:第\s*)?{_LONG}(?:\s*号)?", re.IGNORECASE
)


def _trademarks(text: str) -> Iterator[_Found]:
    taken: list[_Found] = []
    for pattern in (*_NUMBERED, _NEAR, *_BARE):
        rest = _hidden(text, taken)
        for match in pattern.finditer(rest):
            if _is_mark(match, rest, pattern):
                taken += _with_more(match, rest)
    yield from taken


def _is_mark(match: re.Match[str], text: str, pattern: re.Pattern[str]) -> bool:
    before = text[max(0, match.start() - _REACH) : match.start()]
    if _COUNTED.match(text, match.end()) or (pattern in _BARE and _day(match["number"])):
        return False
    if pattern is not _NEAR:
        return True
    said_long = len(match["number"]) >= 7 and not _day(match["number"])
    numbered = re.search(_WORD, match["said"], re.IGNORECASE)
    marked = _MARK_BEFORE.search(before) and (numbered or said_long)
    registered = numbered and re.match(r"reg", match["said"], re.IGNORECASE)
    return bool((marked or registered) and not _OTHERS_NUMBER.search(before))


def _with_more(match: re.Match[str], text: str) -> Iterator[_Found]:
    """The number, and those that follow it in a list."""
    yield _made(match, "trademark", match["number"].upper())
    further = _ALSO.match(text, match.end())
    while further and not _COUNTED.match(text, further.end()) and not _day(further["number"]):
        yield _made(further, "trademark", further["number"].upper())
        further = _ALSO.match(text, further.end())


def _day(number: str) -> bool:
    """Whether the digits can be read as a day: 20260301."""
    if len(number) != 8 or number[:2] not in ("19", "20"):
        return False
    try:
        date(int(number[:4]), int(number[4:6]), int(number[6:]))
    except ValueError:
        return False
    return True
