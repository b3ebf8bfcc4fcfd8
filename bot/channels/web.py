"""The web channel: the chat page, its API and the page of rules, to be put on an app."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI

from bot.channels import chat_api, files_api, page, papers, rules, troubles
from bot.channels.gate import Gate
from bot.channels.visitors import Cookies
from bot.files.shelf import Limits
from bot.reception import Reception
from bot.settings import Settings


def mount(app: FastAPI, reception: Reception, settings: Settings) -> None:
    """Put the routes on an app, and answers to what no route answers. Guards: `guards.protect`."""
    app.include_router(routes(reception, settings))
    troubles.install(app)


def routes(reception: Reception, settings: Settings) -> APIRouter:
    """`/`, `/rules`, `/pictures/...`, `/papers/...`, `/static/...` and `/api/chat/...`."""
    gate = Gate(reception, Cookies(secure=settings.secure_cookies))
    router = APIRouter()
    router.include_router(page.routes(settings))
    router.include_router(rules.routes(settings))
    router.include_router(papers.routes(settings))
    router.include_router(page.ASSETS.routes())
    router.include_router(chat_api.routes(reception, gate))
    router.include_router(files_api.routes(reception, gate, Limits.of(settings)))
    return router
