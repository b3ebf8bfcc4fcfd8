"""Processes that send mail by a server of the test until they are killed."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.settings import PREFIX, Settings
from tests.bot.leads.mailserver import MailServer

ROOT = Path(__file__).parents[3]
Start = Callable[..., Awaitable[Process]]


@asynccontextmanager
async def children(module: str, settings: Settings, server: MailServer) -> AsyncIterator[Start]:
    """Starts processes of that module, with what they are told; those alive at the end are killed."""
    started: list[Process] = []
    values = {
        "DATA_DIR": settings.data_dir,
        "DATABASE_URL": settings.database,
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": server.port,
        "SMTP_SECURITY": "none",
        "LEAD_EMAIL_TO": "desk@agency.example",
        "LEAD_EMAIL_FROM": "bot@agency.example",
    }
    environment = os.environ | {PREFIX + name: str(value) for name, value in values.items()}
    environment["PYTHONPATH"] = str(ROOT)

    async def start(*arguments: str) -> Process:
        command = (sys.executable, "-m", module, *arguments)
        process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, env=environment)
        started.append(process)
        assert await line(process) == "running"
        return process

    yield start
    for process in started:
        if process.returncode is None:
            await kill(process)


async def kill(process: Process) -> None:
    """As -9 does: nothing is tidied up."""
    process.kill()
    await process.communicate()


async def line(process: Process) -> str:
    """What it says next."""
    assert process.stdout is not None
    async with asyncio.timeout(30):
        return (await process.stdout.readline()).decode().strip()
