"""Several answers in one message, and nothing taken that was not said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.intake import filling, several, steps
from bot.intake.progress import SUMMARY, Progress
from tests.bot.intake.asking import RECORDATION
from tests.bot.intake.walking import LINES, told, walked

AT_HOLDER = LINES[:5]


def values(progress: Progress) -> dict[str, str]:
    return {path.rpartition(".")[2]: value for path, value in progress.values().items()}


@pytest.mark.parametrize(
    ("before", "text", "answers"),
    [
        (
            (),
            "trademark, registered, 1234567",
            {
                "right_type": "trademark",
                "mark_state": "registered",
                "registration_number": "1234567",
            },
        ),
        (
            (),
            "patent\ngranted\nZL 2020 3 0123456.3",
            {
                "right_type": "patent",
                "patent_state": "registered",
                "registration_number": "ZL202030123456.3",
            },
        ),
        (
            (),
            "商标，已注册，注册号12345678",
            {
                "right_type": "trademark",
                "mark_state": "registered",
                "registration_number": "12345678",
            },
        ),
        (
            AT_HOLDER,
            "Rossi S.p.A., Italy, anna@rossi.example",
            {"holder": "Rossi S.p.A.", "country": "IT", "contact": "anna@rossi.example"},
        ),
        (
            AT_HOLDER,
            "Shenzhen Example Co., Ltd., China",
            {"holder": "Shenzhen Example Co., Ltd.", "country": "CN"},
        ),
        (
            AT_HOLDER,
            "Holder: Rossi S.p.A.; Country: Italy; Goods: shoes, bags",
            {"holder": "Rossi S.p.A.", "country": "IT", "goods": "shoes, bags"},
        ),
        (
            AT_HOLDER,
            "权利人：某某贸易有限公司\n国家：意大利\n商品：跑鞋、运动包\n邮箱：a@example.com",
            {
                "holder": "某某贸易有限公司",
                "country": "IT",
                "goods": "跑鞋、运动包",
                "contact": "a@example.com",
            },
        ),
        (
            AT_HOLDER,
            "Rossi S.p.A. My e-mail is anna@rossi.example.",
            {"holder": "Rossi S.p.A.", "contact": "anna@rossi.example"},
        ),
        (
            LINES[:7],
            "Italy, the goods are running shoes",
            {"country": "IT", "goods": "running shoes"},
        ),
        (AT_HOLDER, "some company, France", {"holder": "some company", "country": "FR"}),
    ],
)
def test_all_that_is_said_is_taken(
    before: tuple[str, ...], text: str, answers: dict[str, str]
) -> None:
    start = walked(*before)
    filled = told(start, text)
    new = {k: v for k, v in values(filled.progress).items() if k not in values(start)}
    assert new == answers
    assert {path.rpartition(".")[2] for path in filled.taken} == set(answers)


@pytest.mark.parametrize(
    ("before", "text", "at", "value"),
    [
        (AT_HOLDER, "Example Co., Ltd.", "holder", "Example Co., Ltd."),
        (AT_HOLDER, "Smith, Jones & Brown, Inc.", "holder", "Smith, Jones & Brown, Inc."),
        (AT_HOLDER, "Procter and Gamble", "holder", "Procter and Gamble"),
        (AT_HOLDER, "Bank of China", "holder", "Bank of China"),
        (AT_HOLDER, "中国石油天然气集团有限公司", "holder", "中国石油天然气集团有限公司"),
        (AT_HOLDER, "Now S.r.l.", "holder", "Now S.r.l."),
        (LINES[:8], "shoes, bags and belts", "goods", "shoes, bags and belts"),
        (LINES[:8], "goods for persons, not urgent things", "goods", None),
        (LINES[:11], "Anna Rossi, CEO", "name", "Anna Rossi, CEO"),
    ],
)
def test_commas_and_common_words_stay_in_an_answer(
    before: tuple[str, ...], text: str, at: str, value: str | None
) -> None:
    filled = told(walked(*before), text)
    assert filled.taken == (at,)
    assert filled.progress.value(at) == (value or text)


@pytest.mark.parametrize(
    "text", ["yes", "no", "now", "ok", "not sure", "是", "没有", "1", "2", "hm"]
)
def test_a_common_word_answers_no_question_but_the_present_one(text: str) -> None:
    for many in range(len(LINES)):
        start = walked(*LINES[:many])
        filled = told(start, text)
        assert set(filled.taken) <= {start.at}, (start.at, filled.taken)


@pytest.mark.parametrize(
    "text",
    [
        "anna@rossi.example, I agree",
        "anna@rossi.example\nyes",
        "anna@rossi.example; consent: I agree",
        "邮箱：a@example.com，同意",
        "I agree",
    ],
)
def test_consent_is_never_taken_out_of_a_message_that_answers_something_else(text: str) -> None:
    filled = told(walked(*LINES[:12]), text)
    assert filled.progress.value("consent") is None
    if "@" in text:
        assert filled.progress.at == "consent"


@pytest.mark.parametrize(
    "text",
    [
        "trademark, registered, 1234567, 2345678",
        "商标，已注册，注册号1234567、2345678",
        "trademark; registered; 1234567 and 2345678",
    ],
)
def test_a_list_of_numbers_among_other_answers_is_taken_whole(text: str) -> None:
    progress = told(walked(), text).progress
    numbers = [progress.value(f"rights.{number}.registration_number") for number in (1, 2)]
    assert numbers == ["1234567", "2345678"]


def test_what_was_put_off_can_be_answered_at_any_time() -> None:
    later = filling.later(RECORDATION, walked(*LINES[:7]))
    assert later is not None
    filled = told(later, "Italy")
    assert filled.taken == ("country",)
    assert filled.progress.at == "goods"
    assert filling.put_off(RECORDATION, filled.progress) == ()


@pytest.mark.parametrize("text", ["I agree", "yes, I agree", "Consent: I agree", "好的，同意"])
def test_consent_is_given_at_its_own_question(text: str) -> None:
    assert told(walked(*LINES[:13]), text).progress.at == SUMMARY


@pytest.mark.parametrize(
    "text", ["I agree, but call me first", "yes. Is it free though", "同意，但要先打电话"]
)
def test_consent_under_a_condition_is_asked_for_again(text: str) -> None:
    filled = told(walked(*LINES[:13]), text)
    assert filled.progress.at == "consent"
    assert filled.problem is not None


def test_an_answer_to_a_later_question_leaves_the_present_one_open() -> None:
    filled = told(walked(), "our country is Italy")
    assert filled.progress.at == "rights.1.right_type"
    filled = told(walked(), "Italy")
    assert (filled.taken, filled.progress.at) == (("country",), "rights.1.right_type")
    assert filled.problem is None


def test_what_answers_nothing_is_refused_at_the_present_question() -> None:
    filled = told(walked(), "hm hm")
    assert filled.taken == ()
    assert filled.problem is not None
    assert filled.problem.problem == "choose_one"
    assert filled.progress.tries == 1


def test_going_on_to_what_follows_a_proposal_takes_it_for_right() -> None:
    begun = filling.begin(RECORDATION, {"rights.1.right_type": "trademark"})
    filled = told(begun, "registered")
    assert filled.taken == ("rights.1.right_type", "rights.1.mark_state")
    assert filled.progress.value("rights.1.right_type") == "trademark"


def test_what_contradicts_a_proposal_replaces_it() -> None:
    begun = filling.begin(RECORDATION, {"rights.1.right_type": "trademark"})
    filled = told(begun, "it is a patent")
    assert filled.progress.value("rights.1.right_type") == "patent"


def test_what_answers_nothing_does_not_confirm_a_proposal() -> None:
    begun = filling.begin(RECORDATION, {"rights.1.right_type": "trademark"})
    assert told(begun, "hm hm").progress.value("rights.1.right_type") is None


def test_a_single_piece_that_is_left_is_proposed_where_words_are_asked_for() -> None:
    filled = told(walked(), "trademark, registered, Rossi S.p.A., Italy")
    assert filled.progress.proposed == {"holder": "Rossi S.p.A."}


AT_PROPOSED_HOLDER = walked(*AT_HOLDER, start=filling.begin(RECORDATION, {"holder": "Acme Ltd"}))


def test_words_for_another_question_once_overwrote_the_proposed_holder() -> None:
    filled = told(AT_PROPOSED_HOLDER, "running shoes")
    assert filled.progress.proposed == {"holder": "Acme Ltd"}
    assert filled.problem is not None
    assert dict(filled.problem.values) == {"proposed": "Acme Ltd", "typed": "running shoes"}


@pytest.mark.parametrize("again", ["Rossi SpA", "Rossi S.p.A."])
def test_words_given_again_after_the_doubt_take_the_place_of_a_proposal(again: str) -> None:
    doubted = told(AT_PROPOSED_HOLDER, "Rossi SpA").progress
    assert told(doubted, again).progress.value("holder") == again


@pytest.mark.parametrize("text", ["Acme Ltd", "acme ltd", "Acme Ltd, Milan", "holder: Rossi SpA"])
def test_what_names_its_question_or_holds_the_proposal_is_not_doubted(text: str) -> None:
    assert told(AT_PROPOSED_HOLDER, text).progress.value("holder") == text.removeprefix("holder: ")


@pytest.mark.parametrize("text", ["company", "it is a company", "company, Italy"])
def test_an_answer_to_the_next_question_once_left_the_proposal_open(text: str) -> None:
    progress = told(AT_PROPOSED_HOLDER, text).progress
    assert (progress.value("holder"), progress.value("holder_kind")) == ("Acme Ltd", "company")


def test_words_behind_another_answer_once_became_part_of_the_holders_name() -> None:
    filled = told(walked(*AT_HOLDER), "Acme Ltd, Milan, company, running shoes, planning")
    assert filled.progress.value("holder") == "Acme Ltd, Milan"
    assert filled.progress.proposed == {"goods": "running shoes"}


def test_pieces_that_stay_together_keep_the_marks_between_them() -> None:
    progress = told(walked(*LINES[:8]), "跑鞋、运动包，不急").progress
    assert progress.value("goods") == "跑鞋、运动包"


@pytest.mark.parametrize(
    ("text", "path", "rest"),
    [
        ("Country: Italy", "country", "Italy"),
        ("country is Italy", "country", "Italy"),
        ("国家是意大利", "country", "意大利"),
        ("e-mail = a@example.com", "contact", "a@example.com"),
        ("Contact person: Anna Rossi", "name", "Anna Rossi"),
    ],
)
def test_an_answer_can_begin_with_its_question(text: str, path: str, rest: str) -> None:
    assert several.named(RECORDATION, walked(*AT_HOLDER), text) == (path, rest)


@pytest.mark.parametrize("text", ["countryside: nice", "Italy", "", "contacting you is hard"])
def test_what_only_begins_like_a_question_names_none(text: str) -> None:
    assert several.named(RECORDATION, walked(*AT_HOLDER), text) is None


PIECES = st.sampled_from(
    [
        *LINES,
        "Country: Italy",
        "商标",
        "国家：法国",
        "yes",
        "no",
        "a@example.com",
        "+39 06 1234 5678",
    ]
)
MESSAGES = st.one_of(
    st.lists(PIECES, max_size=6).map(", ".join),
    st.lists(PIECES, max_size=6).map("\n".join),
    st.text(max_size=200),
)


@settings(deadline=None)
@given(st.integers(0, len(LINES) - 1), MESSAGES)
def test_any_message_is_taken_or_refused_and_only_open_questions_get_answers(
    many: int, text: str
) -> None:
    start = walked(*LINES[:many])
    filled = told(start, text, line=99)
    assert bool(filled.taken) != (filled.problem is not None)
    changed = {
        path
        for path, answer in filled.progress.answers.items()
        if start.answers.get(path) != answer
    }
    assert all(filled.progress.answers[path].line == 99 for path in changed)
    assert set(filled.taken) <= changed
    untouched = {path: a for path, a in start.answers.items() if path not in changed}
    assert untouched.items() <= filled.progress.answers.items()
    if "consent" in filled.taken:
        assert start.at == "consent"
    at = filled.progress.at
    assert at == SUMMARY or steps.find(RECORDATION, filled.progress, at)
    assert all(steps.find(RECORDATION, filled.progress, path) for path in filled.taken)


def test_a_chinese_name_once_lost_its_wide_brackets() -> None:
    progress = told(walked(*AT_HOLDER), "某某（中国）贸易有限公司，意大利").progress
    assert progress.value("holder") == "某某（中国）贸易有限公司"
    assert progress.value("country") == "IT"


@pytest.mark.parametrize(
    ("text", "number"), [("１２３４５６７", "1234567"), ("Ｇ１２３４５６７", "G1234567")]
)
def test_numbers_are_narrowed(text: str, number: str) -> None:
    assert told(walked(*LINES[:2]), text).progress.value("rights.1.registration_number") == number
