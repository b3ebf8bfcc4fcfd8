"""Which language a message is written in, and which of ours to answer in.

In: the message, and the language of the chat so far. Out: a `Written`.
The script decides first: it is free and cannot be wrong about Chinese, Russian or Arabic. Among languages in Latin
letters English is assumed unless the message shows clear signs of another (`intents.signs`), more of them than of
English: a foreign name in an English question does not make it foreign, nor does a name in another script.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from intents.normalise import fold
from intents.signs import CHINESE_ONLY, CLEAR, JAPANESE_ONLY, english, latin
from knowledge.han import HAN
from knowledge.model import Language

_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ja", re.compile(r"[\u3041-\u309f\u30a1-\u30fa]+")),
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]+")),
    ("ru", re.compile(r"[\u0400-\u04ff]+")),
    ("ar", re.compile(r"[\u0600-\u06ff]+")),
    ("th", re.compile(r"[\u0e00-\u0e7f]+")),
    ("hi", re.compile(r"[\u0900-\u097f]+")),
    ("he", re.compile(r"[\u0590-\u05ff]+")),
    ("el", re.compile(r"[\u0370-\u03ff]+")),
)
_LATIN_WORD = re.compile(r"[a-z\u00c0-\u024f\u1ea0-\u1ef9']+", re.IGNORECASE)
_HIRAGANA = re.compile(r"[\u3041-\u306d\u306f-\u309f]")
"""Without の, which Chinese writers use for fun."""
_SPOKEN = 2
_ACRONYM = 3
_FEW = 2
"""So few words, none of them plainly English, do not change the language of a chat."""
_ANYWHERE = frozenset({"ok", "okay", "lol", "haha", "thx"})
"""What Chinese writers type as well."""
_UNDECOMPOSED = {"đ": "d", "ł": "l", "ø": "o", "ı": "i", "ß": "ss", "œ": "o", "æ": "a"}
_UNKNOWN = "und"
TAUGHT = ("es", "fr", "de", "ja", "ko")
"""Languages in which we understand the commonest questions (`phrases/<code>/common.yaml`) and speak not a word."""


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
    words = [
        part for word in _LATIN_WORD.findall(text.lower()) for part in _parts(unaccented(word))
    ]
    code = _script(text, words)
    if code:
        return Written(code, "en")
    han = len(HAN.findall(text))
    if han and words:
        return _mixed(han, words)
    if han:
        return Written("zh", "zh")
    return _latin(text.lower(), words, hint) if words else Written(_UNKNOWN, hint or "en")


def _parts(word: str) -> list[str]:
    """A word and, where an apostrophe joins two, both: `l'enregistrement` is French by what stands behind it."""
    return [word, *word.split("'")] if "'" in word else [word]


def unaccented(text: str) -> str:
    """Latin letters without their accents; other scripts, whose marks are letters, untouched."""
    return "".join(_bare(letter) for letter in unicodedata.normalize("NFC", text))


def _bare(letter: str) -> str:
    if letter.isascii():
        return letter
    if letter in _UNDECOMPOSED:
        return _UNDECOMPOSED[letter]
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() else letter


def _script(text: str, words: list[str]) -> str | None:
    """A language told by its script, unless what is in that script is but a name in an English or Chinese message."""
    chinese = bool(CHINESE_ONLY.search(text))
    hiragana = len(_HIRAGANA.findall(text))
    for code, script in _SCRIPTS:
        runs = script.findall(text)
        named = chinese and not (code == "ja" and hiragana >= _SPOKEN)
        fewest = 1 if code == "ja" else 2
        if sum(map(len, runs)) >= fewest and not named and english(words) <= 2 * len(runs):
            return code
    japanese = JAPANESE_ONLY.search(text) and not chinese and english(words) <= 2
    return "ja" if japanese else None


def _mixed(han: int, words: list[str]) -> Written:
    """Two characters weigh as much as one word; a lone acronym (OEM, GACC, TM) does not make a message mixed."""
    weighty = [word for word in words if len(word) > 1]
    answer_in: Language = "zh" if han >= 2 * len(weighty) else "en"
    few = len(weighty) <= 1 and han >= 4
    return Written("zh" if few else "mixed", "zh" if few else answer_in)


def _latin(text: str, words: list[str], hint: Language | None) -> Written:
    """Another language only where it shows clearly, and more clearly than English."""
    counts, ours = latin(text, words), english(words)
    code = max(counts, key=lambda code: counts[code])
    enough = CLEAR if ours else min(CLEAR, max(2, len(words) // 2))
    if counts[code] >= enough and counts[code] > ours:
        return Written(code, "en")
    if len(words) <= _FEW and (not ours or set(words) <= _ANYWHERE):
        return Written(_UNKNOWN, hint or "en")
    if len(words) == 1 and len(words[0]) <= _ACRONYM and hint:
        return Written("en", hint)
    return Written("en", "en")
