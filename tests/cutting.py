"""A flaky line to the server: passes bytes on both ways until it is cut, and takes new connections at once."""

from __future__ import annotations

import asyncio
from types import TracebackType


class FlakyLine:
    """`async with FlakyLine(port) as line:` listens at `line.url`; `line.cut()` drops every connection there is."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._server: asyncio.Server | None = None
        self._streams: set[asyncio.StreamWriter] = set()
        self.url = ""
        self._following = 0
        self._news = asyncio.Event()

    async def __aenter__(self) -> FlakyLine:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        assert self._server is not None
        self._server.close()
        self.cut()

    async def followed(self, by: int) -> None:
        """Wait until so many streams of server-sent events are open through it."""
        while self._following < by:
            self._news.clear()
            await self._news.wait()

    def cut(self) -> None:
        """As a tunnel does: no goodbye, in the middle of whatever was under way."""
        for stream in list(self._streams):
            stream.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner, outer = await asyncio.open_connection("127.0.0.1", self._port)
        both = {writer, outer}
        self._streams |= both
        marks: list[bool] = []
        try:
            up, down = self._pass(reader, outer, marks), self._pass(inner, writer, [])
            tasks = [asyncio.ensure_future(up), asyncio.ensure_future(down)]
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._following -= len(marks)
            self._streams -= both
            for stream in both:
                stream.transport.abort()

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, marks: list[bool]
    ) -> None:
        try:
            while chunk := await reader.read(65536):
                if b"/stream" in chunk.partition(b"\r\n")[0]:
                    marks.append(True)
                    self._following += 1
                    self._news.set()
                writer.write(chunk)
                await writer.drain()
        except OSError:
            return
