"""The review room: lines that were not understood become drafts, facts are marked as checked, drafts become a patch."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial

from fastapi import APIRouter, Request, Response

from bot.conversation.scene import BEIJING
from bot.conversation.state import Why
from bot.desk import drafting, forms, lead_filters, pages, reviewing
from bot.desk.drafting import Data, Sort
from bot.desk.errors import UnreadableFormError
from bot.desk.gate import me, needs
from bot.desk.pages import HOME, PRIVATE, Pages, go
from bot.desk.permissions import Permission
from bot.desk.reviewing import Shown
from bot.errors import LessonRefusedError, ReviewLineNotFoundError
from bot.hearing import Understanding
from bot.settings import Settings
from bot.store import drafts, events, review, staff
from bot.store.drafts import Draft, NewDraft
from bot.store.work import Store, Work
from intents.catalogue import Catalogue
from knowledge.library import china
from knowledge.model import LANGUAGES

ROOM = f"{HOME}/review"
DROP = "drop"


class Review:
    """The pages of the review room, and what is done there."""

    def __init__(
        self,
        store: Store,
        understanding: Understanding,
        settings: Settings,
        shown_by: Pages,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._understanding = understanding
        self._settings = settings
        self._pages = shown_by
        self._clock = clock
        self._data: Data | None = None

    def add_to(self, router: APIRouter) -> None:
        """Put the pages on a router."""
        allowed = [needs(Permission.REVIEW)]
        get = partial(router.add_api_route, methods=["GET"], dependencies=allowed)
        post = partial(router.add_api_route, methods=["POST"], dependencies=allowed)
        get("/review", self.show_lines)
        get("/review/facts", self.show_facts)
        get("/review/drafts", self.show_drafts)
        get("/review/drafts.patch", self.as_patch)
        get("/review/questions.md", self.as_questions)
        post("/review/lines/{number}", self.decide, openapi_extra=forms.described("do", "words"))
        post("/review/facts/{fact}", self.mark_checked, openapi_extra=forms.described("due"))
        post("/review/drafts/drop", self.drop, openapi_extra=forms.described("drafts"))

    async def show_lines(self, request: Request) -> Response:
        """What was not understood, corrected or marked wrong."""
        return await self._lines(request)

    async def decide(self, number: str, request: Request) -> Response:
        """Make a draft of a line, or throw it away: either way it leaves the list."""
        form = await forms.read(request)
        do, _, intent = form.get("do", "").partition(":")
        words, other = (" ".join(form.get(name, "").split()) for name in ("words", "other"))
        line = await self._store.read(lambda work: review.get(work, _number(number)))
        try:
            if do == DROP:
                await self._drop_line(request, line.number)
            else:
                says = {
                    "language": line.language,
                    "words": words,
                    "nearest": form.get("nearest", ""),
                }
                says |= {"intent": intent or form.get("intent", ""), "other": other}
                await self._draft(request, _draft(do, says), line.number)
        except LessonRefusedError as error:
            return await self._lines(request, refused=(line.number, error), unsent=(words, other))
        return go(f"{ROOM}{_query(request)}")

    async def show_facts(self, request: Request) -> Response:
        """The facts by how much they are told and how long they were not checked."""
        return await self._facts(request)

    async def mark_checked(self, fact: str, request: Request) -> Response:
        """Draft that a fact was checked today."""
        form = await forms.read(request)
        says = {"fact": fact, "on": self._today.isoformat(), "due": form.get("due", "")}
        try:
            data = await self._read()
            if fact not in data.library.facts:
                raise LessonRefusedError(f"no fact {fact}")
            if says["due"]:
                _day(says["due"])
            await self._draft(request, NewDraft(Sort.CHECKED, says), None)
        except LessonRefusedError as error:
            return await self._facts(request, refused=error)
        return go(f"{ROOM}/facts{_query(request)}")

    async def show_drafts(self, request: Request) -> Response:
        """What is to be changed, and what of it cannot be."""
        kept, names = await self._store.read(_kept)
        made = await self._patch(kept)
        return self._pages.show(
            request,
            "review_drafts.html",
            self._clock(),
            drafts=kept,
            names=names,
            refused=made.refused,
            has_patch=bool(made.text),
            has_questions=any(draft.kind == Sort.ANSWER for draft in kept),
        )

    async def as_patch(self, request: Request) -> Response:
        """Every draft that can be carried out, for `git apply`."""
        kept, _ = await self._store.read(_kept)
        made = await self._patch(kept)
        await self._journal(request, "review.patch_taken", len(kept) - len(made.refused))
        return self._file(made.text, "text/x-patch; charset=utf-8", f"review-{self._today}.patch")

    async def as_questions(self, request: Request) -> Response:
        """The questions that need a new answer."""
        kept, _ = await self._store.read(_kept)
        count = sum(draft.kind == Sort.ANSWER for draft in kept)
        await self._journal(request, "review.questions_taken", count)
        name = f"questions-{self._today}.md"
        return self._file(drafting.questions(kept), "text/markdown; charset=utf-8", name)

    async def drop(self, request: Request) -> Response:
        """Throw drafts away: they were carried out, or are not wanted."""
        chosen = (await forms.read(request)).get("drafts", "")
        numbers = [_number(each) for each in chosen.split()]
        now, actor = self._clock(), _actor(request)

        def work_on(work: Work) -> None:
            gone = drafts.drop(work, *numbers)
            events.record(work, "review.drafts_dropped", actor=actor, now=now, data={"count": gone})

        await self._store.run(work_on)
        return go(f"{ROOM}/drafts")

    async def _draft(self, request: Request, new: NewDraft, number: int | None) -> None:
        """Keep a draft in place of its line. Raises LessonRefusedError."""
        data = await self._read()
        await asyncio.to_thread(drafting.check, new, data, self._today)
        now, actor, who = self._clock(), _actor(request), me(request).id
        today = self._today

        def work_on(work: Work) -> None:
            if not drafts.keep(work, new, staff_id=who, on=today):
                raise LessonRefusedError("this is among the drafts already")
            if number is not None and not review.drop(work, number):
                raise ReviewLineNotFoundError(f"line {number} was dealt with meanwhile")
            about = {"kind": new.kind, **_named(new.says)}
            events.record(work, "review.drafted", actor=actor, now=now, data=about)

        await self._store.run(work_on)

    async def _drop_line(self, request: Request, number: int) -> None:
        now, actor = self._clock(), _actor(request)

        def work_on(work: Work) -> None:
            if not review.drop(work, number):
                raise ReviewLineNotFoundError(f"line {number} was dealt with meanwhile")
            data = {"line": number}
            events.record(work, "review.dropped", actor=actor, now=now, data=data)

        await self._store.run(work_on)

    async def _lines(
        self,
        request: Request,
        *,
        refused: tuple[int, LessonRefusedError] | None = None,
        unsent: tuple[str, str] = ("", ""),
    ) -> Response:
        data, shown = await self._read(), _shown(request)
        kept = await self._store.read(review.lines)
        found = await asyncio.to_thread(reviewing.page, kept, shown, self._understanding)
        topics: dict[str, str] = {
            intent: data.catalogue.wording(intent, "en").label
            for intent in sorted(data.catalogue.topics)
        }
        return self._pages.show(
            request,
            "review.html",
            self._clock(),
            status=pages.status_of(refused[1]) if refused else 200,
            found=found,
            shown=shown,
            topics=topics,
            languages=LANGUAGES,
            why=reviewing.WHY,
            refused=refused[0] if refused else None,
            told=refused[1].user_text if refused else None,
            unsent=unsent,
            query=_query(request),
        )

    async def _facts(
        self, request: Request, *, refused: LessonRefusedError | None = None
    ) -> Response:
        data, today = await self._read(), self._today
        told = await self._store.read(lambda work: reviewing.uses(work, data.library))
        kept, names = await self._store.read(_kept)
        found = reviewing.facts(data, told, kept, today)
        whole = request.query_params.get("show") == "all"
        shown = found if whole else [each for each in found if each.weight or each.late > 0]
        return self._pages.show(
            request,
            "review_facts.html",
            self._clock(),
            status=pages.status_of(refused) if refused else 200,
            facts=shown,
            whole=whole,
            all=len(found),
            late=sum(each.late > 0 for each in found),
            names=names,
            told=refused.user_text if refused else None,
            query=_query(request),
        )

    async def _read(self) -> Data:
        """The data files, read once."""
        if self._data is None:
            cache = self._settings.cache_dir
            catalogue = await asyncio.to_thread(Catalogue.load, cache=cache)
            self._data = Data(catalogue, await asyncio.to_thread(china, cache))
        return self._data

    async def _patch(self, kept: list[Draft]) -> drafting.Patch:
        return await asyncio.to_thread(drafting.patch, kept, await self._read())

    async def _journal(self, request: Request, what: str, count: int) -> None:
        now, actor = self._clock(), _actor(request)
        data = {"count": count}
        await self._store.run(
            lambda work: events.record(work, what, actor=actor, now=now, data=data)
        )

    def _file(self, text: str, media_type: str, name: str) -> Response:
        disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(text, headers={**PRIVATE, **disposition}, media_type=media_type)

    @property
    def _today(self) -> date:
        return self._clock().astimezone(BEIJING).date()


def _draft(do: str, says: dict[str, str]) -> NewDraft:
    """What was pressed, as a draft. Raises LessonRefusedError, UnreadableFormError."""
    wanted = {
        Sort.PHRASE: ("language", "words", "intent", "other"),
        Sort.OUTSIDE: ("language", "words"),
        Sort.ANSWER: ("language", "words", "nearest"),
    }
    if do not in wanted:
        raise UnreadableFormError("no such choice")
    if not says["words"]:
        raise LessonRefusedError("a question with words in it is wanted")
    if do == Sort.PHRASE and not says["intent"]:
        raise LessonRefusedError("choose what it asks")
    return NewDraft(do, {name: says[name] for name in wanted[Sort(do)] if says[name]})


def _named(says: Mapping[str, str]) -> dict[str, str]:
    """What of a draft may stand in the journal: names of ours, no words of anybody."""
    return {name: says[name] for name in ("intent", "language", "fact") if name in says}


def _kept(work: Work) -> tuple[list[Draft], dict[str, str]]:
    return drafts.everything(work), {each.id: each.name for each in staff.everyone(work)}


def _shown(request: Request) -> Shown:
    asked = request.query_params
    language, why = asked.get("lang"), asked.get("why")
    return Shown(
        language if language in LANGUAGES else None,
        why if why in set(Why) else None,
        lead_filters.read(asked).page,
    )


def _number(text: str) -> int:
    if not pages.NUMBER.fullmatch(text):
        raise ReviewLineNotFoundError("there is no such line to review")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise LessonRefusedError("a day is wanted for the next check") from None


def _query(request: Request) -> str:
    return f"?{request.url.query}" if request.url.query else ""


def _actor(request: Request) -> str:
    return f"staff:{me(request).id}"
