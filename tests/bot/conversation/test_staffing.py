"""The staff's part, and the bot's silence."""

import pytest

from bot.conversation.events import Note, Refused, Say, Staffer
from bot.conversation.owner import TRANSITIONS, Move, Owner, moved
from bot.conversation.reply import Author
from bot.conversation.state import Stage
from intents.answer import Kind
from tests.bot.conversation.script import LI, OTHER, Play

UNNAMED = Staffer(id="staff-3", name="Chen")
"""Has not agreed that prospects read the name."""


def test_taking_over_is_said_and_silences_the_bot() -> None:
    play = Play().opens().takes()
    [said] = [effect for effect in play.effects if isinstance(effect, Say)]
    assert said.author is Author.SYSTEM
    assert "Li Na of AAA IPRIGHT has joined" in said.reply.text
    assert play.state.stage is Stage.WITH_PERSON
    assert play.writes("what does it cost", Kind.ANSWER).effects == ()
    assert play.presses("do:start").effects == ()


def test_a_reply_takes_over_by_itself() -> None:
    play = Play().opens().answers("Good morning.")
    authors = [effect.author for effect in play.effects if isinstance(effect, Say)]
    assert authors == [Author.SYSTEM, Author.STAFF]
    assert play.state.staff_id == LI.id


def test_the_second_reply_is_not_framed_again() -> None:
    play = Play().opens().answers("Good morning.").answers("Are you there?")
    assert [e.author for e in play.effects if isinstance(e, Say)] == [Author.STAFF]


def test_of_two_who_take_one_wins_and_the_other_is_told() -> None:
    play = Play().opens().takes(LI).takes(OTHER)
    assert play.effects == (Refused(why="owned_by_another", owner_name="Li Na"),)
    assert play.state.staff_id == LI.id


def test_another_can_neither_answer_nor_hand_back_nor_close() -> None:
    play = Play().opens().takes(LI)
    for _ in (play.answers("hi", OTHER), play.hands_back(OTHER), play.closes(OTHER)):
        assert play.state.staff_id == LI.id
    refused = [effect for effect in play.everything if isinstance(effect, Refused)]
    assert len(refused) == 3


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (LI, OTHER, "Marco of AAA IPRIGHT has taken over from Li Na."),
        (UNNAMED, OTHER, "Marco of AAA IPRIGHT is with you now."),
        (LI, UNNAMED, "Another colleague of AAA IPRIGHT is with you now."),
    ],
)
def test_giving_on_names_whom_agreed_to_it(before: Staffer, after: Staffer, told: str) -> None:
    play = Play().opens().takes(before).gives_on(before, after)
    assert [e.reply.text for e in play.effects if isinstance(e, Say)] == [told]
    assert (play.state.staff_id, play.state.staff_shown) == (after.id, after.shows_name)


def test_giving_on_without_names_in_chinese() -> None:
    play = Play().opens("zh").takes(LI).gives_on(LI, UNNAMED)
    assert [e.reply.text for e in play.effects if isinstance(e, Say)] == [
        "接下来AAA IPRIGHT的另一位同事会与您对话。"
    ]


def test_taking_twice_changes_nothing() -> None:
    assert Play().opens().takes().takes().effects == ()


def test_handing_back_is_said_and_wakes_the_bot() -> None:
    play = Play().opens().takes().hands_back()
    assert "Li Na has left" in next(e for e in play.effects if isinstance(e, Say)).reply.text
    assert play.writes("cost?", Kind.ANSWER).text == "answer fee.official"


def test_handing_back_what_nobody_has_is_refused() -> None:
    assert Play().opens().hands_back().effects == (Refused(why="not_with_you"),)


def test_a_note_stays_inside() -> None:
    play = Play().opens().notes("looks serious")
    assert play.effects == (Note(text="looks serious", staff_id=LI.id),)
    assert play.state.owner is Owner.BOT


def test_closing_is_said_and_writing_again_wakes_the_bot() -> None:
    play = Play().opens().takes().closes()
    assert play.state.stage is Stage.CLOSED
    assert play.closes().effects == (Refused(why="nothing_to_close"),)
    assert play.writes("cost?", Kind.ANSWER).text == "answer fee.official"
    assert play.state.owner is Owner.BOT


def test_the_table_never_leaves_an_owner_without_a_way_on() -> None:
    for owner in Owner:
        assert any(moved(owner, move) for move in Move)
    assert set(TRANSITIONS.values()) == set(Owner)
