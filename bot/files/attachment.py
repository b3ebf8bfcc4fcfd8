"""A file as a message names it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.files.names import size_in_words
from bot.store.files import KeptFile
from intents.answer import Frozen


class Attachment(Frozen):
    """What is shown of a file that was sent."""

    id: str
    name: str
    kind: str
    """What its content is: `pdf`, `jpg`."""
    size: int
    """In bytes."""

    @classmethod
    def of(cls, file: KeptFile) -> Attachment:
        """A kept file's."""
        return cls(id=file.id, name=file.name, kind=file.kind, size=file.size)

    @property
    def line(self) -> str:
        """Name and size: `certificate.pdf (1.2 MB)`."""
        return f"{self.name} ({size_in_words(self.size)})"


def as_text(attachments: Iterable[Attachment]) -> str:
    """A message that brings files, in words."""
    return "\n".join(attachment.line for attachment in attachments)
