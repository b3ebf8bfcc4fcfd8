"""A case that runs, told in a language we do not speak."""

from __future__ import annotations

import pytest

from intents import entities
from intents.answer import Kind
from intents.engine import Engine
from tests.intents.asking import ask, first_line


@pytest.mark.parametrize(
    "text",
    [
        "Ayer recibimos una notificación de la aduana china",
        "Nous avons reçu hier une notification des douanes chinoises",
        "Wir haben gestern eine Mitteilung vom chinesischen Zoll bekommen, was tun?",
        "Recebemos ontem uma notificação da alfândega chinesa, o que fazemos?",
        "Ieri abbiamo ricevuto una notifica dalla dogana cinese",
        "Вчера мы получили уведомление от китайской таможни",
        "昨日、税関から通知が届きました。どうすればいいですか？",
        "어제 세관에서 통지서를 받았습니다",
    ],
)
def test_a_notice_of_yesterday_is_told_its_last_day(engine: Engine, text: str) -> None:
    answer = ask(engine, text)
    assert answer.kind is Kind.ESCALATE
    assert "Wednesday 25 November 2026" in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "La aduana china ha retenido mi mercancía, ¿qué hago?",
        "La douane chinoise a bloqué notre marchandise, que faire ?",
        "Der chinesische Zoll hat unsere Ware beschlagnahmt",
        "A alfândega chinesa apreendeu as nossas mercadorias",
        "La dogana cinese ha bloccato la mia merce",
        "Таможня Китая задержала наш груз",
        "中国の税関に貨物を差し止められました",
        "중국 세관이 우리 물건을 압류했어요",
        "Hải quan Trung Quốc giữ hàng của chúng tôi",
        "احتجزت الجمارك الصينية بضاعتنا",
    ],
)
def test_goods_held_bring_the_rule_and_a_person(engine: Engine, text: str) -> None:
    answer = ask(engine, text)
    assert answer.kind is Kind.ESCALATE
    assert "If the goods are yours" in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "¿Puede la aduana retener mis mercancías?",
        "Wann beschlagnahmt der Zoll unsere Ware?",
        "Si la douane a bloqué notre marchandise, combien de temps avons-nous ?",
        "Wie teilt der Zoll uns mit, dass er Ware festgehalten hat?",
        "La aduana mexicana ha retenido mi mercancía",
        "¿Cuánto cuesta registrar nuestra marca en la aduana?",
        "Die Mitteilung vom Patentamt haben wir gestern bekommen",
    ],
)
def test_who_asks_in_general_or_of_others_tells_of_no_case(text: str) -> None:
    assert entities.read(text).running is None


@pytest.mark.parametrize(
    "text",
    [
        "Wir haben die Mitteilung vom Zoll erhalten und müssen heute antworten",
        "Die Mitteilung vom Zoll liegt hier, wir haben sie erhalten",
        "La aduana nos envió un aviso, lo recibimos ayer y lo leímos hoy",
    ],
)
def test_a_day_that_is_not_surely_that_of_the_notice_is_not_counted_from(
    engine: Engine, text: str
) -> None:
    answer = ask(engine, text)
    assert answer.kind is Kind.ESCALATE
    assert "On which day" in first_line(answer) or "On which day" in answer.text
