"""What is asked: text in, meaning out, and answers composed from the knowledge base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from intents.matcher import Match, Matcher

__all__ = ["Match", "Matcher"]


def __getattr__(name: str) -> Any:
    """`intents.Matcher`, imported when it is asked for: most of this floor needs no numpy."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from intents import matcher  # noqa: PLC0415

    return getattr(matcher, name)
