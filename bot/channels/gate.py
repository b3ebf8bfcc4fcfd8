"""Who may come in at the chat's API, and how often."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from fastapi import Request

from bot.channels.faults import ApiError
from bot.channels.limits import ADDRESS_MESSAGES, MESSAGES, OPENINGS, READS, UPLOADS
from bot.channels.rates import Windows
from bot.channels.visitors import Cookies, Visitor
from bot.reception import Reception


@dataclass(frozen=True)
class Visit:
    """A visitor who has opened the chat."""

    visitor: Visitor
    conversation_id: str


class Gate:
    """Tells visitors by their cookie, and slows down those who are too fast."""

    def __init__(self, reception: Reception, cookies: Cookies) -> None:
        self.cookies = cookies
        self._reception = reception
        self._openings = Windows(OPENINGS)
        self._messages = Windows(MESSAGES)
        self._uploads = Windows(UPLOADS)
        self._of_address = Windows(ADDRESS_MESSAGES)
        self._reads = Windows(READS)

    async def known(self, request: Request) -> Visit | None:
        """The visit of a visitor we know; a token we did not give out is nobody's."""
        visitor = self.cookies.read(request)
        conversation_id = await self._reception.find(visitor.key) if visitor else None
        return Visit(visitor, conversation_id) if visitor and conversation_id else None

    async def welcome(self, request: Request) -> Visitor:
        """The visitor, known or new. Raises ApiError where an address makes too many new ones."""
        visit = await self.known(request)
        if visit is not None:
            admit(self._reads, visit.visitor.digest)
            return visit.visitor
        admit(self._openings, address(request))
        return Visitor.new()

    async def reading(self, request: Request) -> Visit:
        """A visit that wants to read. Raises ApiError."""
        visit = await self._visit(request)
        admit(self._reads, visit.visitor.digest)
        return visit

    async def writing(self, request: Request) -> Visit:
        """A visit that wants to write. Raises ApiError."""
        visit = await self._visit(request)
        admit(self._messages, visit.visitor.digest)
        admit(self._of_address, address(request))
        return visit

    async def uploading(self, request: Request) -> Visit:
        """A visit that wants to upload a file. Raises ApiError."""
        visit = await self._visit(request)
        admit(self._uploads, visit.visitor.digest)
        admit(self._of_address, address(request))
        return visit

    async def _visit(self, request: Request) -> Visit:
        visit = await self.known(request)
        if visit is None:
            raise ApiError(401, "open_first")
        return visit


def admit(windows: Windows, key: str) -> None:
    """Count one. Raises ApiError with the time to wait."""
    wait = windows.wait(key)
    if wait > 0:
        raise ApiError(429, "too_many", retry_after=wait)


def address(request: Request) -> str:
    """The client's address; of IPv6 the network, because one person has a whole one."""
    host = request.client.host if request.client else ""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return host
    if found.version == 6:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
