"""Sets a page with typst: data and a template in, a PDF, an SVG or a PNG out.

The data go in as JSON, never into the markup, so no text can be taken for a command. Chinese wants a font that has it;
where the machine has none, `can_set` says so and no page of empty boxes is made.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Literal

import typst

from bot.errors import PaperError
from knowledge.model import Language

TEMPLATES = Path(__file__).parent / "templates"
Format = Literal["pdf", "svg", "png"]
_DOTS_AN_INCH = 200.0
"""A page as wide as a phone comes out 1,083 pixels wide, sharp on any of them."""
_LATIN = ("Noto Sans", "Inter", "Helvetica Neue", "Arial", "Liberation Sans", "DejaVu Sans")
_CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
    "Noto Serif CJK SC",
    "Songti SC",
    "SimSun",
)


@cache
def _families() -> frozenset[str]:
    return frozenset(typst.Fonts().families())


def fonts(language: Language) -> list[str]:
    """The fonts of this machine to set a language in, the best first; empty where it has none that could."""
    chinese = [name for name in _CHINESE if name in _families()]
    if language == "zh":
        return chinese
    return [name for name in _LATIN if name in _families()] + chinese or sorted(_families())[:1]


def can_set(language: Language) -> bool:
    """Whether this machine has a font for the language."""
    return bool(fonts(language))


def typeset(
    template: str, language: Language, data: Mapping[str, object], on: date, form: Format
) -> bytes:
    """The page; a PDF bears the day it is of. Raises PaperError where the machine has no font, or typst refuses."""
    if not can_set(language):
        raise PaperError(f"no font for {language} on this machine")
    whole = {"lang": language, "fonts": fonts(language), **data}
    try:
        pages = typst.compile(
            TEMPLATES / template,
            format=form,
            ppi=_DOTS_AN_INCH,
            sys_inputs={"data": json.dumps(whole, ensure_ascii=False)},
            timestamp=datetime.combine(on, time(), UTC),
        )
    except typst.TypstError as error:
        raise PaperError(f"{template}: {error.message}") from error
    if not isinstance(pages, bytes):
        raise PaperError(f"{template}: one page was wanted")
    return pages
