"""A reply as a channel shows it, and parting that loses nothing."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.limits import CHANNELS, Limits
from bot.channels.rendering import (
    language_of,
    page_line,
    parts,
    split,
    terminal_lines,
    weight,
)
from bot.conversation.reply import Author, Choice, Reply
from bot.reception import Line
from intents.answer import Bullets, Sources, Table, Text

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
FEE = Choice(label="Fee", payload="ask:fee.official", says="What does it cost?")
REPLY = Reply(
    blocks=(
        Text(text="No official fee."),
        Bullets(items=("One.", "Two.")),
        Table(head=("Value", "Security"), rows=(("low", "all"),)),
        Sources(citations=("Art. 8",), as_of=date(2026, 11, 22), line="Source: Art. 8."),
    ),
    choices=(FEE,),
    facts=("cn.fee.current",),
)


def line(author: Author = Author.BOT, reply: Reply = REPLY, name: str | None = None) -> Line:
    return Line(7, author, "message", reply, AT, name, None, shown_name=name)


def test_the_page_gets_blocks_choices_facts_and_the_plain_text() -> None:
    found = page_line(line(), None).model_dump(mode="json")
    assert found["seq"] == 7
    assert [block["kind"] for block in found["blocks"]] == ["text", "list", "table", "sources"]
    assert found["choices"] == [
        {
            "label": "Fee",
            "payload": "ask:fee.official",
            "says": "What does it cost?",
            "weight": "plain",
        }
    ]
    assert found["text"].startswith("No official fee.\n\n• One.")
    assert (found["facts"], found["at"]) == (["cn.fee.current"], "2026-11-22T09:00:00Z")


def test_only_lines_of_the_staff_carry_a_name() -> None:
    hello = Reply.of("Hello")
    assert page_line(line(Author.STAFF, hello, "Li Na"), None).name == "Li Na"
    assert page_line(line(Author.SYSTEM, hello, "Li Na"), None).name is None


def test_the_page_knows_its_own_message_again() -> None:
    assert page_line(line(Author.PROSPECT, Reply.of("Hi")), "abc").message_id == "abc"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What does it cost?", "en"),
        ("备案要多少钱？", "zh"),
        ("我们是OEM工厂，要备案吗", "zh"),
        ("Сколько это стоит?", "ru"),
        ("12345", ""),
        ("", ""),
    ],
)
def test_the_language_of_a_message(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_message_in_two_languages_has_the_one_it_is_answered_in() -> None:
    assert language_of("请问 recordation with China Customs 要多久") in {"en", "zh"}


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ("form:send", "main"),
        ("form:resume", "main"),
        ("form:back", "quiet"),
        ("form:change:goods", "quiet"),
        ("lang:zh", "quiet"),
        ("do:person", "quiet"),
        ("ask:fee.official", "plain"),
        ("option:urgency:soon", "plain"),
    ],
)
def test_how_much_a_button_stands_out(payload: str, expected: str) -> None:
    assert weight(payload) == expected


def test_a_text_is_parted_at_the_end_of_a_paragraph() -> None:
    first, second = "First. " * 5, "Second. " * 5
    text = f"{first.strip()}\n\n{second.strip()}"
    assert list(split(text, 60)) == [first.strip(), second.strip()]


def test_a_paragraph_that_is_too_long_is_parted_at_a_sentence() -> None:
    assert list(split("One two three. Four five six.", 20)) == ["One two three.", "Four five six."]


def test_chinese_is_parted_at_a_sentence() -> None:
    assert list(split("备案不收费。有效期十年。到期可续展。", 12)) == [
        "备案不收费。有效期十年。",
        "到期可续展。",
    ]


def test_a_word_without_end_is_cut() -> None:
    assert list(split("x" * 25, 10)) == ["x" * 10, "x" * 10, "x" * 5]


def test_an_end_near_the_beginning_leaves_no_crumb() -> None:
    assert next(iter(split("Ok.\n\n" + "word " * 20, 40))) != "Ok."


@pytest.mark.parametrize("length", [4095, 4096, 4097, 8192, 8193])
def test_the_limit_itself_fits(length: int) -> None:
    found = list(split("x" * length, 4096))
    assert len(found) == -(-length // 4096)


def test_nothing_gives_no_part() -> None:
    assert list(split(" \n ", 10)) == []


PIECES = st.text(alphabet="ab .!?,\n。，！x备", max_size=300)


@given(PIECES, st.integers(1, 60))
def test_parting_loses_nothing_but_white_space(text: str, limit: int) -> None:
    found = list(split(text, limit))
    assert all(0 < len(part) <= limit for part in found)
    assert bare("".join(found)) == bare(text)


@given(st.text(max_size=400), st.integers(1, 50))
def test_parting_any_text_loses_nothing_but_white_space(text: str, limit: int) -> None:
    found = list(split(text, limit))
    assert all(0 < len(part) <= limit for part in found)
    assert bare("".join(found)) == bare(text)


def bare(text: str) -> str:
    """Without what `str.strip` takes for white space."""
    return "".join(sign for sign in text if not sign.isspace())


@given(st.lists(st.text("abc def.", min_size=1, max_size=80), max_size=8), st.integers(20, 90))
def test_the_buttons_hang_on_the_last_part(paragraphs: list[str], limit: int) -> None:
    reply = Reply(blocks=tuple(Text(text=text) for text in paragraphs), choices=(FEE,))
    found = parts(reply, Limits(text=limit))
    assert found[-1].choices == (FEE,)
    assert not any(part.choices for part in found[:-1])


def test_a_short_reply_is_one_part() -> None:
    (only,) = parts(REPLY, CHANNELS["terminal"])
    assert only.text == REPLY.text


def test_a_terminal_gets_numbered_buttons() -> None:
    found = list(terminal_lines(REPLY, "Type a number:"))
    assert found[1:] == ["Type a number:", "  [1] Fee"]
    assert re.search(r"Value \| Security\nlow \| all", found[0])


def test_a_terminal_gets_no_heading_without_buttons() -> None:
    assert list(terminal_lines(Reply.of("Hello"), "Type a number:")) == ["Hello"]
