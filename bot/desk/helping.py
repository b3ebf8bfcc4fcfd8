"""What helps a colleague to write: the suggested answers and the canned replies for one conversation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.colleagues import called
from bot.conversation.events import Staffer
from bot.desk import replies
from bot.desk.pages import LONGEST_TEXT
from bot.desk.permissions import Permission, may
from bot.desk.replies import Reply
from bot.desk.suggesting import NOTHING, Suggested, Suggesting
from bot.desk.talk import Talk
from bot.reception import Reception
from bot.store.staff import Staff


@dataclass(frozen=True)
class Help:
    """What can be put into the editor."""

    suggested: Suggested = NOTHING
    replies: Sequence[Reply] = ()

    def text(self, name: str) -> str:
        """The words of `answer:<intent>` or `reply:<id>`; empty where they are offered no longer."""
        kind, _, key = name.partition(":")
        if kind == "answer":
            found = self.suggested.by(key)
            return found.text if found else ""
        return next((one.text for one in self.replies if one.id == key), "")


class Helping:
    """Gathers it for whoever may write."""

    def __init__(self, reception: Reception, agency: str, clock: Callable[[], datetime]) -> None:
        self._suggesting = Suggesting(reception.understanding, LONGEST_TEXT)
        self._agency = agency
        self._clock = clock

    async def of(self, talk: Talk, me: Staff) -> Help:
        """Nothing for those who only look on, and where a colleague has the conversation."""
        if talk.anothers is not None or not may(me.role, Permission.TALK):
            return Help()
        state = talk.state
        names = {
            "name": called(
                Staffer(id=me.id, name=me.name, shows_name=me.shows_name), state.language
            ),
            "agency": self._agency,
            "reference": next(reversed(state.references), ""),
        }
        suggested = await self._suggesting.of(talk.entry.id, state, talk.lines, self._clock())
        return Help(suggested, replies.offered(state.language, names))


def used(written: str, more: str) -> str:
    """What is in the editor after a text was put in: nothing that was written goes."""
    return "\n\n".join(part for part in (written, more) if part)
