"""Whatever happens at whatever moment: silent beside a person, nothing waits for ever, nothing answered twice."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.conversation import bursts
from bot.conversation.events import Forget, Wait, What
from bot.conversation.owner import Owner
from bot.conversation.state import State
from bot.conversation.texts import commands, words
from intents.answer import Kind
from tests.bot.conversation.acting import ANSWERS, Acting

LINES = st.one_of(
    st.sampled_from(
        [
            *commands(),
            *ANSWERS.values(),
            *words("thanks"),
            "we have a trademark",
            "and,",
            "what does it cost?",
            "/start t-fee_official",
            "/nothing",
            "status TW-2611-ABCDE",
            "Yes, erase everything",
            "It did not help",
        ]
    ),
    st.text(max_size=20),
)
SOURCES = st.one_of(st.none(), st.sampled_from(["t-fee_official", "t-talk_start", "mailing"]))


class AnyMoment(RuleBasedStateMachine):
    """A prospect who writes, comes, goes, edits and sends anything; staff; and time."""

    def __init__(self) -> None:
        super().__init__()
        self.acting = Acting()
        self.owner = Owner.BOT

    def _begins(self) -> None:
        self.owner = self.acting.state.owner

    @rule(text=LINES, kind=st.sampled_from(list(Kind)), seconds=st.floats(0, 10))
    def types(self, text: str, kind: Kind, seconds: float) -> None:
        self._begins()
        self.acting.types(text, kind, seconds=seconds)
        state = self.acting.state
        if state.waiting is not None and self.acting.sent in state.waiting.lines:
            assert any(isinstance(effect, Wait) for effect in self.acting.effects)

    @rule(place=st.integers(0, 20))
    def presses(self, place: int) -> None:
        offered = self.acting.state.offered
        if offered:
            self._begins()
            self.acting.written.append("pressed")
            self.acting.sent = len(self.acting.written) - 1
            self.acting.presses(offered[place % len(offered)].payload)
            assert self.acting.said or self.owner in (Owner.PERSON, Owner.CLOSED)

    @rule()
    def rests(self) -> None:
        self._begins()
        waited = self.acting.state.waiting
        self.acting.later(seconds=9).rests()
        assert self.acting.state.waiting is None
        if waited is None:
            assert self.acting.effects == ()

    @rule(source=SOURCES, hours=st.floats(0, 400))
    def comes(self, source: str | None, hours: float) -> None:
        self._begins()
        self.acting.later(hours=hours).comes(source)
        first = self.acting.effects
        self.acting.comes(source)
        assert self.acting.effects == () or not first, "not again and again"

    @rule(what=st.sampled_from(list(What)), says=st.sampled_from(["", "👍", "+86 138 0013 8000"]))
    def sends(self, what: What, says: str) -> None:
        self._begins()
        self.acting.written.append(says)
        self.acting.sent = len(self.acting.written) - 1
        before = self.acting.state.progress
        self.acting.sends(what, says)
        if what is not What.CONTACT:
            assert self.acting.state.progress == before

    @rule(line=st.integers(1, 30), text=LINES)
    def edits(self, line: int, text: str) -> None:
        self._begins()
        self.acting.edits(line, text)
        once = self.acting.state
        if once.progress is None:
            assert self.acting.edits(line, text).effects == ()

    @rule(act=st.sampled_from(["takes", "hands_back", "closes"]))
    def staff(self, act: str) -> None:
        self.acting = getattr(self.acting, act)()
        self.owner = Owner.BOT
        if self.acting.state.owner in (Owner.PERSON, Owner.CLOSED):
            assert self.acting.state.waiting is None

    @invariant()
    def beside_a_person_the_bot_is_silent(self) -> None:
        if self.owner is Owner.PERSON:
            assert not self.acting.said

    @invariant()
    def nothing_waits_longer_than_it_may(self) -> None:
        waiting = self.acting.state.waiting
        if waiting is not None:
            assert waiting.until <= max(waiting.since + bursts.LONGEST, self.acting.now)
            assert list(waiting.lines) == sorted(set(waiting.lines))

    @invariant()
    def what_is_to_be_erased_was_asked_for(self) -> None:
        wishes = [e.at for e in self.acting.everything if isinstance(e, Forget)]
        at = self.acting.state.forget_at
        assert at is None or at == wishes[-1]
        assert all(later - earlier > timedelta(0) for earlier, later in pairwise(wishes))

    @invariant()
    def the_memory_survives_being_stored(self) -> None:
        state = self.acting.state
        assert State.model_validate(state.model_dump(mode="json")) == state


AnyMoment.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestAnyMoment = AnyMoment.TestCase
