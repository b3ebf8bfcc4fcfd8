"""Draws the page of dialogues from the data: `python -m docs.diagrams`. A test holds the page to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.conversation.answering import MISSES_BEFORE_PERSON
from bot.conversation.filling import HELP_FROM, PERSON_FROM, UNDO_FOR
from bot.conversation.owner import TRANSITIONS, Owner
from bot.conversation.state import State
from bot.conversation.texts import texts_of
from bot.intake import filling as fill
from bot.intake import form as forms
from bot.intake.form import Field, Form, Group
from knowledge.model import LANGUAGES

PAGE = Path(__file__).parent / "dialogues.md"
HEAD = """\
# Dialogues

Drawn from the data by `python -m docs.diagrams`; do not edit it by hand. \
What is said in them stands in `bot/conversation/texts/`, what is asked in `bot/intake/forms/`.
"""
LADDER = (
    "the nearest questions, as buttons",
    "the request to put it in other words, with an example",
    "a person is offered",
)
"""What is done at each message in a row that is not understood."""


def page() -> str:
    """The whole page."""
    parts = [HEAD, _owners(), _stages(), _misses(), _tries(), _words()]
    parts += [_form(forms.load(form_id)) for form_id in forms.ids()]
    return "\n".join(parts)


def main() -> None:
    """Write it."""
    PAGE.write_text(page(), encoding="utf-8")


def _owners() -> str:
    lines = [f"    [*] --> {State().owner}"]
    lines += [f"    {owner} --> {to}: {move}" for (owner, move), to in TRANSITIONS.items()]
    intro = (
        "A conversation is the bot's or a person's, never both; "
        "in `waiting` the bot still answers and a person has been called."
    )
    return _section("Who owns a conversation", intro, _mermaid("stateDiagram-v2", lines))


def _stages() -> str:
    form = forms.load(forms.ids()[0])
    states = {
        "nothing open": State(),
        "asked back": State(clarifying=True),
        "a form open": State(progress=fill.begin(form)),
    }
    head = ["owner", *states]
    rows = [
        (owner, *(state.with_(owner=owner).stage for state in states.values())) for owner in Owner
    ]
    intro = "What the conversation is doing, as the console shows it: the owner decides before the form does."
    return _section("Stages", intro, _table(head, rows))


def _misses() -> str:
    lines = ['    understood(["answered"])', *_rungs()]
    intro = "Messages in a row that were not understood; an answer sets the count back."
    return _section("What was not understood", intro, _mermaid("flowchart TD", lines))


def _rungs() -> Iterator[str]:
    for number, done in enumerate(LADDER[:MISSES_BEFORE_PERSON], start=1):
        yield f'    miss{number}["{number}: {done}"]'
        yield f"    miss{number} -->|understood| understood"
        if number < MISSES_BEFORE_PERSON:
            yield f"    miss{number} -->|not understood| miss{number + 1}"
    yield f"    miss{MISSES_BEFORE_PERSON} -->|not understood| miss1"
    yield f"    miss{MISSES_BEFORE_PERSON} -->|a person, please| person([called])"


def _tries() -> str:
    rows = [
        ("1", "what is wrong, and the question again"),
        (f"{HELP_FROM} and more", "an example of a right answer as well"),
        (f"{PERSON_FROM} and more", "and a person is offered"),
    ]
    minutes = UNDO_FOR.seconds // 60
    intro = (
        "An answer that does not fit its question. A form that was stopped can be brought back "
        f"for {minutes} minutes."
    )
    return _section("Failed answers in a form", intro, _table(["try", "what is said"], rows))


def _words() -> str:
    rows = []
    for name in texts_of("en")["words"]:
        said = [_words_of(name, language) for language in LANGUAGES]
        rows.append((f"`{name}`", *said))
    intro = "A whole message of these words, or the button of that name, does it, whatever is asked just then."
    return _section("Words that command", intro, _table(["", *LANGUAGES], rows))


def _words_of(name: str, language: str) -> str:
    data = texts_of("zh" if language == "zh" else "en")
    label = data["buttons"].get(name)
    words = [*([label] if label else []), *map(str, data["words"][name])]
    return ", ".join({word.casefold(): word for word in words}.values())


def _form(form: Form) -> str:
    title = form.wording["en"].title
    lines = [*_nodes(form), *_edges(form)]
    intro = (
        f"`{form.id}`, which sends a {form.sends}. A rounded question may be left out; "
        "one with a double frame is needed; a condition stands in italics."
    )
    return _section(f"Form: {title}", intro, _mermaid("flowchart TD", lines), _questions(form))


def _nodes(form: Form) -> Iterator[str]:
    yield '    begin(["begins"])'
    for entry in form.entries:
        if isinstance(entry, Group):
            named = form.wording["en"].rounds[entry.id].format(number=f"1 to {entry.most}")
            yield f'    subgraph {entry.id} ["{named}"]'
            yield from (
                f"    {_node(form, f'{entry.id}.{field.id}', field)}" for field in entry.fields
            )
            more = form.words("en", f"{entry.id}.1.{forms.MORE}")
            yield f'        {entry.id}_more{{"{more.label}?"}}'
            yield "    end"
        else:
            yield _node(form, entry.id, entry)
    yield '    summary(["summary: send, change or stop"])'


def _node(form: Form, name: str, field: Field) -> str:
    wording = form.wording["en"].fields[name]
    text = wording.label + "".join(f"<br/><i>{each}</i>" for each in _conditions(field))
    before, after = ("(", ")") if field.optional else ("[[", "]]") if field.needed else ("[", "]")
    return f'    {_id(name)}{before}"{text}"{after}'


def _conditions(field: Field) -> Iterator[str]:
    for sign, conditions in (("if", field.when), ("unless", field.unless)):
        for name, values in conditions.items():
            yield f"{sign} {name}: {', '.join(values)}"


def _edges(form: Form) -> Iterator[str]:
    last, label = "begin", ""
    for entry in form.entries:
        if isinstance(entry, Group):
            names = [*(_id(f"{entry.id}.{field.id}") for field in entry.fields), f"{entry.id}_more"]
        else:
            names = [_id(entry.id)]
        for name in names:
            yield f"    {last} -->{label} {name}"
            last, label = name, ""
        if isinstance(entry, Group):
            yield f"    {last} -->|yes| {names[0]}"
            label = "|no|"
    yield f"    {last} -->{label} summary"


def _questions(form: Form) -> str:
    rows = [
        (f"`{name}`", field.kind, _leave(field), *_asked(form, name))
        for name, field in form.keyed()
    ]
    return _table(["field", "kind", "without an answer", *LANGUAGES], rows)


def _leave(field: Field) -> str:
    if field.id == forms.MORE:
        return "there is none"
    if field.optional:
        return "left out, or given later"
    return "given before it is sent" if field.needed else "given later"


def _asked(form: Form, name: str) -> Iterator[str]:
    for language in LANGUAGES:
        wording = form.wording[language].fields[name]
        options = " / ".join(words[0] for words in wording.options.values())
        yield f"{wording.question}{f' *{options}*' if options else ''}"


def _id(name: str) -> str:
    return name.replace(".", "_")


def _section(title: str, *parts: str) -> str:
    return "\n\n".join([f"## {title}", *parts]) + "\n"


def _mermaid(kind: str, lines: Iterable[str]) -> str:
    return "\n".join(["```mermaid", kind, *lines, "```"])


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *([*row] for row in rows)]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


if __name__ == "__main__":
    main()
