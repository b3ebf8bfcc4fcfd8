"""Static files under an address that changes with their content, so that browsers may keep them for good."""

from __future__ import annotations

import hashlib
import mimetypes
from pathlib import Path

from fastapi import APIRouter, Request, Response
from starlette.staticfiles import StaticFiles

FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"

# On Windows the registry may say otherwise, and browsers refuse modules of another type.
mimetypes.add_type("text/javascript", ".js")


class Assets:
    """The files of one folder, below `/<name>/<version>/`; modules find each other by relative paths."""

    def __init__(self, folder: Path, name: str) -> None:
        self._files = StaticFiles(directory=folder)
        self._prefix = f"/{name}"
        self.version = _version(folder)

    def url(self, path: str) -> str:
        """The address of a file."""
        return f"{self._prefix}/{self.version}/{path}"

    def routes(self) -> APIRouter:
        """The route that serves them."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route(
            f"{self._prefix}/{{version}}/{{path:path}}", self._serve, methods=["GET", "HEAD"]
        )
        return router

    async def _serve(self, version: str, path: str, request: Request) -> Response:
        """A page of an older version gets today's file, but may not keep it."""
        response = await self._files.get_response(path, request.scope)
        response.headers["Cache-Control"] = FOREVER if version == self.version else ASK_AGAIN
        return response


def _version(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
