"""No cell of an exported table is calculated, and nothing of it is lost."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.export import guarded, to_csv, to_json

STARTERS = "=+-@＝＋－＠"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+39 06 1", "'+39 06 1"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝cmd", "'＝cmd"),
        ("  =1", "  '=1"),
        ("\t=1", "\t'=1"),
        ("a;=1", "a;'=1"),
        ("a\n=1", "a\n'=1"),
        ("a\r\n =1", "a\r\n '=1"),
        ("a = b", "a = b"),
        ("name@example.com", "name@example.com"),
        ("a-b", "a-b"),
        ("", ""),
    ],
)
def test_what_would_be_a_formula_gets_an_apostrophe(text: str, cell: str) -> None:
    assert guarded(text) == cell


def test_nothing_is_an_empty_cell_and_numbers_are_text() -> None:
    assert guarded(None) == ""
    assert guarded(-3) == "'-3"


@given(st.text())
def test_no_cell_begins_a_formula_and_only_apostrophes_are_added(text: str) -> None:
    cell = guarded(text)
    for piece in cell.replace("\r", "\n").replace("\t", "\n").replace(";", "\n").split("\n"):
        assert not piece.lstrip().startswith(tuple(STARTERS))
    assert cell.replace("'", "") == text.replace("'", "")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_a_table_reads_back_as_it_was(values: list[str]) -> None:
    rows = [{"value": value} for value in values]
    text = to_csv(rows).removeprefix("\ufeff")
    read = [row["value"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert read == [guarded(value) for value in values]


def test_a_cell_names_files_and_not_their_ids() -> None:
    two = [{"id": "0a1b", "name": "证书.pdf"}, {"id": "2c3d", "name": "=shoe.jpg"}]
    assert to_csv([{"answer.files": two}]) == '\ufeff"answer.files"\r\n"证书.pdf; \'=shoe.jpg"\r\n'


def test_a_list_is_written_without_brackets() -> None:
    assert '"holder; country"' in to_csv([{"put_off": ["holder", "country"]}])
    assert "[" not in to_csv([{"put_off": []}])


def test_columns_are_those_of_all_rows() -> None:
    text = to_csv([{"a": 1}, {"b": 2, "a": 3}])
    assert text == '\ufeff"a","b"\r\n"1",""\r\n"3","2"\r\n'


def test_json_keeps_letters_as_they_are() -> None:
    text = to_json([{"holder": "示例"}])
    assert "示例" in text
    assert json.loads(text) == {"leads": [{"holder": "示例"}]}
