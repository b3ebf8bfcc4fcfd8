"""What a message says apart from what it names: the words a question is recognised by, or that there are none.

A number of a right says no more about the question than the kind of right it stands for; a contact says nothing about
it, nor does a tariff code that describes goods. So the matcher reads "papers for a design patent", whatever the digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from intents.entities.contacts import LEFT_OUT, without_contacts
from intents.entities.ports import without_ports
from intents.entities.registrations import registrations
from intents.entities.rights import names_right
from intents.entities.tariff import tariff_codes
from intents.normalise import fold, for_matching, simplify
from intents.reading import Entities, Registered, Registration, TariffCode
from knowledge.han import HAN

_WORDS: Mapping[Registered, tuple[str, str]] = {
    "trademark": ("trademark", "商标"),
    "madrid": ("Madrid trademark", "马德里商标"),
    "invention": ("invention patent", "发明专利"),
    "utility_model": ("utility model", "实用新型专利"),
    "design": ("design patent", "外观设计专利"),
    "copyright": ("copyright", "著作权"),
}
_MADRID = re.compile(r"\bmadrid\b|\binternational registration\b|马德里|国际注册", re.IGNORECASE)
_DESCRIBING_BEFORE = re.compile(
    r"(?:\b(?:with|under|having)|[,(;、，])(?: the| an?)?\s*$", re.IGNORECASE
)
_DESCRIBING_AFTER = re.compile(r"\s*(?:的|[)）])")
_CONTACT = re.compile(
    r"(?:(?:\b(?:my|our) )?\b(?:e ?-?mail|mail|phone|mobile|cell|tel|telephone|whats ?app|wechat)"
    r"(?: (?:address|number|no))?\.?\s*(?:is|are|:)?|(?:电子)?(?:邮箱|邮件)|电话|手机|座机|微信)号?码?\s*[:是为]?\s*"
    rf"{re.escape(LEFT_OUT)}|{re.escape(LEFT_OUT)}",
    re.IGNORECASE,
)
_SAYS_NOTHING = re.compile(
    r"\b(?:my|our|the|a|an|is|are|it|its|this|that|these|here|hi|hello|hey|dear|sir|madam|please|pls|thanks|thank|you|"
    r"numbers?|nos?|nr|reg|registration|registered|certificate|trade ?marks?|tms?|marks?|patents?|copyrights?|designs?|"
    r"of|in|at|for|with|via|and|or|goods?|products?|codes?|hs|hts|tariff|yes|ok|okay|i|we|have|has|got|am|e|"
    r"e ?mails?|mails?|address|phones?|mobile|tel|telephone|cell|whats ?app|wechat|contact|details|china|chinese"
    r"|ports?|harbou?r|customs|us|me|reach|on|under|by|office|city|use)\b"
    r"|我们?|您|你|们|的|是|为|有|好|谢谢|号码?|注册|登记|证书?|商标|专利|版权|著作权|软著|和|及|与|在|这个?|那个?|请|"
    r"电子|邮箱|邮件|邮|箱|电话|手机|座机|微信|联系方式|编码|税号|产品|货物|商品|中国|类|口岸|海关|港口?"
)


def without(text: str, named: Iterable[Registration | TariffCode]) -> str:
    """The text without what is named."""
    for each in named:
        text = text.replace(each.raw, " ", 1)
    return text


def in_words(text: str, numbers: Iterable[Registration]) -> str:
    """The text with the kind of right in the place of its number, where the rest does not say it."""
    english, chinese = 0, 1
    language = chinese if HAN.search(text) else english
    for number in numbers:
        said = _says(text.replace(number.raw, " ", 1), number.kind)
        word = "" if said else _WORDS[number.kind][language]
        text = text.replace(number.raw, f" {word} ", 1)
    return text


def as_asked(text: str) -> str:
    """The text as the matcher should read it; the same text where nothing of this sort is named in it."""
    even = simplify(fold(text))
    said = without_contacts(even)
    numbers = registrations(said)
    codes = tariff_codes(without(said, numbers))
    if LEFT_OUT not in said and not numbers and not codes:
        return text
    left = _CONTACT.sub(" ", _without_codes(in_words(said, numbers), codes))
    return left if for_matching(left) else text


def _without_codes(text: str, codes: Iterable[TariffCode]) -> str:
    """The text without the codes that only describe goods; of one that is asked about, that it is a code remains."""
    for code in codes:
        before, _, after = text.partition(code.raw)
        describes = _DESCRIBING_BEFORE.search(before) or _DESCRIBING_AFTER.match(after)
        text = (
            f"{_DESCRIBING_BEFORE.sub(' ', before)} {after}"
            if describes
            else f"{before} HS code {after}"
        )
    return text


def only_named(text: str, named: Entities) -> bool:
    """Whether a message says nothing but numbers, ports, tariff codes or contacts."""
    if not (named.registrations or named.ports or named.tariff_codes or named.contacts):
        return False
    said = without_contacts(simplify(fold(text))).replace(LEFT_OUT, " ")
    rest = for_matching(without(said, (*named.registrations, *named.tariff_codes)))
    if named.ports:
        rest = without_ports(rest)
    return not _SAYS_NOTHING.sub("", rest).strip()


def _says(text: str, kind: Registered) -> bool:
    return bool(_MADRID.search(text)) if kind == "madrid" else names_right(text, kind)
