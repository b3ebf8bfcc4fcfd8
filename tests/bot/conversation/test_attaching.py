"""Files in a conversation: one answer for all that come together, kept for whoever needs them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.events import FilesReceived, Record, Say, SubmitLead
from bot.conversation.owner import Owner
from bot.conversation.state import State
from bot.intake.kinds.files import MOST_FILES, files
from knowledge.model import Language
from tests.bot.conversation.script import LI, Play

ANSWERS = {
    "rights.1.right_type": "trademark",
    "rights.1.more": "no",
    "role": "holder",
    "holder": "Example Trading Ltd",
    "holder_kind": "company",
    "country": "Italy",
    "goods": "running shoes",
    "urgency": "planning",
    "details": "not now",
    "contact": "name@example.com",
    "consent": "I agree",
}
"""What is answered at each question; every other is skipped."""


def send(play: Play, *names: str) -> Play:
    play.sent += 1
    brought = tuple((f"id-{name}", name) for name in names)
    return play.event(FilesReceived(line=play.sent, files=brought))


def begun(language: Language = "en") -> Play:
    return Play().opens(language).writes("start an inquiry", language=language)


def answering(play: Play, upto: str, **others: str) -> Play:
    """Answer whatever is asked until that question is reached."""
    for _ in range(40):
        progress = play.state.progress
        assert progress is not None
        if progress.at == upto:
            return play
        play.writes({**ANSWERS, **others}.get(progress.at, "skip"))
    raise AssertionError(f"{upto} was not reached")


def to_files() -> Play:
    """At the question for files."""
    return answering(begun(), "files", details="now")


def finish(play: Play) -> SubmitLead:
    """Answer what is left and send."""
    answering(play, "summary").writes("send")
    [lead] = [effect for effect in play.effects if isinstance(effect, SubmitLead)]
    return lead


def test_several_files_have_one_answer_that_names_them() -> None:
    play = send(to_files(), "certificate.pdf", "shoe.jpg")
    assert len(play.said) == 1
    assert "Received so far: certificate.pdf, shoe.jpg." in play.text
    assert "anything else" in play.text
    assert "That is all" in play.labels
    assert "Skip" not in play.labels
    assert Record(what="files_received", actor="prospect", data={"count": "2"}) in play.effects


def test_files_of_several_messages_add_up_and_go_with_the_lead() -> None:
    play = send(send(to_files(), "a.pdf"), "b.pdf", "a.pdf")
    assert "Received so far: a.pdf, b.pdf." in play.text
    lead = finish(play.writes("that is all"))
    assert files(lead.answers["files"]) == (("id-a.pdf", "a.pdf"), ("id-b.pdf", "b.pdf"))
    assert play.state.files == ()


@pytest.mark.parametrize(
    "words", ["no", "nothing", "done", "skip", "later", "that's all", "就这些"]
)
def test_whoever_says_there_is_no_more_keeps_what_was_sent(words: str) -> None:
    play = send(to_files(), "a.pdf").writes(words)
    assert play.state.progress is not None
    assert play.state.progress.at == "name"
    assert files(play.state.progress.value("files") or "") == (("id-a.pdf", "a.pdf"),)


def test_words_are_no_file() -> None:
    play = to_files().writes("the certificate is nice")
    assert "send the file itself" in play.text
    play = send(to_files(), "a.pdf").writes("yes")
    assert "send the file itself" in play.text
    assert "That is all" in play.labels


def test_a_file_at_another_question_is_kept_and_the_question_stays() -> None:
    play = send(begun(), "a.pdf")
    assert play.text.startswith("Received and put with the files of your inquiry: a.pdf.")
    assert "Question 1 of" in play.text
    assert len(play.said) == 1
    lead = finish(play)
    assert files(lead.answers["files"]) == (("id-a.pdf", "a.pdf"),), "though details come later"


def test_at_the_summary_a_file_goes_in_and_the_summary_comes_again() -> None:
    play = send(answering(begun(), "summary"), "late.pdf")
    assert "late.pdf" in play.text
    assert "Files: late.pdf" in play.text
    assert files(finish(play).answers["files"]) == (("id-late.pdf", "late.pdf"),)


def test_more_than_an_inquiry_takes_are_kept_for_the_person() -> None:
    names = [f"{number}.jpg" for number in range(MOST_FILES + 2)]
    play = send(to_files(), *names)
    assert f"An inquiry takes {MOST_FILES} files" in play.text
    assert "20.jpg, 21.jpg" in play.text
    assert play.state.progress is not None
    assert len(files(play.state.progress.value("files") or "")) == MOST_FILES
    assert len(play.state.files) == MOST_FILES + 2


def test_files_can_be_taken_out_again() -> None:
    play = send(to_files(), "wrong.pdf").writes("done").writes("back")
    assert "Your files so far: wrong.pdf. What you send now is added" in play.text
    assert "Skip" in play.labels
    play.writes("skip")
    lead = finish(play)
    assert "files" not in lead.answers


def test_outside_of_a_form_they_are_thanked_for_and_go_with_the_next_inquiry() -> None:
    play = send(Play().opens(), "a.pdf")
    assert "Thank you, I have received: a.pdf." in play.text
    assert "Start an inquiry" in play.labels
    play.writes("start an inquiry")
    lead = finish(play)
    assert files(lead.answers["files"]) == (("id-a.pdf", "a.pdf"),)


def test_a_form_that_was_stopped_does_not_lose_them() -> None:
    play = send(begun(), "a.pdf").writes("cancel").writes("start an inquiry")
    assert files(finish(play).answers["files"])


def test_a_form_without_files_keeps_them_apart() -> None:
    play = send(Play().opens().writes("remind me"), "a.pdf")
    assert "This form needs no files" in play.text
    assert play.state.files == (("id-a.pdf", "a.pdf"),)


def test_beside_a_person_the_bot_is_silent_and_nothing_is_lost() -> None:
    play = send(to_files().takes(LI), "a.pdf")
    assert not [effect for effect in play.effects if isinstance(effect, Say)]
    play.hands_back(LI)
    assert "Received so far: a.pdf" in play.text
    play = send(Play().opens().takes(LI), "b.pdf")
    assert not play.said
    assert play.state.files == (("id-b.pdf", "b.pdf"),)


def test_who_waits_is_told_that_the_colleague_will_see_them() -> None:
    play = send(Play().opens().writes("person"), "a.pdf")
    assert "My colleague will find them here" in play.text
    assert play.state.owner is Owner.WAITING


def test_after_the_end_files_open_the_conversation_again() -> None:
    play = send(Play().opens().takes(LI).closes(LI), "a.pdf")
    assert play.state.owner is Owner.BOT
    assert "a.pdf" in play.text


def test_who_begins_with_a_file_is_greeted_first() -> None:
    play = send(Play(State(language="zh")), "证书.pdf")
    assert len(play.said) == 2
    assert "已收到：证书.pdf" in play.text


WORDS = [
    "start an inquiry",
    "cancel",
    "done",
    "skip",
    "no",
    "back",
    "person",
    "remind me",
    "send",
    "restart",
]
ACTS = st.sampled_from([*WORDS, "TAKE", "BACK", "CLOSE", "FILE", "FILES", "ANSWER"])


@given(st.lists(ACTS, max_size=25))
def test_whatever_is_done_in_between_no_file_is_lost_and_the_bot_knows_its_place(
    acts: list[str],
) -> None:
    play, sent, gone, number = Play().opens(), set[str](), set[str](), 0
    for act in acts:
        silent = play.state.owner is Owner.PERSON
        if act in {"FILE", "FILES"}:
            number += 1
            names = [f"{number}.pdf"] if act == "FILE" else [f"{number}.jpg", f"{number}.png"]
            sent |= set(names)
            send(play, *names)
            said = [effect for effect in play.effects if isinstance(effect, Say)]
            assert len(said) == (0 if silent else 1), "one answer for all that came together"
            assert silent or all(name in play.text for name in names)
        elif act in {"TAKE", "BACK", "CLOSE"}:
            {"TAKE": play.takes, "BACK": play.hands_back, "CLOSE": play.closes}[act]()
        else:
            progress = play.state.progress
            play.writes(ANSWERS.get(progress.at, act) if progress and act == "ANSWER" else act)
        for effect in play.effects:
            if isinstance(effect, SubmitLead):
                gone |= sent
        assert {name for _, name in play.state.files} == sent - gone
        assert State.model_validate_json(play.state.model_dump_json()) == play.state
