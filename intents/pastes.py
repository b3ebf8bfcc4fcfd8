"""A long paste cut down to what can be asked in it, so that reading takes bounded time.

In: a message of any length. Out: a short one as it is; of a long one the sentences that ask, or that tell of a case
which runs, up to a few more than we would answer; where there are none, its beginning and its end.
"""

from __future__ import annotations

from intents.entities.elsewhere import running_elsewhere
from intents.entities.running import running
from intents.questions import asks, sentences
from knowledge.han import HAN

LONG = 2000
"""Nobody asks in so many signs: what is longer holds a document."""
_DENSER = 2
"""By how many letters more a Chinese sign says than a letter."""
_KEPT = 12
_SENTENCE = 300
_EDGE = 500


def weight(text: str) -> int:
    """How long a message is, in letters."""
    return len(text) + _DENSER * len(HAN.findall(text))


def shortened(text: str) -> str:
    """The message, or of a long one what may be asked in it."""
    if weight(text) <= LONG:
        return text
    found = [_middle_out(sentence) for sentence in sentences(text)]
    kept = dict.fromkeys(
        each for each in found if asks(each) or running(each) or running_elsewhere(each)
    )
    return "\n".join(list(kept)[:_KEPT]) or f"{text[:_EDGE]}\n{text[-_EDGE:]}"


def _middle_out(sentence: str) -> str:
    """A sentence without end keeps its beginning and its end."""
    half = _SENTENCE // 2
    if len(sentence) <= _SENTENCE:
        return sentence
    return f"{sentence[:half]} {sentence[-half:]}"
