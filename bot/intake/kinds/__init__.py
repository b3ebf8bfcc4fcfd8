"""Kinds of field: what each takes, what it says when it cannot, and how its answers are shown."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bot.intake.kinds import choices, contact, country, files, numbers, values, words
from bot.intake.kinds.base import Kind


class FieldKind(StrEnum):
    """What a field holds."""

    CHOICE = "choice"
    CHOICES = "choices"
    CONSENT = "consent"
    LINE = "line"
    TEXT = "text"
    NAMES = "names"
    COUNTRY = "country"
    EMAIL = "email"
    PHONE = "phone"
    CONTACT = "contact"
    DAY = "day"
    AMOUNT = "amount"
    REGISTRATION_NUMBER = "registration_number"
    CREDIT_CODE = "credit_code"
    FILES = "files"


KINDS: Mapping[FieldKind, Kind] = {
    FieldKind.CHOICE: Kind(choices.parse_choice, choices.find_choice),
    FieldKind.CHOICES: Kind(choices.parse_choices, choices.find_choice),
    FieldKind.CONSENT: Kind(choices.parse_consent, choices.find_choice),
    FieldKind.LINE: Kind(words.parse_line),
    FieldKind.TEXT: Kind(words.parse_text),
    FieldKind.NAMES: Kind(words.parse_names, shown=words.shown_names),
    FieldKind.COUNTRY: Kind(country.parse_country, country.find_country, country.shown_country),
    FieldKind.EMAIL: Kind(contact.parse_email, contact.find_email),
    FieldKind.PHONE: Kind(contact.parse_phone, contact.find_phone),
    FieldKind.CONTACT: Kind(contact.parse_contact, contact.find_contact),
    FieldKind.DAY: Kind(values.parse_day, values.find_day, values.shown_day),
    FieldKind.AMOUNT: Kind(values.parse_amount, values.find_amount, values.shown_amount),
    FieldKind.REGISTRATION_NUMBER: Kind(
        numbers.parse_registration_number, numbers.find_registration_number
    ),
    FieldKind.CREDIT_CODE: Kind(numbers.parse_credit_code, numbers.find_credit_code),
    FieldKind.FILES: Kind(files.parse_files, files.find_none, files.shown_files),
}
