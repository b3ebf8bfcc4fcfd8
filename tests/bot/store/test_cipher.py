"""Sealed values."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import DecryptionError, KeyMissingError
from bot.store.cipher import BODY, HEAD, Cipher, key_id

OLD, NEW = bytes(32), b"\x01" * 32
CIPHER = Cipher([NEW])

any_text = st.text(st.characters())
"""Half surrogate pairs as well: a browser may send them."""
json_data = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | any_text,
    lambda inner: st.lists(inner) | st.dictionaries(any_text, inner),
    max_leaves=20,
).filter(lambda data: "inf" not in repr(data))


@given(json_data, any_text.filter(lambda text: text.isprintable()))
def test_what_is_sealed_comes_back(data: Any, context: str) -> None:
    assert CIPHER.open(CIPHER.seal(data, context), context) == data


@given(st.binary(min_size=1, max_size=1), st.integers(min_value=0))
def test_one_changed_byte_is_found(change: bytes, place: int) -> None:
    sealed = bytearray(CIPHER.seal({"text": "hello"}, "here"))
    place %= len(sealed)
    if sealed[place] == change[0]:
        return
    sealed[place] = change[0]
    with pytest.raises((DecryptionError, KeyMissingError)):
        CIPHER.open(bytes(sealed), "here")


@given(st.binary(max_size=60))
def test_other_bytes_are_refused(blob: bytes) -> None:
    with pytest.raises((DecryptionError, KeyMissingError)):
        CIPHER.open(blob, "here")


def test_a_value_does_not_open_in_another_place() -> None:
    sealed = CIPHER.seal("secret", "messages.body:1")
    with pytest.raises(DecryptionError, match=r"messages\.body:2") as caught:
        CIPHER.open(sealed, "messages.body:2")
    assert "secret" not in str(caught.value)


def test_the_text_cannot_be_read() -> None:
    assert b"secret" not in CIPHER.seal({"secret": "secret"}, "here")


def test_the_same_value_never_looks_the_same() -> None:
    assert CIPHER.seal("a", "here") != CIPHER.seal("a", "here")


def test_the_first_key_seals_and_all_open() -> None:
    old = Cipher([OLD]).seal("a", "here")
    both = Cipher([NEW, OLD])
    assert both.open(old, "here") == "a"
    new = both.seal("a", "here")
    assert Cipher([NEW]).open(new, "here") == "a"
    assert new.startswith(both.head)
    assert not old.startswith(both.head)


def test_a_key_we_do_not_have_is_said_to_be_missing() -> None:
    sealed = Cipher([OLD]).seal("a", "here")
    with pytest.raises(KeyMissingError, match=key_id(OLD).hex()):
        CIPHER.open(sealed, "here")


def test_the_name_of_a_key_does_not_hold_it() -> None:
    assert key_id(NEW) not in NEW
    assert BODY - HEAD == 12


@pytest.mark.parametrize("data", [float("nan"), float("inf"), b"bytes", {1, 2}, object()])
def test_what_is_not_json_is_refused(data: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        CIPHER.seal(data, "here")


def test_an_equal_text_has_an_equal_fingerprint_in_its_context_and_under_its_key_alone() -> None:
    [print_] = CIPHER.fingerprints("how much", "here")
    assert CIPHER.fingerprints("how much", "here") == (print_,)
    others = {
        CIPHER.fingerprints("how much?", "here"),
        CIPHER.fingerprints("how much", "there"),
        Cipher([OLD]).fingerprints("how much", "here"),
    }
    assert len(others) == 3
    assert (print_,) not in others
    assert Cipher([OLD, NEW]).fingerprints("how much", "here")[1] == print_
