"""A transcript as data: who says what, what must come back, how much time passes, what is kept after it.

Every file `tests/dialogues/*.yaml` is one conversation. Each entry of its `talk` is one act, with what is expected of
it beside it. Unknown keys are refused.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot.conversation.owner import Owner
from bot.conversation.scene import BEIJING
from bot.conversation.state import Stage
from knowledge import datafiles
from knowledge.model import Language

FOLDER = Path(__file__).parent
ACTS = ("opens", "prospect", "presses", "staff", "passes", "restart")
_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_LENGTH = re.compile(r"(\d+) (second|minute|hour|day|week)s?")


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Lines = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""One text, or a list of them."""


class Strict(BaseModel):
    """A value: never changed, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Staff(Strict):
    """What a member of the staff does."""

    does: Literal["takes", "says", "notes", "hands back", "closes"]
    words: str = ""
    by: str = "Li Na"


class KeptLead(Strict):
    """A lead that must be there, its answers by path; more answers than these are allowed."""

    form: str = "recordation"
    language: Language | None = None
    answers: dict[str, str] = {}
    without: Lines = ()
    """Paths that must have no answer."""
    put_off: tuple[str, ...] | None = None
    """The paths of what is to come later, all of them."""


class Kept(Strict):
    """What must be stored after an act."""

    owner: Owner | None = None
    stage: Stage | None = None
    language: Language | None = None
    form: str | None = None
    """The open form; `none` where there must be none."""
    at: str | None = None
    """The path of the present question, or `summary`."""
    answers: dict[str, str] = {}
    """Answers of the open form, by path."""
    proposed: dict[str, str] = {}
    leads: tuple[KeptLead, ...] | None = None
    """All leads of the conversation, oldest first."""
    reminders: int | None = None
    """How often reminders were set from here and not stopped."""
    called: Lines | None = None
    """Why the staff was called, every time."""
    messages: int | None = None
    """How many messages of the prospect are kept."""


class Turn(Strict):
    """One act, and what is expected of it."""

    opens: Language | None = None
    prospect: Lines = ()
    """Typed lines, one message each."""
    presses: Lines = ()
    """Labels of buttons under the last message, one after the other."""
    earlier: bool = False
    """The button pressed stands under an earlier message."""
    twice: bool = False
    """The channel delivers the message twice."""
    staff: Staff | None = None
    passes: str | None = Field(default=None, pattern=f"^{_LENGTH.pattern}$")
    restart: bool = False
    """The process ends, and another one goes on with the same database."""

    bot: Lines = ()
    """Words that stand in what the bot said; between slashes a regular expression."""
    not_: Lines = Field(default=(), alias="not")
    """Words that stand nowhere in it."""
    system: Lines = ()
    """Words of the lines that frame a talk: who joined, who left."""
    buttons: Lines = ()
    """Labels under the last message."""
    no_buttons: Lines = ()
    silent: bool = False
    """The bot says nothing."""
    refused: str | None = None
    """Words by which the staff is told that it cannot be."""
    store: Kept | None = None

    @model_validator(mode="before")
    @classmethod
    def _staff(cls, data: Any) -> Any:
        """`takes`, or `{says: ...}`, with `by` where it is not the usual person."""
        done = data.get("staff") if isinstance(data, dict) else None
        if isinstance(done, str):
            return {**data, "staff": {"does": done}}
        if isinstance(done, dict) and "does" not in done:
            by = {"by": done["by"]} if "by" in done else {}
            deeds = [(does, words) for does, words in done.items() if does != "by"]
            if len(deeds) == 1:
                does, words = deeds[0]
                return {**data, "staff": {"does": does, "words": words or "", **by}}
        return data

    @model_validator(mode="after")
    def _one_act(self) -> Turn:
        acts = [name for name in ACTS if getattr(self, name) not in (None, (), False)]
        if len(acts) != 1:
            raise ValueError(f"one of {', '.join(ACTS)} is wanted, not {', '.join(acts) or 'none'}")
        return self

    @property
    def length(self) -> timedelta:
        """How much time passes."""
        number, unit = (self.passes or "0 seconds").split()
        return timedelta(seconds=int(number) * _UNITS[unit.removesuffix("s")])


class Transcript(Strict):
    """One conversation."""

    title: str
    language: Language
    channel: str = "web"
    starts: str = "2026-11-23 10:00"
    """The day and hour in Beijing."""
    agency: str = "AAA IPRIGHT"
    talk: tuple[Turn, ...] = Field(min_length=1)

    @property
    def begins(self) -> datetime:
        """The moment at which it starts. Raises ValueError."""
        return datetime.fromisoformat(self.starts).replace(tzinfo=BEIJING)

    @model_validator(mode="after")
    def _begins_some_day(self) -> Transcript:
        assert self.begins
        return self


def load(path: Path) -> Transcript:
    """The transcript in a file. Raises DataFileError with file and line."""
    return datafiles.build(Transcript, path, "", datafiles.read(path))


def line(path: Path, number: int) -> str:
    """Where an act stands, as `file:line`."""
    return datafiles.place(path, "talk", number)


def files() -> list[Path]:
    """Every transcript of this folder."""
    return sorted(FOLDER.glob("*.yaml"))
