"""The review room: lines become drafts, drafts a patch that git takes, facts are checked; nothing of ours changes."""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest

from bot.desk.drafting import FACTS, ROOT, Data, Sort, check, patch, questions
from bot.errors import LessonRefusedError
from bot.store import drafts, events, review, staff
from bot.store.drafts import Draft
from bot.store.review import Mark
from bot.store.staff import Role, Staff
from bot.store.work import Work
from intents.catalogue import Catalogue
from intents.teaching import OURS
from knowledge.datafiles import read
from knowledge.library import china
from tests.bot.desk.conftest import Desk
from tests.bot.desk.page import words

ROOM = "/desk/review"
ASKED = "do the people at the harbour want coins from us when we sign our logo up"
OTHER = "must we pay the authority a single coin to get our logo on its list"
KEPT_ON = date(2026, 11, 20)
FACT = "cn.fee.current"


async def _lines(
    desk: Desk, *texts: str, language: str = "en", why: str = "not_understood"
) -> None:
    for text in texts:
        mark = Mark(text, text.lower(), language, why, said=("fee.agency",), chosen="fee.official")
        await desk.store.run(lambda work, mark=mark: review.keep(work, mark, on=KEPT_ON))  # type: ignore[misc]


async def _drafts(desk: Desk) -> list[Draft]:
    return await desk.store.read(drafts.everything)


async def _decide(
    browser: httpx.AsyncClient, number: int, do: str, text: str = ASKED, **more: str
) -> httpx.Response:
    form = {"do": do, "words": text, "other": "", "intent": "", "nearest": "", **more}
    return await browser.post(f"{ROOM}/lines/{number}", data=form, follow_redirects=True)


@pytest.fixture(scope="module")
def data() -> Data:
    return Data(Catalogue.load(), china())


def _applied(text: str, folder: Path) -> Path:
    """The data files after `git apply` of a patch."""
    if shutil.which("git") is None:
        pytest.skip("no git here")
    for each in (OURS.taught / "phrases", OURS.taught / "out_of_scope", OURS.tested, FACTS):
        shutil.copytree(each, folder / each.relative_to(ROOT))
    done = subprocess.run(
        ["git", "apply", "-"], input=text.encode(), cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder


def _draft(number: int, kind: Sort, **says: str) -> Draft:
    return Draft(number, kind, {"language": "en", **says}, "li", KEPT_ON)


def test_drafts_are_one_patch_that_git_applies(data: Data, tmp_path: Path) -> None:
    made = [
        _draft(1, Sort.PHRASE, intent="fee.official", words=ASKED),
        _draft(2, Sort.PHRASE, intent="fee.official", words="blub blub coins", other=OTHER),
        _draft(3, Sort.PHRASE, intent="fee.official", words="备案要交多少铜板呀", language="zh"),
        _draft(4, Sort.OUTSIDE, words="where to eat a good noodle near the tide"),
        _draft(5, Sort.ANSWER, words="a question nobody has answered"),
        _draft(6, Sort.CHECKED, fact=FACT, on="2027-01-05"),
        _draft(7, Sort.CHECKED, fact="cn.fee.history", on="2027-01-05", due="2027-03-01"),
        _draft(8, Sort.PHRASE, intent="no.such", words="x y z"),
    ]
    found = patch(made, data)
    assert list(found.refused) == [8]
    folder = _applied(found.text, tmp_path)
    taught = read(folder / "intents/phrases/en/fee.yaml")["fee.official"]
    assert taught[-2:] == [ASKED, OTHER]
    assert read(folder / "intents/phrases/zh/fee.yaml")["fee.official"][-1] == "备案要交多少铜板呀"
    tested = read(folder / "tests/intents/phrases/en/fee.yaml")["fee.official"]
    assert tested["learnt"][-1] == "blub blub coins"
    outside = (folder / "intents/out_of_scope/en.txt").read_text()
    assert "where to eat a good noodle near the tide" in outside
    facts = read(folder / "knowledge/china/facts/fee.yaml")
    assert str(facts[FACT]["verified_on"]) == "2027-01-05"
    assert str(facts["cn.fee.history"]["review_due"]) == "2027-03-01"
    assert "nobody has answered" not in found.text


def test_our_own_files_stay_as_they_are(data: Data) -> None:
    before = {path: path.read_bytes() for path in (OURS.taught / "phrases").rglob("*.yaml")}
    assert patch([_draft(1, Sort.PHRASE, intent="fee.official", words=ASKED)], data).text
    assert {path: path.read_bytes() for path in before} == before


def test_without_the_sentences_under_test_a_phrase_can_still_be_drafted(
    data: Data, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from bot.desk import drafting  # noqa: PLC0415

    gone = OURS.tested.parent / "gone"
    monkeypatch.setattr(drafting, "OURS", type(OURS)(OURS.taught, gone))
    tested = _draft(1, Sort.PHRASE, intent="fee.official", words=ASKED, other=OTHER)
    assert "not here" in patch([tested], data).refused[1]


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ({"words": "what is the official fee", "intent": "fee.agency"}, "taught already"),
        ({"words": "call me at [number]", "intent": "fee.agency"}, "something personal"),
        ({"words": "...", "intent": "fee.agency"}, "words in it"),
    ],
)
def test_what_contradicts_the_data_is_refused(data: Data, says: dict[str, str], why: str) -> None:
    new = drafts.NewDraft(Sort.PHRASE, {"language": "en", **says})
    with pytest.raises(LessonRefusedError, match=why):
        check(new, data, KEPT_ON)


def test_the_list_for_the_lawyers_has_the_questions_alone() -> None:
    made = [
        _draft(1, Sort.ANSWER, words="who pays the tide?", nearest="fee.official 0.20"),
        _draft(2, Sort.OUTSIDE, words="noodles"),
    ]
    told = questions(made)
    assert "- (en) who pays the tide? Nearest today: fee.official 0.20." in told
    assert "noodles" not in told


async def test_without_lines_the_page_says_what_comes_here(lis: httpx.AsyncClient) -> None:
    assert "There is nothing to review" in words(await lis.get(ROOM))
    assert "No drafts" in words(await lis.get(f"{ROOM}/drafts"))


async def test_a_line_is_shown_with_what_it_comes_near_to(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    await _lines(desk, ASKED)
    await _lines(desk, "潮水要交钱吗", language="zh", why="marked_wrong")
    page = await lis.get(ROOM)
    assert f'value="{ASKED}"' in page.text
    assert 'value="phrase:fee.official"' in page.text
    assert "0.95" in words(page)
    assert "said Agency's fee 1" in words(page)
    only = await lis.get(f"{ROOM}?lang=zh")
    assert "潮水要交钱吗" in only.text
    assert ASKED not in only.text
    assert ASKED not in (await lis.get(f"{ROOM}?why=marked_wrong")).text
    assert "No line is like this" in words(await lis.get(f"{ROOM}?lang=zh&why=corrected"))


async def test_one_click_makes_a_draft_and_the_line_leaves(
    desk: Desk, lis: httpx.AsyncClient, li: Staff
) -> None:
    await _lines(desk, ASKED)
    page = await _decide(lis, 1, "phrase:fee.official")
    assert "There is nothing to review" in words(page)
    (draft,) = await _drafts(desk)
    assert (draft.kind, draft.staff_id) == ("phrase", li.id)
    assert draft.says == {"language": "en", "words": ASKED, "intent": "fee.official"}
    shown = await lis.get(f"{ROOM}/drafts")
    assert "Taught as a phrase of fee.official" in words(shown)
    answer = await lis.get(f"{ROOM}/drafts.patch")
    assert f"+  - {ASKED}" in answer.text
    assert answer.headers["content-disposition"].endswith('.patch"')
    assert (await _decide(lis, 1, "drop")).status_code == 404
    day = datetime(2026, 11, 22, tzinfo=UTC)
    lines = await desk.store.read(lambda work: events.between(work, day, day.replace(month=12)))
    told = [(line.kind, line.actor, line.data) for line in lines if line.kind.startswith("review.")]
    assert told == [
        (
            "review.drafted",
            f"staff:{li.id}",
            {"kind": "phrase", "intent": "fee.official", "language": "en"},
        ),
        ("review.patch_taken", f"staff:{li.id}", {"count": 1}),
    ]


async def test_every_other_way_a_line_may_go(desk: Desk, lis: httpx.AsyncClient) -> None:
    await _lines(
        desk, "one of the tide", "two of the tide", "three of the tide", "four of the tide"
    )
    await _decide(lis, 1, "outside", "one of the tide")
    await _decide(lis, 2, "answer", "two of the tide", nearest="fee.official 0.20")
    await _decide(lis, 3, "phrase", "three of the tide", intent="fee.agency", other=OTHER)
    await _decide(lis, 4, "drop", "")
    assert [draft.kind for draft in await _drafts(desk)] == ["outside", "answer", "phrase"]
    assert await desk.store.read(review.lines) == []
    assert "two of the tide" in (await lis.get(f"{ROOM}/questions.md")).text
    page = await lis.post(f"{ROOM}/drafts/drop", data={"drafts": "1 3"}, follow_redirects=True)
    assert [draft.kind for draft in await _drafts(desk)] == ["answer"]
    assert "Needs a new answer" in words(page)


async def test_what_is_refused_keeps_the_line_and_what_was_typed(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    await _lines(desk, ASKED)
    page = await _decide(lis, 1, "phrase", "call [number] for coins", intent="fee.official")
    assert page.status_code == 422
    assert "something personal" in words(page)
    assert 'value="call [number] for coins"' in page.text
    for do, text in (("phrase", ASKED), ("outside", " "), ("nonsense", ASKED)):
        assert (await _decide(lis, 1, do, text)).status_code == 422
    assert len(await desk.store.read(review.lines)) == 1
    await _decide(lis, 1, "outside")
    await _lines(desk, ASKED)
    again = await _decide(lis, 2, "outside")
    assert "among the drafts already" in words(again)


async def test_pages_of_lines(
    desk: Desk, lis: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.desk.reviewing.PAGE", 2)
    await _lines(desk, "one blub", "two blub", "three blub")
    page = await lis.get(f"{ROOM}?lang=en")
    assert "3 lines, page 1 of 2" in words(page)
    assert "lang=en&amp;page=2" in page.text
    assert len(re.findall(r'<li class="sheet" id="line-', page.text)) == 2


async def test_facts_are_sorted_by_how_much_they_are_told_and_how_long_unchecked(
    desk: Desk, lis: httpx.AsyncClient, li: Staff
) -> None:
    desk.clock.now = datetime(2027, 2, 1, tzinfo=UTC)
    await lis.post("/desk/sign-in", data={"login": "li", "password": "a harbour at night"})

    def tell(work: Work) -> None:
        for facts in (f"{FACT} cn.fee.history", FACT):
            events.record(
                work, events.ANSWERED, actor="bot", now=desk.clock(), data={"facts": facts}
            )
        old = datetime(2020, 1, 1, tzinfo=UTC)
        for _ in range(9):
            events.record(
                work, events.ANSWERED, actor="bot", now=old, data={"facts": "cn.fee.history"}
            )

    await desk.store.run(tell)
    page = await lis.get(f"{ROOM}/facts")
    told = re.findall(r'id="fact-([^"]+)"', page.text)
    assert told[:2] == [FACT, "cn.fee.history"]
    assert "Told 2 times since it was checked on 2026-11-22, 71 days ago" in words(page)
    assert f'href="/rules#{FACT}"' in page.text
    done = await lis.post(f"{ROOM}/facts/{FACT}", data={"due": ""}, follow_redirects=True)
    assert "Drafted by Li Na as checked on 2027-02-01" in words(done)
    made = (await lis.get(f"{ROOM}/drafts.patch")).text
    assert "+  verified_on: 2027-02-01" in made
    for fact, due in (
        (FACT, ""),
        ("cn.no.such", ""),
        ("cn.fee.history", "x"),
        ("cn.fee.history", "2020-01-01"),
    ):
        answer = await lis.post(f"{ROOM}/facts/{fact}", data={"due": due})
        assert answer.status_code == 422, (fact, due)
    assert len(re.findall(r'id="fact-', (await lis.get(f"{ROOM}/facts?show=all")).text)) == len(
        china().facts
    )


async def test_a_reviewer_may_and_an_agent_without_the_permission_may_not(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    await _lines(desk, ASKED)
    for role, status in ((Role.REVIEWER, 200), (Role.READER, 403)):
        who = await desk.hire(role.value, role.value)
        await desk.store.run(
            lambda work, who=who, role=role: staff.set_profile(  # type: ignore[misc]
                work, who.id, name=who.name, role=role
            )
        )
        async with contextlib.aclosing(await desk.signed_in(role.value)) as browser:
            for path in ("", "/facts", "/drafts", "/drafts.patch", "/questions.md"):
                assert (await browser.get(f"{ROOM}{path}")).status_code == status
            menu = words(await browser.get("/desk"))
            assert ("Review" in menu) is (status == 200)


async def test_drafts_are_sealed_anew_and_forgotten(desk: Desk, lis: httpx.AsyncClient) -> None:
    await _lines(desk, ASKED)
    await _decide(lis, 1, "outside")
    assert await desk.store.run(lambda work: drafts.forget(work, before=date(2026, 11, 22))) == 0
    assert await desk.store.run(lambda work: drafts.forget(work, before=date(2026, 11, 23))) == 1
    assert await _drafts(desk) == []
