"""The open form as staff fill it in: its fields with what they hold, and what of a posted form was changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.conversation.assisting import may_fill
from bot.conversation.colleagues import READ_IN
from bot.conversation.events import Given
from bot.intake import form as forms
from bot.intake import steps
from bot.intake.form import Form
from bot.intake.kinds import FieldKind
from bot.intake.progress import Progress
from bot.intake.showing import shown

MOST_FIELDS = 400
"""A form of the most rounds has some hundred questions, each with its text, what it was and what was doubted."""
FIELD, WAS, REFUSED = "field:", "was:", "refused:"
_LONG = frozenset({FieldKind.TEXT, FieldKind.NAMES})


@dataclass(frozen=True)
class Control:
    """One question that staff may answer."""

    path: str
    label: str
    was: str
    """What it held when the page was made."""
    text: str
    """What stands in it: the same, or what was written and could not be kept."""
    refused: bool = False
    """Whether what stands in it was not kept."""
    options: Sequence[tuple[str, str]] = ()
    long: bool = False


def controls(progress: Progress | None, posted: Mapping[str, str]) -> Sequence[Control]:
    """Every question that is asked and that staff may answer, in the form's order; `posted` is kept as written."""
    form = forms.load(progress.form) if progress else None
    if form is None or progress is None:
        return ()
    found = [
        _control(form, progress, step.path)
        for step in steps.of(form, progress)
        if may_fill(step.field)
    ]
    return [_as_posted(one, posted) for one in found]


def changes(posted: Mapping[str, str]) -> tuple[Given, ...]:
    """The answers of a posted form that are others than when the page was made."""
    names = [name.removeprefix(FIELD) for name in posted if name.startswith(FIELD)]
    return tuple(
        Given(
            path=path,
            text=posted[FIELD + path],
            again=posted.get(REFUSED + path) == posted[FIELD + path],
        )
        for path in names
        if posted[FIELD + path] != posted.get(WAS + path, "")
    )


def _control(form: Form, progress: Progress, path: str) -> Control:
    field = form.field(path)
    value = progress.value(path) or ""
    chosen = field.kind in (FieldKind.CHOICE, FieldKind.CONSENT)
    names = form.words(READ_IN, path).options if chosen else {}
    text = value if chosen or not value else shown(form, path, value, READ_IN)
    options = [(one, words[0]) for one, words in names.items()]
    label = form.label(READ_IN, path)
    return Control(path, label, text, text, options=options, long=field.kind in _LONG)


def _as_posted(control: Control, posted: Mapping[str, str]) -> Control:
    text = posted.get(FIELD + control.path)
    if text is None or text == control.was:
        return control
    return replace(control, text=text, refused=True)
