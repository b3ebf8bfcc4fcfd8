"""The acts of filling a form: give, leave out, put off, go back, change, keep, confirm."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.intake import filling, steps
from bot.intake import form as forms
from bot.intake.kinds.base import Accepted
from bot.intake.progress import SUMMARY, Progress, Status
from tests.bot.intake.asking import RECORDATION, TODAY
from tests.bot.intake.walking import LINES, walked

REMINDER = forms.load("renewal_reminder")


def changed(progress: Progress, path: str) -> Progress:
    """At a question that was asked before."""
    there = filling.change(RECORDATION, progress, path)
    assert there is not None
    return there


def test_answers_lead_from_question_to_question_to_the_summary() -> None:
    done = walked(*LINES)
    assert done.at == SUMMARY
    assert filling.is_complete(RECORDATION, done)
    assert filling.answers(RECORDATION, done) == {
        "rights.1.right_type": "trademark",
        "rights.1.mark_state": "registered",
        "rights.1.registration_number": "1234567",
        "role": "holder",
        "holder": "Example Trading Ltd",
        "holder_kind": "company",
        "country": "IT",
        "goods": "running shoes",
        "urgency": "planning",
        "details": "send_later",
        "name": "Anna Rossi",
        "contact": "anna@rossi.example",
        "consent": "agree",
    }


def test_an_answer_remembers_the_message_that_gave_it() -> None:
    assert walked(*LINES).answers["country"].line == LINES.index("Italy") + 1


def test_a_refused_answer_counts_as_a_try_and_the_next_one_starts_anew() -> None:
    filled = filling.fill(RECORDATION, walked(), "hm", TODAY)
    filled = filling.fill(RECORDATION, filled.progress, "hm", TODAY)
    assert filled.problem is not None
    assert (filled.progress.tries, filled.progress.at) == (2, "rights.1.right_type")
    assert walked("trademark", start=filled.progress).tries == 0


def test_a_doubted_answer_is_believed_when_it_comes_again() -> None:
    at_number = walked("patent", "granted")
    doubted = filling.fill(RECORDATION, at_number, "ZL 2020 3 0123456.7", TODAY)
    assert doubted.problem is not None
    assert doubted.problem.problem == "last_digit"
    again = filling.fill(RECORDATION, doubted.progress, "zl202030123456.7", TODAY)
    assert again.progress.value("rights.1.registration_number") == "ZL202030123456.7"


def test_another_doubted_answer_is_doubted_too() -> None:
    at_number = walked("patent", "granted")
    first = filling.fill(RECORDATION, at_number, "ZL 2020 3 0123456.7", TODAY)
    second = filling.fill(RECORDATION, first.progress, "ZL 2020 3 0123456.8", TODAY)
    assert second.problem is not None
    third = filling.fill(RECORDATION, second.progress, "ZL 2020 3 0123456.7", TODAY)
    assert third.problem is not None, "only the same answer twice running is believed"


def test_consent_that_is_refused_is_no_answer() -> None:
    refused = filling.fill(RECORDATION, walked(*LINES[:-1]), "I do not agree", TODAY)
    assert refused.problem is not None
    assert refused.problem.problem == "consent_needed"
    assert refused.progress.value("consent") is None


def test_what_is_optional_is_skipped_for_good_and_what_is_not_is_put_off() -> None:
    at_number = walked(*LINES[:2])
    left = filling.skip(RECORDATION, at_number)
    assert left is not None
    assert left.answers["rights.1.registration_number"].status is Status.SKIPPED
    at_holder = walked(*LINES[:5])
    left = filling.skip(RECORDATION, at_holder)
    assert left is not None
    assert left.answers["holder"].status is Status.LATER
    assert [step.path for step in filling.put_off(RECORDATION, left)] == ["holder"]


def test_what_is_needed_is_never_skipped_and_put_off_once() -> None:
    at_contact = walked(*LINES[:12])
    assert at_contact.at == "contact"
    assert filling.skip(RECORDATION, at_contact) is None
    later = filling.later(RECORDATION, at_contact)
    assert later is not None
    assert later.at == "consent"
    end = walked("I agree", start=later)
    assert end.at == "contact", "it comes again at the end"
    assert filling.later(RECORDATION, end) is None
    assert not filling.is_complete(RECORDATION, end)
    assert walked("anna@rossi.example", start=end).at == SUMMARY


def test_nothing_is_left_out_or_put_off_at_the_summary() -> None:
    done = walked(*LINES)
    assert filling.skip(RECORDATION, done) is None
    assert filling.later(RECORDATION, done) is None


def test_who_puts_off_whether_there_is_another_right_has_no_other() -> None:
    left = filling.later(RECORDATION, walked(*LINES[:3]))
    assert left is not None
    assert (left.at, left.value("rights.1.more")) == ("role", "no")
    assert filling.put_off(RECORDATION, left) == ()


def test_back_goes_to_the_question_before_and_not_before_the_first() -> None:
    assert filling.back(RECORDATION, walked()) is None
    before = filling.back(RECORDATION, walked(*LINES[:5]))
    assert before is not None
    assert before.at == "role"
    last = filling.back(RECORDATION, walked(*LINES))
    assert last is not None
    assert last.at == "consent"


def test_an_answer_that_is_changed_stays_until_a_new_one_is_given() -> None:
    there = changed(walked(*LINES), "goods")
    assert there.changing
    assert there.value("goods") == "running shoes"
    kept = filling.keep(RECORDATION, there)
    assert (kept.at, kept.value("goods"), kept.changing) == (SUMMARY, "running shoes", False)
    assert walked("boots", start=there).value("goods") == "boots"


def test_a_question_that_does_not_apply_cannot_be_changed() -> None:
    assert filling.change(RECORDATION, walked(*LINES), "rights.1.patent_state") is None
    assert filling.change(RECORDATION, walked(*LINES), "rights.2.right_type") is None


def test_what_was_proposed_is_confirmed_or_replaced() -> None:
    begun = filling.begin(RECORDATION, {"rights.1.right_type": "patent"})
    confirmed = filling.confirm(RECORDATION, begun)
    assert confirmed is not None
    assert confirmed.value("rights.1.right_type") == "patent"
    assert confirmed.at == "rights.1.patent_state"
    assert filling.confirm(RECORDATION, confirmed) is None, "nothing is proposed here"
    other = walked("trademark", start=begun)
    assert other.value("rights.1.right_type") == "trademark"
    assert other.proposed == {}


def test_what_is_proposed_for_a_question_that_never_comes_is_never_sent() -> None:
    begun = filling.begin(RECORDATION, {"rights.1.patent_state": "registered"})
    done = walked(*LINES, start=begun)
    assert "rights.1.patent_state" not in filling.answers(RECORDATION, done)


def test_several_numbers_make_several_rounds_of_the_same_right() -> None:
    progress = walked("trademark", "registered", "1234567, 2345678 and G1234567")
    assert progress.at == "rights.3.more"
    assert filling.rounds(RECORDATION, progress) == 3
    assert filling.answers(RECORDATION, progress) == {
        f"rights.{number}.{field}": value
        for number, each in enumerate(("1234567", "2345678", "G1234567"), start=1)
        for field, value in (
            ("right_type", "trademark"),
            ("mark_state", "registered"),
            ("registration_number", each),
        )
    }


def test_more_numbers_than_rounds_are_not_taken() -> None:
    numbers = ", ".join(str(1000000 + each) for each in range(30))
    progress = walked("trademark", "registered", numbers)
    assert filling.rounds(RECORDATION, progress) == 20
    assert progress.at == "role"


def test_numbers_given_anew_change_their_own_round_alone() -> None:
    progress = walked("trademark", "registered", "1234567, 2345678", *LINES[3:])
    there = changed(progress, "rights.1.registration_number")
    again = walked("7654321, 8765432", start=there)
    assert again.value("rights.1.registration_number") == "7654321"
    assert again.value("rights.2.registration_number") == "2345678"


def test_a_round_is_taken_out_and_those_behind_it_move_up() -> None:
    progress = walked("trademark", "registered", "1234567, 2345678, G1234567", *LINES[3:])
    less = filling.remove(RECORDATION, progress, "rights", 2)
    assert less is not None
    assert less.at == SUMMARY
    numbers = [less.value(f"rights.{number}.registration_number") for number in (1, 2, 3)]
    assert numbers == ["1234567", "G1234567", None]
    one = filling.remove(RECORDATION, less, "rights", 2)
    assert one is not None
    assert one.at == SUMMARY
    assert filling.rounds(RECORDATION, one) == 1
    assert filling.remove(RECORDATION, one, "rights", 1) is None, "one always stays"


@pytest.mark.parametrize("number", [0, -1, 3])
def test_a_round_that_there_is_not_cannot_be_taken_out(number: int) -> None:
    progress = walked("trademark", "registered", "1234567, 2345678", *LINES[3:])
    assert filling.remove(RECORDATION, progress, "rights", number) is None


def test_each_round_tells_a_case_of_its_own() -> None:
    progress = walked("trademark", "registered", "1234567", "yes", "patent", "pending")
    first, second = (filling.told(RECORDATION, progress, number) for number in (1, 2))
    assert (first["subject"], first["state"]) == ("trademark", "registered")
    assert (second["subject"], second["state"]) == ("patent", "pending")
    assert "number" not in second


def test_the_reminder_asks_for_days_in_rounds() -> None:
    done = walked(
        "ACME",
        "31 May 2027",
        "31 May 2030",
        "yes",
        "Beta",
        "1 June 2028",
        "1 June 2030",
        "no",
        "anna@rossi.example",
        "I agree",
        form=REMINDER,
    )
    assert done.at == SUMMARY
    answers = filling.answers(REMINDER, done)
    assert answers["recordations.2.valid_until"] == "2028-06-01"


ACTS = st.one_of(
    st.sampled_from([*LINES, "yes", "no", "patent", "copyright", "pending", "中国", "now", "3 4"]),
    st.sampled_from(["<skip>", "<later>", "<back>", "<keep>", "<confirm>"]),
    st.tuples(st.just("<change>"), st.integers(0, 40)),
    st.text(max_size=20),
)
PROPOSED = st.dictionaries(
    st.sampled_from(["rights.1.right_type", "rights.1.patent_state", "role"]),
    st.sampled_from(["patent", "registered", "holder"]),
)


def act(progress: Progress, what: str | tuple[str, int]) -> Progress:
    """One act; one that cannot be leaves all as it was."""
    if isinstance(what, tuple):
        order = steps.of(RECORDATION, progress)
        return filling.change(RECORDATION, progress, order[what[1] % len(order)].path) or progress
    if what.startswith("<"):
        ways = {"<skip>": filling.skip, "<later>": filling.later, "<back>": filling.back}
        ways |= {"<keep>": filling.keep, "<confirm>": filling.confirm}
        return (ways[what](RECORDATION, progress) if what in ways else None) or progress
    if progress.at == SUMMARY:
        return progress
    return filling.fill(RECORDATION, progress, what, TODAY).progress


GOOD = {
    "choice": "",
    "consent": "I agree",
    "line": "Example Ltd",
    "text": "shoes",
    "names": "Alpha; Beta",
    "country": "Italy",
    "contact": "a@example.com",
    "registration_number": "1234567",
    "credit_code": "91110000600037341L",
}


@settings(deadline=None)
@given(st.lists(ACTS, max_size=60), PROPOSED)
def test_whatever_was_done_the_form_can_be_filled_to_the_end(
    acts: list[str | tuple[str, int]], proposed: dict[str, str]
) -> None:
    progress = filling.begin(RECORDATION, proposed)
    for each in acts:
        progress = act(progress, each)
        assert progress.at == SUMMARY or steps.find(RECORDATION, progress, progress.at)
        assert Progress.model_validate(progress.model_dump(mode="json")) == progress
    for _ in range(200):
        if progress.at == SUMMARY:
            break
        step = filling.present(RECORDATION, progress)
        line = "no" if step.ends_round else GOOD.get(step.field.kind, "")
        if line:
            progress = filling.fill(RECORDATION, progress, line, TODAY).progress
        elif step.field.options:
            value = Accepted(step.field.options[0])
            progress = filling.give(RECORDATION, progress, step.path, value)
        else:
            progress = filling.skip(RECORDATION, progress) or progress
    assert progress.at == SUMMARY
    applying = {step.path for step in steps.of(RECORDATION, progress) if not step.ends_round}
    assert set(filling.answers(RECORDATION, progress)) <= applying
    assert filling.answers(RECORDATION, progress)["consent"] == "agree"


def test_at_the_summary_no_question_is_present() -> None:
    with pytest.raises(LookupError):
        filling.present(RECORDATION, walked(*LINES))
