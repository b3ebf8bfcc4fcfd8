"""A small set of this floor's data, in order, to be broken in tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import MappingProxyType

from knowledge.library import Library, china
from knowledge.model import Fact

TOPICS = """\
some.fee:
  rests_on: [cn.fee]
  next: [some.term]
some.term:
  rests_on: [cn.term]
  next: [some.fee]
"""
ANSWERS = {
    "en": """\
some.fee:
  label: Fee
  ask: What is the fee?
  lead: It costs {cn.fee:fee}.
some.term:
  label: Term
  ask: How long is the term?
  lead: It holds {cn.term:term}.
""",
    "zh": """\
some.fee:
  label: 费用
  ask: 费用是多少？
  lead: 费用为{cn.fee:fee}。
some.term:
  label: 有效期
  ask: 有效期多长？
  lead: 有效期为{cn.term:term}。
""",
}
CONCEPTS = """\
some.fee: {en: [fee, price], zh: [费用]}
some.term: {en: [term]}
"""
WORDS = {"en": ("price", "validity"), "zh": ("价钱", "期限")}
NUMERALS = "一二三四五六七八九十百千"


def phrases(language: str) -> str:
    """Twelve phrases for each of the two intents."""
    lines = []
    for intent, word in zip(("some.fee", "some.term"), WORDS[language], strict=True):
        lines += [f"{intent}:", *(f"  - {word} {numeral}" for numeral in NUMERALS)]
    return "\n".join(lines) + "\n"


def write(folder: Path) -> Path:
    """All files of the set."""
    files = {
        "topics/some.yaml": TOPICS,
        "concepts/some.yaml": CONCEPTS,
        "out_of_scope/en.txt": "# nothing of ours\nbread\n\n",
    }
    for language, answers in ANSWERS.items():
        files[f"answers/{language}/some.yaml"] = answers
        files[f"answers/{language}/frame.yaml"] = "frame.space: ' '\n"
        files[f"phrases/{language}/some.yaml"] = phrases(language)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Put other words into one file, once."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text, f"{name} has no {old!r}"
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def library() -> Library:
    """The facts the set rests on."""
    facts = {
        key: Fact.model_validate(
            {
                "id": key,
                "en": f"It is {{{name}}}.",
                "zh": f"为{{{name}}}。",
                "values": {name: value},
                "basis": {"cn.regulations": [8]},
                "source": ["S1"],
                "verified_on": date(2026, 11, 22),
                "review_due": date(2027, 11, 22),
            }
        )
        for key, name, value in (
            ("cn.fee", "fee", "800 CNY"),
            ("cn.term", "term", "10 years"),
            *((f"cn.more{number}", "days", f"{number} days") for number in range(9)),
        )
    }
    return Library(MappingProxyType(facts), china().instruments)
