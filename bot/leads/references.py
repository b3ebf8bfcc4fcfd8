"""References people can read out on the telephone: `TW-2611-7KQ4M` is year, month, chance.

The letters are Crockford's, without I, L, O and U; whoever hears or types those is understood.
"""

from __future__ import annotations

import re
import secrets
from datetime import datetime

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 5
"""33 million a month: of 1,000 leads in a month two get the same by a chance of 1.5 %.

The table refuses the second (ReferenceTakenError), so a clash costs an attempt and no lead.
"""
FORM = re.compile(rf"TW-(\d{{4}})-([{LETTERS}]{{{LENGTH}}})")
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_reference(now: datetime) -> str:
    """A reference nobody is likely to have yet."""
    chance = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return f"TW-{now:%y%m}-{chance}"


def read_reference(text: str) -> str | None:
    """A typed reference as we write it: case, gaps and look-alikes forgiven. None if it is none."""
    letters = re.sub(r"[\W_]+", "", text.upper()).translate(_LOOKALIKES)
    written = f"{letters[:2]}-{letters[2:6]}-{letters[6:]}"
    return written if FORM.fullmatch(written) else None
