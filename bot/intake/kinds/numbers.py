"""Numbers that an office gave: of a right, and the credit code of a Chinese company.

A number is looked at with what can be known of it: the shapes of Chinese and international rights, the last digit of a
patent number, the check sign of a credit code. One that does not fit is doubted once; the certificate has the last
word, so whoever gives it again is believed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.intake.kinds.base import Accepted, Asked, Found, Parsed, Rejected
from bot.intake.typed import narrow, one_line
from intents.entities.registrations import registrations
from intents.normalise import fold, simplify
from intents.reading import Registration
from knowledge.han import RANGE

_LONGEST = 60
_FEWEST_DIGITS = 4
_SHAPE = re.compile(rf"[A-Z0-9{RANGE}][A-Z0-9{RANGE} ./()（）\-]{{3,}}")
_AROUND = " .,;:#，；：。"
_SAID = re.compile(
    r"^(?:(?:the |our |my )?(?:registration |reg\.? |trade ?mark |patent |mark |certificate )*"
    r"(?:number|no|nr|num|№|#)\b\.?\s*(?:is|:|=)?"
    r"|(?:it is|it's|its|号码是|注册号是?|号码)\s*:?)\s*",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s*(?:[,;、，；\n/&]|\band\b|和|及|与)\s*", re.IGNORECASE)
_CLASSES = re.compile(
    r"[(（]?\s*(?:\bin )?(?:\bclass(?:es)?|第)\s*\d{1,2}(?:\s*(?:[,、/]|and|和)\s*\d{1,2})*\s*类?\s*[)）]?",
    re.IGNORECASE,
)
"""The classes of a mark, which people write beside its number."""
_BARE_MARK = re.compile(
    r"(?<![\w.,-])(?P<madrid>G\s?)?(?P<number>\d{5,8}[A-Z]?)(?![\w.-])", re.IGNORECASE
)
_MARKS = frozenset({"trademark", "service_mark"})
_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NP-RTUW-Y]{18}(?![0-9A-Z])")
_LABEL: Mapping[str, str] = {"trademark": "商标注册号", "patent": "专利号", "copyright": "登记号"}
"""What makes bare digits a number of that right when they are read."""


def parse_registration_number(text: str, asked: Asked) -> Parsed:
    """One or several numbers of rights; of a patent number the last digit must go with the others."""
    line = _SAID.sub("", one_line(text))
    pieces = [piece for piece in _LISTED.split(line) if piece]
    read = [_read(piece, asked.right) for piece in pieces]
    if len(pieces) > 1 and all(isinstance(each, Registration) for each in read):
        return _kept([each for each in read if isinstance(each, Registration)])
    whole = _read(line, asked.right)
    if isinstance(whole, Registration):
        return _kept([whole])
    return _among_words(line, asked.right) or _any_number(line)


def find_registration_number(text: str, _asked: Asked) -> Found | None:
    """A number that can be nothing else than that of a right."""
    for each in registrations(simplify(fold(text))):
        if each.fits is not False:
            return Found(written(each), each.raw)
    return None


def written(number: Registration) -> str:
    """A number as it is kept: that of a Madrid mark with its G, which tells it from a Chinese one."""
    return f"G{number.number}" if number.kind == "madrid" else number.number


def parse_credit_code(text: str, _asked: Asked) -> Parsed:
    """The eighteen signs of a unified social credit code, the last of which checks the others (GB 32100-2015)."""
    from stdnum.cn import uscc  # noqa: PLC0415 - seldom wanted
    from stdnum.exceptions import InvalidChecksum, ValidationError  # noqa: PLC0415

    line = one_line(text).upper()
    alone = _CODE.search(line)
    code = alone[0] if alone else re.sub(r"[\s-]", "", line)
    try:
        return Accepted(uscc.validate(code))
    except InvalidChecksum:
        return Rejected("code_check", doubted=code)
    except ValidationError:
        return Rejected("no_credit_code")


def find_credit_code(text: str, asked: Asked) -> Found | None:
    """A credit code that fits in itself."""
    for raw in _CODE.findall(one_line(text).upper()):
        if isinstance(parse_credit_code(raw, asked), Accepted):
            return Found(raw, raw)
    return None


def _read(text: str, right: str | None) -> Registration | None:
    """The number that the whole text is, with the kind of right said where the digits alone do not tell it."""
    label = _LABEL.get(right or "", "")
    for written in (text, f"{label}{text}" if label else text):
        even = simplify(fold(written))
        found = registrations(even)
        if len(found) == 1 and not even.replace(found[0].raw, "").strip(f"{_AROUND}号"):
            return found[0]
    return None


def _kept(found: list[Registration]) -> Parsed:
    wrong = next((each for each in found if each.fits is False), None)
    numbers = tuple(dict.fromkeys(map(written, found)))
    if wrong is not None:
        return Rejected("last_digit", doubted=", ".join(numbers), values={"number": wrong.number})
    return Accepted(numbers[0], numbers[1:])


def _among_words(line: str, right: str | None) -> Parsed | None:
    """Numbers with other words around them: "it's 1234567 I think", "1234567 class 25 and G1234567"."""
    named = list(registrations(simplify(fold(line))))
    bare = _CLASSES.sub(" ", line)
    marks = list(_BARE_MARK.finditer(bare)) if right in _MARKS or right is None else []
    if len(marks) <= len(named) or any(map(str.isdigit, _BARE_MARK.sub("", bare))):
        return _kept(named) if named else None
    numbers = [f"{'G' if each['madrid'] else ''}{each['number'].upper()}" for each in marks]
    first, *more = dict.fromkeys(numbers)
    return Accepted(first, tuple(more))


def _any_number(line: str) -> Parsed:
    """A number of a shape we do not know: digits with the letters, dots and dashes around them."""
    number = narrow(line).upper().strip(_AROUND)
    digits = sum(sign.isdigit() for sign in number)
    fits = _SHAPE.fullmatch(number) and digits >= _FEWEST_DIGITS and len(number) <= _LONGEST
    return Accepted(number) if fits else Rejected("no_registration_number")
