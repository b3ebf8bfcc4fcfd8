"""How urgent an inquiry is: what was chosen in the field of its form that has an `urgent` option.

The options of that field stand from the most urgent on.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bot.intake import form as forms
from bot.intake.form import Field, Form
from knowledge.model import Language


def of(form: Form | None, answers: Mapping[str, str]) -> str:
    """What the prospect chose; empty where they were not asked."""
    field = _field(form) if form else None
    return answers.get(field.id, "") if field else ""


@cache
def degrees() -> tuple[str, ...]:
    """All that can be chosen, the most urgent first."""
    return tuple(dict.fromkeys(option for _, field in _all() for option in field.options))


@cache
def calling() -> frozenset[str]:
    """What calls a person at once."""
    return frozenset(field.urgent for _, field in _all() if field.urgent)


@cache
def labels(language: Language) -> Mapping[str, str]:
    """What each degree is called."""
    return {
        option: form.words(language, field.id).options[option][0]
        for form, field in _all()
        for option in field.options
    }


def _all() -> list[tuple[Form, Field]]:
    found = ((form, _field(form)) for form in map(forms.load, forms.ids()))
    return [(form, field) for form, field in found if field]


def _field(form: Form) -> Field | None:
    return next((field for _, field in form.keyed() if field.urgent), None)
