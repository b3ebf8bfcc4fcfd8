"""A transcript as data: who says what, what must come back, how much time passes, what is kept after it.

Every file `tests/dialogues/*.yaml` is one conversation. Each entry of its `talk` is one act, with what is expected of
it beside it. Unknown keys are refused.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from bot.conversation.events import What
from bot.conversation.owner import Owner
from bot.conversation.scene import BEIJING
from bot.conversation.state import Stage
from knowledge import datafiles
from knowledge.model import Language

FOLDER = Path(__file__).parent
ACTS = (
    *("opens", "prospect", "presses", "sends", "edits", "missed"),
    *("staff", "passes", "until", "restart"),
)
_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?) (second|minute|hour|day|week)s?")
_HOUR = r"\d{4}-\d\d-\d\d \d\d:\d\d"
_AGO = " ago"


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Lines = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""One text, or a list of them."""


def length(words: str) -> timedelta:
    """How long "9 minutes" are. Raises ValueError."""
    match = _LENGTH.fullmatch(words)
    if match is None:
        raise ValueError(f"{words!r} is no length of time, such as 9 minutes")
    return timedelta(seconds=float(match[1]) * _UNITS[match[2]])


def moment(words: str) -> datetime:
    """The moment in Beijing that "2026-11-23 10:00" is. Raises ValueError."""
    return datetime.fromisoformat(words).replace(tzinfo=BEIJING)


class Strict(BaseModel):
    """A value: never changed, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Staff(Strict):
    """What a member of the staff does."""

    does: Literal[
        "takes",
        "says",
        "notes",
        "hands back",
        "closes",
        "gives it to",
        "puts it off until",
        "takes it up",
        "takes the inquiry in hand",
        "closes the inquiry",
    ]
    words: str = ""
    """What is said or noted; to whom it is given; the day and hour in Beijing until which it is put off; why it is
    closed."""
    by: str = "Li Na"


class Coming(Strict):
    """Somebody comes in."""

    language: Language
    link: str | None = None
    """What the link carried that led here."""
    zone: str | None = None
    """The person's time zone, where their channel tells it."""


class Sent(Strict):
    """Something that is no text."""

    what: What | None = None
    says: str = ""
    """The sign of a sticker or a reaction; the number of a contact."""
    files: Lines = ()
    """Names; what is in a file follows from how its name ends."""


class Edit(Strict):
    """Another wording of a message."""

    old: str = Field(alias="from")
    new: str = Field(alias="to")


class KeptLead(Strict):
    """A lead that must be there, its answers by path; more answers than these are allowed."""

    form: str = "recordation"
    language: Language | None = None
    answers: dict[str, str] = {}
    without: Lines = ()
    """Paths that must have no answer."""
    put_off: tuple[str, ...] | None = None
    """The paths of what is to come later, all of them."""
    files: tuple[str, ...] | None = None
    """Names of the files that belong to it, all of them."""


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
    edits: Lines | None = None
    """New words of messages that were changed, kept beside the old ones: all of them."""
    files: tuple[str, ...] | None = None
    """Names of the files that are kept, all of them."""
    mails: tuple[str, ...] | None = None
    """Words of every mail that has left the house, one entry a mail."""
    rated: tuple[Literal["good", "bad"], ...] | None = None
    """What was said of how it was, every time."""
    source: str | None = None
    """What the link carried by which the person came last."""
    erased: bool | None = None
    """Whether nothing is kept of the conversation any more."""


class Turn(Strict):
    """One act, and what is expected of it."""

    opens: Coming | None = None
    prospect: Lines = ()
    """Typed lines, one message each."""
    apart: Lines = ()
    """How long after one line the next one comes, for each pause; the last holds for all that follow."""
    goes_on: bool = False
    """The next act follows at once, before an answer that waits is due."""
    presses: Lines = ()
    """Labels of buttons under the last message, one after the other."""
    earlier: bool = False
    """The button pressed stands under an earlier message."""
    twice: bool = False
    """The channel delivers the message twice."""
    sends: Sent | None = None
    edits: Edit | None = None
    missed: dict[str, str] = {}
    """`3 hours ago` -> words: what was sent while nobody was here, delivered together now."""
    staff: Staff | None = None
    passes: str | None = Field(default=None, pattern=f"^{_LENGTH.pattern}$")
    until: str | None = Field(default=None, pattern=f"^{_HOUR}$")
    """The day and hour in Beijing to which time passes."""
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
    """Words by which the staff, or who sends a file, is told that it cannot be."""
    store: Kept | None = None

    @field_validator("opens", mode="before")
    @classmethod
    def _opens(cls, came: Any) -> Any:
        """`en`, or with the link that led here."""
        return {"language": came} if isinstance(came, str) else came

    @field_validator("staff", mode="before")
    @classmethod
    def _staff(cls, done: Any) -> Any:
        """`takes`, or `{says: ...}`, with `by` where it is not the usual person."""
        if isinstance(done, str):
            return {"does": done}
        if isinstance(done, dict) and "does" not in done:
            by = {"by": done["by"]} if "by" in done else {}
            deeds = [(does, words) for does, words in done.items() if does != "by"]
            if len(deeds) == 1:
                does, words = deeds[0]
                return {"does": does, "words": words or "", **by}
        return done

    @field_validator("sends", mode="before")
    @classmethod
    def _sends(cls, thing: Any) -> Any:
        """`voice`, `{sticker: 👍}`, or `{files: [certificate.pdf]}`."""
        if isinstance(thing, str):
            return {"what": _what(thing)}
        if isinstance(thing, dict) and len(thing) == 1 and not thing.keys() & {"what", "files"}:
            name, says = next(iter(thing.items()))
            return {"what": _what(name), "says": says}
        return thing

    @field_validator("missed")
    @classmethod
    def _missed(cls, missed: dict[str, str]) -> dict[str, str]:
        assert all(when.endswith(_AGO) for when in missed), "say how long ago: 3 hours ago"
        assert all(length(when.removesuffix(_AGO)) for when in missed)
        return missed

    @field_validator("apart")
    @classmethod
    def _apart(cls, apart: tuple[str, ...]) -> tuple[str, ...]:
        assert all(length(each) for each in apart)
        return apart

    @model_validator(mode="after")
    def _one_act(self) -> Turn:
        acts = [name for name in ACTS if getattr(self, name) not in (None, (), {}, False)]
        if len(acts) != 1:
            raise ValueError(f"one of {', '.join(ACTS)} is wanted, not {', '.join(acts) or 'none'}")
        return self

    @property
    def late(self) -> tuple[tuple[timedelta, str], ...]:
        """How long ago what was missed was sent, and its words, as they stand in the file."""
        return tuple(
            (length(when.removesuffix(_AGO)), words) for when, words in self.missed.items()
        )

    def pause(self, number: int, usual: timedelta) -> timedelta:
        """How long it takes from this line to the next."""
        return length(self.apart[min(number, len(self.apart) - 1)]) if self.apart else usual


def _what(name: str) -> str:
    """`video note` as the reception calls it."""
    return name.replace(" ", "_")


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
        return moment(self.starts)

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
