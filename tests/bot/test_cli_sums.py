"""`tidewaiter sum` and what else it makes of the rules: results with the rule behind them, and clear refusals."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.store import events
from bot.store.work import Store, Work
from tests.bot.command import called, command_folder, refused

__all__ = ["command_folder"]

ON = ("--on", "2026-11-23")


@pytest.mark.parametrize(
    ("args", "result", "rule"),
    [
        (("security", "19999.99"), "RMB 19,999.99", "cn.security.tier1"),
        (("security", "20000"), "RMB 20,000", "cn.security.tier2"),
        (("security", "200,000.01"), "RMB 100,000", "cn.security.tier3"),
        (("security", "500000", "--on-application"), "RMB 500,000", "cn.application.security"),
        (
            ("security", "20000", "--currency", "usd", "--rate", "7.1"),
            "RMB 71,000",
            "cn.security.tier2",
        ),
        (("fine", "1000000"), "RMB 300,000", "cn.penalty.fine"),
        (("counter-security", "300000"), "RMB 300,000", "cn.counter_security.patent"),
        (("counter-security", "300000", "--lang", "zh"), "人民币300,000元", "cn.counter_security"),
        (("deadline", "cn.change.deadline", "2026-09-20"), "6 November 2026", "cn.change.deadline"),
        (("answer", "2026-02-12"), "24 February 2026", "cn.exofficio.response_deadline"),
        (("validity", "2024-02-29"), "27 February 2034", "cn.recordation.validity"),
        (
            ("validity", "2026-05-03", "--right-ends", "2030-01-01"),
            "1 January 2030",
            "cn.recordation.validity_shorter",
        ),
        (("eligible", "--subject", "trademark", "--state", "pending"), "not_yet", "cn.rights"),
        (("eligible", "--subject", "copyright"), "yes", "cn.rights.copyright"),
    ],
)
def test_the_result_stands_first_and_its_rule_below(
    folder: Path, args: tuple[str, ...], result: str, rule: str
) -> None:
    done = called(folder, "sum", *args, *ON)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == result
    assert any(line.startswith(rule) for line in lines[1:])
    assert "2026" in lines[-1]


def test_an_hour_abroad_is_told_back_in_its_own_zone(folder: Path) -> None:
    zone = ("--zone", "Europe/Berlin")
    done = called(folder, "sum", "answer", "2026-02-12T18:30", *zone, *ON)
    first, second, *_ = done.stdout.splitlines()
    assert first == "25 February 2026"
    assert second == "2026-02-26 00:00 CST = 2026-02-25 17:00 CET"
    east = called(folder, "sum", "answer", "2026-02-12T15:30", "--zone", "+01:00", *ON)
    assert east.stdout.splitlines()[0] == "24 February 2026"


def test_a_year_without_its_holidays_is_marked(folder: Path) -> None:
    done = called(folder, "sum", "deadline", "cn.change.deadline", "2090-01-02", *ON)
    assert "not announced yet" in done.stdout.splitlines()[1]


def test_papers_are_there_missing_or_open(folder: Path) -> None:
    args = ("papers", "design", "--holder", "company", "--have", "photos", "--given", "licensed")
    lines = called(folder, "sum", *args, "--not-given", "infringed", *ON).stdout.splitlines()
    signs = {
        line.split()[1 if line[1] != " " else 2].rstrip(":"): line[:3]
        for line in lines
        if line[0] == "["
    }
    assert signs["photos"] == "[x]"
    assert signs["licence"] == signs["evaluation_report"] == signs["identity_company"] == "[ ]"
    assert signs["patent_register"] == signs["power_of_attorney"] == "[?]"
    assert not {"infringement", "identity_person", "trademark_certificate"} & signs.keys()


@pytest.mark.parametrize(
    ("args", "complaint"),
    [
        (("security", "much"), "'much' is no number"),
        (("security", "100", "--currency", "EUR"), "none is assumed"),
        (("deadline", "cn.fee.current", "2026-01-01"), "these terms in working days: none"),
        (("papers", "secret"), "is none of trademark"),
        (("papers", "design", "--have", "luck"), "'luck' is none of application"),
        (("papers", "design", "--holder", "ghost"), "is none of company"),
        (("eligible", "--subject", "luck"), "is none of trademark"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_would(
    folder: Path, args: tuple[str, ...], complaint: str
) -> None:
    done = called(folder, "sum", *args)
    said = " ".join(done.stderr.replace("│", " ").split())
    assert (done.returncode, done.stdout) == (2, "")
    assert complaint in said


@pytest.mark.parametrize(
    ("args", "complaint"),
    [
        (("security", "0"), "above zero"),
        (("deadline", "cn.nothing", "2026-01-01"), "no fact 'cn.nothing'"),
        (("answer", "2026-02-12", "--zone", "Mars/Base"), "no time zone 'Mars/Base'"),
        (("answer", "1999-02-12"), "no working-day calendar for 1999"),
    ],
)
def test_what_the_rules_cannot_reckon_is_one_clear_line(
    folder: Path, args: tuple[str, ...], complaint: str
) -> None:
    refused(called(folder, "sum", *args), complaint)


@pytest.mark.parametrize(("name", "begins"), [("a.svg", b"<svg"), ("a.png", b"\x89PNG")])
def test_a_picture_is_written(folder: Path, tmp_path: Path, name: str, begins: bytes) -> None:
    out = tmp_path / name
    args = ("ex_officio", "--out", str(out), "--dark", "--day", "served=2026-09-25", "--lang", "zh")
    done = called(folder, "knowledge", "picture", *args)
    assert (done.returncode, done.stdout) == (0, f"{out}\n")
    assert out.read_bytes().startswith(begins)


@pytest.mark.parametrize(("name", "begins"), [("a.pdf", b"%PDF"), ("a.html", b"<!doctype html>")])
def test_a_checklist_is_written(folder: Path, tmp_path: Path, name: str, begins: bytes) -> None:
    out = tmp_path / name
    done = called(folder, "knowledge", "checklist", "copyright", "--out", str(out))
    assert (done.returncode, done.stdout) == (0, f"{out}\n")
    assert out.read_bytes().startswith(begins)


def test_a_file_of_another_sort_is_refused(folder: Path, tmp_path: Path) -> None:
    for args in (("picture", "change"), ("checklist", "design")):
        done = called(folder, "knowledge", *args, "--out", str(tmp_path / "a.doc"))
        assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_a_rule_that_is_none_cannot_be_marked_as_checked(folder: Path) -> None:
    refused(called(folder, "knowledge", "verify", "cn.nothing"), "no fact 'cn.nothing'")


def test_the_review_knows_what_people_were_told(tmp_path: Path) -> None:
    before = called(tmp_path, "knowledge", "review", "--on", "2027-05-23").stdout
    assert "stated" not in before
    assert not (tmp_path / "var" / "tidewaiter.db").exists(), "looking must not make a database"

    async def talk() -> None:
        store = Store.open(Settings(_env_file=None, data_dir=tmp_path / "var"))
        await store.migrate()

        def answered(work: Work) -> None:
            for facts in ("cn.tips.ports cn.scope.transit", "cn.scope.transit"):
                now = datetime(2026, 11, 23, tzinfo=UTC)
                events.record(work, events.ANSWERED, actor="bot", now=now, data={"facts": facts})

        await store.run(answered)
        await store.close()

    asyncio.run(talk())
    after = called(tmp_path, "knowledge", "review", "--on", "2027-05-23").stdout.splitlines()
    assert after[0].startswith("cn.scope.transit ")
    assert "stated 2 times" in after[0]
