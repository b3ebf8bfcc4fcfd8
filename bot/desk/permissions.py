"""What a member of the staff may do, by role: one table for the pages, the gate and the tests."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from bot.store.staff import Role


class Permission(StrEnum):
    """One kind of thing that can be done at the desk."""

    LOOK = "look"
    """Conversations, leads and figures, personal data masked."""
    SEE_PERSONAL = "see_personal"
    """The same in clear, files too."""
    TALK = "talk"
    """Take over, write, hand back, close; fill in a form for the prospect."""
    LEADS = "leads"
    """Say how far a lead is, and send it again."""
    EXPORT = "export"
    """Take many people's data away in one file."""
    REVIEW = "review"
    """Work through what was not understood, and what has to be verified."""
    MANAGE_CONTACTS = "manage_contacts"
    """Link identities, block, erase."""
    PEOPLE = "people"
    """Accounts, roles, sessions, the audit log."""


_LOOKS_ON = frozenset({Permission.LOOK})
_TALKS = _LOOKS_ON | {
    Permission.SEE_PERSONAL,
    Permission.TALK,
    Permission.LEADS,
    Permission.EXPORT,
    Permission.REVIEW,
    Permission.MANAGE_CONTACTS,
}

GRANTED: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.ADMIN: frozenset(Permission),
        Role.AGENT: _TALKS,
        Role.REVIEWER: _LOOKS_ON | {Permission.REVIEW},
        Role.READER: _LOOKS_ON,
    }
)


def may(role: Role, permission: Permission) -> bool:
    """Whether a role includes a permission."""
    return permission in GRANTED[role]
