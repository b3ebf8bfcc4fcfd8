"""What stands beside a question, or instead of one: orders to the bot, markup, code, links, signs.

In: a message as typed. Out: the message without it, or what it is instead of a question. Every pattern looks only a
short way ahead, so that reading takes time in proportion to the length.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from intents.normalise import fold
from intents.questions import asks
from intents.reading import Odd
from intents.tables import table
from intents.tokens import tokens
from knowledge.han import RANGE

_TAG = re.compile(r"</?[a-z!][^<>]{0,200}>|\[/?INST\]", re.IGNORECASE)
_CODE = re.compile(
    r"\b(?:select\b.{1,80}?\bfrom\b|(?:drop|alter|truncate|create) table\b|insert into\b|delete from\b|union select\b)"
    r"[^?？。!\n]{0,80}|\$\{[^}\n]{0,80}\}|\{\{[^}\n]{0,80}\}\}|\b(?:alert|console\.log|eval|exec)\([^)\n]{0,80}\)",
    re.IGNORECASE,
)
_ON = (
    r"(?:(?!\b(?:and|then) (?:tell|answer|explain|say|give|how|what|when|is|are|do|does|can|which)\b)"
    r"[^.!?\n,;:]){0,80}"
)
"""To the end of the clause, or to where it goes on to ask."""
_ORDERS = re.compile(
    rf"\b(?:ignore|disregard|forget|override|bypass)\b{_ON}\b(?:instructions?|rules?|prompts?|guidelines?|above"
    rf"|previous|restrictions|filters?)\b{_ON}"
    rf"|\b(?:print|reveal|show|repeat|output|display|tell me|give me|what (?:is|are))\b[^.!?\n]{{0,30}}"
    rf"\b(?:system prompt|hidden prompt|your (?:prompt|instructions|rules|source code))\b{_ON}"
    r"|\b(?:you are now|from now on|pretend|act as|act like|role-?play)\b[^.!?\n]{0,120}"
    r"|^\s*(?:system|assistant|developer)\s*[:：]|\b(?:jailbreak|developer mode|dan mode)\b"
    r"|(?:请)?(?:忽略|无视|忘掉|忘记|不要管|别管|绕过)[^，,。！!？?\n]{0,20}(?:指令|规则|提示词?|设定|限制|要求|内容)[^，,。！!？?\n]{0,10}"
    r"|(?:输出|显示|打印|告诉我|给我看|复述|重复)[^，,。！!？?\n]{0,12}(?:系统提示词?|提示词|隐藏指令|系统指令)"
    r"|(?:你现在是|从现在起|从现在开始|假装|扮演|请扮演)[^。！!？?\n]{0,80}|开发者模式",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_WORD = re.compile(rf"[^\W\d_]{{2}}|[{RANGE}\u3040-\u30ff\uac00-\ud7af]")
_HARDLY = 5
"""Words beside a link that still only point to it."""
_SPACES = re.compile(r"[\s.!?。！？~,，…\U0001f3fb-\U0001f3ff]+")
_CLAUSE = re.compile(r"[,，.。!！;；]+")
_EDGE = re.compile(r"^(?:[\s,，.。;；:：!！]|(?:and|then)\b|然后|并且|并)+", re.IGNORECASE)


def without_markup(text: str) -> str:
    """The message without tags and without statements of a programming language."""
    return _CODE.sub(" ", _TAG.sub(" ", text))


def without_orders(text: str) -> str:
    """The message without what would have the bot drop its rules, show them or be somebody else."""
    return _EDGE.sub("", _ORDERS.sub(" ", text)).strip()


def without_first_clause(text: str) -> str:
    """What comes after an outburst."""
    return "".join(_CLAUSE.split(text, maxsplit=1)[1:]).strip()


def oddity(text: str) -> Odd | None:
    """Whether there is nothing to read in it: signs, digits or single letters, or hardly more than a link."""
    rest = _LINK.sub(" ", fold(text))
    if rest != fold(text) and not asks(rest) and len(tokens(rest)) <= _HARDLY:
        return "link"
    return None if _WORD.search(rest) else "wordless"


def sign(text: str) -> str | None:
    """The topic that a message of nothing but signs stands for."""
    signs = _SPACES.sub("", fold(text)).lower()
    topics = {_signs()[signs]} if signs in _signs() else {_signs().get(each) for each in signs}
    return topics.pop() if len(topics) == 1 else None


@cache
def _signs() -> dict[str, str]:
    data = table(Path(__file__).parent / "emoji.yaml")
    return {fold(each).lower(): topic for topic, signs in data.items() for each in signs}
