"""The bot outside a form."""

import pytest

from bot.conversation.events import CallStaff, Record, Say
from bot.conversation.owner import Owner
from bot.conversation.reply import Author
from bot.conversation.state import Stage
from intents.answer import Kind
from tests.bot.conversation.script import Play


def test_the_greeting_names_bot_agency_and_the_way_to_a_person() -> None:
    play = Play().opens()
    assert "automated assistant of AAA IPRIGHT" in play.text
    assert "Ask a person" in play.labels
    assert "Start an inquiry" in play.labels
    assert "中文" in play.labels


def test_opening_again_does_not_greet_again() -> None:
    assert Play().opens().opens().effects == ()


def test_a_first_message_without_opening_is_greeted_and_answered() -> None:
    play = Play().writes("what does it cost", Kind.ANSWER)
    assert len(play.said) == 2
    assert play.said[-1].text == "answer fee.official"


def test_every_answer_offers_the_inquiry_and_a_person() -> None:
    play = Play().opens().writes("what does it cost", Kind.ANSWER)
    assert play.labels == ["Fee", "Start an inquiry", "Ask a person", "Not what I asked"]


@pytest.mark.parametrize("words", ["Fee", "what does it cost?", "WHAT DOES IT COST", " fee. "])
def test_typing_the_words_of_a_button_presses_it(words: str) -> None:
    play = Play().opens().writes("how long?", Kind.ANSWER, intent="time.decision")
    play.writes(words, Kind.OUT_OF_SCOPE)
    assert play.text == "answer fee.official"


def test_a_number_chooses_only_while_something_is_being_clarified() -> None:
    clarifying = Play().opens().writes("hm", Kind.CLARIFY)
    assert clarifying.state.stage is Stage.CLARIFYING
    assert clarifying.writes("1").text == "answer fee.official"
    answered = Play().opens().writes("hm", Kind.ANSWER).writes("1", Kind.OUT_OF_SCOPE)
    assert answered.text == "out_of_scope fee.official"


def test_three_misses_never_say_the_same_and_end_with_a_person() -> None:
    play = Play().opens()
    said = [play.writes("blub", Kind.CLARIFY).text for _ in range(3)]
    assert len(set(said)) == 3
    assert play.labels == ["Ask a person"]


def test_the_second_miss_gives_a_question_as_an_example_that_was_not_just_offered() -> None:
    play = Play().opens().writes("blub", Kind.CLARIFY)
    assert play.labels[0] == "Fee"
    play.writes("blub", Kind.CLARIFY)
    assert "“Question documents.needed in en?”" in play.text


def test_the_very_same_answer_in_a_row_says_so() -> None:
    play = Play().opens().writes("cost?", Kind.ANSWER)
    leads = [play.writes("cost?", Kind.ANSWER).text.split("\n")[0] for _ in range(4)]
    assert leads == ["As I said:", "Once more:", "My answer is the same:", "As I said:"]
    play.writes("how long?", Kind.ANSWER, intent="time.decision")
    assert play.writes("cost?", Kind.ANSWER).text == "answer fee.official"


def test_a_form_asks_again_without_remarking_on_it() -> None:
    play = Play().opens().writes("start an inquiry").writes("asdf").writes("asdf")
    assert "As I said" not in play.text


def test_what_lies_outside_is_declined_and_no_miss() -> None:
    play = Play().opens().writes("visa?", Kind.OUT_OF_SCOPE).writes("visa?", Kind.OUT_OF_SCOPE)
    assert play.text == "out_of_scope fee.official, said 1 times"
    assert play.state.misses == 0


def test_what_nothing_is_known_of_is_a_miss() -> None:
    play = Play().opens().writes("blub", Kind.OUT_OF_SCOPE, unknown=True)
    assert play.state.misses == 1


def test_a_success_forgets_the_misses() -> None:
    play = Play().opens().writes("blub", Kind.CLARIFY).writes("cost?", Kind.ANSWER)
    assert play.state.misses == 0
    assert play.writes("blub", Kind.CLARIFY).text == "clarify fee.official, said 1 times"


@pytest.mark.parametrize("words", ["person", "Ask a person", "人工", "转人工"])
def test_a_person_is_called_by_word_and_by_button(words: str) -> None:
    play = Play().opens().writes(words)
    assert play.state.owner is Owner.WAITING
    assert any(isinstance(effect, CallStaff) for effect in play.effects)


def test_a_second_call_does_not_ring_again() -> None:
    play = Play().opens().writes("person").writes("person")
    assert not any(isinstance(effect, CallStaff) for effect in play.effects)
    assert "already" in play.text


def test_while_waiting_an_urgent_case_still_gets_its_deadline() -> None:
    play = Play().opens().writes("person")
    play.writes("the notice came yesterday", Kind.ESCALATE, intent="talk.urgent")
    assert play.text.startswith("escalate talk.urgent")
    assert "already" in play.text


def test_while_waiting_the_bot_still_answers_but_notes_the_rest_once() -> None:
    play = Play().opens().writes("person")
    assert play.writes("cost?", Kind.ANSWER).text == "answer fee.official"
    assert "noted" in play.writes("my box is blue", Kind.OUT_OF_SCOPE).text
    assert play.writes("and green", Kind.OUT_OF_SCOPE).effects == ()


def test_the_prospect_can_go_on_with_the_bot() -> None:
    play = Play().opens().writes("person").writes("Go on with the bot")
    assert play.state.owner is Owner.BOT


def test_returning_without_waiting_is_answered_all_the_same() -> None:
    assert Play().opens().presses("do:bot").said


def test_a_topic_that_is_no_longer_known_shows_the_menu() -> None:
    play = Play().opens().presses("ask:gone.topic")
    assert "earlier step" in play.text


@pytest.mark.parametrize(
    ("intent", "stage"), [("talk.start", Stage.INTAKE), ("talk.person", Stage.WAITING)]
)
def test_a_topic_button_may_begin_more_than_an_answer(intent: str, stage: Stage) -> None:
    assert Play().opens().presses(f"ask:{intent}").state.stage is stage


def test_escalating_says_why_and_calls() -> None:
    play = Play().opens().writes("customs holds my goods!", Kind.ESCALATE, intent="talk.urgent")
    assert play.text.startswith("escalate talk.urgent")
    assert CallStaff(reason="talk.urgent") in play.effects


def test_wanting_to_instruct_us_begins_the_intake() -> None:
    play = Play().opens().writes("we want you to file it", Kind.INTAKE, intent="talk.start")
    assert play.state.stage is Stage.INTAKE


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("help", "Ask me about"),
        ("menu", "often ask"),
        ("status", "No inquiry"),
        ("privacy", "stored encrypted"),
        ("/start", "often ask"),
        ("帮助", "Ask me about"),
    ],
)
def test_command_words_work_as_whole_messages(words: str, expected: str) -> None:
    assert expected in Play().opens().writes(words).text


def test_a_command_word_inside_a_sentence_is_not_a_command() -> None:
    play = Play().opens().writes("can a person be the applicant", Kind.ANSWER)
    assert play.state.owner is Owner.BOT


def test_the_language_follows_the_writing_until_it_is_chosen() -> None:
    play = Play().opens().writes("费用多少", Kind.ANSWER, language="zh")
    assert "answer" in play.text
    assert play.state == play.state.with_(language="zh")
    play.writes("English").writes("费用多少", Kind.ANSWER, language="zh")
    assert play.state.language == "en"
    assert play.state.language_locked


@pytest.mark.parametrize(
    "payload", ["", "nonsense", "do:nothing", "lang:xx", "form:send", "option:a:b"]
)
def test_a_payload_of_no_present_button_is_a_stale_button(payload: str) -> None:
    assert "earlier step" in Play().opens().presses(payload).text


def test_all_the_bots_lines_are_the_bots() -> None:
    play = Play().opens().writes("cost?", Kind.ANSWER)
    assert all(e.author is Author.BOT for e in play.everything if isinstance(e, Say))


def test_a_message_that_only_names_something_is_no_miss() -> None:
    play = Play().opens().writes("blub", Kind.CLARIFY)
    for text in ("ZL201710601862.3", "Ningbo", "name@example.com"):
        play.writes(text, Kind.CLARIFY, only_named=True)
        assert play.text.endswith("clarify fee.official")
        assert play.labels == ["Fee", "Start an inquiry", "Ask a person"]
        assert not any(isinstance(effect, Record) for effect in play.effects)
    assert play.state.stage is Stage.CLARIFYING
    assert play.state.misses == 1
