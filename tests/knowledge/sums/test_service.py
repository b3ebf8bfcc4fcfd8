"""The day of service in China, and the moment at which the time to answer is over."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import calendar
from knowledge.errors import AmountError, CalendarRangeError
from knowledge.library import china
from knowledge.sums import deadlines
from knowledge.sums.service import CHINA, RESPONSE, Answer, answer_until, day_in_china, zone

TODAY = date(2026, 11, 22)
BEIJING = timezone(timedelta(hours=8))
"""What China Standard Time has been since 1992, reckoned without the time zone database."""
NOVEMBER = date(2026, 11, 19)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Shanghai", "Pacific/Kiritimati", "Asia/Kolkata")
moments = st.datetimes(
    min_value=datetime(2010, 1, 2),  # noqa: DTZ001 - the strategy adds the zone
    max_value=datetime(2090, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from(ZONES).map(ZoneInfo),
)


def until(served: datetime) -> Answer:
    return answer_until(china(), served, TODAY)


@pytest.mark.parametrize(
    ("day", "at", "where", "there"),
    [
        (NOVEMBER, time(22), "Europe/Berlin", date(2026, 11, 20)),
        (NOVEMBER, time(16, 59), "Europe/Berlin", NOVEMBER),
        (NOVEMBER, time(17), "Europe/Berlin", date(2026, 11, 20)),
        (date(2026, 7, 1), time(17, 59), "Europe/Berlin", date(2026, 7, 1)),
        (date(2026, 7, 1), time(18), "Europe/Berlin", date(2026, 7, 2)),
        (NOVEMBER, time(11), "America/New_York", date(2026, 11, 20)),
        (NOVEMBER, time(0, 30), "Asia/Tokyo", date(2026, 11, 18)),
        (NOVEMBER, time(23, 59), "Asia/Shanghai", NOVEMBER),
        (NOVEMBER, time(23, 59), None, NOVEMBER),
        (NOVEMBER, time(5, 59), "+14:00", date(2026, 11, 18)),
        (NOVEMBER, time(6), "+14:00", NOVEMBER),
        (NOVEMBER, time(3, 59), "-12:00", NOVEMBER),
        (NOVEMBER, time(4), "-12:00", date(2026, 11, 20)),
        (NOVEMBER, time(21, 30), "+05:30", date(2026, 11, 20)),
        (date(2026, 12, 31), time(20), "Europe/London", date(2027, 1, 1)),
        (date(2028, 2, 28), time(20), "Europe/London", date(2028, 2, 29)),
    ],
)
def test_the_day_in_china_at_an_hour_elsewhere(
    day: date, at: time, where: str | None, there: date
) -> None:
    assert day_in_china(day, at, where) == there


@pytest.mark.parametrize(
    ("day", "at", "there"),
    [
        (date(2026, 3, 28), time(17), date(2026, 3, 29)),
        (date(2026, 3, 29), time(17), date(2026, 3, 29)),
        (date(2026, 3, 29), time(18), date(2026, 3, 30)),
        (date(2026, 10, 24), time(17), date(2026, 10, 24)),
        (date(2026, 10, 25), time(17), date(2026, 10, 26)),
        (date(2026, 3, 29), time(2, 30), date(2026, 3, 29)),
        (date(2026, 10, 25), time(2, 30), date(2026, 10, 25)),
    ],
)
def test_on_the_days_on_which_berlin_changes_its_clocks(day: date, at: time, there: date) -> None:
    assert day_in_china(day, at, "Europe/Berlin") == there


def test_a_day_without_its_hour_is_taken_as_it_is_named() -> None:
    assert day_in_china(NOVEMBER) == NOVEMBER
    assert day_in_china(NOVEMBER, None, "Europe/Berlin") == NOVEMBER


@pytest.mark.parametrize(
    "name",
    ["Mars/Olympus", "", "CST+", "../../etc/passwd", "+1:00", "+01:60", "+01:00 ", "+01:00\n"],
)
def test_a_zone_nobody_knows_is_refused(name: str) -> None:
    with pytest.raises(AmountError, match="no time zone"):
        zone(name)


@pytest.mark.parametrize("name", ["+24:00", "-24:00", "+99:99"])
def test_an_offset_of_a_day_or_more_was_an_error_of_another_family(name: str) -> None:
    with pytest.raises(AmountError, match="no time zone"):
        day_in_china(NOVEMBER, time(12), name)


@given(st.text())
def test_whatever_is_said_of_a_zone_it_is_one_or_refused(name: str) -> None:
    try:
        found = zone(name)
    except AmountError:
        return
    assert datetime(2026, 1, 1, tzinfo=found).utcoffset() is not None


@given(
    day=st.dates(),
    at=st.times(),
    name=st.sampled_from([None, "+14:00", "-12:00", "+00:00", *ZONES]),
)
def test_the_day_in_china_is_at_most_one_day_off(day: date, at: time, name: str | None) -> None:
    try:
        found = day_in_china(day, at, name)
    except AmountError:
        assert day in (date.min, date.max)
        return
    assert abs((found - day).days) <= 1


@pytest.mark.parametrize(
    ("served", "last"),
    [
        ("2026-11-20T10:00+08:00", date(2026, 11, 25)),
        ("2026-11-19T22:00+01:00", date(2026, 11, 25)),
        ("2026-11-19T16:00+01:00", date(2026, 11, 24)),
        # Saturday 14 February is a make-up day, then the Spring Festival runs to 23 February.
        ("2026-02-12T10:00+08:00", date(2026, 2, 24)),
        ("2026-02-13T10:00+08:00", date(2026, 2, 25)),
        ("2026-02-13T22:00+01:00", date(2026, 2, 26)),
        # The National Day week, with the make-up Saturday 10 October.
        ("2026-09-30T23:59+08:00", date(2026, 10, 10)),
        ("2026-09-30T17:00+00:00", date(2026, 10, 10)),
        ("2026-12-31T10:00+08:00", date(2027, 1, 6)),
    ],
)
def test_a_notice_is_answered_by_the_last_of_three_working_days(served: str, last: date) -> None:
    assert until(datetime.fromisoformat(served)).last.last_day == last


def test_the_time_is_over_at_midnight_in_beijing_after_the_last_day() -> None:
    found = until(datetime(2026, 2, 13, 10, tzinfo=CHINA))
    assert found.ends == datetime(2026, 2, 26, tzinfo=BEIJING)
    assert found.ends.astimezone(ZoneInfo("Europe/Berlin")).isoformat() == (
        "2026-02-25T17:00:00+01:00"
    )


def test_a_moment_without_its_zone_is_refused() -> None:
    with pytest.raises(AmountError, match="time zone"):
        until(datetime(2026, 11, 20, 10))  # noqa: DTZ001 - that is what is refused


@pytest.mark.parametrize(
    "served",
    [
        datetime.max.replace(tzinfo=ZoneInfo("America/New_York")),
        datetime.min.replace(tzinfo=ZoneInfo("Asia/Tokyo")),
    ],
)
def test_a_moment_at_the_end_of_the_calendar_was_an_error_of_another_family(
    served: datetime,
) -> None:
    with pytest.raises(AmountError, match="end of the calendar"):
        until(served)


@pytest.mark.parametrize("year", [2007, 2100])
def test_a_year_without_a_calendar_is_refused(year: int) -> None:
    with pytest.raises(CalendarRangeError):
        until(datetime(year, 6, 1, tzinfo=UTC))


@given(moments)
def test_the_day_of_service_is_the_date_in_beijing(served: datetime) -> None:
    assert until(served).served == served.astimezone(BEIJING).date()


@given(moments)
def test_the_last_day_is_a_working_day_and_ends_at_the_next_midnight(served: datetime) -> None:
    found = until(served)
    assert calendar.china().is_working(found.last.last_day)
    assert found.last == deadlines.after(china(), found.served, *RESPONSE, TODAY)
    beijing = found.ends.astimezone(BEIJING)
    assert beijing.time() == time()
    assert beijing.date() == found.last.last_day + timedelta(days=1)
    assert found.ends > served


@given(moments, st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=40)))
def test_a_notice_served_later_is_never_to_be_answered_earlier(
    served: datetime, later: timedelta
) -> None:
    after = (served.astimezone(UTC) + later).astimezone(served.tzinfo)
    assert until(after).ends >= until(served).ends


@given(moments, st.sampled_from(ZONES))
def test_it_does_not_matter_in_which_zone_a_moment_is_told(served: datetime, name: str) -> None:
    assert until(served.astimezone(ZoneInfo(name))) == until(served)
