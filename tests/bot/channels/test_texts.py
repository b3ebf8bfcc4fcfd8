"""The words of page, errors and terminal: whole in both languages; which language somebody prefers."""

import re
from pathlib import Path

import pytest

from bot.channels import faults, texts
from bot.channels.texts import as_language, preferred, word, words
from knowledge.datafiles import read
from knowledge.errors import DataFileError
from knowledge.model import LANGUAGES, Language

CHANNELS = Path(texts.FOLDER).parent
GROUPS = ("page", "errors", "rules", "reminders", "terminal")
PLACEHOLDER = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("group", GROUPS)
def test_both_languages_say_the_same_things_with_the_same_gaps(group: str) -> None:
    english, chinese = words(group, "en"), words(group, "zh")
    assert list(english) == list(chinese)
    for name, text in english.items():
        assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(chinese[name])), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_no_other_groups(language: Language) -> None:
    assert set(read(texts.FOLDER / f"{language}.yaml")) == set(GROUPS)


def test_every_word_of_the_page_is_used_and_every_one_that_is_used_exists() -> None:
    sources = [*CHANNELS.glob("static/**/*.js"), CHANNELS / "templates" / "chat.html"]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    used = set(re.findall(r"say\(\s*\"(\w+)\"", code))
    used |= set(re.findall(r"words\.(\w+) ?}}", code))
    used |= set(re.findall(r"data-words(?:-label)?=\"(\w+)\"", code))
    used |= set(re.findall(r"tell\(\"(\w+)\"", code)) | {"unreachable", "offline"}
    used |= {"waiting", "sending"} & set(re.findall(r"\"(\w+)\"", code))
    used |= {f"presence_{owner}" for owner in ("bot", "waiting", "person", "closed")}
    assert used == set(words("page", "en"))


def test_every_error_the_api_can_give_has_words() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in CHANNELS.glob("*.py"))
    named = set(re.findall(r"(?:ApiError|fault|refusal)\([^)]*?\"(\w+)\"", code))
    assert named | set(faults._BY_STATUS.values()) <= set(words("errors", "en"))


def test_a_text_is_filled_in() -> None:
    assert word("errors.too_long", "en", limit=4096) == (
        "The message is too long: 4096 characters at most."
    )
    assert "4096" in word("errors.too_long", "zh", limit=4096)


@pytest.mark.parametrize("name", ["errors.nothing", "errors.too_long"])
def test_a_text_that_is_not_there_or_not_filled_is_an_error(name: str) -> None:
    with pytest.raises(DataFileError, match=name):
        word(name, "en")


def test_a_group_that_is_not_there_is_an_error() -> None:
    with pytest.raises(DataFileError, match="no group nothing"):
        words("nothing", "en")


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("ZH-Hant-TW", "zh"),
        ("zh_CN", "zh"),
        (" zh ", "zh"),
        ("de", None),
        ("english", None),
        ("", None),
        (None, None),
    ],
)
def test_a_language_tag(tag: str | None, language: Language | None) -> None:
    assert as_language(tag) == language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("de-DE,de;q=0.9,en;q=0.5,zh;q=0.4", "en"),
        ("en;q=0.2, zh;q=0.7", "zh"),
        ("zh;q=0, en;q=0.1", "en"),
        ("zh;q=high", "en"),
        ("fr", "en"),
        ("*", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_the_language_a_browser_prefers(header: str | None, language: Language) -> None:
    assert preferred(header) == language
