"""The way in for files: one a request, with the sender's own id of it; a message then names them."""

# No `from __future__ import annotations`: see chat_api.

import asyncio
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request

from bot.channels.faults import ApiError, ApiRoute, FaultBody
from bot.channels.gate import Gate, Visit
from bot.channels.guards import FILES
from bot.channels.limits import UPLOAD_SECONDS, UPLOADS_AT_ONCE
from bot.channels.multipart import one_file
from bot.channels.wire import Uploaded
from bot.errors import FileRefusedError
from bot.files import shelf
from bot.files.shelf import Limits, Shelved, Upload
from bot.reception import Reception

Key = Annotated[UUID, Query(description="Made by the sender; the same again is the same file.")]

_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}
_STATUS = {
    shelf.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    shelf.TOO_MANY: HTTPStatus.CONFLICT,
    shelf.TOO_MUCH: HTTPStatus.CONFLICT,
    shelf.FULL: HTTPStatus.INSUFFICIENT_STORAGE,
}
"""All else that is refused is not of a kind we take."""
_FAULTS = (401, 403, 408, 409, 413, 415, 422, 429, 503, 507)


def routes(reception: Reception, gate: Gate, limits: Limits) -> APIRouter:
    """`POST /api/chat/files`."""
    router = APIRouter(tags=["chat"], route_class=ApiRoute)
    at_once = asyncio.Semaphore(UPLOADS_AT_ONCE)
    told: dict[int | str, dict[str, Any]] = {status: {"model": FaultBody} for status in _FAULTS}

    @router.post(FILES, responses=told, openapi_extra=_BODY)
    async def upload(
        request: Request, visit: Annotated[Visit, Depends(gate.uploading)], upload_id: Key
    ) -> Uploaded:
        """Upload one file. It is stored when this answers, and sent once a message names it."""
        key = str(upload_id)
        before = await reception.shelf.before(visit.conversation_id, key)
        if before is not None:
            return Uploaded.of(Shelved(before, repeated=True))
        try:
            async with asyncio.timeout(UPLOAD_SECONDS), at_once:
                await reception.shelf.has_room(visit.conversation_id, limits)
                sent = await one_file(request, limits.size)
                new = Upload(key, sent.name, sent.content)
                return Uploaded.of(await reception.shelf.keep(visit.conversation_id, new, limits))
        except TimeoutError:
            raise ApiError(408, "file_slow") from None
        except FileRefusedError as refused:
            raise _told(refused.reason, limits) from None

    return router


def _told(reason: str, limits: Limits) -> ApiError:
    status = _STATUS.get(reason, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    size = limits.total if reason == shelf.TOO_MUCH else limits.size
    return ApiError(status, reason, megabytes=size // shelf.MEGABYTE, count=limits.count)
