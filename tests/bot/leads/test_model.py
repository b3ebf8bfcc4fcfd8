"""What a lead says and how it is read."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from bot.intake.kinds.files import kept
from bot.leads.model import Line, lines, plain
from tests.bot.leads.making import lead


def test_answers_are_read_in_the_forms_order_with_its_words() -> None:
    assert lines(lead(), "en")[:3] == [
        Line("Right 1 · Kind of right", "Trademark"),
        Line("Right holder", "Yangtze Running Shoes Ltd"),
        Line("Contact", "li.wei@holder.example"),
    ]
    assert lines(lead(), "zh")[0] == Line("第1项权利 · 权利类型", "商标")


def test_what_was_left_out_is_left_out() -> None:
    assert not any("egistration" in label for label, _ in lines(lead(), "en"))


def test_fields_and_forms_of_other_versions_are_shown_by_their_ids() -> None:
    answers = {"holder": "Li", "shoe_size": "42"}
    assert lines(lead(answers=answers), "en") == [
        Line("Right holder", "Li"),
        Line("shoe_size", "42"),
    ]
    old = lead(form="of_yesterday", answers=answers)
    assert lines(old, "en") == [Line("holder", "Li"), Line("shoe_size", "42")]


def test_a_flat_row_for_export() -> None:
    row = plain(lead())
    assert row["reference"] == "TW-2611-7KQ4M"
    assert row["status"] == "new"
    assert row["created_at"] == "2026-11-23T08:30:15.123456Z"
    assert row["answer.holder"] == "Yangtze Running Shoes Ltd"
    assert "answers" not in row


def test_files_are_exported_with_id_and_name() -> None:
    row = plain(lead(answers={"holder": "Li", "files": kept((("1", "a.pdf"), ("2", "b.jpg")))}))
    assert row["answer.files"] == [{"id": "1", "name": "a.pdf"}, {"id": "2", "name": "b.jpg"}]
    assert row["answer.holder"] == "Li"


def test_a_lead_is_a_value() -> None:
    with pytest.raises(ValidationError):
        lead().status = "closed"  # type: ignore[misc, assignment]
    with pytest.raises(ValidationError):
        lead(language="fr")
