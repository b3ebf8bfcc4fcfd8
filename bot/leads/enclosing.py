"""Which files go with a lead's mail, and which are only named in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import DecryptionError, FileNotKeptError
from bot.files.kinds import KINDS
from bot.files.shelf import MEGABYTE, Shelf
from bot.leads.model import Lead, files_of
from bot.store import files
from bot.store.files import KeptFile
from bot.store.work import Work


@dataclass(frozen=True)
class Enclosure:
    """One file in a mail."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Enclosed:
    """What becomes of a lead's files."""

    attached: tuple[Enclosure, ...] = ()
    named: tuple[str, ...] = ()
    """The names of those that would be too much: they are on the desk."""
    gone: tuple[str, ...] = ()
    """The names of those that have been erased."""


NOTHING = Enclosed()


def kept(work: Work, lead: Lead) -> list[KeptFile]:
    """The lead's files that are still there, in the order they came."""
    return files.those(work, (file_id for file_id, _ in files_of(lead)))


def fitting(found: Sequence[KeptFile], megabytes: int) -> list[KeptFile]:
    """Those that fit into so much together, each in its turn."""
    left, taken = megabytes * MEGABYTE, []
    for file in found:
        if file.size <= left:
            taken.append(file)
            left -= file.size
    return taken


async def enclose(shelf: Shelf, lead: Lead, found: Sequence[KeptFile], megabytes: int) -> Enclosed:
    """The files for a mail. A file that cannot be opened keeps no lead from arriving."""
    attached: list[Enclosure] = []
    for file in fitting(found, megabytes):
        try:
            content = await shelf.content(file)
        except (FileNotKeptError, DecryptionError):
            continue
        attached.append(Enclosure(file.name, KINDS[file.kind].media_type, content))
    there, enclosed = {file.id for file in found}, {each.name for each in attached}
    return Enclosed(
        attached=tuple(attached),
        named=tuple(file.name for file in found if file.name not in enclosed),
        gone=tuple(name for file_id, name in files_of(lead) if file_id not in there),
    )
