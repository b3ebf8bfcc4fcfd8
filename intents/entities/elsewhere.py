"""A customs notice or held goods told in a language we do not speak: Spanish, French, German, Portuguese, Italian,
Russian, Japanese, Korean, Vietnamese, Arabic.

In: a message, folded. Out: whether a case runs, and whether that was today or yesterday. Only what is told of oneself
as done counts: who asks whether or when customs may hold goods, or supposes it, tells of no case. A day is taken only
where nothing must be done by one.
"""

from __future__ import annotations

import re

from intents.reading import Recent, Running

_CUSTOMS = re.compile(
    r"\baduanas?\b|\bdouanes?\b|\bzoll|\balf[aâ]ndegas?\b|\bdogan[ae]\b|таможн|税関|세관|h[aả]i quan|جمارك",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"\bnotifica|\baviso\b|\bavis\b|\bavviso\b|\bnotification\b|\bmitteilung|\bbescheid|\bbenachrichtigung|\bschreiben\b"
    r"|уведомлени|通知|통지|통보|th[oô]ng b[aá]o|إشعار",
    re.IGNORECASE,
)
_CAME = re.compile(
    r"\brecib[ií]|\bhemos recibido|\blleg[oó]\b|\bha llegado|\bre[cç]ue?s?\b|\barriv[eé]e?\b|\bbekommen\b|\berhalten\b"
    r"|\bgekommen\b|\beingegangen\b|\breceb(?:i|emos|eu)\b|\bchegou\b|\bricevut|\barrivat|\bполучил|\bпришло|届|受け取|もらい"
    r"|받았|도착|왔|\bnh[aậ]n (?:được|duoc)|\bđ[aã] nh[aậ]n|تلقي|وصل",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\bretenid|\bretuvo|\bha (?:parado|bloqueado|incautado)|\bincaut(?:ó|ado)|\bdetenid|\bbloqu[eé]e?s?\b"
    r"|\bretenue?s?\b"
    r"|\bsaisie?s?\b|\bbeschlagnahmt\b|\bfestgehalten\b|\bangehalten\b|\bgestoppt\b|\bzur[uü]ckgehalten\b|\bretid|\bapreend"
    r"|\bbloccat|\bsequestrat|\bfermat[oaie]\b|\btrattenut|задержа|арестова|изъял|差し?止め(?:ら|た)|止められ(?:て|た|ま)"
    r"|留置され|押収され|압류(?:했|됐|되)|억류(?:했|됐)|보류(?:했|됐)|\bgi[uữ] h[aà]ng|\bt[aạ]m gi[uữ]|\bb[iị] gi[uữ]"
    r"|احتجز|حجز",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"\b(?:mis?|nuestr[oa]s?|mon|ma|mes|notre|nos|nous|mein\w*|unser\w*|wir|ich|me[ui]s?|minhas?|noss[oa]s?|mi[oae]|nostr[oaie]"
    r"|abbiamo|hemos|recib[ií]\w*|receb\w+|on|j'ai|ho|наш\w*|мо[йяеи]\w*|мы|нас|нам)\b|우리|저희|제 |내 "
    r"|私|弊社|当社|うち|ました"
    r"|ch[uú]ng t[oô]i|\bt[oô]i\b|لدينا|بضاعتنا|بضائعنا|تلقينا",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\b(?:si|quando|cuando|quand|wenn|falls|wann|kann|k[oö]nnen|darf|puede|pueden|peut|pode|pu[oò]|se|c[oó]mo|comment"
    r"|wie|como|come|если|когда|как|может)\b|もし|場合|만약|경우|하면|되면|\bn[eế]u\b|\bkhi\b|إذا|هل",
    re.IGNORECASE,
)
_ANOTHERS = re.compile(
    r"mexican|espa[nñ]ol|fran[cç]ais|deutsche[rn]? zoll|amerikan|american|am[eé]ricain|estadounidense|\bitalian[ao]\b"
    r"|brasileir|portugues|allemand|российск|немецк|американск|日本の税関|アメリカ|米国|한국 세관|미국"
    r"|việt nam|hong ?kong",
    re.IGNORECASE,
)
"""The customs of other countries."""
_DUE = re.compile(
    r"\b(?:m[uü]ssen|muss|frist|bis|devons|dois|d[eé]lai|debemos|tenemos que|hay que|plazo|dobbiamo|entro|scadenza"
    r"|devemos|prazo|at[eé]|должны|нужно|срок|до)\b|まで|なければ|까지|해야|\bph[aả]i\b|يجب",
    re.IGNORECASE,
)
_DAYS = re.compile(
    r"\b(?P<d1>ayer|gestern|ontem|ieri|вчера|h[oô]m qua)\b|(?P<e1>昨日|어제|أمس)"
    r"|\b(?P<f1>hier)\b"
    r"|\b(?P<d0>hoy|heute|hoje|oggi|сегодня|h[oô]m nay|aujourd'hui)\b|(?P<e0>今日|今朝|오늘|اليوم)",
    re.IGNORECASE,
)
_YESTERDAY = ("d1", "e1", "f1")
_FRENCH = re.compile(r"\bdouanes?\b", re.IGNORECASE)
_ENDS = re.compile(r"(?<=[!?。！？;；])\s*|\.\s+|,\s*(?=¿)")


def running_elsewhere(text: str) -> Running | None:
    """What is told of a case that runs; None where nothing does."""
    if not _CUSTOMS.search(text) or _ANOTHERS.search(text):
        return None
    told = [each for each in _ENDS.split(text) if _OURS.search(each) and not _SUPPOSED.search(each)]
    if any(_NOTICE.search(each) and _CAME.search(each) for each in told):
        return "notice"
    return "held" if any(_HELD.search(each) for each in told) else None


def recent_elsewhere(text: str) -> tuple[Recent, ...]:
    """Today or yesterday, of a case that runs; none where something is due by a day, or both are named."""
    if running_elsewhere(text) is None or _DUE.search(text):
        return ()
    found = [match for match in _DAYS.finditer(text) if _is_a_day(match, text)]
    ago = {int(any(match[name] for name in _YESTERDAY)) for match in found}
    return (
        tuple(Recent(raw=match[0], ago=ago.pop()) for match in found[:1]) if len(ago) == 1 else ()
    )


def _is_a_day(match: re.Match[str], text: str) -> bool:
    """French "hier" is yesterday, German "hier" is here."""
    return match[0].lower() != "hier" or bool(_FRENCH.search(text))
