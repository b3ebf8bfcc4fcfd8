"""Commands: as commands, as words of both languages, inside a form; whole messages only; none is met with silence."""

import re
from datetime import date, timedelta

import pytest

from bot.conversation.events import Forget, Record
from bot.conversation.own_data import UNDO_FOR
from bot.conversation.owner import Owner
from bot.conversation.records import Handled, Inquiry, OwnFile, Reminder, Talk
from bot.conversation.state import Stage
from bot.conversation.texts import wordings
from intents.answer import Kind
from knowledge.model import LANGUAGES
from tests.bot.conversation.acting import Acting, Kept, in_form
from tests.bot.conversation.script import NOW, filled

OWN = Inquiry(reference="TW-2611-7KQ4M", sent_at=NOW, handled=Handled.SENT)
OLD = Inquiry(reference="TW-2605-AAAAA", sent_at=NOW, handled=Handled.CLOSED)
FILE = OwnFile(name="certificate.pdf", kind="pdf", size="1.2 MB", kept_at=NOW, sent=True)
REMINDER = Reminder(
    number=1, about="ACME", which="opens", on=date(2028, 5, 17), email="li.wei@holder.example"
)
WAYS = {
    "help": ["/help", "help", "?", "帮助"],
    "menu": ["/menu", "menu", "topics", "菜单"],
    "status": ["/status", "status", "where is my inquiry", "进度", "我的咨询到哪了"],
    "settings": ["/settings", "settings", "设置"],
    "privacy": ["/privacy", "privacy", "隐私"],
    "mydata": ["/mydata", "my data", "我的数据"],
    "forget": ["/forget", "forget me", "忘记我"],
    "stop": ["/stop", "stop", "unsubscribe", "退订"],
}
ALL = [(name, way) for name, ways in WAYS.items() for way in ways]


def _says(acting: Acting, text: str) -> Acting:
    acting.writes(text, Kind.OUT_OF_SCOPE, unknown=True)
    return acting


@pytest.mark.parametrize(("name", "way"), ALL)
def test_command_word_and_slash_say_the_same(name: str, way: str) -> None:
    first, other = (_says(Acting().comes(), typed).text for typed in (WAYS[name][0], way))
    assert first
    assert first == other


@pytest.mark.parametrize(("name", "way"), ALL)
def test_inside_a_form_they_work_and_the_form_is_kept(name: str, way: str) -> None:
    form = in_form("holder")
    before = form.state.progress
    assert _says(form, way).said
    assert form.state.progress == before
    if name not in ("stop", "forget"):
        assert "What is the name of the right holder" in form.text


@pytest.mark.parametrize("way", ["/human", "person", "人工", "/human@TidewaiterBot"])
def test_a_person_is_called_inside_a_form_and_the_form_is_kept(way: str) -> None:
    form = _says(in_form("holder"), way)
    assert form.state.owner is Owner.WAITING
    assert form.state.progress is not None


@pytest.mark.parametrize("way", ["/apply", "apply", "request", "开始登记"])
def test_the_form_is_begun(way: str) -> None:
    assert _says(Acting().comes(), way).state.stage is Stage.INTAKE


@pytest.mark.parametrize("way", ["/cancel", "cancel", "/back", "back", "取消"])
def test_back_and_cancel_outside_a_form_say_that_nothing_is_open(way: str) -> None:
    assert _says(Acting().comes(), way).text == wordings("nothing_to_do", "en")[0]


@pytest.mark.parametrize("way", ["/frobnicate", "/frobnicate now", "/Help_me@TidewaiterBot"])
def test_an_unknown_command_is_met_with_those_there_are(way: str) -> None:
    acting = _says(Acting().comes(), way)
    assert "/help" in acting.text
    assert acting.state.misses == 0
    form = _says(in_form("holder"), way)
    assert "/help" in form.said[0].text
    assert form.state.progress is not None
    assert form.state.progress.at == "holder"


@pytest.mark.parametrize(
    "line", ["stop goods at the border", "my data was copied by a rival", "please help my client"]
)
def test_a_word_inside_a_sentence_commands_nothing(line: str) -> None:
    acting = Acting().comes()
    acting.writes(line, Kind.ANSWER)
    assert acting.text == "answer fee.official"


def test_every_command_named_in_the_help_is_one() -> None:
    for language in LANGUAGES:
        for word in wordings("unknown_command", language)[0].split():
            name = word.strip(".,、。:：")
            if name.startswith("/"):
                for each in name.split("、"):
                    assert "/help" not in _says(Acting().comes(), each).text or each == "/help"


def test_settings_name_language_and_reminders() -> None:
    acting = _says(Acting().comes(), "/settings")
    assert "as far as I could tell" in acting.text
    assert acting.labels == ["中文", "Set a reminder"]
    acting.kept = Kept(to_come=(REMINDER, REMINDER))
    acting.state = acting.state.with_(language_locked=True)
    _says(acting, "/settings")
    assert "as you chose" in acting.text
    assert "set from this chat: 2" in acting.text
    assert acting.labels == ["中文", "Stop reminders"]


@pytest.mark.parametrize(
    "typed",
    [
        "status TW-2611-7KQ4M",
        "/status tw2611 7kq4m",
        "TW-2611-7KQ4M",
        "where is my inquiry TW-2611-7KQ4M?",
    ],
)
def test_the_status_of_an_inquiry_by_its_reference(typed: str) -> None:
    acting = _says(Acting(kept=Kept((OLD, OWN))).comes(), typed)
    assert (
        acting.text
        == "Inquiry TW-2611-7KQ4M has been sent to the agency. A colleague will answer at the contact you left."
    )


def test_the_status_without_a_reference_is_that_of_the_latest_first() -> None:
    acting = _says(Acting(kept=Kept((OLD, OWN))).comes(), "status")
    first, second = acting.text.split("\n\n")
    assert "TW-2611-7KQ4M" in first
    assert second == "Inquiry TW-2605-AAAAA has been closed by the agency."


def test_of_a_reference_that_is_not_theirs_nothing_is_said() -> None:
    texts = {
        _says(Acting(kept=kept).comes(), "status TW-2611-BBBBB").text
        for kept in (Kept(), Kept((OWN,)))
    }
    [said] = texts
    assert said.startswith("I cannot find an inquiry TW-2611-BBBBB in this chat")


def test_my_data_is_a_plain_list_with_contacts_in_part() -> None:
    form = in_form("consent")
    form.kept = Kept((OWN,), Talk(messages=31, since=NOW, source="t-fee_official"))
    _says(form, "/mydata")
    assert "The messages of this chat: 31, since 22 November 2026." in form.text
    assert "t-fee_official" in form.text
    assert "a…@example.com" in form.text
    assert "ada@" not in form.text
    assert "Example Trading Ltd" in form.text
    assert "TW-2611-7KQ4M" in form.text


def test_my_data_names_each_file_with_kind_size_and_day() -> None:
    unsent = FILE.model_copy(update={"name": "draft.docx", "kind": "docx", "sent": False})
    acting = _says(Acting(kept=Kept(filed=(FILE, unsent))).comes(), "/mydata")
    assert "Files kept: 2." in acting.text
    assert "certificate.pdf (PDF, 1.2 MB), 22 November 2026\n" in acting.text
    assert "draft.docx (DOCX, 1.2 MB), 22 November 2026, uploaded and not sent" in acting.text
    chinese = _says(Acting(kept=Kept(filed=(FILE, unsent))).comes(language="zh"), "我的数据")
    assert "certificate.pdf（PDF，1.2 MB），2026年11月22日" in chinese.text


def test_my_data_names_each_reminder_with_its_day_and_the_address_in_part() -> None:
    unnamed = REMINDER.model_copy(update={"about": "", "number": 2, "which": "closes"})
    acting = _says(Acting(kept=Kept(to_come=(REMINDER, unnamed))).comes(), "/mydata")
    assert "Reminders to come, by mail: 2." in acting.text
    assert "ACME, before its renewal opens: 17 May 2028, to l…@holder.example" in acting.text
    assert "Recordation 2, before its renewal closes: 17 May 2028" in acting.text
    assert "li.wei" not in acting.text
    chinese = _says(Acting(kept=Kept(to_come=(REMINDER,))).comes(language="zh"), "我的数据")
    assert "ACME，续展期开始前的提醒：2028年5月17日，发往 l…@holder.example" in chinese.text


def test_my_data_cuts_long_lists_and_says_how_many_more_there_are() -> None:
    files = tuple(FILE.model_copy(update={"name": f"page{n}.pdf"}) for n in range(1, 14))
    days = tuple(
        REMINDER.model_copy(update={"on": REMINDER.on + timedelta(days=n)}) for n in range(12)
    )
    acting = _says(Acting(kept=Kept(filed=files, to_come=days)).comes(), "/mydata")
    assert acting.text.count("page") == 10
    assert "page13.pdf" in acting.text, "the latest files"
    assert "page3.pdf" not in acting.text
    assert "17 May 2028" in acting.text, "the next reminders"
    assert "28 May 2028" not in acting.text
    assert "and 3 more" in acting.text
    assert "and 2 more" in acting.text


def test_where_nothing_was_sent_or_set_my_data_has_no_empty_lists() -> None:
    acting = _says(Acting().comes(), "/mydata")
    assert "Files" not in acting.text
    assert "Reminders" not in acting.text


def test_forget_is_asked_once_more_and_done_after_ten_minutes() -> None:
    acting = _says(Acting(kept=Kept((OWN,))).comes(), "/forget")
    assert acting.labels == ["Yes, erase everything", "No, keep it"]
    assert "lies with AAA IPRIGHT as well" in acting.text
    assert acting.state.forget_at is None
    acting.writes("Yes, erase everything")
    [forget] = [effect for effect in acting.effects if isinstance(effect, Forget)]
    assert forget.at == acting.state.forget_at == acting.now + UNDO_FOR
    assert "TW-2611-7KQ4M" in acting.text


def test_forget_without_anything_sent_names_no_agency() -> None:
    assert "lies with" not in _says(Acting().comes(), "/forget").text


@pytest.mark.parametrize("word", ["undo", "撤销", "Do not erase"])
def test_forget_is_undone_by_word_and_button(word: str) -> None:
    acting = _says(Acting().comes(), "/forget")
    acting.writes("Yes, erase everything")
    acting.later(minutes=9)
    _says(acting, word)
    assert acting.state.forget_at is None
    assert any(isinstance(e, Record) and e.what == "forget_undone" for e in acting.effects)


def test_the_wish_is_not_taken_from_an_old_button_or_twice() -> None:
    acting = Acting().comes()
    acting.presses("do:forget_now")
    assert acting.state.forget_at is None
    acting.presses("do:forget_now")
    at = acting.state.forget_at
    assert at is not None
    acting.later(minutes=1).presses("do:forget_now")
    assert acting.state.forget_at == at
    assert not any(isinstance(effect, Forget) for effect in acting.effects)


def test_thinking_better_of_it_brings_the_form_back() -> None:
    form = _says(in_form("holder"), "/forget")
    form.writes("No, keep it")
    assert "What is the name of the right holder" in form.text


def test_my_data_in_chinese_once_had_latin_marks_between_label_and_answer() -> None:
    play = filled(8, "zh").writes("我的数据", language="zh")
    assert "国家或地区：意大利" in play.text
    assert not re.search(r"[\u4e00-\u9fff][:,]", play.text)
