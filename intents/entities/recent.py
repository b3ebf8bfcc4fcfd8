"""Days told by their distance from today: yesterday, two days ago, last Friday, on 20 November, 前天, 上周五, 11月20日.

In: a message, folded and in simplified characters. Out: days that have passed, in order, not worked out yet: this floor
knows no today. A day that something is due by is none of them ("reply by Friday", 今天必须答复), nor one to come.
A vague time (last week, 前几天) is no day.
"""

from __future__ import annotations

import re

from intents.entities.dates import MONTHS, month
from intents.entities.numerals import chinese
from intents.reading import Recent

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WEEKDAYS = (
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thu(?:rs?)?|fri"
)
_WEEK = ("mo", "tu", "we", "th", "fr", "sa", "su")
_CHINESE_WEEK = "一二三四五六日"
_FORMS = re.compile(
    r"\b(?P<d2>(?:the )?day before yesterday)\b"
    r"|\b(?P<d1>yesterday|yday|last night)\b"
    r"|\b(?P<d0>today|this (?:very )?(?:morning|afternoon|evening|noon)|just now"
    r"|(?:an|one|a few|a couple of) hours? ago|\d+ minutes ago)\b"
    rf"|\b(?P<ago>\d{{1,2}}|a|{'|'.join(_WORDS)}) (?P<unit>day|week)s? ago\b"
    rf"|\b(?:(?P<how>last|past|this|on|since|of) )?(?P<weekday>{_WEEKDAYS})\b"
    rf"(?P<week> last week| of last week)?(?!,? ?\d|,? (?:the )?(?:{MONTHS})\b| sales?\b)"
    rf"|(?<!\d)(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m3>{MONTHS})\b\.?(?!,? ?\d)"
    rf"|\b(?P<m4>{MONTHS})\.? (?P<d4>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,? ?\d)"
    r"|(?P<z3>大前[天日])|(?P<z2>前[天日])|(?P<z1>昨[天日]?(?=晚|夜)|昨[天日晨])|(?P<z0>今[天日晨]|今(?=早)|刚刚|刚才|刚(?=收|接|到|来|被))"
    r"|(?P<zago>[一二两三四五六七八九十]|\d{1,2})(?P<zunit>天|个星期|个礼拜|周)(?:以|之)?前"
    r"|(?<![一二两三四五六七八九十几每下至\d])(?P<zweek>上上个?|上个?|本|这个?)?(?:周|星期|礼拜)(?P<zday>[一二三四五六日天])(?![至-]|到(?:周|星期|礼拜))"
    r"|(?<![\d年])(?P<m5>\d{1,2})月(?P<d5>\d{1,2})[日号]",
    re.IGNORECASE,
)
_DUE_BEFORE = re.compile(
    r"\b(?:due|deadline|expir(?:es?|ing|y|ation)|run(?:s|ning)? out|ends?|last day|latest)\b[^.,;!?]{0,12}$"
    r"|\b(?:by|until|till|before|next|coming|following|every|each|black)\s+$"
    r"|\b(?:must|have to|has to|need to|will|should|can|want to)\b(?! (?:was|were|came))[^.,;!?]{0,25}$"
    r"|(?:截止|到期|期限|最后|最迟|必须|限)[^，。；！？]{0,6}$|[每下]个?$|[日号] ?\(?$",
    re.IGNORECASE,
)
_DUE_AFTER = re.compile(
    r"^\s*(?:morning|afternoon|evening)?\s*(?:is|was|'s)?\s*(?:the |our |my )?(?:last day|deadline|due\b)"
    r"|^\s*at the latest"
    r"|^[^，。；！？]{0,4}?(?:之前|以前|前(?![天日])|到期|截止|必须|最后|之内|要[答回交])",
    re.IGNORECASE,
)
_REACH = 50


def recent(text: str) -> tuple[Recent, ...]:
    """The days that have passed, as the text tells them."""
    found = (_read(match) for match in _FORMS.finditer(text) if not _due(match, text))
    return tuple(day for day in found if day)


def _due(match: re.Match[str], text: str) -> bool:
    """Whether it is a day that something is due by, not one on which something happened."""
    before = text[max(0, match.start() - _REACH) : match.start()]
    after = text[match.end() : match.end() + _REACH]
    return bool(_DUE_BEFORE.search(before) or _DUE_AFTER.search(after))


def _read(match: re.Match[str]) -> Recent | None:
    raw = match[0].strip()
    for ago, names in enumerate((("d0", "z0"), ("d1", "z1"), ("d2", "z2"), ("z3",))):
        if any(match[name] for name in names):
            return Recent(raw=raw, ago=ago)
    if match["ago"] or match["zago"]:
        return Recent(raw=raw, ago=_ago(match))
    if match["weekday"]:
        weekday = _WEEK.index(match["weekday"][:2].lower())
        return Recent(raw=raw, weekday=weekday, weeks=1 if match["week"] else None)
    if match["zday"]:
        weekday = _CHINESE_WEEK.index(match["zday"].replace("天", "日"))
        return Recent(raw=raw, weekday=weekday, weeks=_weeks(match["zweek"] or ""))
    return _dated(match, raw)


def _ago(match: re.Match[str]) -> int:
    unit = match["unit"] or match["zunit"]
    return _number(match["ago"] or match["zago"]) * (1 if unit in {"day", "天"} else 7)


def _number(words: str) -> int:
    if words.isdecimal():
        return int(words)
    low = words.lower()
    if low == "a":
        return 1
    return _WORDS.index(low) + 1 if low in _WORDS else int(chinese(words) or 0)


def _weeks(said: str) -> int | None:
    """How many weeks back: 上周五 is the Friday of the week before this one, 周五 the last one that was."""
    if said.startswith("上"):
        return said.count("上")
    return 0 if said else None


def _dated(match: re.Match[str], raw: str) -> Recent | None:
    number = int(match["d3"] or match["d4"] or match["d5"])
    named = month(match["m3"] or match["m4"] or match["m5"])
    return Recent(raw=raw, month=named, number=number) if 1 <= named <= 12 else None
