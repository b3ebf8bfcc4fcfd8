"""Whatever is sent, in whatever order: no exception, no message lost, no bot line while a person owns the chat."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.conversation.events import KeepForReview, Note, Refused, Say, SubmitLead
from bot.conversation.owner import Owner
from bot.conversation.reply import PAYLOAD_BYTES, Author
from bot.conversation.state import State
from bot.conversation.texts import commands
from intents.answer import Kind
from tests.bot.conversation.script import FILLED, LI, OTHER, PATHS, Play, line_for

STAFF = st.sampled_from([LI, OTHER])
KINDS = st.sampled_from(list(Kind))
WORDS = st.one_of(
    st.sampled_from([*commands(), *FILLED]),
    st.text(max_size=40),
    st.integers(0, 12).map(str),
)
PAYLOADS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            f"form:{verb}"
            for verb in (
                "send",
                "back",
                "skip",
                "keep",
                "why",
                "cancel",
                "undo",
                "later",
                "confirm",
                "restart",
                "resume",
                "not_yet",
            )
        ]
        + [f"form:change:{path}" for path in PATHS]
        + [
            "do:start",
            "do:person",
            "do:bot",
            "do:wrong",
            "do:remind",
            "do:stop",
            "do:stop_all",
            "do:menu",
            "do:help",
            "do:status",
            "do:privacy",
        ]
        + ["lang:en", "lang:zh", "ask:fee.official", "ask:talk.start", "ask:talk.person"]
    ),
)


class AnyOrder(RuleBasedStateMachine):
    """Prospect and staff do anything in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.play = Play()
        self.before = self.play.state
        self.personal: set[int] = set()
        """The numbers of what was typed in a form, or to a person."""

    def _remember(self) -> None:
        self.before = self.play.state

    @rule(language=st.sampled_from(["en", "zh"]))
    def opens(self, language: str) -> None:
        self._remember()
        self.play.opens("zh" if language == "zh" else "en")

    @rule(text=WORDS, kind=KINDS, language=st.sampled_from(["en", "zh"]))
    def writes(self, text: str, kind: Kind, language: str) -> None:
        self._remember()
        self.play.writes(text, kind, language="zh" if language == "zh" else "en")
        if self.before.progress is not None or self.before.owner is Owner.PERSON:
            self.personal.add(self.play.sent)
        if self.before.owner is Owner.PERSON:
            assert self.play.effects == ()

    @rule(payload=PAYLOADS)
    def presses(self, payload: str) -> None:
        self._remember()
        self.play.presses(payload)
        if self.before.owner is Owner.PERSON:
            assert self.play.effects == ()
        else:
            assert self.play.said, "a press is never met with silence"

    @rule(place=st.integers(0, 20))
    def presses_what_is_offered(self, place: int) -> None:
        offered = self.play.state.offered
        if offered:
            self.presses(offered[place % len(offered)].payload)

    @rule()
    def fills_the_next_field(self) -> None:
        progress = self.play.state.progress
        if progress is not None and progress.at != "summary":
            self.writes(line_for(progress.at), Kind.OUT_OF_SCOPE, "en")

    @rule(by=STAFF)
    def takes(self, by: object) -> None:
        self._remember()
        self.play.takes(LI if by is LI else OTHER)

    @rule(by=STAFF, text=st.text(min_size=1, max_size=20))
    def answers(self, by: object, text: str) -> None:
        self._remember()
        self.play.answers(text, LI if by is LI else OTHER)
        staff_lines = [
            e for e in self.play.effects if isinstance(e, Say) and e.author is Author.STAFF
        ]
        refused = any(isinstance(effect, Refused) for effect in self.play.effects)
        assert refused or [line.reply.text for line in staff_lines] == [text]

    @rule(by=STAFF)
    def notes(self, by: object) -> None:
        self._remember()
        self.play.notes("inside", LI if by is LI else OTHER)
        assert [type(effect) for effect in self.play.effects] == [Note]

    @rule(by=STAFF)
    def hands_back(self, by: object) -> None:
        self._remember()
        self.play.hands_back(LI if by is LI else OTHER)

    @rule(by=STAFF)
    def closes(self, by: object) -> None:
        self._remember()
        self.play.closes(LI if by is LI else OTHER)

    @invariant()
    def the_bot_is_silent_while_a_person_owns_the_chat(self) -> None:
        if self.play.state.owner is Owner.PERSON:
            assert not self.play.said

    @invariant()
    def a_person_owns_it_exactly_when_one_is_named(self) -> None:
        state = self.play.state
        assert (state.owner is Owner.PERSON) == (state.staff_id is not None)

    @invariant()
    def the_memory_survives_being_stored(self) -> None:
        state = self.play.state
        assert State.model_validate(state.model_dump(mode="json")) == state

    @invariant()
    def every_button_fits_the_tightest_channel(self) -> None:
        for choice in self.play.state.offered:
            assert len(choice.payload.encode()) <= PAYLOAD_BYTES

    @invariant()
    def nothing_typed_in_a_form_or_to_a_person_is_kept_for_review(self) -> None:
        kept = {e.line for e in self.play.everything if isinstance(e, KeepForReview)}
        assert not kept & self.personal
        assert self.play.state.progress is None or self.play.state.asked is None

    @invariant()
    def every_sent_inquiry_has_consent_and_contact(self) -> None:
        leads = [e for e in self.play.everything if isinstance(e, SubmitLead)]
        assert [lead.reference for lead in leads] == list(self.play.state.references)
        assert all(lead.answers["consent"] == "agree" and lead.answers["contact"] for lead in leads)


AnyOrder.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestAnyOrder = AnyOrder.TestCase
