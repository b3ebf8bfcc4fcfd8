"""Pictures of procedures: every one can be drawn, says what the text says, and can be read."""

from __future__ import annotations

import re
import struct
from datetime import date

import pytest

from bot.errors import PaperError
from bot.papers import typesetting
from bot.papers.picture import FORMS, THEMES, Form, Theme, draw, palette
from bot.papers.typesetting import can_set, fonts, typeset
from knowledge import procedures
from knowledge.errors import UnknownProcedureError
from knowledge.library import china
from knowledge.model import LANGUAGES, Language
from knowledge.procedures import Actor
from knowledge.walkthrough import Walkthrough
from tests.browser.colours import ratio

TODAY = date(2026, 11, 23)
PHONE = 1083
DRAWN = [name for name, each in procedures.china().items() if each.drawn]


def picture(
    name: str = "ex_officio",
    language: Language = "en",
    theme: Theme = "light",
    form: Form = "svg",
    **known: date,
) -> bytes:
    walkthrough = Walkthrough(china(), procedures.procedure(name), language, TODAY)
    return draw(walkthrough, known, agency="AAA IPRIGHT", theme=theme, form=form)


def test_this_machine_can_set_both_languages() -> None:
    assert all(can_set(language) for language in LANGUAGES), "apt install fonts-noto-cjk"


def test_both_routes_and_the_recordation_have_one() -> None:
    assert sorted(DRAWN) == ["ex_officio", "on_application", "recordation"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(procedures.china()))
def test_every_procedure_is_drawn_as_wide_as_a_phone(
    name: str, language: Language, theme: Theme, form: Form
) -> None:
    drawn = picture(name, language, theme, form)
    if form == "svg":
        assert drawn.startswith(b"<svg")
        assert b'width="390pt"' in drawn
    else:
        assert drawn.startswith(b"\x89PNG")
        width, height = struct.unpack(">II", drawn[16:24])
        assert width == PHONE
        assert height > 600


def test_the_same_data_give_the_same_bytes() -> None:
    assert picture(form="png") == picture(form="png")


def test_day_language_and_theme_change_it() -> None:
    served = date(2026, 9, 25)
    drawn = {picture(), picture(served=served), picture(language="zh"), picture(theme="dark")}
    assert len(drawn) == 4


def test_a_day_the_procedure_has_not_is_refused() -> None:
    with pytest.raises(UnknownProcedureError, match="served"):
        picture(arrested=TODAY)


def test_text_is_never_taken_for_a_command() -> None:
    walkthrough = Walkthrough(china(), procedures.procedure("renewal"), "en", TODAY)
    agency = '#panic("taken") $ \\ ] } "'
    assert draw(walkthrough, {}, agency=agency, theme="light", form="svg").startswith(b"<svg")


def test_without_a_font_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    latin = frozenset({"DejaVu Sans"})
    monkeypatch.setattr(typesetting, "_families", lambda: latin)
    assert (fonts("en"), fonts("zh"), can_set("zh")) == (["DejaVu Sans"], [], False)
    with pytest.raises(PaperError, match="no font for zh"):
        picture(language="zh")


def test_a_page_that_cannot_be_set_is_our_error() -> None:
    with pytest.raises(PaperError, match=r"procedure\.typ: .*title"):
        typeset("procedure.typ", "en", {"colours": {"paper": "#fff", "ink": "#000"}}, TODAY, "pdf")


@pytest.mark.parametrize("theme", THEMES)
def test_every_colour_of_a_text_stands_out_from_its_ground(theme: Theme) -> None:
    colours = palette()[theme]
    pairs = [("ink", ground) for ground in ("paper", "sheet", "sunk")]
    pairs += [("soft", "paper"), ("soft", "sunk"), ("warn", "sheet")]
    pairs += [(actor.value, "sheet") for actor in Actor] + [("paper", each.value) for each in Actor]
    for text, ground in pairs:
        found = ratio(rgb(colours[text]), rgb(colours[ground]))
        assert found >= 4.5, f"{text} on {ground}: {found:.2f}"


def rgb(colour: str) -> list[float]:
    return [int(pair, 16) for pair in re.findall("..", colour.removeprefix("#"))]
