"""A process with a key that does not fit the stored data stops at the start, not in mid-chat."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot.errors import KeyMissingError
from bot.store.cipher import Cipher
from bot.store.tables import KeyCheckRow

CONTEXT = "key_check"
WORD = "tidewaiter"


def check_key(session: Session, cipher: Cipher) -> None:
    """Open what the first start sealed; seal it if this is the first. Raises KeyMissingError."""
    row = session.get(KeyCheckRow, 1)
    if row is None:
        session.add(KeyCheckRow(id=1, sealed=cipher.seal(WORD, CONTEXT)))
        return
    try:
        cipher.open(row.sealed, CONTEXT)
    except KeyMissingError as error:
        raise KeyMissingError(
            f"the data was sealed with another key ({error}); "
            "give the old key in TIDEWAITER_ENCRYPTION_KEY, after the new one by a comma"
        ) from None
