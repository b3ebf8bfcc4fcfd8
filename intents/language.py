"""Which language a message is written in, and which of ours to answer in.

In: the message, and the language of the chat so far. Out: a `Written`.
The script decides first: it is free and cannot be wrong about Chinese, Russian or Arabic. Among languages in Latin
letters English is assumed unless the message shows clear signs of another (two of its little words and none of ours).
A statistical detector (lingua, restricted to the languages of our clients) belongs in `_latin` once its cost is wanted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from intents.normalise import fold
from knowledge.model import Language

_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
)
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN_WORD = re.compile(r"[a-z\u00c0-\u024f\u1ea0-\u1ef9']+", re.IGNORECASE)
_UNKNOWN = "und"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ENGLISH = _words(
    "the is are do does can we i you my our your what how when which who of to for in on it this "
    "that with have and not need"
)
_SIGNS = {
    "es": _words(
        "el la los las de que es en un una para por con del como cuánto cuanto cómo qué mi puedo "
        "hola se su está"
    ),
    "fr": _words(
        "le la les des du de est et un une pour par avec que qui comment combien je nous vous mon "
        "notre bonjour dans ce"
    ),
    "de": _words(
        "der die das und ist ein eine wie was ich wir sie nicht für mit bei dem den beim zu auf "
        "kann kostet viel"
    ),
    "pt": _words(
        "o os as de que é em um uma para por com do da no na como quanto meu posso não olá se"
    ),
    "it": _words(
        "il lo la gli di che è in un una per con del della come quanto mio posso ciao non sono si"
    ),
    "nl": _words("de het een is en hoe wat ik wij niet voor met bij kan van mijn onze dit"),
    "pl": _words("jest czy jak się nie na do dla co ile mam moje przez dzień dobry w z i"),
    "tr": _words("bir ve bu için nasıl ne kadar mı mi var nedir ile çin ben biz gümrük marka"),
    "vi": _words("là của và có không cho tôi bao nhiêu thế nào được với hải quan nhãn hiệu ở"),
    "id": _words(
        "yang dan di untuk apa bagaimana berapa saya kami tidak dengan ini itu ke dari bisa merek "
        "bea cukai"
    ),
}
"""The little words by which a language gives itself away."""


@dataclass(frozen=True)
class Written:
    """What a message is written in (`en`, `zh`, `mixed`, ISO 639-1, `und`) and the language to answer in."""

    code: str
    answer_in: Language

    @property
    def foreign(self) -> bool:
        """Whether it is written in a language we do not speak."""
        return self.code not in ("en", "zh", "mixed", _UNKNOWN)


def detect(text: str, hint: Language | None = None) -> Written:
    """Read the language off the script and the little words; `hint` decides where there are none."""
    text = fold(text)
    for code, script in _SCRIPTS:
        if len(script.findall(text)) >= 2:
            return Written(code, "en")
    han, words = len(_HAN.findall(text)), _LATIN_WORD.findall(text.lower())
    if han and words:
        return _mixed(han, words)
    if han:
        return Written("zh", "zh")
    return _latin(words, hint) if words else Written(_UNKNOWN, hint or "en")


def _mixed(han: int, words: list[str]) -> Written:
    """Two characters weigh as much as one word; a lone acronym (OEM, GACC, TM) does not make a message mixed."""
    weighty = [word for word in words if len(word) > 1]
    answer_in: Language = "zh" if han >= 2 * len(weighty) else "en"
    few = len(weighty) <= 1 and han >= 4
    return Written("zh" if few else "mixed", "zh" if few else answer_in)


def _latin(words: list[str], hint: Language | None) -> Written:
    ours = sum(word in _ENGLISH for word in words)
    counts = {code: sum(word in signs for word in words) for code, signs in _SIGNS.items()}
    code = max(counts, key=lambda code: counts[code])
    if counts[code] >= 2 and counts[code] > 2 * ours:
        return Written(code, "en")
    if len(words) == 1 and len(words[0]) <= 3 and hint:
        return Written("en", hint)
    return Written("en", "en")
