"""A form that is sent twice has one effect: a double click, a repeat after a lost answer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_urlsafe

REMEMBERED = 2000


class Once:
    """Remembers the marks of forms that were carried out.

    In this process only: a repeat that reaches another replica has its effect again.
    """

    def __init__(self) -> None:
        self._used: OrderedDict[str, None] = OrderedDict()

    def mark(self) -> str:
        """A mark for a form that is about to be shown."""
        return token_urlsafe(12)

    @contextmanager
    def only(self, mark: str) -> Iterator[bool]:
        """Whether the block should act. A mark is free again where the block fails."""
        fresh = not mark or mark not in self._used
        if mark and fresh:
            self._remember(mark)
        try:
            yield fresh
        except BaseException:
            if fresh:
                self._used.pop(mark, None)
            raise

    def _remember(self, mark: str) -> None:
        self._used[mark] = None
        while len(self._used) > REMEMBERED:
            self._used.popitem(last=False)
