"""What is asked: text in, meaning out, and answers composed from the knowledge base."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Read once, when numpy is first imported. A message is a few thousand short products: a second thread of the linear
# algebra waits busily for the first, and takes the processor from the other conversations and from what is learnt
# beside it. Twice the processor time was measured for the same messages.

if TYPE_CHECKING:
    from intents.matcher import Match, Matcher

__all__ = ["Match", "Matcher"]


def __getattr__(name: str) -> Any:
    """`intents.Matcher`, imported when it is asked for: most of this floor needs no numpy."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from intents import matcher  # noqa: PLC0415

    return getattr(matcher, name)
