"""The chat's JSON API: open, write, read, listen. The page uses it, and so can a script with curl."""

# No `from __future__ import annotations`: FastAPI reads the annotations of these inner functions,
# and as strings they could not name what belongs to one router.

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from bot.channels.faults import ApiRoute, FaultBody, language_of
from bot.channels.gate import Gate, Visit
from bot.channels.stream import Feed
from bot.channels.wire import Chat, Got, Opening, Sent, Writing, chat_after
from bot.reception import Inbound, InboundFiles, Receipt, Reception
from bot.store.receipts import PageReceipt
from knowledge.model import Language

PREFIX = "/api/chat"

After = Annotated[int, Query(ge=0, description="The last line you have.")]


def faults(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The errors a route may answer with, for the OpenAPI document."""
    return {status: {"model": FaultBody} for status in (*statuses, 422, 429, 503)}


def routes(reception: Reception, gate: Gate) -> APIRouter:
    """All routes of the API."""
    router = APIRouter(prefix=PREFIX, tags=["chat"], route_class=ApiRoute)
    _opening(router, reception, gate)
    _writing(router, reception, gate)
    _reading(router, reception, gate)
    _listening(router, reception, gate)
    return router


def _opening(router: APIRouter, reception: Reception, gate: Gate) -> None:
    @router.post("/open", responses=faults(403, 413))
    async def open_chat(
        request: Request, response: Response, opening: Opening | None = None
    ) -> Chat:
        """Come in. Sets the cookie that all else needs; a new visitor is greeted."""
        opening = opening or Opening()
        visitor = await gate.welcome(request)
        language = opening.language or language_of(request)
        conversation_id = await reception.open(
            visitor.key, language, opening.source, opening.known_zone
        )
        gate.cookies.write(response, visitor)
        return await chat_after(reception, conversation_id)


def _writing(router: APIRouter, reception: Reception, gate: Gate) -> None:
    @router.post("/messages", responses=faults(401, 403, 404, 413))
    async def write(
        request: Request, visit: Annotated[Visit, Depends(gate.writing)], writing: Writing
    ) -> Sent:
        """Write, press a button, or send files. The answer holds what the assistant said to it.

        A line that says nothing to answer yet may wait a moment for what follows: `presence.typing` is true then, and
        the assistant's answer comes with the next lines.
        """
        receipt = await _received(reception, visit, writing, language_of(request))
        after = receipt.seq if writing.after is None else writing.after
        chat = await chat_after(reception, receipt.conversation_id, after)
        return Sent(**dict(chat), seq=receipt.seq, repeated=receipt.repeated)


async def _received(
    reception: Reception, visit: Visit, writing: Writing, language: Language
) -> Receipt:
    key = visit.visitor.key
    message_id = visit.visitor.inbound_id(str(writing.message_id))
    if writing.text is None:
        return await reception.receive_files(InboundFiles(key, message_id, writing.files))
    inbound = Inbound(key, message_id, writing.text, writing.choice, language, patient=True)
    return await reception.receive(inbound)


def _reading(router: APIRouter, reception: Reception, gate: Gate) -> None:
    @router.get("/lines", responses=faults(401))
    async def lines(visit: Annotated[Visit, Depends(gate.reading)], after: After = 0) -> Chat:
        """The lines after a number."""
        return await chat_after(reception, visit.conversation_id, after)

    @router.post("/receipts", status_code=204, responses=faults(401, 403))
    async def got(visit: Annotated[Visit, Depends(gate.reading)], page: Got) -> None:
        """Say how far an open page has the conversation, so that the staff knows."""
        receipt = PageReceipt(delivered=page.delivered, seen=page.seen)
        await reception.has_got(visit.conversation_id, receipt)


def _listening(router: APIRouter, reception: Reception, gate: Gate) -> None:
    @router.get("/stream", response_class=EventSourceResponse, responses=faults(401))
    async def stream(
        visit: Annotated[Visit, Depends(gate.reading)],
        after: After = 0,
        last_event_id: Annotated[str | None, Header(description="As browsers send it.")] = None,
    ) -> AsyncIterator[ServerSentEvent]:
        """Server-sent events: `line` (its id is the line's number) and `presence`."""
        seen = int(last_event_id) if last_event_id and last_event_id.isdecimal() else 0
        async for event in Feed(reception, visit.conversation_id, max(after, seen)).events():
            yield event
