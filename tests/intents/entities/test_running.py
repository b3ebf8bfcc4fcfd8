"""Whether a case runs at the border."""

from __future__ import annotations

import pytest

from intents import entities


@pytest.mark.parametrize(
    ("text", "running"),
    [
        ("We got the notice yesterday at 6 pm", "notice"),
        ("Ningbo customs called us just now", "notice"),
        ("A letter from customs arrived this morning", "notice"),
        ("customs notified us on Monday", "notice"),
        ("昨天下午收到海关通知", "notice"),
        ("通知是上周五来的", "notice"),
        ("刚接到海关来电", "notice"),
        ("We were served on 10 November 2026 with a customs notice", "dated"),
        ("2026年11月10日收到海关通知书", "dated"),
        ("11月10日收到海关通知书", "dated"),
        ("11月10日（星期二）收到海关通知书", "dated"),
        ("goods were stopped this morning at Ningbo", "held"),
        ("our container is held at Shanghai right now", "held"),
        ("货现在被扣在宁波海关", "held"),
        ("前天货被海关拦下了", "held"),
        ("customs seized my goods in Shenzhen", "undated"),
        ("我们收到了海关通知", "undated"),
        ("Chinese customs wrote to us", "letter"),
        ("海关给我们来函了", "letter"),
    ],
)
def test_a_case_that_runs(text: str, running: str) -> None:
    assert entities.read(text).running == running


@pytest.mark.parametrize(
    "text",
    [
        "How does customs notify us?",
        "How long do we have after the notice?",
        "If a notice came yesterday, when is the last day?",
        "The court notice came yesterday",
        "Yesterday we got a letter from his lawyer",
        "CNIPA sent its notice on Monday",
        "What happens when goods are held?",
        "Can customs hold goods now without a recordation?",
        "Goods are held in about half of the cases",
        "海关怎么通知我们？",
        "如果昨天收到通知，最后一天是哪天",
        "昨天收到法院的通知",
        "货被扣了怎么办",
        "Is it true that goods were stopped today in many ports?",
        "昨天收到律师函",
        "In spring our goods were detained. Yesterday his lawyer wrote.",
        "我们的货去年被海关扣过，后来放行了",
        "",
    ],
)
def test_what_is_asked_in_general_or_of_others(text: str) -> None:
    assert entities.read(text).running is None
