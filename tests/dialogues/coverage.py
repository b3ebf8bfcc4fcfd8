"""What the transcripts reach of all a dialogue can come to: `python -m tests.dialogues.coverage` prints it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from string import Formatter

from bot.conversation import buttons, filling
from bot.conversation.owner import TRANSITIONS, Owner
from bot.conversation.pressing import FORM_COMMANDS
from bot.conversation.reply import Author
from bot.conversation.state import Stage
from bot.conversation.texts import command, commands, ids, wordings
from bot.intake import form as forms
from bot.intake.form import MORE, Field, key
from bot.intake.progress import Progress, Status
from knowledge.datafiles import read
from knowledge.model import LANGUAGES, Language
from tests.dialogues.played import everything
from tests.dialogues.playing import Moment, Played
from tests.dialogues.transcript import FOLDER

EXCEPTIONS = FOLDER / "exceptions" / "not_reached.yaml"
"""What no transcript reaches, each with its reason."""
SHOWN = "shown."
"""How something that is no text is kept among the prospect's own messages."""
VERBS = frozenset({*filling._VERBS, "undo", "change", "send"})


@dataclass(frozen=True)
class Coverage:
    """What there is and what was reached, by area: `area: thing`."""

    possible: dict[str, frozenset[str]]
    reached: dict[str, frozenset[str]]

    @property
    def missing(self) -> frozenset[str]:
        """What no transcript reaches."""
        return frozenset(
            f"{area} {each}"
            for area, things in self.possible.items()
            for each in things - self.reached[area]
        )


def measure(talks: Iterable[Played]) -> Coverage:
    """What these talks reach."""
    possible = dict(_possible())
    reached: dict[str, set[str]] = {area: set() for area in possible}
    for talk in talks:
        for area, thing in (*_of_journal(talk), *_of_moments(talk)):
            reached[area].add(thing)
    return Coverage(possible, {area: frozenset(things) for area, things in reached.items()})


def excused() -> dict[str, str]:
    """What need not be reached -> why."""
    return {str(thing): str(why) for thing, why in read(EXCEPTIONS).items()}


def _possible() -> Iterator[tuple[str, frozenset[str]]]:
    yield "owner", frozenset(Owner)
    yield "stage", frozenset(Stage)
    yield "move", frozenset(f"{owner} {move}" for owner, move in TRANSITIONS)
    yield "field", frozenset(_ways())
    yield "verb", VERBS
    yield "command", frozenset(commands().values())
    for language in LANGUAGES:
        yield f"text.{language}", frozenset(ids(language))


def _ways() -> Iterator[str]:
    """Each field with what can become of it: `recordation rights.more answered`."""
    for form_id in forms.ids():
        for name, field in forms.load(form_id).keyed():
            yield from (f"{form_id} {name} {way}" for way in _ways_of(field))


def _ways_of(field: Field) -> Iterator[str]:
    yield from ("answered", "refused")
    if not field.must_be:
        yield "changed"
    if field.id != MORE:
        yield "later"
    if field.optional:
        yield "skipped"


def _of_journal(talk: Played) -> Iterator[tuple[str, str]]:
    for event in talk.journal:
        if event.kind == "owner":
            yield "move", f"{event.data['from']} {event.data['move']}"


def _of_moments(talk: Played) -> Iterator[tuple[str, str]]:
    for moment in talk.moments:
        yield "owner", moment.after.owner
        yield "stage", moment.after.stage
        yield from _of_fields(moment.before.progress, moment.after.progress)
        yield from _of_payload(moment)
        yield from _of_texts(moment)


def _of_fields(before: Progress | None, after: Progress | None) -> Iterator[tuple[str, str]]:
    if before is None or after is None or before.form != after.form:
        return
    if after.at == before.at and after.tries > before.tries:
        yield "field", f"{after.form} {key(after.at)} refused"
    for path, answer in after.answers.items():
        old = before.answers.get(path)
        if old == answer:
            continue
        yield "field", f"{after.form} {key(path)} {answer.status}"
        if old is not None and {old.status, answer.status} == {Status.ANSWERED}:
            yield "field", f"{after.form} {key(path)} changed"


def _of_payload(moment: Moment) -> Iterator[tuple[str, str]]:
    """The verb of the form, or the command, that a button or words were."""
    if moment.before.owner is Owner.PERSON or not moment.text:
        return
    state, word = moment.before, command(moment.text)
    payload = moment.choice or buttons.pressed(state.offered, moment.text, numbers=False)
    if payload is None and word is not None:
        is_verb = word == "undo" or (word in FORM_COMMANDS and state.progress is not None)
        payload = f"form:{word}" if is_verb else f"do:{word}"
        yield "command", word
    sort, _, rest = (payload or "").partition(":")
    name = rest.partition(":")[0]
    if sort == "form":
        yield "verb", name
    if sort in {"form", "do"}:
        yield "command", name


def _of_texts(moment: Moment) -> Iterator[tuple[str, str]]:
    """The bot's own sentences in what was said, and the labels under it."""
    for line in moment.said:
        if line.author is Author.STAFF:
            continue
        is_theirs = line.author is Author.PROSPECT
        if is_theirs and moment.text:
            continue
        paragraphs = line.reply.text.split("\n")
        shown = [*paragraphs, *(choice.label for choice in line.reply.choices)]
        shown += [choice.says for choice in line.reply.choices]
        whole = "\n".join(shown)
        for language in LANGUAGES:
            for text_id, pattern in _patterns(language):
                if pattern.search(whole) and is_theirs == text_id.startswith(SHOWN):
                    yield f"text.{language}", text_id


@cache
def _patterns(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (text_id, _pattern(wording))
        for text_id in sorted(ids(language))
        for wording in wordings(text_id, language)
    )


def _pattern(wording: str) -> re.Pattern[str]:
    """The wording as it may stand in a talk, its names filled in; a short one stands alone in its line."""
    parts = [
        re.escape(literal) + (".+" if name else "")
        for literal, name, _, _ in Formatter().parse(wording)
    ]
    whole = "".join(parts)
    return re.compile(whole if len(wording) > 12 else f"(?:^|[:：] ?|• ){whole}$", re.MULTILINE)


def report(coverage: Coverage) -> list[str]:
    """Lines for people: how much of each area, then what is missing, with its reason if it has one."""
    lines = [
        f"{area:<10} {len(things & coverage.reached[area]):>4} of {len(things):>4}"
        for area, things in coverage.possible.items()
    ]
    why = excused()
    return [
        *lines,
        *(
            f"not reached: {each}  ({why.get(each, 'NO REASON')})"
            for each in sorted(coverage.missing)
        ),
    ]


def main() -> int:
    """Print it; 1 where something is missing without a reason."""
    talks = everything()
    coverage = measure(talks)
    lines = (f"{len(talks)} transcripts", *report(coverage))
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if coverage.missing - excused().keys() else 0


if __name__ == "__main__":
    raise SystemExit(main())
