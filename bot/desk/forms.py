"""Forms as browsers post them without scripts: urlencoded text, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from fastapi import Request

from bot.desk.errors import UnreadableFormError

MOST_BYTES = 64 * 1024
"""4,096 Chinese characters take 36 kB in this encoding."""
MOST_FIELDS = 20
ENCODING = "application/x-www-form-urlencoded"


async def read(request: Request, most: int = MOST_FIELDS) -> Mapping[str, str]:
    """The fields of a posted form, line ends as `\\n`; of a name given twice the last counts.

    Nothing at all is a form without fields. Raises UnreadableFormError.
    """
    body = await _body(request)
    if not body:
        return {}
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != ENCODING:
        raise UnreadableFormError("not a urlencoded form")
    try:
        return fields(body.decode(), most)
    except ValueError as error:
        raise UnreadableFormError("a malformed form") from error


def fields(text: str, most: int = MOST_FIELDS) -> Mapping[str, str]:
    """The fields of urlencoded text. Raises ValueError."""
    found = parse_qsl(text, keep_blank_values=True, max_num_fields=most)
    return {name: value.replace("\r\n", "\n").strip() for name, value in found}


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise UnreadableFormError("a form of too many bytes")
    return body


def described(*fields: str) -> dict[str, object]:
    """How such a form stands in the OpenAPI document."""
    schema = {
        "type": "object",
        "required": list(fields),
        "properties": {field: {"type": "string"} for field in fields},
    }
    return {"requestBody": {"required": True, "content": {ENCODING: {"schema": schema}}}}
