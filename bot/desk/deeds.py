"""What stands in the journal, in words. A kind without words of its own is shown by its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DEEDS = {
    "audit.exported": "Exported the audit log",
    "contact.shown": "Unmasked a contact in the list",
    "conversation.seen": "Opened a conversation",
    "file.downloaded": "Saved a file",
    "lead.seen": "Opened a lead",
    "lead.sent_again": "Sent a lead again",
    "lead.status": "Said how far a lead is",
    "leads.exported": "Exported the leads",
    "owner": "Changed the owner of a conversation",
    "staff.disabled": "Disabled an account",
    "staff.enabled": "Enabled an account",
    "staff.invitation_withdrawn": "Withdrew an invitation",
    "staff.invited": "Invited somebody",
    "staff.name_changed": "Changed their name",
    "staff.name_hidden": "No longer lets prospects read their name",
    "staff.name_shown": "Lets prospects read their name",
    "staff.password_changed": "Changed their password",
    "staff.recovery_code_used": "Signed in or proved themselves by a recovery code",
    "staff.recovery_codes_made": "Made new recovery codes",
    "staff.reset_link_made": "Made a link for a new password",
    "staff.role_changed": "Changed a role",
    "staff.session_ended": "Signed a browser of their own out",
    "staff.sessions_ended": "Signed somebody out everywhere",
    "staff.set_up": "Set their account up by a link",
    "staff.signed_in": "Signed in",
    "staff.signed_out": "Signed out",
    "staff.two_factor_off": "Turned two-factor off",
    "staff.two_factor_on": "Turned two-factor on",
    "staff.two_factor_reset": "Reset somebody's two-factor",
}
FIRST = ("staff", "from", "to", "kind", "role")
LINKED = ("reference",)
"""What the page shows by a link instead."""


def of(kind: str) -> str:
    """A kind of deed in words."""
    return DEEDS.get(kind, kind)


def about(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """What a line says besides: members of the staff by their names, the rest as it is kept."""
    return ", ".join(
        _part(key, data[key], names) for key in sorted(data, key=_place) if key not in LINKED
    )


def _place(key: str) -> tuple[int, str]:
    """PostgreSQL keeps no order of keys, so there is one of ours."""
    return (FIRST.index(key) if key in FIRST else len(FIRST), key)


def _part(key: str, value: object, names: Mapping[str, str]) -> str:
    if key == "staff":
        return names.get(str(value), "an account that is gone")
    if key == "invitation":
        return f"invitation {str(value)[:6]}"
    return f"{key.replace('_', ' ')} {value}"
