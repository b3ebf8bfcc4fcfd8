"""Values sealed at rest: AES-256-GCM, bound to the row they belong to.

A sealed value is `version (1) | key id (4) | nonce (12) | ciphertext and tag`. The context, such as
`messages.body:<id>`, goes into the tag, so a value copied into another row does not open there.
Limit: nonces are random, so one key must not seal more than 2**32 values; rotate long before.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Sequence
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import DecryptionError, KeyMissingError

VERSION = b"\x01"
ID_BYTES = 4
NONCE_BYTES = 12
HEAD = len(VERSION) + ID_BYTES
BODY = HEAD + NONCE_BYTES


class Cipher:
    """Seals with the first of its keys, opens with any of them."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = {key_id(key): AESGCM(key) for key in keys}
        self._marking = [_derived(key, b"tidewaiter fingerprints") for key in keys]
        self._blinding = [_derived(key, b"tidewaiter search terms") for key in keys]
        self._first = key_id(keys[0])
        self.head = VERSION + self._first
        """What the values sealed now begin with; other values want sealing anew."""

    def seal(self, data: object, context: str) -> bytes:
        """JSON data -> bytes that open in the same context only. Raises TypeError, ValueError."""
        return self.seal_bytes(_to_bytes(data), context)

    def open(self, blob: bytes, context: str) -> Any:
        """What `seal` was given. Raises KeyMissingError, DecryptionError; neither tells content."""
        try:
            return _from_bytes(self.open_bytes(blob, context))
        except ValueError:
            raise DecryptionError(f"{context}: not what was sealed here") from None

    def seal_bytes(self, data: bytes, context: str) -> bytes:
        """The same for bytes that are no JSON, such as a piece of a file."""
        nonce = os.urandom(NONCE_BYTES)
        bound = _bound(self.head, context)
        return self.head + nonce + self._keys[self._first].encrypt(nonce, data, bound)

    def open_bytes(self, blob: bytes, context: str) -> bytes:
        """What `seal_bytes` was given. Raises KeyMissingError, DecryptionError."""
        head, nonce, sealed = blob[:HEAD], blob[HEAD:BODY], blob[BODY:]
        if head[:1] != VERSION:
            raise DecryptionError(f"{context}: not a sealed value of this version")
        key = self._keys.get(head[1:])
        if key is None:
            raise KeyMissingError(f"{context}: sealed with key {head[1:].hex()}, which is not here")
        try:
            return key.decrypt(nonce, sealed, _bound(head, context))
        except (InvalidTag, ValueError):
            raise DecryptionError(f"{context}: damaged, or sealed for another place") from None

    def fingerprints(self, text: str, context: str) -> tuple[str, ...]:
        """By which an equal text is found again in the same context, though nobody without a key can test a guess.

        One for each key, that of the sealing key first.
        """
        marked = f"{context}\0{text}".encode("utf-8", "surrogatepass")
        return tuple(hmac.digest(key, marked, "sha256").hex() for key in self._marking)

    def blinded(self, word: str) -> tuple[int, ...]:
        """By which a word is found in the index of what was said: 64 bits, one for each key, the sealing key's first.

        Two words may share one; so what is found is opened and looked at.
        """
        marked = word.encode("utf-8", "surrogatepass")
        digests = (hmac.digest(key, marked, "sha256") for key in self._blinding)
        return tuple(int.from_bytes(digest[:8], "big", signed=True) for digest in digests)


def _derived(key: bytes, purpose: bytes) -> bytes:
    """A key for one other purpose, from which the first cannot be told."""
    return hmac.digest(key, purpose, "sha256")


def key_id(key: bytes) -> bytes:
    """A short public name of a key, from which nothing of the key can be told."""
    return hashlib.sha256(b"tidewaiter key id" + key).digest()[:ID_BYTES]


def _bound(head: bytes, context: str) -> bytes:
    return head + context.encode()


def _to_bytes(data: object) -> bytes:
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # A browser may send half a surrogate pair; it must neither stop the chat nor be lost.
    return text.encode("utf-8", "surrogatepass")


def _from_bytes(data: bytes) -> Any:
    return json.loads(data.decode("utf-8", "surrogatepass"))
