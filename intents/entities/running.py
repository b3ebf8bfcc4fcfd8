"""Whether a case runs at the border: a customs notice has come, or goods are held now.

In: a message, folded and in simplified characters. Only what has happened counts, told with its time ("yesterday",
"now"): a question about notices in general is none, nor one that supposes ("if a notice came yesterday").
A notice of a court, of CNIPA or of another's lawyer is another matter.
"""

from __future__ import annotations

import re

from intents.entities.dates import days
from intents.entities.recent import recent
from intents.reading import Running

_LETTER = re.compile(
    r"\bcustoms\b[^.!?]{0,20}\b(?:letter|fax|called|phoned|rang|wrote|written|e-?mailed|contacted|approached)\b"
    r"|\bcustoms (?:has |have |just |office )*(?:told|informed)\b[^.!?]{0,12}\b(?:us|me)\b"
    r"|\b(?:letter|fax|call|e-?mail|message)\b[^.!?]{0,20}\bcustoms\b"
    r"|海关[^，。！？]{0,8}(?:来电|打电话|电话|来函|来信|传真|发函|发来|写信|联系我|联系了|告诉我|告知我|说发现|说查到)"
    r"|(?:来自)?海关(?:的|寄来的|发来的)(?:信|函|邮件|公函)(?!息|用|件格)",
    re.IGNORECASE,
)
"""That Customs has written or called, which is a notice or something else."""
_NOTICE = re.compile(
    rf"\b(?:notices?|notifications?|notified)\b|{_LETTER.pattern}|通知", re.IGNORECASE
)
_CAME = re.compile(
    r"\b(?:came|come|arrived|received|got|gotten|served|sent|reached|handed|delivered|landed|is here"
    r"|notified|called|phoned|rang|wrote|written|e-?mailed|contacted|approached|told|informed|from customs)\b"
    r"|收到|接到|来|发函|写信|联系|告诉|告知|说发现|说查到|到了?(?:$|[，。！？；的])|送达|送到|寄到|发来|拿到|刚到|通知(?:了|我们)",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:held|hold|holds|holding|on hold|stopped|stops|seized|seizes|detained|detains|stuck"
    r"|blocked|intercepted|suspended|impounded|retained)\b"
    r"|被?(?:扣|查扣|扣留|扣押|拦|截|查获|卡)[了住在下着]|被(?:海关)?(?:扣|查扣|扣留|拦|截)|扣了|中止放行|暂停放行|不放行|不给放",
    re.IGNORECASE,
)
_GOODS = re.compile(
    r"\b(?:goods|shipment|shipments|container|containers|consignment|cargo|parcel|pallets?|boxes|cartons|products|batch|lot|pieces)\b"
    r"|货|柜|集装箱|包裹|产品|批",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"(?<!what )(?<!do )\b(?:now|right now|currently|at the moment|presently|as we speak"
    r"|just (?:now|been|come|came|arrived|received|got|called|told|stopped|seized|detained|held|had))\b"
    r"|现在|目前|眼下|正在|正被|刚被|刚刚|刚才",
    re.IGNORECASE,
)
_ANOTHERS = re.compile(
    r"\bcourts?\b|\blawyer|\battorney|\bcnipa\b|\btrade ?mark office\b|\bjudge?ment|\blawsuit|\bsu(?:ed?|it)\b"
    r"|\bcease and desist\b|\bamazon\b|\balibaba\b|法院|律师函|国知局|知识产权局|商标局|起诉|诉讼|平台",
    re.IGNORECASE,
)
_ONESELF = re.compile(r"\b(?:we|our|us|my|me|i)\b|我", re.IGNORECASE)
_OVER = re.compile(
    r"\bin (?:the )?(?:spring|summer|autumn|fall|winter)\b|\b(?:last|months?|years?) (?:year|month|ago)\b|\breleased\b"
    r"|\blet (?:\w+ )?go\b|去年|前年|上个?月|月前|年前|放行了|已放行",
    re.IGNORECASE,
)
"""What is past, or was let go, is no case that runs."""
_SUPPOSED = re.compile(
    r"\b(?:is it true|did customs|were any|were there|how many)\b|"
    r"\b(?:if|when|once|whenever|suppose|assuming|in case|unless)\b(?: \w+){0,4}"
    r" (?:notices?|notifications?|customs|goods|shipment|container|\w+ (?:is|are|was|were|gets?|has|have))\b"
    r"|\b(?:can|could|may|might|would|will|shall|should|do|does|must)\b (?:the |chinese |china )?customs\b"
    r"|海关(?:会|能|可以|是否|会不会|能不能)|(?:怎么|怎样|如何|何时)通知|如果|假如|要是|万一|假设|一旦|的话",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|never|didn'?t|haven'?t|hasn'?t|wasn'?t|isn'?t|aren'?t|weren'?t)(?: (?:yet|ever|even|been|really))?"
    r" (?:get|got|gotten|receive|received|come|came|arrived|reached|served|sent|seen|heard|hear|held|stopped|stop"
    r"|detained|seized)\b"
    r"|\bno (?:\w+ )?(?:notices?|notifications?|letters?)\b"
    r"|(?:没有?|未|尚未|并未|从未|不曾|未曾)(?:有|被|再|曾|经|能)?(?:收到|接到|拿到|看到|见到|通知|送达|扣|拦|查扣|截)",
    re.IGNORECASE,
)
"""What has not happened is no case that runs."""
_FIRST: tuple[Running, ...] = ("notice", "held", "dated", "undated", "letter")
_NAMED = re.compile(r"\b(?:notices?|notifications?|notified)\b|通知", re.IGNORECASE)
_ENDS = re.compile(r"(?<=[!?。！？;；])\s*|\.\s+")


def running(text: str) -> Running | None:
    """What is told of a case that runs; None where nothing does."""
    found = {
        _told(sentence)
        for sentence in _ENDS.split(text)
        if not _SUPPOSED.search(sentence) and not _ANOTHERS.search(sentence)
    }
    return next((told for told in _FIRST if told in found), None)


def _told(sentence: str) -> Running | None:
    """What a sentence tells; a date by itself says nothing of how fresh it is."""
    named = recent(sentence)
    fresh = any(not day.month for day in named) or bool(_NOW.search(sentence))
    if _DENIED.search(sentence) and not fresh:
        return None
    if _NOTICE.search(sentence) and _CAME.search(sentence):
        if fresh:
            return "notice"
        untold = _undated(sentence, dated=bool(named or days(sentence)))
        return "letter" if untold == "undated" and not _NAMED.search(sentence) else untold
    if _HELD.search(sentence) and _GOODS.search(sentence):
        return "held" if fresh else _undated(sentence, dated=False)
    return None


def _undated(sentence: str, *, dated: bool) -> Running | None:
    """What is told of oneself without saying when."""
    if dated:
        return "dated"
    return "undated" if _ONESELF.search(sentence) and not _OVER.search(sentence) else None
