"""Whether the right is said to be recorded with Customs.

"Not recorded" is looked for first, since it contains "recorded". A question whether something can or must be recorded
says nothing about what is.
"""

from __future__ import annotations

import re

_NOT = re.compile(
    r"\bun-?record(?:ed)?\b|(?:\b(?:not|never|nt|without|no)|n['’]t)\b(?: \w+){0,3} ?\b"
    r"(?:record(?:ed|al|ation|ing|s)?|on (?:record|file))\b"
    r"|[没未无](?:有|经|做|办|去|在海关)*?(?:海关|知识产权|进行|申请|办理)?(?:过)?备案"
    r"|备案(?:都)?(?:还)?没[有做办]|[没未](?:有|曾)?(?:在海关|去)?备过案",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\bnot that\b[^,.;:]*?(?:\b(?:not|never)|n['’]?t)\b[^,.;:-]*|(?:\bnot|n['’]?t) un-?recorded\b"
    r"|(?:不是|并非|并不是|不能说)(?:没有?|未|尚未)[^，。？?,]{0,6}备案",
    re.IGNORECASE,
)
"""That something is not recorded, denied: then it is."""
_ASKED = re.compile(
    r"\b(?:can|could|may|must|should|to|be|get|being|if|whether|how)\b(?: \w+){0,4} record(?:ed)?\b"
    r"|\bwhat\b.*\brecord(?:ed|ation)\b"
    r"|\b(?:record(?:ation|al)?|recording)\b(?: \w+){0,2} (?:needed|required|necessary|compulsory|mandatory|possible)\b"
    r"|(?:能|可以?|要|需|如何|怎么|是否)[^，。？?,]{0,8}备案|备案(?:吗|了吗|没有)",
    re.IGNORECASE,
)
_IS = re.compile(
    r"\b(?:already|is|are|was|were|been|has|have|we|we're|i|our|my|the|a|an|for|shipment|once)\b"
    r"(?: \w+){0,3} record(?:ed|ation|al)\b"
    r"|\brecorded (?:tm|trade ?marks?|marks?|brands?|patents?|rights?|copyrights?|designs?)\b"
    r"|^recorded\b|\bon (?:record|file)\b"
    r"|已经?(?:在海关|做过?|办过?|有)?备案|备[过了好]?案[过了的]|备过案"
    r"|备案(?:商标|权利|专利|品牌)|有备案|做了备案|办了备案|备案号",
    re.IGNORECASE,
)


def recorded(text: str) -> bool | None:
    """True or False where the message says so, None where it does not."""
    if _DENIED.search(text) and not _NOT.search(_DENIED.sub(" ", text)):
        return True
    if _NOT.search(text):
        return False
    if _ASKED.search(text):
        return None
    return True if _IS.search(text) else None
