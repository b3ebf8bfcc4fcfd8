"""Says a value or a day in a language: RMB 100,000, 30 working days, 30个工作日, 2026年11月22日."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from knowledge.model import PLACEHOLDER, Language, Period, Quantity, Unit

_ENGLISH_SINGULAR = {
    Unit.YEARS: "year",
    Unit.MONTHS: "month",
    Unit.DAYS: "day",
    Unit.WORKING_DAYS: "working day",
    Unit.HOURS: "hour",
}
_CHINESE_SUFFIX = {
    Unit.YEARS: "年",
    Unit.MONTHS: "个月",
    Unit.DAYS: "日",
    Unit.WORKING_DAYS: "个工作日",
    Unit.HOURS: "小时",
}

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day(on: date, language: Language) -> str:
    """22 November 2026, 2026年11月22日."""
    if language == "zh":
        return f"{on.year}年{on.month}月{on.day}日"
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def weekday(on: date, language: Language) -> str:
    """Sunday 22 November 2026, 2026年11月22日（星期日）."""
    said = day(on, language)
    if language == "zh":
        return f"{said}（星期{'一二三四五六日'[on.weekday()]}）"
    return f"{_WEEKDAYS[on.weekday()]} {said}"


def number(amount: Decimal) -> str:
    """Digits with thousands separators and no trailing zeros: 81,605,100, 99.17."""
    text = f"{amount:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(amount: Decimal, language: Language) -> str:
    """An amount in renminbi."""
    return f"人民币{number(amount)}元" if language == "zh" else f"RMB {number(amount)}"


def foreign(amount: Decimal, currency: str) -> str:
    """An amount in another currency, by its code: USD 30,000."""
    return f"{currency} {number(amount)}"


def quantity(value: Quantity, language: Language) -> str:
    """A value as it stands in a sentence of that language."""
    if value.unit is Unit.CNY:
        return money(value.amount, language)
    if value.unit is Unit.PERCENT:
        return f"{number(value.amount)}%"
    if value.unit is Unit.COUNT:
        return number(value.amount)
    if language == "zh":
        return f"{number(value.amount)}{_CHINESE_SUFFIX[value.unit]}"
    plural = "" if value.amount == 1 else "s"
    return f"{number(value.amount)} {_ENGLISH_SINGULAR[value.unit]}{plural}"


def listed(names: Iterable[str], language: Language) -> str:
    """Several names in one line: A, B, C; A、B、C."""
    return ("、" if language == "zh" else ", ").join(names)


def statement(period: Period, language: Language) -> str:
    """What a fact says in one of its periods: the sentence or sentences, values filled in."""
    return fill(period.text(language), period.values, language)


def fill(text: str, values: Mapping[str, Quantity], language: Language) -> str:
    """Put the values into a text with `{name}` placeholders; every name must be there."""
    return PLACEHOLDER.sub(lambda match: quantity(values[match[1]], language), text)
