"""The command, as scripts and people use it."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.conversation.events import Taken
from bot.conversation.owner import Owner
from bot.desk.accounts import Accounts
from bot.live import Live
from bot.reception import Inbound, Reception
from bot.settings import Settings
from bot.store import staff
from bot.store.work import Store
from tests.bot.command import ROOT, called, command_folder, refused, run
from tests.bot.told import ToldUnderstanding, key, staffer
from tests.dialogues.playing import play
from tests.prepared import CACHE, prepared_engine

__all__ = ["command_folder"]

KEYS = ["question", "lang", "kind", "intents", "facts", "as_of", "text", "suggestions"]


def test_ask_prints_one_json_object_of_the_agreed_shape(folder: Path) -> None:
    done = run(folder, "ask", "--json", "how long is a recordation valid?")
    assert done.returncode == 0, done.stderr
    [line] = done.stdout.splitlines()
    answer = json.loads(line)
    assert list(answer) == KEYS
    assert answer["kind"] == "answer"
    assert "cn.recordation.validity" in answer["facts"]
    assert "10 years" in answer["text"]
    assert set(answer["intents"][0]) == {"id", "confidence"}


def test_ask_answers_for_the_day_it_is_asked_about(folder: Path) -> None:
    done = called(folder, "ask", "--on", "2014-05-01", "official fee")
    assert "RMB 800" in done.stdout
    assert "2015" in done.stdout


def test_ask_reads_a_file_and_keeps_its_order(folder: Path, tmp_path: Path) -> None:
    asked = ["hello", "备案有效期多久？", "what is the weather"]
    questions = tmp_path / "q.jsonl"
    questions.write_text("\n".join(json.dumps({"q": q}) for q in asked), encoding="utf-8")
    done = called(folder, "ask", "--json", "--file", str(questions))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["question"] for answer in answers] == asked
    assert [answer["lang"] for answer in answers] == ["en", "zh", "en"]
    assert [answer["kind"] for answer in answers] == ["smalltalk", "answer", "out_of_scope"]


def test_ask_without_json_prints_the_text_alone(folder: Path) -> None:
    done = called(folder, "ask", "备案有效期多久？")
    assert "10年" in done.stdout
    assert "依据" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("content", "complaint"),
    [("{", "q.jsonl:1"), ('{"q": 3}', 'a text "q"'), ('{"q":"a"}\n[]', "q.jsonl:2")],
)
def test_a_bad_question_file_is_one_clear_line(
    folder: Path, tmp_path: Path, content: str, complaint: str
) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text(content, encoding="utf-8")
    refused(called(folder, "ask", "--json", "--file", str(questions)), complaint)


def test_a_missing_question_file_is_one_clear_line(folder: Path) -> None:
    refused(called(folder, "eval", "nowhere.jsonl"), "nowhere.jsonl")


def test_a_question_and_a_file_together_arerefused(folder: Path) -> None:
    assert called(folder, "ask", "hi", "--file", "x").returncode == 2
    assert called(folder, "ask").returncode == 2
    assert called(folder, "ask", "--lang", "xx", "hi").returncode == 2


def test_eval_prints_the_table(folder: Path, tmp_path: Path) -> None:
    questions = tmp_path / "q.jsonl"
    asked = {"q": "how long is a recordation valid?", "lang": "en", "kind": "in_scope"}
    asked["fact_ids"] = ["cn.recordation.validity"]  # type: ignore[assignment]
    questions.write_text(json.dumps(asked), encoding="utf-8")
    done = called(folder, "eval", str(questions))
    assert done.stdout.splitlines()[0].startswith("ALL           all   n=  1  right 100.0%")


def test_check_finds_the_data_in_order(folder: Path) -> None:
    done = called(folder, "check")
    assert (done.returncode, done.stdout) == (0, "the data is in order\n")


def test_a_procedure_is_told_with_the_days_that_follow(folder: Path) -> None:
    done = called(folder, "knowledge", "procedure", "change", "--day", "changed=2026-03-02")
    assert "Last day: 14 April 2026." in done.stdout


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        (["nothing"], "there are assignment"),
        (["renewal", "--day", "then=2027-01-01"], "it has expiry, complete"),
    ],
)
def test_a_procedure_or_a_day_that_is_none_is_one_clear_line(
    folder: Path, more: list[str], complaint: str
) -> None:
    refused(called(folder, "knowledge", "procedure", *more), complaint)


def test_a_day_that_is_not_written_as_one_isrefused(folder: Path) -> None:
    done = called(folder, "knowledge", "procedure", "renewal", "--day", "expiry=soon")
    assert (done.returncode, "served=2027-02-01" in done.stderr) == (2, True)


def test_doctor_says_what_is_there_and_what_is_not(folder: Path) -> None:
    done = run(folder, "doctor")
    assert done.returncode == 0
    for name in ("Python", "Data folder", "Database", "Language model", "Mail", "Chromium"):
        assert f"  {name}: " in done.stdout


def test_staff_add_prints_a_link_that_works_once(folder: Path) -> None:
    done = called(folder, "staff", "add", "li")
    assert done.stdout.startswith("http://127.0.0.1:8000/desk/setup/")


def test_leads_export_of_no_leads_prints_nothing(folder: Path) -> None:
    assert called(folder, "leads", "export").stdout == ""


def test_knowledge_page_writes_one_file_of_all_rules(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "book.html"
    args = ("--out", str(out), "--on", "2027-01-01", "--lang", "zh")
    done = called(folder, "knowledge", "page", *args)
    assert (done.returncode, done.stdout) == (0, f"{out}\n")
    html = out.read_text(encoding="utf-8")
    assert '<html lang="zh"' in html
    assert "As they hold on 1 January 2027" in html
    assert [path.name for path in out.parent.iterdir()] == ["book.html"]


def test_knowledge_page_lies_in_the_data_folder_if_nothing_is_said(folder: Path) -> None:
    done = called(folder, "knowledge", "page")
    assert done.stdout == f"{folder / 'var' / 'rules.html'}\n"
    assert (folder / "var" / "rules.html").is_file()
    assert called(folder, "knowledge", "page", "--lang", "xx").returncode == 2


def test_a_page_that_cannot_be_written_is_one_clear_line(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    out = tmp_path / "file" / "book.html"
    refused(called(folder, "knowledge", "page", "--out", str(out)), "book.html")


def test_knowledge_review_prints_what_is_due_and_what_comes_next(folder: Path) -> None:
    done = called(folder, "knowledge", "review", "--on", "2026-11-23")
    assert done.stdout.splitlines()[:2] == ["nothing is due on 2026-11-23", "next:"]
    late = called(folder, "knowledge", "review", "--on", "2027-02-01").stdout.splitlines()
    assert late[0].startswith("cn.scope.bonded ")
    assert late[-6] == "next:"


def test_a_taken_port_is_one_clear_line_and_exit_code_2(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused(run(folder, "serve", PORT=port), f"port {port}")


def test_an_unwritable_folder_is_one_clear_line_and_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file stands where the folder should be")
    refused(run(tmp_path, "serve", PORT="0" * 3 + "1"), "var")


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("PORT", "eighty"),
        ("ENCRYPTION_KEY", "short"),
        ("DATABASE_URL", "mysql://x"),
        ("SMTP_PORT", "0"),
    ],
)
def test_a_bad_setting_is_one_clear_line_that_names_it(
    folder: Path, setting: str, value: str
) -> None:
    done = run(folder, "serve", **{setting: value})
    refused(done, f"TIDEWAITER_{setting}")
    assert value not in done.stderr.replace("TIDEWAITER_SMTP_PORT", "") or value == "0"


def test_a_host_that_is_not_ours_is_one_clear_line(folder: Path) -> None:
    refused(run(folder, "serve", HOST="192.0.2.1"), "TIDEWAITER_HOST")


def test_ask_imports_neither_web_nor_database_nor_training(folder: Path) -> None:
    program = (
        "import sys; from bot.cli import app; from typer.testing import CliRunner;"
        "CliRunner().invoke(app, ['ask', '--json', 'hello']);"
        "print(*(m for m in ('fastapi', 'sqlalchemy', 'dbos', 'sklearn', 'aiogram', 'telegram')"
        " if m in sys.modules))"
    )
    env = os.environ | {"TIDEWAITER_DATA_DIR": str(folder / "var")}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == []


def test_the_prepared_model_is_found_again() -> None:
    prepared_engine()
    kept = {path: path.stat().st_mtime for path in CACHE.glob("matcher-*")}
    prepared_engine()
    assert kept == {path: path.stat().st_mtime for path in CACHE.glob("matcher-*")}


def test_the_phrases_are_reported_for_one_language(folder: Path) -> None:
    told = json.loads(called(folder, "phrases", "report", "--lang", "ko", "--json").stdout)
    found = {each["intent"]: each for each in told["intents"]}
    assert {each["language"] for each in told["intents"]} == {"ko"}
    assert found["fee.official"]["phrases"] >= 12
    assert found["fee.official"]["sentences"] >= 3
    table = called(folder, "phrases", "report", "--lang", "ko").stdout.splitlines()
    assert table[0].split()[:2] == ["lang", "intent"]
    assert any(line.startswith("ko: ") for line in table)


def test_a_language_without_phrases_is_refused(folder: Path) -> None:
    done = run(folder, "phrases", "report", "--lang", "xx")
    assert (done.returncode, done.stdout) == (2, "")
    assert "xx" in done.stderr


def test_stolen_phrases_are_listed_the_likest_first(folder: Path) -> None:
    told = json.loads(called(folder, "phrases", "stolen", "--threshold", "80", "--json").stdout)
    likeness = [each["likeness"] for each in told]
    assert likeness == sorted(likeness, reverse=True)
    assert all(80 <= each < 95 for each in likeness)
    assert all(each["phrase"]["intent"] != each["other"]["intent"] for each in told)
    lines = called(folder, "phrases", "stolen", "--threshold", "80").stdout.splitlines()
    assert lines[-1] == f"{len(told)} at 80 of 100 or above"
    assert len(lines) == len(told) + 1


def test_a_chat_is_written_down_as_a_transcript(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "short.en.yaml"
    done = run(folder, "chat", "--record", str(path), typed="start an inquiry\n1\n")
    assert done.returncode == 0, done.stderr
    played = play(path)
    assert [turn.presses for turn in played.transcript.talk] == [(), (), ("Trademark",)]
    refused(run(folder, "chat", "--record", str(path)), "already")


async def _hire(store: Store, *logins: str) -> None:
    await store.migrate()
    accounts = Accounts(store)
    for login in logins:
        token = (await accounts.invite(login)).rsplit("/", 1)[1]
        await accounts.set_up(token, login="", name=login.title(), password="a harbour at night")


def test_accounts_by_the_command(tmp_path: Path) -> None:
    refused(called(tmp_path, "staff", "role", "li", "agent"), "does not exist")

    async def hire() -> None:
        store = Store.open(Settings(_env_file=None, data_dir=tmp_path / "var"))
        await _hire(store, "li", "marco")
        await store.close()

    asyncio.run(hire())
    assert called(tmp_path, "staff", "role", "marco", "reader").returncode == 0
    assert called(tmp_path, "staff", "disable", "marco").returncode == 0
    lines = called(tmp_path, "staff", "list").stdout.splitlines()
    assert [line.split()[:3] for line in lines] == [
        ["li", "admin", "active"],
        ["marco", "reader", "disabled"],
    ]
    refused(called(tmp_path, "staff", "disable", "LI"), "last administrator")
    for act in ("enable", "reset-2fa"):
        assert called(tmp_path, "staff", act, "marco").returncode == 0
    assert "disabled" not in called(tmp_path, "staff", "list").stdout
    assert called(tmp_path, "staff", "role", "marco", "king").returncode == 2


def test_who_is_disabled_by_the_command_leaves_nobody_alone(folder: Path) -> None:
    settings = Settings(_env_file=None, data_dir=folder / "var")

    async def taken() -> str:
        store = Store.open(settings)
        await _hire(store, "anna", "bruno")
        reception = Reception(store, ToldUnderstanding(), "AAA", Live())
        receipt = await reception.receive(Inbound(key("left"), "left-1", "? cost"))
        who = await store.read(lambda work: staff.by_login(work, "bruno"))
        event = Taken(by=staffer(who.id, who.name))
        await reception.act(receipt.conversation_id, event)
        await store.close()
        return receipt.conversation_id

    async def owner(conversation: str) -> Owner:
        store = Store.open(settings)
        state = await Reception(store, ToldUnderstanding(), "AAA", Live()).state(conversation)
        await store.close()
        return state.owner

    conversation = asyncio.run(taken())
    done = called(folder, "staff", "disable", "bruno")
    assert done.stdout == "conversations the bot goes on in: 1\n", done.stderr
    assert asyncio.run(owner(conversation)) is Owner.BOT
