"""The words and letters by which a language gives itself away in a short message.

Written without accents, because people type without them. A strong word is hardly ever said in another of these
languages and decides a message by itself, unless that shows more of English. Names of firms are mostly weak words.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ENGLISH = _words(
    "the is are do does did can could we i you he she it its my our your what how when which who whom why where "
    "of to for in on at by from this that these those with without have has had and or not no need needs be been "
    "being will would should must may if then there their them they us me his her as an into about after before "
    "any all some too please thanks thank hello hi yes ok okay help want know tell give get much many long cost "
    "costs fee fees price free pay paid pays charge time take takes year years day days month file filing files "
    "filed apply applies application applicant record records recorded recordal recordals recordation "
    "recordations register registers registered registration trademark trademarks trade mark marks brand brands "
    "custom customs china chinese company owner owners holder licence license licensee goods import imports "
    "export exports imported exported counterfeit counterfeits fake fakes seize seized seizure detained detention "
    "shipment notice deadline answer reply renew renewal renewed valid validity expire expires expired document "
    "documents required power attorney agent foreign overseas protect protection protected cover covers covered "
    "check list search database security deposit bond step steps process procedure start lawyer law rights right "
    "copyright patent patents design companies"
)
_SURE_ENGLISH = _words(
    "the is are can we what how does our your which fee fees cost recordation recordal customs trademark "
    "trademarks"
)

WEAK = {
    "es": _words(
        "el la los las de del que es en un una unos unas para por con sin como mi mis mas me lo le se su sus esta "
        "este esto son ser hay si no y o nos al ya tiempo dias anos marca marcas registro registrar pago ciao somos "
        "pagar precio tasa china empresa ante antes desde hasta sobre solo tambien quien cual cuando donde podemos "
        "exportaciones exportacion importacion representante agente lista blanca persona costo tarda vale valida dura"
    ),
    "fr": _words(
        "le la les des du de est et un une pour par avec sans que qui comment je nous mon ma mes notre nos ce cet "
        "cette ca dans sur au aux il elle on se sont y en ou si pas ne plus prix temps delai chine taxe duree pays "
        "quand quel quelle liste personne aussi avant apres jusqu cher jour jours an ans documents representant agent "
        "societe valable faire depot deposer etape etapes peut puis va moi tout"
    ),
    "de": _words(
        "der die das und ist ein eine einen einer mit bei dem den des beim zu zum zur auf von im am an in wir er es "
        "man sich aus nach vor uber um so was wer wo wenn fur ab bis nur oder noch mein meine unser unsere ihr ihre "
        "kann kosten lange tage jahre liste china muss gilt geht viel preis marken patent person firma alle sein hat "
        "hab habe als wird werden tag ware waren"
    ),
    "pt": _words(
        "o os as de que e em um para por com sem do da dos das no na nos nas como se meu minha meus esta isto este "
        "ser ha ou mais tempo dias anos marca marcas registro registo registrar pagar taxa china empresa quanto qual "
        "quais quando onde quem so lista pessoa valido dura vale ja ate somos posso podemos prazo agente"
    ),
    "it": _words(
        "il lo la i gli le di che e un una per con del della dei delle nel nella al alla da dal su non si mi ci o ma "
        "come quanto quale quali quando dove chi tempo anni marchi tassa anche solo mio ciao posso mia nostro nostra "
        "lista persona valido dura agente registrare vale ho sono"
    ),
    "nl": _words(
        "de het een is en hoe wat ik wij we niet voor met bij kan van mijn onze dit in op te of zijn merk lang dank"
    ),
    "pl": _words("jest czy jak sie nie na do dla co ile mam moje przez w z i o po sa to ze"),
    "tr": _words("bir ve bu ne mi mu var ile ben biz icin kadar marka nasil"),
    "vi": _words(
        "la va co cho toi bao voi o mat phi thoi gian the gi ai duoc khong cua dang ky nhan hieu hai quan trung quoc "
        "can nhung giay to may ngay nam lam sao bang nao trong minh ban ung han uy quyen tien"
    ),
    "id": _words(
        "yang dan di untuk apa saya kami tidak dengan ini itu ke dari bisa merek bea cina ada berapa"
    ),
}
"""The little words, and words of our subject that neighbours share; they count one."""

STRONG = {
    "es": _words(
        "requisitos proceso explica expliqueme "
        "hola gracias buenos buenas cuanto cuantos cuantas cuesta cuestan aduana aduanas aduanera aduanero puedo "
        "puede pueden quiero queremos necesito necesitamos tengo tenemos inscribir inscripcion renovar tal porfa "
        "favor fianza mercancia mercancias plazo usted ustedes nuestra nuestro quisiera extranjera derechos papeles "
        "extranjero notarial hablar alguien cobran cobra sirve hacer hacen tramite solicitud saludos adios solicita "
        "obligatorio contestar pagina gustaria agradezco agregar autorizados registros consulta hablan habla espanol "
        "documentacion"
    ),
    "fr": _words(
        "bonjour bonsoir salut coucou combien coute coutent douane douanes douanier douaniere douaniers faut voudrais "
        "voulons pouvez pouvons est-ce qu'est c'est j'ai avez avons sommes gratuit gratuite procuration veux vous vos "
        "renouveler renouvellement enregistrement enregistrer inscrire marchandise marchandises contrefacons "
        "contrefacon quelqu'un parler fonctionne etrangere caution chinoise besoin delais frais svp beaucoup etes "
        "marque marques obligatoire demande commencer lancer aimerais passez pieces quelles parlez francais mercis "
        "fournisseurs autorises merci papiers quels repondre enregistrements"
    ),
    "de": _words(
        "hallo danke dankeschon guten wie kostet dauert zoll zollamt zollregistrierung markenrecht brauche brauchen "
        "braucht ich mochte mochten konnen konnten welche welches welcher welchen unterlagen papiere gebuhr gebuhren "
        "eintragung eintragen registrierung registrieren verlangern verlangerung vollmacht kaution sie auch "
        "sicherheit gultig nicht warum wann marke bitte sprechen jemandem jemand mitarbeiter auslandische antrag "
        "auslandisches kostenlos wieviel beschlagnahmt falschungen frist antworten konnt ausfuhr einfuhr gehen weisse "
        "tschuss machen gibt vielen tausend moin servus gruezi deutsch beschlagnahme autorisierte lieferanten "
        "urheberrechte wer pflicht dauer zolleintragung bearbeitungszeit"
    ),
    "pt": _words(
        "ola obrigado obrigada custa custam alfandega alfandegas aduaneiro aduaneira voces voce preciso precisamos "
        "nao quero falar alguem quantos quantas licenca procuracao uma tambem documentos demora preco mercadoria "
        "mercadorias estrangeira estrangeiro nossa nosso gostaria tem sao renovacao registar caucao bom boa"
    ),
    "it": _words(
        "grazie buongiorno buonasera salve costa costano quant'e dogana doganale dogane marchio vorrei vorremmo "
        "possiamo serve servono bisogno quanti quante registrazione rinnovare rinnovo rinnova procura cauzione merce "
        "straniera abbiamo siamo parlare qualcuno cosa cos'e gratuita gratuito cinese cinesi scadenza prezzo cina "
        "contraffatti contraffazione sapere fare azienda giorni documenti"
    ),
    "nl": _words("hoeveel kost duurt ik wij niet hoe mijn onze graag goedendag bedankt"),
    "pl": _words("dzien dobry ile kosztuje czy prosze dziekuje znak towarowy urzad celny jak"),
    "tr": _words("merhaba tesekkurler nasil kadar gumruk gumruge nedir ucret icin kac"),
    "vi": _words("nhieu lau hieu chao xin muon duoc khong dang ky"),
    "id": _words("berapa bagaimana cukai biaya terima kasih selamat apakah saya kami"),
}
"""Words that decide a short message; they count as much as it takes."""

LETTERS: tuple[tuple[str, re.Pattern[str], int], ...] = (
    ("es", re.compile(r"[¿¡]"), 3),
    ("es", re.compile(r"ñ|ci[óo]n(?:es)?\b"), 1),
    ("fr", re.compile(r"œ|ê|\b(?:l|d|qu|c|j|n|s|m)'(?=[a-zà-ÿ])"), 1),
    ("de", re.compile(r"ß"), 2),
    ("de", re.compile(r"[äöü]|\w{3}(?:ier|r|l|d|n|t|h)ung(?:en)?\b"), 1),
    ("pt", re.compile(r"[ãõ]|ções\b|\w{3}cao\b"), 1),
    ("it", re.compile(r"zion[ei]\b|\b(?:dell|all|nell|un|quant|cos|c)'(?=[a-zà-ÿ])"), 1),
    ("pl", re.compile(r"[ąęłżźśćń]"), 1),
    ("tr", re.compile(r"[şğ]"), 1),
    ("vi", re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]"), 3),
)
"""Letters and endings that only one of them has, and what they count; once a message."""
CLEAR = 3
"""What a language must count to be taken for that of the message."""

JAPANESE_ONLY = re.compile(
    "[録関価発権検総続営効対応売単広実変拠証訳図払込転読覧観説択沢処歩毎気帰"
    "焼済斉剤囲圏団壊壱戻掲揺]|書類|手数料|値段|見積|無料|料金|会社|御社|弊社|当社"
)
"""Characters that neither simplified nor traditional Chinese writes so."""
CHINESE_ONLY = re.compile(
    "[吗嗎们們这這么麼呢怎哪啥您你她它什吧啊咱嘛没沒给給让讓]|多少|多久|是否|能不能|可以|需要|请问|請問"
)
"""What no Japanese sentence has."""


def english(words: list[str]) -> int:
    """How much of a message is English."""
    return sum((word in ENGLISH) + (word in _SURE_ENGLISH) for word in words)


def latin(text: str, words: list[str]) -> dict[str, int]:
    """How much of a message speaks for each language: its small letters, and its words without accents."""
    found = {
        code: sum((word in weak) + CLEAR * (word in STRONG[code]) for word in words)
        for code, weak in WEAK.items()
    }
    for code, letters, weight in LETTERS:
        found[code] += weight * bool(letters.search(text))
    return found
