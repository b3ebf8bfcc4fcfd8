"""Whatever happens, in whatever order and after whatever time: nothing raises, and every law is kept at every step."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.conversation import filling
from bot.conversation.commands import COMMANDS
from bot.conversation.events import (
    Answered,
    Closed,
    Event,
    HandedBack,
    KeepForReview,
    MessageReceived,
    Noted,
    Opened,
    ReminderRefused,
    Say,
    SetReminders,
    Snoozed,
    Staffer,
    SubmitLead,
    Taken,
    TimeUp,
    Transferred,
    Woken,
)
from bot.conversation.owner import Owner
from bot.conversation.reply import Author
from bot.conversation.scene import Scene
from bot.conversation.state import State
from bot.conversation.texts import commands
from bot.conversation.turn import turn
from bot.intake import form as forms
from bot.intake import steps
from bot.intake.form import MORE, NO, YES
from bot.intake.kinds import FieldKind
from bot.intake.progress import SUMMARY
from intents.answer import Kind
from intents.reading import NOTHING_NAMED, Entities
from knowledge.model import LANGUAGES, Language
from tests.bot.conversation import laws
from tests.bot.conversation.script import LI, OTHER, ToldComposer, reading

BEGUN = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LAST = date(2029, 1, 1)
"""The calendar counts working days no further than some years ahead."""
RIGHT = {
    FieldKind.LINE: ("Example Trading Ltd", "某某贸易有限公司"),
    FieldKind.TEXT: ("running shoes", "跑鞋"),
    FieldKind.NAMES: ("Factory One; Factory Two", "甲工厂\n乙工厂"),
    FieldKind.COUNTRY: ("Italy", "中国"),
    FieldKind.EMAIL: ("name@example.com", "other@example.com"),
    FieldKind.PHONE: ("+39 06 1234 5678",),
    FieldKind.CONTACT: ("name@example.com", "+86 138 0013 8000"),
    FieldKind.DAY: ("31 May 2027", "2027年5月31日"),
    FieldKind.AMOUNT: ("USD 100",),
    FieldKind.REGISTRATION_NUMBER: ("1234567", "ZL 2020 3 0123456.3", "1234567 and 7654321"),
    FieldKind.CREDIT_CODE: ("91350211M000100Y46",),
}
SAID = [
    *(word for words in RIGHT.values() for word in words),
    *("thanks", "谢谢", "bye", "👍"),
    *("Rossi SpA, Italy, a trademark, name@example.com", "商标，已注册，意大利，name@example.com"),
    *(
        "Country: France\nGoods: bags",
        "change the country to France",
        "把国家改成法国",
        "改一下身份",
    ),
    *(
        "the owner should be Example Ltd",
        "change my role",
        "change right 2 to patent",
        "no",
        "none",
    ),
    *(
        "yes",
        "是的",
        "没有",
        "ZL 2020 3 0123456.7",
        "05/06/2027",
        "name@example",
        "x" * 3000,
        "?",
        "",
    ),
]
WORDS = st.one_of(
    st.sampled_from([*commands()]),
    st.sampled_from(SAID),
    st.sampled_from(
        [
            word
            for form_id in forms.ids()
            for name, field in forms.load(form_id).keyed()
            for words in forms.load(form_id).options(name).values()
            for word in words
            if field.options
        ]
    ),
    st.text(max_size=40),
    st.integers(0, 12).map(str),
)
PATHS = [
    path
    for form_id in forms.ids()
    for name, _ in forms.load(form_id).keyed()
    for path in ([name] if "." not in name else [name.replace(".", f".{n}.") for n in (1, 2, 20)])
]
PAYLOADS = st.one_of(
    st.text(max_size=20),
    st.sampled_from([f"form:{verb}" for verb in (*filling._VERBS, "undo", "send", "change", "")]),
    st.sampled_from(PATHS).map("form:change:{}".format),
    st.tuples(
        st.sampled_from(PATHS), st.sampled_from(["trademark", "registered", YES, NO, "agree", ""])
    ).map(lambda pair: f"option:{pair[0]}:{pair[1]}"),
    st.sampled_from([f"do:{name}" for name in COMMANDS]),
    st.sampled_from(["lang:en", "lang:zh", "lang:fr"]),
    st.sampled_from(["ask:fee.official", "ask:talk.start", "ask:talk.person", "ask:gone.topic"]),
)
COMMAND_NAMES = [
    *("do:person", "do:bot", "do:start", "do:stop", "do:status", "form:send", "form:back"),
    *("form:skip", "form:later", "form:keep", "form:confirm", "form:restart", "form:not_yet"),
]
STAFF = st.sampled_from([LI, OTHER])
DEEDS = ("takes", "answers", "notes", "hands back", "closes", "gives on", "puts off", "takes up")
NAMED = st.sampled_from(
    [
        NOTHING_NAMED,
        Entities(rights=("design",), case={"state": "pending"}),
        Entities(case={"subject": "trademark", "state": "registered", "role": "licensee"}),
    ]
)
LANGUAGE: st.SearchStrategy[Language] = st.sampled_from(LANGUAGES)


class AnyOrder(RuleBasedStateMachine):
    """Prospect, staff and time do anything in any order; the memory is stored and read between any two events."""

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGUN
        self.state = State()
        self.stored = self.state.model_dump_json()
        self.lines = 0
        self.pressable: list[str] = []
        self.references: list[str] = []
        self.reminders: list[str] = []
        self.personal: set[int] = set()
        self.kept: set[int] = set()

    def _happens(self, event: Event) -> None:
        before = State.model_validate_json(self.stored)
        outcome = turn(Scene(ToldComposer(), "AAA IPRIGHT", self.now), before, event)
        step = laws.Step(before, event, outcome.state, outcome.effects, self.now)
        laws.check(step)
        self.state, self.stored = outcome.state, outcome.state.model_dump_json()
        self._note(step)
        self.now += timedelta(seconds=7)

    def _note(self, step: laws.Step) -> None:
        for effect in step.effects:
            if isinstance(effect, SubmitLead):
                self.references.append(effect.reference)
            elif isinstance(effect, SetReminders):
                self.reminders.append(effect.reference)
            elif isinstance(effect, KeepForReview):
                self.kept.add(effect.line)
            elif isinstance(effect, Say) and effect.author is Author.STAFF:
                assert isinstance(step.event, Answered)
                assert effect.reply.text == step.event.text
        self.pressable = [*self.pressable, *(choice.payload for choice in self.state.offered)][-60:]

    def _writes(
        self,
        text: str,
        kind: Kind,
        language: Language,
        choice: str | None = None,
        named: Entities = NOTHING_NAMED,
    ) -> None:
        self.lines += 1
        if choice is None and (self.state.progress or self.state.owner is Owner.PERSON):
            self.personal.add(self.lines)
        self._happens(
            MessageReceived(
                line=self.lines,
                text=text,
                reading=reading(text, kind, language=language).model_copy(
                    update={"entities": named}
                ),
                choice=choice,
                new_reference=f"TW-2611-{self.lines:05d}",
            )
        )

    @rule(language=LANGUAGE)
    def opens(self, language: Language) -> None:
        self._happens(Opened(language=language))

    @rule(text=WORDS, kind=st.sampled_from(list(Kind)), language=LANGUAGE)
    def writes(self, text: str, kind: Kind, language: Language) -> None:
        self._writes(text, kind, language)

    @rule(payload=PAYLOADS, language=LANGUAGE)
    def presses(self, payload: str, language: Language) -> None:
        self._writes("pressed", Kind.OUT_OF_SCOPE, language, payload)

    @precondition(lambda self: self.state.offered)
    @rule(place=st.integers(0, 40), as_words=st.booleans())
    def presses_what_is_offered(self, place: int, *, as_words: bool) -> None:
        choice = self.state.offered[place % len(self.state.offered)]
        payload = None if as_words else choice.payload
        self._writes(choice.label, Kind.OUT_OF_SCOPE, self.state.language, payload)

    @precondition(lambda self: self.pressable)
    @rule(place=st.integers(0, 59))
    def presses_what_was_offered(self, place: int) -> None:
        payload = self.pressable[place % len(self.pressable)]
        self._writes("pressed", Kind.OUT_OF_SCOPE, self.state.language, payload)

    @rule(words=st.sampled_from(["start an inquiry", "remind me", "file it for us"]), named=NAMED)
    def begins_a_form(self, words: str, named: Entities) -> None:
        self._writes(words, Kind.INTAKE, self.state.language, named=named)

    @rule(payload=st.sampled_from(COMMAND_NAMES))
    def commands(self, payload: str) -> None:
        self._writes("pressed", Kind.OUT_OF_SCOPE, self.state.language, payload)

    @precondition(lambda self: self.state.progress is not None)
    @rule(times=st.integers(1, 18), which=st.integers(0, 9))
    def answers_rightly(self, times: int, which: int) -> None:
        for _ in range(times):
            if self.state.progress is None or self.state.owner is Owner.PERSON:
                return
            self._writes(self._right(which), Kind.OUT_OF_SCOPE, self.state.language)

    @precondition(lambda self: self.state.progress is not None)
    @rule(left=st.integers(0, 4))
    def hurries_to_send(self, left: int) -> None:
        """Everything is answered but the last few questions."""
        for _ in range(40):
            progress = self.state.progress
            if progress is None or self.state.owner is Owner.PERSON:
                return
            order = [each.path for each in steps.of(forms.load(progress.form), progress)]
            if progress.at == SUMMARY or order.index(progress.at) >= len(order) - left:
                break
            self._writes(self._right(0), Kind.OUT_OF_SCOPE, self.state.language)
        self._writes("pressed", Kind.OUT_OF_SCOPE, self.state.language, "form:send")

    def _right(self, which: int) -> str:
        progress = self.state.progress
        assert progress is not None
        if progress.at == SUMMARY:
            return "send"
        form = forms.load(progress.form)
        found = steps.find(form, progress, progress.at)
        assert found is not None
        if found.field.must_be or found.field.id == MORE:
            value = found.field.must_be or NO
            return form.words("en", progress.at).options[value][0]
        if found.field.options:
            options = list(form.words(self.state.language, progress.at).options.values())
            return options[which % len(options)][0]
        answers = RIGHT.get(found.field.kind, ("skip",))
        return answers[which % len(answers)]

    @rule(seconds=st.sampled_from([1, 60, 599, 600, 601, 3600, 86400, 40 * 86400]))
    def waits(self, seconds: int) -> None:
        later = self.now + timedelta(seconds=seconds)
        self.now = later if later.date() < LAST else self.now

    @precondition(lambda self: self.state.progress is not None)
    @rule(seconds=st.sampled_from([1, 300, 592, 593, 594, 3600]))
    def stops_the_form_and_regrets_it(self, seconds: int) -> None:
        self._writes("pressed", Kind.OUT_OF_SCOPE, "en", "form:cancel")
        self.now += timedelta(seconds=seconds)
        self._writes("pressed", Kind.OUT_OF_SCOPE, "en", "form:undo")

    @rule(by=STAFF, deed=st.sampled_from(DEEDS))
    def staff_acts(self, by: Staffer, deed: str) -> None:
        acts: dict[str, Event] = {
            "takes": Taken(by=by),
            "answers": Answered(by=by, text="Good morning."),
            "notes": Noted(by=by, text="inside"),
            "hands back": HandedBack(by=by),
            "closes": Closed(by=by, reason="answered", note="as they wished"),
            "gives on": Transferred(by=by, to=OTHER if by == LI else LI),
            "puts off": Snoozed(by=by, until=self.now + timedelta(hours=1)),
            "takes up": Woken(by=by),
        }
        self._happens(acts[deed])

    @rule(may_write=st.booleans())
    def the_clock_looks(self, *, may_write: bool) -> None:
        due = self.state.looked_at
        self.now = due if due and self.now < due and due.date() < LAST else self.now
        self._happens(TimeUp(may_write=may_write))

    @rule(may_write=st.booleans())
    def a_reminder_is_refused(self, *, may_write: bool) -> None:
        refused = {"number": 1, "about": "ACME", "email": "a@example.com", "reason": "550"}
        self._happens(ReminderRefused(**refused, may_write=may_write))

    @precondition(lambda self: self.state.owner is Owner.PERSON)
    @rule()
    def the_one_who_has_it_hands_back(self) -> None:
        by = LI if self.state.staff_id == LI.id else OTHER
        self._happens(HandedBack(by=by))

    @invariant()
    def what_was_sent_is_remembered_and_each_has_a_number_of_its_own(self) -> None:
        assert list(self.state.references) == self.references
        assert set(self.state.reminded) <= set(self.reminders)
        everything = [*self.references, *self.reminders]
        assert len(set(everything)) == len(everything)

    @invariant()
    def nothing_typed_in_a_form_or_to_a_person_is_kept_for_review(self) -> None:
        assert not self.kept & self.personal


if os.environ.get("HYPOTHESIS_PROFILE") != "soak":
    # Enough for a day; `make soak` takes the numbers of its profile: two thousand talks.
    AnyOrder.TestCase.settings = settings(
        max_examples=60,
        stateful_step_count=40,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
TestAnyOrder = AnyOrder.TestCase
