"""The agency's hours: ranges, holidays, make-up days, exceptions, and time counted within them."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import hours
from bot.conversation.hours import Hours, usual
from bot.conversation.scene import BEIJING
from knowledge.calendar import china
from knowledge.errors import DataFileError

MOMENTS = st.datetimes(datetime(2025, 12, 20), datetime(2026, 12, 20)).map(  # noqa: DTZ001
    lambda at: at.replace(tzinfo=UTC)
)
"""A year whose holidays and make-up days are announced."""
LENGTHS = st.timedeltas(timedelta(0), timedelta(days=5))
NIGHTS = Hours.model_validate(
    {
        "zone": "Europe/Rome",
        "holidays": "none",
        "weekdays": {"friday": ["20:00-02:00", "09:00-12:00"], "saturday": ["01:00-03:00"]},
        "exceptions": {"2026-10-23": "closed", "2026-10-25": ["01:30-04:00"]},
    }
)
EACH = st.sampled_from([usual(), NIGHTS])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-23 10:00", "2026-11-23 10:00"),
        ("2026-11-23 12:00", "2026-11-23 13:30"),  # lunch
        ("2026-11-23 18:00", "2026-11-24 09:00"),  # the end is outside
        ("2026-11-20 19:00", "2026-11-23 09:00"),  # over a weekend
        ("2026-09-30 18:30", "2026-10-08 09:00"),  # over the National Day
        ("2026-02-14 08:00", "2026-02-14 09:00"),  # a Saturday worked in exchange
    ],
)
def test_the_next_opening(moment: str, opens: str) -> None:
    assert usual().opens(at(moment)) == at(opens)
    assert usual().is_open(at(moment)) == (moment == opens)


def test_several_ranges_nights_exceptions_and_summer_time() -> None:
    rome = NIGHTS.there
    friday = datetime(2026, 10, 16, 23, 0, tzinfo=rome)
    assert NIGHTS.is_open(friday)
    assert NIGHTS.between(friday, friday + timedelta(hours=12)) == timedelta(hours=4)
    closed = datetime(2026, 10, 23, 9, 30, tzinfo=rome)
    assert NIGHTS.opens(closed) == datetime(2026, 10, 24, 1, 0, tzinfo=rome)
    night = datetime(2026, 10, 25, 0, 0, tzinfo=rome)  # its third hour comes twice
    assert NIGHTS.between(night, night + timedelta(days=1)) == timedelta(hours=3.5)


@given(each=EACH, moment=MOMENTS, length=LENGTHS)
def test_time_within_the_hours_is_counted_there_and_back(
    each: Hours, moment: datetime, length: timedelta
) -> None:
    end = each.after(moment, length)
    assert end >= moment + length
    assert each.between(moment, end) == length
    assert each.between(end, moment) == timedelta(0)


@given(each=EACH, moment=MOMENTS, first=LENGTHS, then=LENGTHS)
def test_two_lengths_one_after_the_other_are_their_sum(
    each: Hours, moment: datetime, first: timedelta, then: timedelta
) -> None:
    assert each.after(each.after(moment, first), then) == each.after(moment, first + then)


@given(moment=MOMENTS)
def test_it_opens_on_working_days_alone(moment: datetime) -> None:
    opens = usual().opens(moment)
    assert opens is not None
    assert usual().is_open(opens)
    assert china().is_working(opens.astimezone(BEIJING).date())
    assert usual().between(moment, opens) == timedelta(0)


@given(moment=MOMENTS)
def test_a_day_off_has_no_hours_and_a_working_day_has_seven_and_a_half(moment: datetime) -> None:
    day = moment.astimezone(BEIJING).replace(hour=0, minute=0, second=0, microsecond=0)
    worked = 7.5 if china().is_working(day.date()) else 0
    assert usual().between(day, day + timedelta(days=1)) == timedelta(hours=worked)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("weekdays: {monday: ['9-12']}", "no range such as 09:00-12:00"),
        ("weekdays: {monday: ['09:00-25:00']}", "no range of a day"),
        ("weekdays: {monday: closed}", "no weekday has hours"),
        ("zone: Mars/North\nweekdays: {monday: ['09:00-12:00']}", "no time zone"),
        ("weekdays: {someday: ['09:00-12:00']}", "weekdays"),
    ],
)
def test_a_slip_in_the_file_is_told(tmp_path: Path, data: str, told: str) -> None:
    path = tmp_path / "hours.yaml"
    path.write_text(data + "\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=told):
        Hours.load(path)


def test_an_agencys_own_file(tmp_path: Path) -> None:
    path = tmp_path / "hours.yaml"
    path.write_text(
        hours.USUAL_FILE.read_text(encoding="utf-8").replace(
            "exceptions: {}", "exceptions:\n  2026-12-31: ['09:00-12:00']"
        ),
        encoding="utf-8",
    )
    own = Hours.load(path)
    assert own.exceptions.keys() == {date(2026, 12, 31)}
    assert own.between(at("2026-12-31 00:00"), at("2027-01-01 00:00")) == timedelta(hours=3)
