"""A lead on paper: everything that is known of it, in its language, the same bytes each time."""

from __future__ import annotations

from datetime import date

import pytest

from bot.leads import dossier, history
from bot.leads.dossier import Case
from bot.leads.model import Handling, LeadStatus, LostReason
from bot.papers.typesetting import can_set
from bot.store.events import Event
from knowledge.model import LANGUAGES, Language
from tests.bot.leads.making import ANSWERS, NOW, REFERENCE, lead

AGENCY = "AAA IPRIGHT"


def case(**handling: object) -> Case:
    line = Event(1, "c1", NOW, "staff:li", history.MOVED, {"status": "contacted"})
    made = lead(
        answers={**ANSWERS, "goods": "shoes #set page(height: 1pt) [*x*]"},
        put_off=("rights.1.registration_number", "gone"),
    ).model_copy(update={"handling": Handling(**handling)})
    return Case(made, [line], {"li": "Li Na"}, "linkedin")


def told(content: dict[str, object]) -> str:
    return str(content)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_stands_there(language: Language) -> None:
    step = {"owner_id": "li", "next_action": "Call", "next_on": date(2026, 11, 27)}
    said = told(dossier.content(case(**step), language, AGENCY, NOW))
    for part in (REFERENCE, AGENCY, "Yangtze Running Shoes Ltd", "li.wei@holder.example", "Li Na"):
        assert part in said
    for part in ("2026-11-27 · Call", "2026-11-23 16:30 (UTC+8)", "linkedin", "2026-11"):
        assert part in said
    assert ("Moved to Contacted" if language == "en" else "改为“已联系”") in said
    assert ("To be given later" if language == "en" else "待补充") in said
    assert "gone" not in said


def test_why_it_was_lost_stands_there() -> None:
    lost = case(status=LeadStatus.LOST, lost_reason=LostReason.ELSEWHERE)
    assert "Lost (went to another agency)" in told(dossier.content(lost, "en", AGENCY, NOW))
    assert "未成（已委托其他机构）" in told(dossier.content(lost, "zh", AGENCY, NOW))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_one_and_the_same_each_time(language: Language) -> None:
    if not can_set(language):
        pytest.skip(f"no font for {language} on this machine")
    once, again = (dossier.as_pdf(case(), language, AGENCY, NOW) for _ in range(2))
    assert once.startswith(b"%PDF-")
    assert once == again


def test_a_machine_without_a_font_sets_it_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    chinese = lead(language="zh")
    monkeypatch.setattr(dossier, "can_set", lambda language: language == "en")
    assert dossier.language_of(chinese) == "en"
    monkeypatch.setattr(dossier, "can_set", lambda _: True)
    assert dossier.language_of(chinese) == "zh"
