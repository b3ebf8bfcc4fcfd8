"""A file is what its content is, whatever it is called; what is not on the list is refused with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.files.kinds import KINDS, Kind, Refusal, kind_of
from tests.bot.files import samples


@pytest.mark.parametrize("kind", samples.TAKEN)
def test_what_is_on_the_list_is_taken(kind: str) -> None:
    assert kind_of(samples.TAKEN[kind]) == KINDS[kind]


def test_every_kind_of_the_list_has_a_sample() -> None:
    assert samples.TAKEN.keys() == KINDS.keys()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Refusal.EMPTY),
        (bytes(5000), Refusal.EMPTY),
        (samples.PROGRAM, Refusal.PROGRAM),
        (b"\x7fELF\x02\x01\x01" + bytes(60), Refusal.PROGRAM),
        (b"#!/bin/sh\nrm -rf /\n", Refusal.PROGRAM),
        (b"<!DOCTYPE html><script>alert(1)</script>", Refusal.WEB_PAGE),
        (b"\xef\xbb\xbf  <html>", Refusal.WEB_PAGE),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', Refusal.WEB_PAGE),
        (b'<?xml version="1.0"?><svg/>', Refusal.WEB_PAGE),
        (b"Dear colleagues, the certificate follows.", Refusal.TEXT),
        ("备案申请书".encode(), Refusal.TEXT),
        ("text".encode("utf-16"), Refusal.TEXT),
        (samples.ZIP, Refusal.ARCHIVE),
        (samples.zipped("word/document.xml"), Refusal.ARCHIVE),
        (samples.ZIP[:40], Refusal.DAMAGED),
        (samples.DOCX[:-30], Refusal.DAMAGED),
        (b"Rar!\x1a\x07\x00" + bytes(40), Refusal.ARCHIVE),
        (b"\x1f\x8b\x08" + bytes(40), Refusal.ARCHIVE),
        (samples.MACROS, Refusal.MACROS),
        (samples.DOC_MACROS, Refusal.MACROS),
        (samples.INSTALLER, Refusal.OTHER),
        (b"GIF89a" + bytes(40), Refusal.OTHER),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(40), Refusal.OTHER),
        (bytes(range(1, 256)) * 4, Refusal.OTHER),
    ],
)
def test_what_is_not_is_refused_with_its_reason(content: bytes, reason: Refusal) -> None:
    assert kind_of(content) is reason


@given(st.binary(max_size=300), st.sampled_from([b"", *(s[:40] for s in samples.TAKEN.values())]))
def test_whatever_comes_is_judged(rest: bytes, beginning: bytes) -> None:
    assert isinstance(kind_of(beginning + rest), Kind | Refusal)
