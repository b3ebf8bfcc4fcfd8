"""Which language a message is written in, and which of ours it is answered in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.language import TAUGHT, detect, unaccented
from knowledge.model import LANGUAGES, Language


@pytest.mark.parametrize(
    ("text", "code", "answer_in"),
    [
        ("How much does recordation cost?", "en", "en"),
        ("cost", "en", "en"),
        ("recordel trademrk custom chna", "en", "en"),
        ("备案要多少钱？", "zh", "zh"),
        ("備案多少錢", "zh", "zh"),
        ("GACC备案要多久", "zh", "zh"),
        ("这个OEM算侵权吗", "zh", "zh"),
        ("what does 备案 mean for our company", "mixed", "en"),
        ("我们的trademark在customs备案了以后还要做什么", "mixed", "zh"),
        ("¿Cuánto cuesta registrar la marca en la aduana?", "es", "en"),
        ("Combien coûte le dépôt de la marque pour nous ?", "fr", "en"),
        ("Wie viel kostet die Anmeldung der Marke beim Zoll?", "de", "en"),
        ("Quanto custa o registo da marca na alfândega?", "pt", "en"),
        ("Сколько стоит запись товарного знака?", "ru", "en"),
        ("商標の登録料金はいくらですか", "ja", "en"),
        ("상표 등록 비용은 얼마입니까", "ko", "en"),
        ("كم تكلفة تسجيل العلامة", "ar", "en"),
        ("12345", "und", "en"),
        ("", "und", "en"),
        ("🙂", "und", "en"),
    ],
)
def test_the_language_is_read_off_the_text(text: str, code: str, answer_in: Language) -> None:
    written = detect(text)
    assert (written.code, written.answer_in) == (code, answer_in)


@pytest.mark.parametrize("text", ["12345", "", "???", "🙂", "RMB"])
@pytest.mark.parametrize("hint", LANGUAGES)
def test_where_the_text_tells_nothing_the_chat_so_far_decides(text: str, hint: Language) -> None:
    assert detect(text, hint).answer_in == hint


@pytest.mark.parametrize(
    ("text", "hint", "answer_in"),
    [("备案要多久？", "en", "zh"), ("how long does it take?", "zh", "en")],
)
def test_the_text_outweighs_the_chat_so_far(text: str, hint: Language, answer_in: Language) -> None:
    assert detect(text, hint).answer_in == answer_in


@pytest.mark.parametrize(
    ("text", "foreign"),
    [("Сколько стоит?", True), ("备案", False), ("hello", False), ("12", False)],
)
def test_a_language_we_do_not_speak_is_foreign(text: str, foreign: bool) -> None:
    assert detect(text).foreign is foreign


@given(st.text(), st.sampled_from([None, *LANGUAGES]))
def test_any_text_is_answered_in_a_language_of_ours(text: str, hint: Language | None) -> None:
    assert detect(text, hint).answer_in in LANGUAGES


SHORT: dict[str, list[str]] = {
    "es": [
        "Cuanto cuesta?",
        "¿Cuánto tarda?",
        "hola",
        "buenos dias",
        "que documentos necesito",
        "necesito un poder?",
        "registro en la aduana",
        "quiero registrar mi marca",
        "cuantos años dura",
        "muchas gracias",
        "hay que renovar?",
        "¿marca de Madrid?",
        "hablar con alguien",
        "precio de la inscripcion",
        "somos una empresa mexicana",
    ],
    "fr": [
        "combien ça coûte",
        "combien ca coute ?",
        "bonjour",
        "c'est combien",
        "quels documents faut il",
        "delai de la douane",
        "faut-il une procuration ?",
        "je veux enregistrer ma marque",
        "valable combien d'années",
        "merci beaucoup",
        "enregistrement à la douane",
        "une marque de l'union européenne suffit elle",
        "je veux parler à quelqu'un",
        "quel est le prix",
        "liste des pièces svp",
    ],
    "de": [
        "wie lange dauert das?",
        "was kostet das",
        "hallo",
        "guten tag",
        "welche unterlagen brauche ich",
        "zollregistrierung gebühr",
        "brauche ich eine vollmacht",
        "wie geht das?",
        "gültig bis wann?",
        "vielen dank",
        "marke beim zoll eintragen",
        "reicht eine EU-Marke",
        "mit einem menschen sprechen",
        "wie hoch ist die kaution",
        "ist das kostenlos",
    ],
    "pt": [
        "quanto custa?",
        "quanto tempo demora",
        "olá",
        "obrigado",
        "quais documentos preciso",
        "registro na alfândega",
        "preciso de procuração?",
        "quero registrar a minha marca",
        "a licença é gratuita?",
        "posso falar com alguém",
        "qual é o prazo",
        "somos uma empresa do Brasil",
        "registo de marca na alfandega",
    ],
    "it": [
        "quanto costa?",
        "quanto tempo ci vuole",
        "buonasera",
        "buongiorno",
        "che documenti servono",
        "registrazione in dogana",
        "serve una procura?",
        "vorrei registrare il marchio",
        "quanti anni è valida",
        "grazie mille",
        "come si rinnova la registrazione",
        "posso parlare con qualcuno",
        "una società straniera può fare domanda",
    ],
    "vi": [
        "giá bao nhiêu?",
        "bao lâu thì xong",
        "xin chào",
        "cảm ơn",
        "cần giấy tờ gì",
        "đăng ký hải quan",
        "phí bao nhiêu",
        "mat bao lau",
        "dang ky nhan hieu bao nhieu tien",
        "có bắt buộc không",
        "tôi muốn đăng ký nhãn hiệu",
        "gia hạn khi nào",
        "cần giấy ủy quyền không",
    ],
    "ru": [
        "сколько стоит?",
        "как долго",
        "привет",
        "спасибо",
        "какие документы нужны",
        "регистрация на таможне",
        "нужна доверенность?",
        "хочу зарегистрировать марку",
        "срок действия",
        "цена",
        "GACC пошлина?",
        "поговорить с человеком",
    ],
    "ar": [
        "كم التكلفة؟",
        "كم يستغرق",
        "مرحبا",
        "شكرا",
        "ما هي الوثائق المطلوبة",
        "تسجيل لدى الجمارك",
        "هل أحتاج توكيل",
        "أريد تسجيل علامتي",
        "مدة الصلاحية",
        "الرسوم؟",
        "هل GACC مجاني",
        "أريد التحدث مع شخص",
    ],
    "ja": [
        "商標登録の費用は?",
        "費用は?",
        "税関登録費用",
        "登録料",
        "いくら",
        "こんにちは",
        "必要書類は何ですか",
        "委任状は必要?",
        "有効期間は",
        "更新の時期",
        "GACC登録の方法",
        "担保金の金額は",
        "マドリッド商標",
        "税関への通知回答期限",
        "WIPOの国際登録商標は受け付けてもらえますか",
    ],
    "ko": [
        "얼마예요?",
        "비용은",
        "안녕하세요",
        "감사합니다",
        "서류 뭐 필요해요",
        "세관 등록",
        "위임장 필요한가요",
        "유효기간",
        "GACC 등록 비용",
        "갱신",
        "마드리드 상표",
        "상담원 연결",
        "WIPO 국제등록 가능?",
    ],
    "en": [
        "Can Société Générale SA record its marks?",
        "Does the recordation of L'Oréal cover exports?",
        "Is Müller Söhne GmbH & Co. KG allowed to apply?",
        "fee for Grupo Modelo de la Rosa SA?",
        "We are Café de la Paix from Paris, how long does it take",
        "El Corte Ingles wants to record its trademark",
        "our company is called Die Zeit Verlag, which documents?",
        "La Mer trademark customs fee",
        "who owns the mark La Vie en Rose in China",
        "hola, how much does it cost?",
        "Guten Tag, what documents do you need?",
        "Bonjour, how can I start?",
        "Can I record ユニクロ in China?",
        "Is our mark 현대 recordable with customs?",
        "we own Калинка, can we record it",
        "de facto owner of the mark",
        "pro rata security?",
        "cost",
        "recordation",
        "thanks a lot",
        "hi there",
        "no",
    ],
    "zh": [
        "备案费用",
        "商標備案費用",
        "多少钱",
        "我的の商标能备案吗",
        "我们的品牌ユニクロ能备案吗",
        "公司叫현대的可以备案吗",
        "品牌Калинка能备案吗",
        "需要什么文件",
        "關稅總署備案要多久",
        "谢谢",
        "續展",
        "费用是多少？",
        "海關登記費用",
    ],
}


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, texts in SHORT.items() for text in texts]
)
def test_a_short_message_shows_its_language(code: str, text: str) -> None:
    assert detect(text).code == code


def test_every_language_has_enough_short_messages() -> None:
    assert all(len(texts) >= 12 for texts in SHORT.values())
    assert set(TAUGHT) < set(SHORT)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("ça coûte", "ca coute"),
        ("¿Cuántos años?", "¿Cuantos anos?"),
        ("für größer", "fur grosser"),
        ("đăng ký", "dang ky"),
        ("がぎパ", "がぎパ"),
        ("등록 備案", "등록 備案"),
        ("й ё", "й ё"),
    ],
)
def test_only_latin_letters_lose_their_accents(text: str, bare: str) -> None:
    assert unaccented(text) == bare


@pytest.mark.parametrize("text", ["asdf", "ok", "lol", "Xiaomi", "Zhang Wei"])
def test_a_word_or_two_that_are_not_english_leave_the_language_of_a_chat_open(text: str) -> None:
    assert detect(text).code == "und"
    assert detect(text, "zh").answer_in == "zh"
    assert detect(text, "en").answer_in == "en"
