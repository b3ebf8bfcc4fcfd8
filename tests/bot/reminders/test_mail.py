"""The mail that reminds: plain, exact, in both languages, the same every time, and easily stopped."""

from __future__ import annotations

import re
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from string import Formatter

import pytest

from bot.reminders.mail import TEXTS, compose, texts
from bot.reminders.model import Reminder
from bot.reminders.plan import Recordation, Which
from bot.settings import Settings
from knowledge.library import china
from knowledge.model import LANGUAGES, Language
from tests.bot.reminders.making import MAILING, NOW, REFERENCE

TOKEN = "unguessable-" + "x" * 31
STOP = f"https://chat.example.com/reminders/stop/{TOKEN}"


def reminder(
    which: Which = Which.OPENS,
    *,
    right: str | None = None,
    now: datetime = NOW,
    language: Language = "en",
    about: str = "ACME, T2017-12345",
) -> Reminder:
    """One of a recordation that is valid until 31 May 2028."""
    ends = date.fromisoformat(right) if right else None
    return Reminder(
        id="11111111-2222-4333-8444-555555555555",
        reference=REFERENCE,
        which=which,
        recordation=Recordation(3, about, date(2028, 5, 31), ends),
        language=language,
        email="li.wei@holder.example",
        token=TOKEN,
        begun_at=now,
    )


def arrived(reminder: Reminder, settings: Settings = MAILING) -> EmailMessage:
    """As it arrives."""
    data = compose(reminder, china(), settings).as_bytes()
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def parts(message: EmailMessage) -> tuple[str, str]:
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert isinstance(plain, EmailMessage)
    assert isinstance(html, EmailMessage)
    return plain.get_content(), html.get_content()


def test_the_outside() -> None:
    message = arrived(reminder())
    assert message["Subject"] == (
        "Reminder: a renewal with China Customs opens on 30 November 2027"
    )
    assert message["From"] == "AAA IPRIGHT <bot@agency.example>"
    assert message["To"] == "li.wei@holder.example"
    assert message["Date"] == "Mon, 23 Nov 2026 08:30:15 +0000"
    assert message["Message-ID"] == "<11111111-2222-4333-8444-555555555555@agency.example>"
    assert message["X-Tidewaiter-Key"] == "reminder:11111111-2222-4333-8444-555555555555"
    assert message["Auto-Submitted"] == "auto-generated"
    outside = "\n".join(f"{name}: {value}" for name, value in message.items())
    assert "ACME" not in outside


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_click_stops_as_rfc_8058_has_it(language: Language) -> None:
    raw = compose(reminder(language=language), china(), MAILING).as_bytes().decode("ascii")
    assert f"\r\nList-Unsubscribe: <{STOP}>\r\n" in raw, "whole and on one line"
    assert "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw


def test_without_https_there_is_no_promise_of_one_click() -> None:
    message = arrived(reminder(), Settings(_env_file=None))
    assert message["List-Unsubscribe"] == f"<http://127.0.0.1:8000/reminders/stop/{TOKEN}>"
    assert message["List-Unsubscribe-Post"] is None
    assert message["From"] == "AAA IPRIGHT <tidewaiter@tidewaiter.invalid>"


def test_it_says_which_what_when_why_and_how_to_stop() -> None:
    for part in parts(arrived(reminder())):
        assert "ACME, T2017-12345" in part
        assert "from 30 November 2027 on; Wednesday 31 May 2028 is the last day" in part
        assert "What to do: " in part
        assert "6 months before the recordation expires" in part
        assert "Customs IPR Regulations Art. 10" in part
        assert "There is no grace period." in part
        assert "as of 23 November 2026" in part
        assert "last checked 22 November 2026" in part
        assert "/rules?lang=en#cn.recordation.renewal_window" in part
        assert STOP in part
        assert 'or say "stop" in the chat' in part.replace("&quot;", '"')
        assert "By the days you gave us" not in part


def test_in_chinese() -> None:
    message = arrived(reminder(Which.CLOSES, language="zh"))
    assert message["Subject"] == "提醒：海关备案续展，最后一天是2028年5月31日（星期三）"
    plain, html = parts(message)
    assert "续展的：" not in plain
    assert "2028年5月31日（星期三）是可以提出续展申请的最后一天" in plain
    assert "《知识产权海关保护条例》第10条" in plain
    assert "退订" in plain
    assert 'lang="zh"' in html


def test_one_that_comes_late_does_not_speak_of_the_future() -> None:
    message = arrived(reminder(now=NOW.replace(year=2027, month=12)))
    assert message["Subject"].endswith("possible since 30 November 2027")
    assert "has been possible since 30 November 2027" in parts(message)[0]


@pytest.mark.parametrize("which", list(Which))
def test_a_right_that_ends_earlier_comes_first(which: Which) -> None:
    plain, _ = parts(arrived(reminder(which, right="2027-12-31")))
    assert "the right itself ends on 31 December 2027" in plain
    assert "own day (31 May 2028)" in plain
    assert "Friday 31 December 2027 is the last day" in plain
    assert "Renew the trademark first" in plain
    assert "31 May 2028 is the last day" not in plain


def test_a_right_that_ends_later_changes_nothing() -> None:
    assert arrived(reminder(right="2028-05-31")).as_bytes() == arrived(reminder()).as_bytes()


def test_the_same_bytes_on_every_attempt() -> None:
    assert len({compose(reminder(), china(), MAILING).as_bytes() for _ in range(3)}) == 1


def test_what_was_typed_cannot_break_out() -> None:
    about = "<b>ACME</b>\r\nBcc: x@y.example\x00\ud800 {token} 工资"
    message = arrived(reminder(about=about))
    assert message["Bcc"] is None
    plain, html = parts(message)
    assert "<b>" not in html
    assert "<b>ACME</b> Bcc: x@y.example ? {token} 工资" in plain


@pytest.mark.parametrize(("language", "named"), [("en", "recordation 3"), ("zh", "第3项备案")])
def test_one_without_a_name_has_its_number(language: Language, named: str) -> None:
    assert named in parts(arrived(reminder(about=" ", language=language)))[0]


def test_every_language_says_the_same_things_with_the_same_gaps() -> None:
    assert {path.stem for path in TEXTS.glob("*.yaml")} == set(LANGUAGES)
    english, *others = ({**_flat(texts(language))} for language in LANGUAGES)
    for other in others:
        assert list(other) == list(english)
        for name, words in english.items():
            assert _gaps(words) == _gaps(other[name]), name


def test_no_figure_of_the_law_stands_in_the_words() -> None:
    for language in LANGUAGES:
        assert not re.search(r"\d", " ".join(_flat(texts(language)).values()))


def _flat(words: dict[str, object], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in words.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{name}.")
        else:
            found[prefix + name] = str(value)
    return found


def _gaps(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}
