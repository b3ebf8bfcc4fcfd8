"""The mail that brings a lead: readable, the same every time, discreet on the outside."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from bot.leads.mail import KEY_HEADER, TEXTS, compose, texts
from bot.leads.model import Lead
from bot.settings import Settings
from knowledge.model import LANGUAGES
from tests.bot.leads.making import ANSWERS, REFERENCE, lead

KEY = "lead:agency"


@pytest.fixture
def mailing() -> Settings:
    """Settings with a mail server."""
    return Settings(
        _env_file=None,
        lead_email_to=("desk@agency.example", "boss@agency.example"),
        lead_email_from="bot@agency.example",
        smtp_host="mail.agency.example",
    )


def _sent(lead: Lead, settings: Settings) -> EmailMessage:
    """As it arrives."""
    arrived = message_from_bytes(compose(lead, KEY, settings).as_bytes(), policy=policy.default)
    assert isinstance(arrived, EmailMessage)
    return arrived


def _parts(message: EmailMessage) -> tuple[str, str]:
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert isinstance(plain, EmailMessage)
    assert isinstance(html, EmailMessage)
    return plain.get_content(), html.get_content()


def test_the_outside(mailing: Settings) -> None:
    message = _sent(lead(), mailing)
    assert message["Subject"] == f"New inquiry {REFERENCE}"
    assert message["From"] == "bot@agency.example"
    assert message["To"] == "desk@agency.example, boss@agency.example"
    assert message["Message-ID"] == f"<{REFERENCE.lower()}@agency.example>"
    assert message["Date"] == "Mon, 23 Nov 2026 08:30:15 +0000"
    assert message[KEY_HEADER] == KEY
    assert message["Auto-Submitted"] == "auto-generated"


def test_the_outside_tells_nothing_of_the_prospect(mailing: Settings) -> None:
    message = _sent(lead(), mailing)
    outside = "\n".join(f"{name}: {value}" for name, value in message.items())
    assert not [answer for answer in ANSWERS.values() if answer and answer in outside]


def test_every_answer_is_in_both_parts(mailing: Settings) -> None:
    for part in _parts(_sent(lead(), mailing)):
        assert "Yangtze Running Shoes Ltd" in part
        assert "li.wei@holder.example" in part
        assert "Trademark" in part
        assert "AAA IPRIGHT" in part
        assert REFERENCE in part
        assert "2026-11-23 08:30 UTC" in part
        assert "English" in part


def test_in_chinese(mailing: Settings) -> None:
    settings = mailing.model_copy(update={"lead_email_language": "zh"})
    message = _sent(lead(language="zh"), settings)
    assert message["Subject"] == f"新咨询 {REFERENCE}"
    plain, html = _parts(message)
    assert "权利类型: 商标" in plain
    assert 'lang="zh"' in html
    assert "会话语言: 中文" in plain


def test_the_same_bytes_on_every_attempt(mailing: Settings) -> None:
    assert len({compose(lead(), KEY, mailing).as_bytes() for _ in range(3)}) == 1


def test_what_was_typed_cannot_break_out(mailing: Settings) -> None:
    answers = {"holder": "<script>alert(1)</script>\r\nBcc: x@y.example\x00\ud800 & Söhne 工资"}
    message = _sent(lead(answers=answers), mailing)
    assert message["Bcc"] is None
    plain, html = _parts(message)
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>Bcc: x@y.example? &amp; Söhne 工资" in html
    assert "\x00" not in plain
    assert "工资" in plain


def test_without_a_mail_server_the_addresses_are_nobodys() -> None:
    message = _sent(lead(), Settings(_env_file=None))
    assert message["From"] == "tidewaiter@tidewaiter.invalid"
    assert message["To"] == "leads@tidewaiter.invalid"
    assert message["Message-ID"] == f"<{REFERENCE.lower()}@tidewaiter.invalid>"


def test_every_language_says_the_same_things() -> None:
    assert {path.stem for path in TEXTS.glob("*.yaml")} == set(LANGUAGES)
    english, *others = (texts(language) for language in LANGUAGES)
    assert set(english["languages"]) == set(LANGUAGES)
    for other in others:
        assert list(other) == list(english)
        assert list(other["languages"]) == list(english["languages"])
