"""Working days and hours, with holidays, make-up days and clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendars import (
    Calendar,
    add_working_days,
    add_working_time,
    is_working_day,
    is_working_time,
    next_working_moment,
    read_calendar,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
WORK = ["09:00-12:00", "13:30-18:00"]
DOCUMENT = {
    "key": "office",
    "label": "Office",
    "hours": dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), WORK),
    "holidays": [{"from": "2026-10-01", "to": "2026-10-07"}, {"from": "2026-12-25"}],
    "makeup": [{"on": "2026-10-10", "as": "friday"}, {"on": "2026-10-11", "hours": ["10:00-12:00"]}],
}


def office(**changes: object) -> Calendar:
    reading = read_calendar({**DOCUMENT, **changes})
    assert reading.calendar is not None, reading.problems
    return reading.calendar


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-09-30", True),
        ("2026-10-01", False),  # National Day, a Thursday
        ("2026-10-10", True),  # a Saturday made up for
        ("2026-10-11", True),
        ("2026-10-17", False),
    ],
)
def test_holidays_are_free_and_makeup_days_are_worked(day: str, works: bool) -> None:
    assert is_working_day(office(), date.fromisoformat(day)) is works


def test_working_days_step_over_holidays_in_both_directions() -> None:
    assert add_working_days(office(), date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert add_working_days(office(), date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert add_working_days(office(), date(2026, 10, 8), -1) == date(2026, 9, 30)
    assert add_working_days(office(), date(2026, 10, 3), 0) == date(2026, 10, 3)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-09-29 17:00", 1, "2026-09-29 18:00"),
        ("2026-09-29 17:00", 2, "2026-09-30 10:00"),
        ("2026-09-30 17:00", 4, "2026-10-08 12:00"),
        ("2026-09-30 11:00", 2, "2026-09-30 14:30"),
        ("2026-10-03 11:00", 1, "2026-10-08 10:00"),
        ("2026-10-08 10:00", -2, "2026-09-30 17:00"),
        ("2026-09-30 14:00", -1, "2026-09-30 11:30"),
        ("2026-10-12 09:00", -2, "2026-10-11 10:00"),
    ],
)
def test_working_hours_pass_only_while_somebody_works(start: str, hours: int, end: str) -> None:
    found = add_working_time(office(), local(start), timedelta(hours=hours), SHANGHAI)

    assert found == local(end)
    assert found.tzinfo is UTC


def test_the_next_working_moment_is_now_or_the_next_start() -> None:
    assert next_working_moment(office(), local("2026-09-30 10:00"), SHANGHAI) == local("2026-09-30 10:00")
    assert next_working_moment(office(), local("2026-09-30 12:00"), SHANGHAI) == local("2026-09-30 13:30")
    assert next_working_moment(office(), local("2026-10-02 10:00"), SHANGHAI) == local("2026-10-08 09:00")
    assert is_working_time(office(), local("2026-09-30 09:00"), SHANGHAI)
    assert not is_working_time(office(), local("2026-09-30 12:00"), SHANGHAI)


def test_a_night_shift_lasts_as_long_as_it_really_does_when_the_clocks_change() -> None:
    night = office(zone="Europe/Berlin", hours={"sunday": ["00:00-06:00"]}, makeup=[])
    start = datetime(2026, 3, 28, 23, 0, tzinfo=UTC)  # midnight in Berlin; 02:00 becomes 03:00

    assert add_working_time(night, start, timedelta(hours=4), SHANGHAI) == start + timedelta(hours=4)
    assert add_working_time(night, start, timedelta(hours=6), SHANGHAI) > start + timedelta(days=6)


@given(
    st.integers(0, 90_000).map(lambda minutes: local("2026-09-01 00:00") + timedelta(minutes=minutes)),
    st.integers(1, 2000),
)
def test_going_forward_and_back_again_ends_at_the_same_working_moment(start: datetime, minutes: int) -> None:
    amount = timedelta(minutes=minutes)
    begin = next_working_moment(office(), start, SHANGHAI)

    end = add_working_time(office(), begin, amount, SHANGHAI)

    back = add_working_time(office(), end, -amount, SHANGHAI)
    assert next_working_moment(office(), back, SHANGHAI) == begin


@pytest.mark.parametrize(
    ("changes", "at", "code"),
    [
        ({"hours": {"monday": ["9-18"]}}, "/hours/monday/0", "calendar.hours"),
        ({"hours": {"monday": ["18:00-09:00"]}}, "/hours/monday/0", "calendar.hours"),
        ({"hours": {"monday": ["09:00-12:00", "11:00-13:00"]}}, "/hours/monday/1", "calendar.hours-overlap"),
        ({"hours": {}}, "/hours", "calendar.no-hours"),
        ({"zone": "Asia/Nowhere"}, "/zone", "calendar.zone"),
        ({"holidays": [{"from": "2026-02-30"}]}, "/holidays/0/from", "calendar.date"),
        ({"holidays": [{"from": "2026-02-02", "to": "2026-02-01"}]}, "/holidays/0", "calendar.holiday-range"),
        ({"makeup": [{"on": "2026-02-07", "as": "sunday"}]}, "/makeup/0", "calendar.makeup-hours"),
    ],
)
def test_what_is_wrong_with_a_calendar_is_named_with_its_place(
    changes: dict[str, object], at: str, code: str
) -> None:
    reading = read_calendar({**DOCUMENT, **changes})

    assert reading.calendar is None
    assert (reading.problems[0].at, reading.problems[0].code) == (at, code)
