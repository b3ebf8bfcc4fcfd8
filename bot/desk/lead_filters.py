"""Which leads a page shows, by its address; what is not understood there is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from bot.leads import urgency
from bot.leads.board import Due, Sort, Wanted
from bot.leads.model import LeadStatus

T = TypeVar("T")


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    wanted: Wanted
    sort: Sort = Sort.PRESSING
    page: int = 1

    def query(self, **changes: object) -> str:
        """The same as the end of an address, with some of it changed; what is usual is not named."""
        named = {
            "state": self.wanted.status,
            "owner": self.wanted.owner,
            "urgency": self.wanted.urgency,
            "due": self.wanted.due,
            "sort": None if self.sort is Sort.PRESSING else self.sort,
            "page": self.page if self.page > 1 else None,
        } | changes
        told = urlencode({name: value for name, value in named.items() if value})
        return f"?{told}" if told else ""


def read(params: Mapping[str, str]) -> Asked:
    """The filters of an address."""
    urgent = params.get("urgency")
    return Asked(
        Wanted(
            status=_one(LeadStatus, params.get("state")),
            owner=params.get("owner") or None,
            urgency=urgent if urgent in urgency.degrees() else None,
            due=_one(Due, params.get("due")),
        ),
        _one(Sort, params.get("sort")) or Sort.PRESSING,
        int(params["page"]) if PAGE.fullmatch(params.get("page", "")) else 1,
    )


PAGE = re.compile("[1-9][0-9]{0,5}")


def _one(kind: Callable[[str], T], text: str | None) -> T | None:
    try:
        return kind(text) if text else None
    except ValueError:
        return None
